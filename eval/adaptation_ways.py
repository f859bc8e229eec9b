"""Ways to know a speaker, from not at all to a rest and named moments, and what each then says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from insideout.eval.adaptation_voices import Places, Rows, Speaker
from insideout.perception.affect import Emotion
from insideout.perception.expression import Expression
from insideout.perception.label_spaces import RAVDESS
from insideout.perception.person import Profile, learn_shift
from insideout.perception.reading import Modality, Reading

MOMENTS = (Emotion.JOY, Emotion.SADNESS, Emotion.ANGER, Emotion.FEAR)
"""One of each is named."""

_MODEL = "left out"
_LABELS = RAVDESS.labels
_EMOTIONS = np.array([RAVDESS.canonical[label].value for label in _LABELS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """enrolled: by the classifier for enrolled people. rest, moments: what the shift is learnt from."""

    enrolled: bool = False
    rest: bool = False
    moments: bool = False


STRANGER = "stranger"
WAYS: Mapping[str, Way] = {
    STRANGER: Way(),
    "rest": Way(rest=True),
    "moments": Way(moments=True),
    "rest and moments": Way(rest=True, moments=True),
    "enrolled": Way(enrolled=True),
    "enrolled and moments": Way(enrolled=True, moments=True),
}


def answers(name: str, speaker: Speaker, way: Way, seed: int = 0) -> Rows:
    """(n, k): probabilities of each clip, as a profile made of other clips leaves them.

    The moments are of other sentences than the clip's; the rest does not hold the clip.
    """
    found = np.zeros_like(speaker.plain)
    for text in np.unique(speaker.texts):
        moments = chosen(name, speaker, str(text), seed) if way.moments else np.zeros(0, np.int64)
        for number, rest in enumerate(speaker.rests):
            asked = np.flatnonzero((speaker.texts == text) & (speaker.rest == number))
            if len(asked):
                logs = speaker.enrolled[number] if way.enrolled else speaker.plain
                found[asked] = _adapted(speaker, logs, way, rest, moments)[asked]
    return found


def chosen(name: str, speaker: Speaker, text: str, seed: int) -> Places:
    """The places of one clip of each of MOMENTS, of other sentences; fewer where there is none."""
    draw = np.random.default_rng([seed, crc32(f"{name} {text}".encode())])
    emotions = _EMOTIONS[speaker.gold]
    pools = [
        np.flatnonzero((emotions == emotion.value) & (speaker.texts != text)) for emotion in MOMENTS
    ]
    return np.array([draw.choice(pool) for pool in pools if len(pool)], np.int64)


def _adapted(speaker: Speaker, logs: Rows, way: Way, rest: Places, moments: Places) -> Rows:
    if not (way.rest or way.moments):
        return np.exp(logs)
    named = [
        (reading, Emotion(_EMOTIONS[speaker.gold[place]]))
        for reading, place in zip(_readings(logs, moments), moments, strict=True)
    ]
    others = dict(zip(_LABELS, speaker.others.tolist(), strict=True))
    shift = learn_shift(
        _readings(logs, rest) if way.rest else (), named, others if way.rest else None
    )
    profile = Profile(name=_MODEL, made_at="", shifts={_MODEL: shift})
    said = [profile.adapt(Expression(probabilities=_row(row)), _MODEL) for row in np.exp(logs)]
    return np.array([[one.probabilities[label] for label in _LABELS] for one in said])


def _readings(logs: Rows, places: Places | NDArray[np.int64]) -> Sequence[Reading]:
    rows = [_row(row) for row in np.exp(logs[places])]
    return [
        Reading(
            modality=Modality.VOICE,
            model=_MODEL,
            space=RAVDESS.name,
            probabilities=row,
            emotions=RAVDESS.emotions(row),
        )
        for row in rows
    ]


def _row(probabilities: Rows) -> dict[str, float]:
    return dict(zip(_LABELS, probabilities.tolist(), strict=True))
