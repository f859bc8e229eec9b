"""Models that all visitors share: loaded once, used from many threads."""

import logging
import os
import threading
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from typing import Protocol

import numpy as np

from insideout.perception.errors import InsideOutError
from insideout.perception.face.detecting import face_detector
from insideout.perception.face.face import FaceDetector, FaceRecogniser
from insideout.perception.face.recognisers import face_recogniser
from insideout.perception.voice.activity import speech_stretches
from insideout.perception.voice.recognisers import voice_recogniser
from insideout.perception.voice.sound import Sound, Transcriber, Transcript, VoiceRecogniser
from insideout.perception.voice.transcribing import TRANSCRIBER_VARIABLE, transcriber
from insideout.service.web.live.apart import ApartTranscriber
from insideout.service.web.live.near import NearDetector

log = logging.getLogger(__name__)


class Scribe(Transcriber, Protocol):
    """A Transcriber that several visitors may share. english_alone: it knows no other language."""

    english_alone: bool


class SharedWhisper:
    """Whisper for several visitors; they wait for one another."""

    english_alone = False

    def __init__(self, one: Transcriber) -> None:
        self.name = one.name
        self._one = one
        self._lock = threading.Lock()

    def transcribe(self, sound: Sound, language: str | None = None) -> Transcript:
        """The words of one utterance."""
        with self._lock:
            return self._one.transcribe(sound, language)


@lru_cache(maxsize=1)
def _detector() -> FaceDetector:
    return face_detector()


def detector() -> FaceDetector:
    """A detector for one stream of frames; raises PerceptionError where there is none."""
    shared = _detector()
    return NearDetector(shared) if shared.name == "haar" else shared


@lru_cache(maxsize=1)
def faces() -> FaceRecogniser:
    """Names the expressions of faces; raises PerceptionError."""
    return face_recogniser()


@lru_cache(maxsize=1)
def voices() -> VoiceRecogniser:
    """Names the emotions of speech; raises PerceptionError."""
    return voice_recogniser()


@lru_cache(maxsize=1)
def scribe() -> Scribe | None:
    """Writes down speech, as INSIDEOUT_TRANSCRIBER says; None where nothing here can."""
    name = os.environ.get(TRANSCRIBER_VARIABLE) or "auto"
    try:
        if name != "rough":
            return SharedWhisper(transcriber("whisper" if name == "auto" else name))
    except InsideOutError as error:
        log.warning("live: speech is not written down well: %s", error)
        if name != "auto":
            return None
    if find_spec("pocketsphinx") is None:
        log.warning("live: speech is not written down: pocketsphinx is not installed")
        return None
    return ApartTranscriber()


def warm() -> None:
    """Load everything, so that the first visitor does not wait; what cannot be loaded is logged."""
    loads: tuple[Callable[[], object], ...] = (detector, faces, voices, _silence, _scribe)
    for load in loads:
        try:
            load()
        except InsideOutError as error:
            log.warning("live: %s", error)


def cool() -> None:
    """Let go of what outlives a thread."""
    if scribe.cache_info().currsize:
        found = scribe()
        if isinstance(found, ApartTranscriber):
            found.close()


def _silence() -> object:
    return speech_stretches(Sound(samples=np.zeros(1_600, dtype=np.float32)))


def _scribe() -> None:
    found = scribe()
    if isinstance(found, ApartTranscriber):
        found.start()
