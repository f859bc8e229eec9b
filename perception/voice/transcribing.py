"""Who writes down speech: the names of the transcribers."""

import os
from importlib.util import find_spec

from insideout.perception.errors import PerceptionError, WeightsError, unknown_name
from insideout.perception.voice.rough import RoughTranscriber
from insideout.perception.voice.sound import Transcriber
from insideout.perception.voice.whisper import DEFAULT_SIZE, SIZES, Whisper

TRANSCRIBER_VARIABLE = "INSIDEOUT_TRANSCRIBER"
TRANSCRIBERS = ("auto", "whisper", *(f"whisper:{size}" for size in SIZES), "rough")
"""The names that `transcriber` knows; beside them whisper:FOLDER and whisper:OWNER/NAME."""


def transcriber(name: str | None = None) -> Transcriber:
    """The transcriber of that name; without one that of INSIDEOUT_TRANSCRIBER, else auto.

    whisper:SIZE is fetched on first use. rough is PocketSphinx: English, offline, often wrong. auto is
    whisper, or rough where that cannot be had; the transcript's `rough` tells which it was. Raises
    PerceptionError where a library is missing, WeightsError where the model cannot be had.
    """
    name = name or os.environ.get(TRANSCRIBER_VARIABLE) or "auto"
    kind, _, model = name.partition(":")
    if kind == "whisper":
        return Whisper(model or DEFAULT_SIZE)
    if name == "rough":
        return RoughTranscriber()
    if name == "auto":
        return _best()
    raise PerceptionError(
        unknown_name("transcriber", name, TRANSCRIBERS) + ", whisper:FOLDER, whisper:OWNER/NAME"
    )


def _best() -> Transcriber:
    try:
        return Whisper()
    except WeightsError:
        if find_spec("pocketsphinx") is None:
            raise
        return RoughTranscriber()
