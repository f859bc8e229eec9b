"""SpeakerBaseline: how this person usually sounds, from what they said so far."""

import math
from dataclasses import dataclass
from statistics import median

from insideout.perception.voice.norms import FIGURES, Figure
from insideout.perception.voice.sound import Prosody

LEAST_UTTERANCES = 2  # two sentences enrol a speaker
LEAST_SECS = 1.0  # of all of them; the pitch range of less is chance
KEPT = 20  # utterances; older ones say little of how the person speaks today
_SPREAD_FROM = 5  # utterances; the spread of fewer is chance
_NORMAL = 1.4826  # median absolute deviations to a standard deviation, for normal values


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerBaseline:
    """The last utterances of one person, whose medians are how they usually sound.

    Medians, because an outburst among twenty utterances is not how a person usually speaks.

        baseline = SpeakerBaseline()
        for prosody in utterances:
            cues = prosody_cues(prosody, baseline, "en")
            baseline = baseline.updated(prosody)
    """

    heard: tuple[Prosody, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether enough was heard to compare with."""
        secs = sum(prosody.secs for prosody in self.heard)
        return len(self.heard) >= LEAST_UTTERANCES and secs >= LEAST_SECS

    def updated(self, prosody: Prosody) -> "SpeakerBaseline":
        """With one utterance more; one in which nothing could be measured changes nothing."""
        if all(figure.of(prosody) is None for figure in FIGURES.values()):
            return self
        return SpeakerBaseline(heard=(*self.heard, prosody)[-KEPT:])

    def typical(self, figure: Figure) -> float | None:
        """The median on the figure's scale; None where too few utterances have it."""
        values = self._values(figure)
        return median(values) if self.ready and len(values) >= LEAST_UTTERANCES else None

    def spread(self, figure: Figure) -> float:
        """How much the person varies by themselves: a robust standard deviation on its scale.

        0 below five utterances.
        """
        values = self._values(figure)
        if len(values) < _SPREAD_FROM:
            return 0.0
        middle = median(values)
        return _NORMAL * median(abs(value - middle) for value in values)

    def doubt(self, figure: Figure) -> float:
        """By how much more a change must exceed: the usual of few utterances is itself uncertain.

        sqrt(1 + 1 / n), the standard deviation of a new value less the mean of n; 1.22 of two.
        """
        return math.sqrt(1.0 + 1.0 / max(1, len(self._values(figure))))

    def _values(self, figure: Figure) -> list[float]:
        found = (figure.of(prosody) for prosody in self.heard)
        return [value for value in found if value is not None]
