"""Attaching: a photo, a film, a sound or a heart recording beside a message, read as `perceive` does."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from insideout.perception.describe import label_words
from insideout.perception.errors import BadSignalError, InsideOutError
from insideout.perception.face.film import read_film
from insideout.perception.face.film_frames import film_tracks
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.stream import StreamOptions
from insideout.perception.heart.beats import Beats
from insideout.perception.heart.loading import open_recording
from insideout.perception.heart.reader import HeartReader
from insideout.perception.heart.recording import Recording, Wanted
from insideout.perception.heart.signal import HeartSignal
from insideout.perception.heart.vitals import Figure, Vitals
from insideout.perception.heart.wording import FIGURES, UNITS
from insideout.perception.reading import Modality, Reading
from insideout.perception.text.language import detect_language
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.words import how_said, message
from insideout.service.cli.file_kinds import FILM, HEART, PICTURE
from insideout.service.web.assistant.texts import ASSISTANT_TEXTS
from insideout.service.web.assistant.uploads import UploadError, checked, kind_name
from insideout.service.web.live import models

log = logging.getLogger(__name__)

_ANY_RATE_HZ = 250.0
_LABEL_FROM = 0.05
_CUES = 3

Progress = Callable[[float, float | None], None]
"""Is told how far the reading is: seconds read, and seconds in all where the file says it."""

# Detectors and ONNX sessions are shared by all visitors, and two cores are no place for more at once.
_one_at_a_time = threading.Lock()


class TakenAwayError(Exception):
    """The person took the file away while it was being read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """One file as it was read.

    readings: what its modalities say. says: the same in a line, in the visitor's language. words: those
    that were spoken in it, rough where they are often wrong. aside: for the agents, how they were said,
    or the figures of a heart. beats: of a heart.
    """

    name: str
    readings: tuple[Reading, ...]
    says: str
    words: str = ""
    rough: bool = False
    aside: str = ""
    beats: Beats | None = None


def attach(path: Path, language: str, progress: Progress, rest: Beats | None = None) -> Attached:
    """Read one file; the others wait. Raises InsideOutError, its message in the visitor's language.

    rest: of the same person's heart, which is read against it.
    """
    texts = ASSISTANT_TEXTS[language]
    kind = checked(path, texts)
    try:
        with _one_at_a_time:
            if kind is PICTURE:
                return _photo(path, language)
            if kind is HEART:
                return _heart(path, language, progress, rest)
            return (
                _film(path, language, progress)
                if kind is FILM
                else _sound(path, language, progress)
            )
    except (BadSignalError, OSError) as error:
        log.info("an upload could not be read: %s", error)
        why = texts.unreadable.format(name=path.name, kind=kind_name(kind, texts))
        raise UploadError(why) from error
    except (InsideOutError, TakenAwayError):
        raise
    except Exception as error:  # a decoder that trips over a damaged file may raise anything
        log.exception("an upload broke its reader")
        why = texts.unreadable.format(name=path.name, kind=kind_name(kind, texts))
        raise UploadError(why) from error


def _face_reader(language: str) -> FaceReader:
    return FaceReader(detector=models.detector(), recogniser=models.faces(), language=language)


def _photo(path: Path, language: str) -> Attached:
    reading = _face_reader(language).read(path)
    return Attached(name=path.name, readings=(reading,), says=line_of(reading, language))


def _film(path: Path, language: str, progress: Progress) -> Attached:
    tracks = film_tracks(path)
    if not tracks.pictures and not tracks.sound:
        raise BadSignalError(f"{path} has neither pictures nor sound")
    heard = _sound(path, language, progress) if tracks.sound else None
    if not tracks.pictures:
        assert heard is not None
        return heard
    options = StreamOptions(language=language)
    film = read_film(path, _face_reader(language), options, progress)
    seen = line_of(film.reading, language)
    if heard is None:
        return Attached(name=path.name, readings=(film.reading,), says=seen)
    return Attached(
        name=path.name,
        readings=(film.reading, *heard.readings),
        says=f"{seen}; {heard.says}",
        words=heard.words,
        rough=heard.rough,
        aside=heard.aside,
    )


def _sound(path: Path, language: str, progress: Progress) -> Attached:
    reader = VoiceReader(recogniser=models.voices(), transcriber=models.scribe(), language=language)
    observation = reader.observe(path, progress)
    heard = observation.utterances
    words = " ".join(message(heard).split())
    return Attached(
        name=path.name,
        readings=(observation.reading,),
        says=line_of(observation.reading, language),
        words=words,
        rough=any(one.transcript is not None and one.transcript.rough for one in heard),
        aside=how_said(heard, detect_language(words)) if words else "",
    )


def _heart(path: Path, language: str, progress: Progress, rest: Beats | None) -> Attached:
    recording = _opened(path, language)
    baseline = rest if rest is not None and rest.kind is recording.kind else None
    reader = HeartReader(baseline=baseline, language=language)
    observation = reader.observe_blocks(_told(recording, progress))
    figures = figures_of(observation.vitals, language)
    says = line_of(observation.reading, language)
    aside = ASSISTANT_TEXTS[language].heart_aside.format(figures=figures)
    return Attached(
        name=path.name,
        readings=(observation.reading,),
        says="; ".join(part for part in (figures, says) if part),
        aside=aside if figures else "",
        beats=observation.beats if len(observation.beats.intervals_ms) else None,
    )


def _opened(path: Path, language: str) -> Recording:
    try:
        return open_recording(path)
    except BadSignalError:
        with suppress(
            BadSignalError
        ):  # with any rate it could be read: the rate is what is missing
            open_recording(path, Wanted(rate=_ANY_RATE_HZ))
            why = ASSISTANT_TEXTS[language].no_rate.format(name=path.name)
            raise UploadError(why) from None
        raise


def _told(recording: Recording, progress: Progress) -> Iterator[HeartSignal]:
    """The blocks, each told as it is read."""
    secs = 0.0
    for block in recording.blocks():
        yield block
        secs += block.secs
        progress(secs, recording.secs)


def line_of(reading: Reading, language: str) -> str:
    """A Reading in a line: its likeliest label and its cues, or why there is none.

    >>> line_of(face, "en")
    'happy 83%, looks happy'
    """
    if reading.abstained is not None:
        return ASSISTANT_TEXTS[language].nothing_read.format(why=reading.abstained)
    label = [
        f"{label_words(name, language)} {share:.0%}"
        for name, share in reading.top()
        if share >= _LABEL_FROM
    ]
    return ", ".join([*label, *reading.cues[:_CUES]])


def figures_of(vitals: Vitals, language: str) -> str:
    """Pulse and variability with their units, those that there are; "≈" before what is approximate."""
    found: Sequence[Figure] = (vitals.heart_rate, vitals.sdnn, vitals.rmssd)
    return ", ".join(
        f"{FIGURES[language][one.name]} {'≈ ' if one.approximate else ''}{one.value:.0f} "
        f"{UNITS[language].get(one.unit, one.unit)}"
        for one in found
        if one.value is not None
    )


def unsaid(readings: Sequence[Reading]) -> list[Reading]:
    """Those that are not of words: these stand in the message, and are read there."""
    return [reading for reading in readings if reading.modality is not Modality.TEXT]
