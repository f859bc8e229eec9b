"""Fit: two classifiers, one for anybody and one for a person who is enrolled, both calibrated.

People stay together in every split: the temperature is fitted on the scores of people whom the inner
fold under it has not heard; and how fast scores shrink with unfamiliar sound (`familiar.py`) also on a
data set that the fold under it has not heard, where there is one whose labels the others have.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.train.examples import ENROLLED_BY, Examples
from insideout.perception.voice.train.familiar import Familiarity
from insideout.perception.voice.train.linear import Floats, Linear, Places, Rows, fit_linear

_FEWEST_SPEAKERS = 3
_SLOPES = (0.5, 100.0)  # what scores may be multiplied by before the softmax
_STEPS = 30
_FALLS = tuple(float(fall) for fall in np.arange(0.0, 2.01, 0.2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to fit.

    strength: of the ridge penalty. trust: how much of an enrolled person's neutral mean is taken off.
    folds: inner ones, for the temperature. seed: of the folds and of who is enrolled by what.
    """

    strength: float = 1.0
    trust: float = 0.5
    folds: int = 4
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """Scores that are log-probabilities but for a constant a row."""

    linear: Linear
    familiarity: Familiarity

    def scores(self, features: Floats, heard: Floats) -> Floats:
        """(n, labels). features: (n, f), what the labels are told from. heard: (n, f), as they came."""
        return self.linear.scores(features) * self.familiarity.share(heard)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Both classifiers.

    enrolled: takes features less trust times the mean of the person's neutral sentences. None where too
    few people had two of these.
    """

    plain: Classifier
    enrolled: Classifier | None
    trust: float


def fit(found: Examples, options: Options) -> Fitted:
    """Both classifiers from every variant of every clip; raises PerceptionError for too few speakers."""
    plain = calibrated(found, found.features, options)
    own = enrolled_features(found, options)
    kept = np.flatnonzero(np.isfinite(own).all(axis=(1, 2)))
    some = found.at(kept)
    if len(set(some.speakers)) < _FEWEST_SPEAKERS:
        return Fitted(plain=plain, enrolled=None, trust=options.trust)
    enrolled = calibrated(some, own[kept], options)
    return Fitted(plain=plain, enrolled=enrolled, trust=options.trust)


def enrolled_features(found: Examples, options: Options) -> Floats:
    """(clips, variants, f): less trust times the mean of two neutral sentences of the speaker.

    Which two is drawn for each clip and variant, among those of the same variant and never the clip
    itself. Rows of a speaker who has not enough of them are not a number.
    """
    draw = np.random.default_rng(options.seed)
    names = np.array(found.speakers)
    own = {name: np.flatnonzero((names == name) & found.neutral) for name in np.unique(names)}
    result = np.full_like(found.features, np.nan)
    for place, variant in np.ndindex(found.features.shape[:2]):
        others = own[found.speakers[place]]
        others = others[others != place]
        if len(others) >= ENROLLED_BY:
            chosen = draw.choice(others, ENROLLED_BY, replace=False)
            middle = found.features[chosen, variant].mean(axis=0)
            result[place, variant] = found.features[place, variant] - options.trust * middle
    return result


def calibrated(found: Examples, features: Floats, options: Options) -> Classifier:
    """The classifier of these features, (clips, variants, f).

    Raises PerceptionError for fewer than three speakers.
    """
    parts = speaker_folds(found.speakers, options.folds, options.seed)
    if len(parts) < _FEWEST_SPEAKERS:
        raise PerceptionError(
            f"{len(set(found.speakers))} speakers; fitting and calibrating need at least "
            f"{_FEWEST_SPEAKERS}"
        )
    strange = _spared_sets(found)
    rows, heard = _rows(found, features), _rows(found, found.features).features
    spread = [_of_variants(part, features.shape[1]) for part in [*parts, *strange]]
    whole, without = fit_linear(rows, options.strength, spread)
    told = [model.scores(rows.features[at]) for model, at in zip(without, spread, strict=True)]
    familiarity = Familiarity.of(heard)
    excess = [familiarity.excess(heard[at]) for at in spread[: len(parts)]]
    for at in spread[len(parts) :]:
        others = np.setdiff1d(np.arange(len(heard)), at)
        excess.append(Familiarity.of(heard[others]).excess(heard[at]))
    gold = rows.gold[np.concatenate(spread)]
    fall, slope = _best_fall(np.concatenate(told), np.concatenate(excess), gold)
    return Classifier(linear=whole.times(slope), familiarity=replace(familiarity, fall=fall))


def _spared_sets(found: Examples) -> list[Places]:
    """The clips of each data set whose labels the others have all together."""
    sets = np.array([name.split("/")[0] for name in found.speakers])
    parts = []
    for name in np.unique(sets):
        inside = sets == name
        if not inside.all() and set(found.gold[inside]) <= set(found.gold[~inside]):
            left = found.possible[~inside].any(axis=0)
            if (left | ~found.possible.any(axis=0)).all():
                parts.append(np.flatnonzero(inside))
    return parts


def _of_variants(clips: Places, variants: int) -> Places:
    """Places of the rows of these clips."""
    return (clips[:, None] * variants + np.arange(variants)).ravel()


def _best_fall(scores: Floats, excess: Floats, gold: Places) -> tuple[float, float]:
    """The fall, and the slope with it, of the least cross-entropy."""
    best = (np.inf, 0.0, 1.0)
    for fall in _FALLS:
        shrunk = scores * np.exp(-fall * excess)[:, None]
        slope = best_slope(shrunk, gold)
        best = min(best, (cross_entropy(shrunk * slope, gold), fall, slope))
    return best[1], best[2]


def _rows(found: Examples, features: Floats) -> Rows:
    variants = features.shape[1]
    return Rows(
        features=features.reshape(-1, features.shape[2]),
        gold=np.repeat(found.gold, variants),
        possible=np.repeat(found.possible, variants, axis=0),
    )


def speaker_folds(speakers: Sequence[str], most: int, seed: int) -> list[Places]:
    """Places of clips, in at most that many parts of whole speakers; data sets are dealt out evenly."""
    names = np.array(speakers)
    order = np.random.default_rng(seed).permutation(np.unique(names))
    dealt = sorted(order.tolist(), key=lambda name: name.split("/")[0])
    count = min(most, len(dealt))
    return [np.flatnonzero(np.isin(names, dealt[part::count])) for part in range(count)]


def best_slope(scores: Floats, gold: Places) -> float:
    """What scores are multiplied by for the least cross-entropy of softmax (Guo et al. 2017, 1 / T)."""
    low, high = np.log(_SLOPES)
    for _ in range(_STEPS):  # cross-entropy is convex in the slope: thirds close in on its minimum
        first, second = low + (high - low) / 3.0, high - (high - low) / 3.0
        if cross_entropy(scores * np.exp(first), gold) < cross_entropy(
            scores * np.exp(second), gold
        ):
            high = second
        else:
            low = first
    return float(np.exp((low + high) / 2.0))


def cross_entropy(scores: NDArray[np.floating], gold: Places) -> float:
    """Mean negative log-likelihood in nats."""
    return -float(log_softmax(scores)[np.arange(len(gold)), gold].mean())


def log_softmax(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Log-probabilities of each row, from scores (…, labels)."""
    top = scores.astype(np.float64) - scores.max(axis=-1, keepdims=True)
    return np.asarray(top - np.log(np.exp(top).sum(axis=-1, keepdims=True)), np.float64)
