"""`python -m insideout.perception.voice.overlap.training`: fit and measure the detector of two voices.

Mixtures are made of RAVDESS and of EMO-DB. A third of the speakers of each is left out for the figures;
the threshold is set by folds of speakers among the others, so that one utterance in fifty of a single
person is called two. The detector that is written is fitted on the others alone, so that the figures are
its own.
"""

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from insideout.perception.voice.datasets.clips import Clip
from insideout.perception.voice.datasets.corpora import CORPORA
from insideout.perception.voice.libraries import need
from insideout.perception.voice.overlap.detector import (
    WEIGHTS,
    OverlapDetector,
    figures_of,
    with_products,
)
from insideout.perception.voice.overlap.mixtures import mixtures
from insideout.perception.voice.prosody import measure_prosody
from insideout.perception.weights import record_checksum

SETS = ("ravdess", "emodb")
FALSE_ALARMS = 0.02
FOLDS = 4
STRENGTH = 0.1  # inverse of the penalty of scikit-learn's LogisticRegression
SEED = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Examples. figures: as figures_of gives them. two, noisy: (n,). speakers: the first of each."""

    figures: tuple[tuple[float, ...], ...]
    two: NDArray[np.bool_]
    noisy: NDArray[np.bool_]
    speakers: tuple[str, ...]

    def part(self, mask: NDArray[np.bool_]) -> "Rows":
        """Some of the examples."""
        return Rows(
            figures=tuple(f for f, m in zip(self.figures, mask, strict=True) if m),
            two=self.two[mask],
            noisy=self.noisy[mask],
            speakers=tuple(s for s, m in zip(self.speakers, mask, strict=True) if m),
        )


def rows_of(clips: Sequence[Clip], count: int, seed: int, what: str) -> Rows:
    """Mixtures of these clips; the few without a pitch are left out, as no decision is made of them."""
    watched = track(
        mixtures(clips, count, seed),
        total=count,
        description=what,
        console=Console(stderr=True),
        transient=True,
    )
    measured = ((figures_of(measure_prosody(one.sound)), one) for one in watched)
    found = [(figures, one) for figures, one in measured if figures is not None]
    return Rows(
        figures=tuple(figures for figures, _ in found),
        two=np.array([len(one.speakers) == 2 for _, one in found]),
        noisy=np.array([one.noisy for _, one in found]),
        speakers=tuple(one.speakers[0] for _, one in found),
    )


def fit(rows: Rows) -> OverlapDetector:
    """The detector of these examples, with a threshold that folds of their speakers set."""
    speakers = sorted(set(rows.speakers))
    alone: list[float] = []
    for fold in range(FOLDS):
        out = set(speakers[fold::FOLDS])
        mask = np.array([speaker in out for speaker in rows.speakers])
        fitted = _fitted(rows.part(~mask))
        alone += [fitted.probability(figures) for figures in rows.part(mask & ~rows.two).figures]
    threshold = float(np.quantile(alone, 1.0 - FALSE_ALARMS))
    return replace(_fitted(rows), threshold=threshold)


def _fitted(rows: Rows) -> OverlapDetector:
    linear = need("sklearn.linear_model", "eval")
    figures = np.array(rows.figures)
    mean, scale = figures.mean(axis=0), figures.std(axis=0) + 1e-9
    scaled = [with_products(tuple(row)) for row in ((figures - mean) / scale).tolist()]
    model = linear.LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(np.array(scaled), rows.two)
    return OverlapDetector(
        mean=tuple(mean.tolist()),
        scale=tuple(scale.tolist()),
        weights=tuple(model.coef_[0].tolist()),
        bias=float(model.intercept_[0]),
        threshold=0.5,
    )


def figures(detector: OverlapDetector, rows: Rows) -> dict[str, Any]:
    """How often two are called two and one is, over examples of speakers who were left out."""
    metrics = need("sklearn.metrics", "eval")
    probabilities = np.array([detector.probability(figures) for figures in rows.figures])
    said = probabilities > detector.threshold
    return {
        "examples": len(said),
        "speakers": len(set(rows.speakers)),
        "auc": round(float(metrics.roc_auc_score(rows.two, probabilities)), 3),
        "found": share(said[rows.two]),
        "false_alarms": share(said[~rows.two]),
        "false_alarms_noisy": share(said[~rows.two & rows.noisy]),
    }


def share(said: NDArray[np.bool_]) -> dict[str, Any]:
    """How many, of how many, with Wilson's interval at 95 %."""
    interval = (
        need("scipy.stats", "eval")
        .binomtest(int(said.sum()), len(said))
        .proportion_ci(method="wilson")
    )
    return {
        "share": round(float(said.mean()), 3),
        "interval": [round(float(interval.low), 3), round(float(interval.high), 3)],
        "n": len(said),
    }


def main() -> None:
    """Fit, write, print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    shared = Path(os.environ.get("INSIDEOUT_SHARED", "../shared"))
    for name in SETS:
        parser.add_argument(f"--{name}", type=Path, default=shared / CORPORA[name].shared)
    parser.add_argument("--count", type=int, default=500, help="examples of each data set")
    parser.add_argument("--out", type=Path, default=WEIGHTS.shipped)
    options = parser.parse_args()
    learnt: list[Rows] = []
    tested: dict[str, Rows] = {}
    for name in SETS:
        clips = CORPORA[name].clips(getattr(options, name))
        left_out = set(sorted({clip.speaker for clip in clips})[::3])
        others = [clip for clip in clips if clip.speaker not in left_out]
        learnt.append(rows_of(others, options.count, SEED, f"{name}, to learn from"))
        held = [clip for clip in clips if clip.speaker in left_out]
        tested[name] = rows_of(held, options.count // 2, SEED + 1, f"{name}, to measure by")
    detector = fit(_joined(learnt))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    detector.save(options.out)
    record_checksum(options.out)
    print(json.dumps({name: figures(detector, rows) for name, rows in tested.items()}, indent=1))


def _joined(parts: Sequence[Rows]) -> Rows:
    return Rows(
        figures=tuple(figures for part in parts for figures in part.figures),
        two=np.concatenate([part.two for part in parts]),
        noisy=np.concatenate([part.noisy for part in parts]),
        speakers=tuple(speaker for part in parts for speaker in part.speakers),
    )


if __name__ == "__main__":
    main()
