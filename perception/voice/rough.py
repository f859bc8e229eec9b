"""Words by PocketSphinx: English, offline, and often wrong. Its wheel carries its model."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.libraries import need
from insideout.perception.voice.sound import RATE_HZ, Sound, TimedWord, Transcript

EXTRA = "rough-asr"
LICENCE = "BSD-2-Clause (PocketSphinx and its model en-us)"
_FRAME_SECS = 0.01
_FULL_SCALE = 32_767


class RoughTranscriber:
    """PocketSphinx with its own English model; raises PerceptionError where it is not installed.

    Made for machines without network: it gets about every fourth word of clear read speech wrong
    (docs/benchmarks.md), so its transcripts are marked as rough and must be shown as such.
    """

    name = "pocketsphinx en-us"

    def __init__(self) -> None:
        library = need("pocketsphinx", EXTRA)
        self._decoder = library.Decoder(samprate=float(RATE_HZ), loglevel="FATAL")

    def transcribe(self, sound: Sound, language: str | None = None) -> Transcript:
        """The words with their times; raises PerceptionError for another language than English."""
        if language not in (None, "en"):
            raise PerceptionError(
                f"the rough recogniser knows English (en) only, not {language!r}; use Whisper for it"
            )
        words = tuple(_words(self._segments(sound), sound)) if len(sound.samples) else ()
        return Transcript(
            text=" ".join(word.text for word in words),
            language="en",
            model=self.name,
            words=words,
            rough=True,
        )

    def _segments(self, sound: Sound) -> Iterable[Any]:
        raw = np.clip(sound.samples, -1.0, 1.0) * _FULL_SCALE
        self._decoder.start_utt()
        try:
            self._decoder.process_raw(raw.astype("<i2").tobytes(), no_search=False, full_utt=True)
        finally:
            self._decoder.end_utt()
        return self._decoder.seg() or ()


def _words(segments: Iterable[Any], sound: Sound) -> Iterable[TimedWord]:
    for segment in segments:
        text = segment.word.split("(")[0]  # "the(2)" is the second way to say "the"
        if text and text[0] not in "<[+":  # silences and noises
            yield TimedWord(
                text=text,
                start_secs=sound.start_secs + segment.start_frame * _FRAME_SECS,
                end_secs=sound.start_secs + (segment.end_frame + 1) * _FRAME_SECS,
                probability=min(1.0, float(segment.prob)),
            )
