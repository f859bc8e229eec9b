"""How right answers about the emotion of voices are: unweighted average recall first of all.

Beside the data set's own labels, the four broad emotions and arousal are scored from the same
probabilities, since they are what carries over from one language and one microphone to another.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insideout.eval.ed import interval
from insideout.eval.ed_scores import calibration_error
from insideout.perception.affect import Emotion
from insideout.perception.label_spaces import BROAD_FOUR, LabelSpace

Metrics = dict[str, float]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was said of clips. probabilities: (n, labels). gold: (n,) places of labels."""

    space: LabelSpace
    labels: tuple[str, ...]
    probabilities: NDArray[np.float64]
    gold: Places
    speakers: tuple[str, ...]


def measure(answers: Answers) -> Metrics:
    """uar, accuracy, macro_f1, ece (15 equal bins), uar_four and uar_arousal.

    uar: the mean recall of the labels that are there. uar_four: angry, happy, neutral, sad, among their
    clips alone. uar_arousal: high or low by the label's prototype.
    """
    return _Judged.of(answers).at(np.arange(len(answers.gold)))


def mean_recall(guess: Places, gold: Places) -> float:
    """The mean over the labels in `gold` of the share that was recognised."""
    held = np.bincount(gold)
    hits = np.bincount(gold[guess == gold], minlength=len(held))
    return float((hits[held > 0] / held[held > 0]).mean())


def _macro_f1(guess: Places, gold: Places) -> float:
    size = int(max(guess.max(), gold.max())) + 1
    held, told = np.bincount(gold, minlength=size), np.bincount(guess, minlength=size)
    hits = np.bincount(gold[guess == gold], minlength=size)
    return float((2.0 * hits[held > 0] / (held + told)[held > 0]).mean())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """Each clip's answer and truth, (n,): as places of labels, as one of the broad four, as arousal.

    four_gold is -1 for clips of other emotions.
    """

    guess: Places
    gold: Places
    confidence: NDArray[np.float64]
    four_guess: Places
    four_gold: Places
    high_guess: Places
    high_gold: Places

    @classmethod
    def of(cls, answers: Answers) -> "_Judged":
        broad = [list(Emotion).index(emotion) for emotion in BROAD_FOUR.canonical.values()]
        emotions = emotion_places(answers)
        high = np.array([answers.space.affects[label].arousal > 0.0 for label in answers.labels])
        told_high = answers.probabilities @ high > 0.5 * answers.probabilities.sum(axis=1)
        return cls(
            guess=answers.probabilities.argmax(axis=1),
            gold=answers.gold,
            confidence=answers.probabilities.max(axis=1),
            four_guess=np.array(broad)[by_emotion(answers)[:, broad].argmax(axis=1)],
            four_gold=np.where(np.isin(emotions, broad), emotions, -1),
            high_guess=told_high.astype(np.int64),
            high_gold=high[answers.gold].astype(np.int64),
        )

    def at(self, places: Places) -> Metrics:
        """The metrics of some clips."""
        guess, gold = self.guess[places], self.gold[places]
        found = {
            "uar": mean_recall(guess, gold),
            "accuracy": float((guess == gold).mean()),
            "macro_f1": _macro_f1(guess, gold),
            "ece": calibration_error(self.confidence[places], guess == gold),
            "uar_arousal": mean_recall(self.high_guess[places], self.high_gold[places]),
        }
        broad = self.four_gold[places] >= 0
        if broad.any():
            four_guess, four_gold = self.four_guess[places][broad], self.four_gold[places][broad]
            found["uar_four"] = mean_recall(four_guess, four_gold)
        return found


def by_emotion(answers: Answers) -> NDArray[np.float64]:
    """(n, 8): canonical probabilities, in the order of Emotion."""
    table = np.array(
        [
            [answers.space.canonical[name] is emotion for emotion in Emotion]
            for name in answers.labels
        ]
    )
    return np.asarray(answers.probabilities @ table, np.float64)


def emotion_places(answers: Answers) -> Places:
    """(n,): the place of each gold label's canonical emotion."""
    order = list(Emotion)
    places = np.array([order.index(answers.space.canonical[name]) for name in answers.labels])
    return np.asarray(places[answers.gold], np.int64)


def recalls(answers: Answers) -> dict[str, float]:
    """Label to recall, of the labels that are there."""
    guess = answers.probabilities.argmax(axis=1)
    return {
        label: round(float((guess[answers.gold == place] == place).mean()), 4)
        for place, label in enumerate(answers.labels)
        if (answers.gold == place).any()
    }


def confusion(answers: Answers) -> dict[str, dict[str, int]]:
    """Gold label to answered label to clips."""
    guess = answers.probabilities.argmax(axis=1)
    table = np.zeros((len(answers.labels),) * 2, np.int64)
    np.add.at(table, (answers.gold, guess), 1)
    return {
        label: {name: int(n) for name, n in zip(answers.labels, row, strict=True) if n}
        for label, row in zip(answers.labels, table, strict=True)
        if row.any()
    }


def measured(parts: dict[str, Answers]) -> tuple[Metrics, dict[str, list[float]]]:
    """Metrics of several ways to answer, each by its prefix, and their 95 % intervals.

    The interval is a bootstrap over speakers, 1,000 draws.
    """
    metrics: Metrics = {}
    bounds: dict[str, list[float]] = {}
    for prefix, answers in parts.items():
        metrics |= {f"{prefix}{name}": value for name, value in measure(answers).items()}
        found = interval(_Judged.of(answers).at, answers.speakers)
        bounds |= {f"{prefix}{name}": [round(a, 4), round(b, 4)] for name, (a, b) in found.items()}
    return {name: round(value, 4) for name, value in metrics.items()}, bounds
