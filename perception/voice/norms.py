"""Norms: from where on a figure of prosody stands out, among people and against one's own usual.

Among people, after
- pitch: 85 to 180 Hz for men and 165 to 255 Hz for women (Baken 1987, Clinical Measurement of Speech and
  Voice; Titze 1994); typical are 120 and 210 Hz (Traunmüller and Eriksson 1995). Whose voice it is, is
  not known, so only what is outside both stands out.
- pitch range: standard deviations of 2 to 4 semitones in connected speech (Baken 1987); from the 20th to
  the 80th percentile a normal distribution spans 1.68 of them. A sentence or two vary more than minutes
  of speech: a third of neutral sentences lie outside, so the bounds are a quarter wider.
- rate: 4.3 to 9.1 syllables a second over the speakers of 17 languages, mean 6.63, standard deviation
  1.15 (Coupé, Oh, Dediu and Pellegrino 2019, Science Advances 5(9)); fast is a deviation over the mean.
- pauses: up to half of spontaneous speech (Goldman-Eisler 1968, Psycholinguistics).
- loudness has none, for how near the microphone is and how it is set is not known. Nor have jitter,
  shimmer and HNR: the norms of clinics (1.04 %, 0.35 dB, 20 dB) hold for a vowel that is held, and in
  running speech everybody would be hoarse.

Against one's own usual, after what listeners notice
- loudness: 3 dB, and 10 dB for twice as loud (Stevens 1955, JASA 27).
- pitch: 3 semitones, below which changes play no part between people ('t Hart 1981, JASA 69).
- rate: listeners notice 5 % (Quené 2007, Journal of Phonetics 35), but it cannot be measured that well.
- rate, pitch range, HNR, jitter: two standard deviations and more of one speaker's neutral sentences,
  the mean of RAVDESS (0.12, 0.19, 0.46 dB, 0.14) and EMO-DB (0.13, 0.36, 0.78 dB, 0.26; all but HNR of
  the natural logarithm). `insideout eval prosody` measures them, and how often a neutral sentence is
  said to differ. That a voice is clearer or steadier is not said: a higher and louder one is, and that
  is said.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from insideout.perception.voice.sound import Prosody

_SIGMAS = 1.683  # from the 20th to the 80th percentile of a normal distribution
_SHORT = 1.25  # wider bounds of the pitch range, for speech of seconds


def _linear(value: float) -> float:
    return value


def _semitones(hz: float) -> float:
    return 12.0 * math.log2(hz)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of Prosody and when it stands out.

    name: of the field. low, high: among people, in the field's unit; None where that says nothing.
    change, much: against one's own usual, on the figure's scale; nothing is "much" where much is None.
    scale: to one on which equal differences are equally noticed. falls, rises: whether that direction
    says anything.
    """

    name: str
    low: float | None = None
    high: float | None = None
    change: float
    much: float | None = None
    scale: Callable[[float], float] = _linear
    falls: bool = True
    rises: bool = True

    def of(self, prosody: Prosody) -> float | None:
        """Its value on its scale; None where it could not be told."""
        value = getattr(prosody, self.name)
        if value is None or (self.scale is not _linear and value <= 0.0):
            return None
        return self.scale(value)

    def beyond(self, prosody: Prosody) -> float:
        """How far outside what is usual among people, in changes: below 0 low, over 0 high, else 0."""
        value = self.of(prosody)
        if value is None:
            return 0.0
        if self.low is not None and value < self.scale(self.low):
            return (value - self.scale(self.low)) / self.change
        if self.high is not None and value > self.scale(self.high):
            return (value - self.scale(self.high)) / self.change
        return 0.0


FIGURES: Mapping[str, Figure] = {
    figure.name: figure
    for figure in (
        Figure(name="loudness_db", change=3.0, much=10.0),
        Figure(
            name="rate_per_sec",
            low=4.3,
            high=7.8,
            change=math.log(1.3),
            much=math.log(1.6),
            scale=math.log,
        ),
        Figure(name="pitch_hz", low=85.0, high=255.0, change=3.0, scale=_semitones),
        Figure(
            name="pitch_range_semitones",
            low=2.0 * _SIGMAS / _SHORT,
            high=4.0 * _SIGMAS * _SHORT,
            change=math.log(1.75),
            scale=math.log,
        ),
        Figure(name="pause_share", high=0.5, change=0.15),
        Figure(name="hnr_db", change=2.5, rises=False),
        Figure(name="jitter", change=math.log(1.6), scale=math.log, falls=False),
    )
}
