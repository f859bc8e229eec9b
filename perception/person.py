"""Person: what is particular to one person, so that their Readings are judged against themselves.

A resting face may look stern and a soft voice sad. From 20 to 60 seconds at rest, and optionally a few
moments whose feeling the person names, each recogniser's scores are shifted for this person: first by
how far their rest lies from other people's rest, then towards the named moments (the speaker-dependent
mode of speech and face recognition; a bias in log-probabilities, fitted by maximum a posteriori).
`insideout eval adaptation` says what that brings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.affect import Emotion
from insideout.perception.errors import PerceptionError
from insideout.perception.expression import Expression
from insideout.perception.label_spaces import label_space
from insideout.perception.reading import Modality, Reading

Row = NDArray[np.float64]
Shift = Mapping[str, float]
"""By label: what is added to its log-probability."""

FEWEST_AT_REST = 3  # Readings; fewer say too little about a person's rest
_FLOOR = 1e-4
_TRUST = 5.0  # Readings of rest after which half of the difference to other people is believed
_SPREAD = 1.0  # standard deviation of a label's shift before any moment was named
_STEPS, _RATE = 200, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One person's particulars; a small file that is made only where they ask for it.

    name: how the file is called. made_at: ISO 8601 with the zone. shifts: by id of the recogniser.
    rest: by modality, what is kept of the person at rest, as JSON: how many Readings of rest there were
    and how many of each named moment; for a voice also how each piece of speech sounded, for a heart its
    beats.
    """

    name: str
    made_at: str
    shifts: Mapping[str, Shift] = field(default_factory=dict)
    rest: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """A JSON object; `from_json` reads it back."""
        return {
            "name": self.name,
            "made_at": self.made_at,
            "shifts": {m: {k: round(v, 4) for k, v in s.items()} for m, s in self.shifts.items()},
            "rest": dict(self.rest),
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "Profile":
        """The Profile that `to_json` wrote; raises PerceptionError where it is something else."""
        try:
            return cls(
                name=str(record["name"]),
                made_at=str(record["made_at"]),
                shifts={
                    str(model): {str(k): float(v) for k, v in shift.items()}
                    for model, shift in record["shifts"].items()
                },
                rest={Modality(name).value: dict(kept) for name, kept in record["rest"].items()},
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PerceptionError(
                f"this is no profile ({type(error).__name__}: {error}); expected what "
                "Profile.to_json gives"
            ) from error

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """What it knows the person by."""
        return tuple(modality for modality in Modality if modality.value in self.rest)

    def doubt(self, modality: Modality, model: str) -> str | None:
        """Why that recogniser reads this person as a stranger; None where the profile knows better."""
        if modality not in self.modalities:
            return (
                f"the profile {self.name!r} does not know the {modality.value}: it is a stranger's"
            )
        if model not in self.shifts:
            return (
                f"the profile {self.name!r} was made with another recogniser than {model}, which reads "
                f"the {modality.value} as a stranger's; make the profile again"
            )
        return None

    def adapt(self, expression: Expression, model: str) -> Expression:
        """What a recogniser said, as it is for this person; unchanged where it has no shift.

        Valence and arousal that the model gave itself stay as they are.
        """
        shift = self.shifts.get(model)
        if shift is None or not expression.probabilities:
            return expression
        labels = list(expression.probabilities)
        own = np.array([shift.get(label, 0.0) for label in labels])
        moved = _softmax(_logs(expression.probabilities, labels) + own)
        return replace(expression, probabilities=dict(zip(labels, moved.tolist(), strict=True)))


def learn_shift(
    rest: Sequence[Reading],
    moments: Iterable[tuple[Reading, Emotion]] = (),
    others: Shift | None = None,
) -> Shift:
    """The shift of one recogniser for one person.

    rest: Readings of the person at rest, at least FEWEST_AT_REST that do not abstain. moments: Readings
    with the emotion that the person named. others: the mean log-probability of each label for people
    at rest in general; None where it is not known, and then rest says nothing. Raises PerceptionError
    where there is too little, where the Readings are of several recognisers, and for an emotion that
    the recogniser has no label for.
    """
    speaking = [reading for reading in rest if reading.abstained is None and reading.probabilities]
    named = [(r, e) for r, e in moments if r.abstained is None and r.probabilities]
    _check(speaking, named)
    labels = list((speaking or [r for r, _ in named])[0].probabilities)
    start = np.zeros(len(labels))
    if others is not None and speaking:
        mean = np.mean([_logs(reading.probabilities, labels) for reading in speaking], axis=0)
        usual = np.array([others.get(label, mean[i]) for i, label in enumerate(labels)])
        believed = len(speaking) / (len(speaking) + _TRUST)
        start = believed * _centred(usual - mean)
    return dict(zip(labels, _fitted(start, labels, named).tolist(), strict=True))


def log_mean(said: Sequence[Mapping[str, float]]) -> Shift:
    """The mean log-probability of each label, over what was said of people at rest; for `others`.

    Raises PerceptionError for none.
    """
    if not said:
        raise PerceptionError("nothing was said of anybody at rest; expected some probabilities")
    labels = list(said[0])
    mean = np.mean([_logs(probabilities, labels) for probabilities in said], axis=0)
    return dict(zip(labels, mean.tolist(), strict=True))


def _check(rest: Sequence[Reading], named: Sequence[tuple[Reading, Emotion]]) -> None:
    if len(rest) < FEWEST_AT_REST and not named:
        raise PerceptionError(
            f"only {len(rest)} usable Readings of rest; expected at least {FEWEST_AT_REST}: record 20 "
            "to 60 seconds at rest, in good light and without noise"
        )
    models = {reading.model for reading in (*rest, *(r for r, _ in named))}
    if len(models) > 1:
        raise PerceptionError(
            f"the Readings are of several recognisers ({', '.join(sorted(models))}); a shift belongs to "
            "one"
        )
    for reading, emotion in named:
        if emotion not in label_space(reading.space).canonical.values():
            raise PerceptionError(
                f"{reading.model} has no label for {emotion.value}, so a moment of it teaches nothing"
            )


def _logs(probabilities: Mapping[str, float], labels: Sequence[str]) -> Row:
    found = np.array([probabilities.get(label, 0.0) for label in labels], dtype=np.float64)
    return np.log(np.maximum(found, _FLOOR))


def _softmax(scores: Row) -> Row:
    """Of the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _centred(row: Row) -> Row:
    return np.asarray(row - row.mean())


def _fitted(start: Row, labels: Sequence[str], named: Sequence[tuple[Reading, Emotion]]) -> Row:
    """The most probable shift given the named moments, with a normal prior around `start`.

    A moment is right where the mass of all labels of its emotion is high; gradient descent on that
    cross-entropy, which is convex enough for eight labels and a handful of moments.
    """
    if not named:
        return start
    space = label_space(named[0][0].space)
    logs = np.array([_logs(reading.probabilities, labels) for reading, _ in named])
    wanted = np.array(
        [[float(space.canonical[label] is emotion) for label in labels] for _, emotion in named]
    )
    shift = start.copy()
    for _ in range(_STEPS):
        said = _softmax(logs + shift)
        inside = said * wanted
        mass = np.maximum(inside.sum(axis=1, keepdims=True), 1e-9)
        gradient = (said - inside / mass).sum(axis=0) + (shift - start) / _SPREAD**2
        shift = shift - _RATE * gradient / (1.0 + len(named) / 4.0)
    return _centred(shift)
