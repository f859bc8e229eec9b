"""HeartReader: what an ECG or a pulse wave says about how a person feels."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from insideout.perception.affect import CORE_AFFECT, Affect, Emotion
from insideout.perception.errors import PerceptionError, unknown_name
from insideout.perception.heart.beats import Beats, find_in_blocks
from insideout.perception.heart.course import course, typical
from insideout.perception.heart.observation import Observation
from insideout.perception.heart.pieces import blocks_of
from insideout.perception.heart.remarks import cues, doubt, remarks, unreadable
from insideout.perception.heart.signal import HeartSignal
from insideout.perception.heart.stress.model import StressModel, load_stress
from insideout.perception.heart.vitals import vitals
from insideout.perception.heart.wording import LANGUAGES, SAYS
from insideout.perception.policy import refusal
from insideout.perception.reading import Modality, Reading

LATEST_SECS = 300.0  # a Reading speaks of the last five minutes
SPACE = "stress"

_AROUSED = 0.6  # between fear and anger (0.7) and disgust (0.3) in CORE_AFFECT
_UNREAD = "heart"  # the model's name where none spoke


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartReader:
    """Reads an ECG or a pulse wave, against the same person's beats at rest.

    The probabilities are over "stress" and "no stress". Which emotion a heart is moved by it does not
    show, so `emotions` give neutral the probability of no stress and share the rest evenly; arousal
    follows the probability, valence stays at that of neutral. Without `baseline`, with a poor signal
    or a doubtful one the Reading abstains; it speaks of the last five minutes. Not a medical device.

    baseline: this person at rest, at least 80 s, better five minutes. language: "en" or "ru", of cues
    and remarks. stress: another model than the installed one.

        >>> HeartReader(baseline=find_beats(rest)).read(signal).cues
        ('pulse 96, up 20 on rest',)
    """

    baseline: Beats | None = None
    language: str = "en"
    stress: StressModel | None = None

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise PerceptionError(unknown_name("language", self.language, LANGUAGES))

    def read(self, signal: HeartSignal) -> Reading:
        """What the signal says about the person."""
        return self.observe(signal).reading

    def observe(self, signal: HeartSignal) -> Observation:
        """The Reading with the vitals beside it."""
        return self.observe_blocks(blocks_of(signal))

    def observe_blocks(self, blocks: Iterable[HeartSignal]) -> Observation:
        """The same of a recording that comes as blocks one after another; holds three at a time."""
        first, rest = _peeked(blocks)
        beats = find_in_blocks(rest)
        if first is None:
            return self.conclude(beats)
        return self.conclude(beats, doubt(first, beats, self.language), first.rate)

    def conclude(self, beats: Beats, doubted: str | None = None, rate: float = 0.0) -> Observation:
        """What the beats say. doubted: why they are not to be believed. rate: of their signal, in Hz."""
        nothing = np.zeros(0)
        believed = beats
        if doubted is not None:
            believed = replace(beats, times_secs=nothing, quality=nothing)
        windows = course(believed)
        found = typical(windows) if windows else vitals(believed)
        return Observation(
            reading=self._reading(believed, doubted),
            vitals=found,
            beats=beats,
            remarks=(doubted,) if doubted else tuple(remarks(beats, found, rate, self.language)),
            windows=windows,
        )

    def _reading(self, beats: Beats, doubted: str | None) -> Reading:
        latest = beats.between(beats.end_secs - LATEST_SECS, np.inf)
        why = refusal(Modality.HEART, self.language) or doubted
        why = why or unreadable(latest, self.language)
        if why is None and self.baseline is None:
            why = SAYS[self.language]["no_rest"]
        if why is not None or self.baseline is None:
            return self._abstain(latest, why)
        model = self.stress or load_stress()
        stress = model.probability(latest, self.baseline)
        if stress is None:
            return self._abstain(latest, SAYS[self.language]["poor_rest"])
        return Reading(
            modality=Modality.HEART,
            model=model.name,
            space=SPACE,
            probabilities={"stress": stress, "no stress": 1.0 - stress},
            emotions=_emotions(stress),
            affect=_affect(stress),
            confidence=max(stress, 1.0 - stress),
            quality=vitals(latest).heart_rate.quality,
            cues=tuple(cues(latest, self.baseline, self.language)),
            start_secs=latest.start_secs,
            end_secs=latest.end_secs,
        )

    def _abstain(self, beats: Beats, why: str | None) -> Reading:
        return Reading(
            modality=Modality.HEART,
            model=_UNREAD,
            space=SPACE,
            quality=vitals(beats).heart_rate.quality,
            start_secs=beats.start_secs,
            end_secs=beats.end_secs,
            abstained=why,
        )


def _peeked(
    blocks: Iterable[HeartSignal],
) -> tuple[HeartSignal | None, Iterable[HeartSignal]]:
    """The first block, and all of them."""
    rest = iter(blocks)
    first = next(rest, None)
    return first, () if first is None else chain([first], rest)


def _emotions(stress: float) -> dict[Emotion, float]:
    moved = [emotion for emotion in Emotion if emotion is not Emotion.NEUTRAL]
    return {Emotion.NEUTRAL: 1.0 - stress, **dict.fromkeys(moved, stress / len(moved))}


def _affect(stress: float) -> Affect:
    calm = CORE_AFFECT[Emotion.NEUTRAL]
    return Affect(valence=calm.valence, arousal=stress * _AROUSED + (1.0 - stress) * calm.arousal)
