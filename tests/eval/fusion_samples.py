"""Made-up answers of three modalities, without any recogniser."""

import numpy as np

from insideout.eval.fusion_said import EMOTIONS, Damage, Said
from insideout.perception.reading import Modality

_SHOWN = (0, 1, 2, 3, 7)  # joy, sadness, fear, anger, neutral
_SPOILT = {Damage.NONE: 1.0, Damage.GRADED: 2.0, Damage.NOISY: 3.0, Damage.OTHER: 3.0}


def _rows(gold: np.ndarray, strength: float, draw: np.random.Generator) -> np.ndarray:
    scores = draw.normal(size=(len(gold), len(EMOTIONS)))
    scores[np.arange(len(gold)), gold] += strength
    raised = np.exp(scores)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def said_by(strength: float, seed: int, groups: int = 1_000, each: int = 24) -> Said:
    """Made-up answers, right the more often the stronger."""
    draw = np.random.default_rng(seed)
    gold = np.repeat(np.array(_SHOWN, np.int64), each)
    return Said(
        gold=gold,
        groups=np.array([f"{seed}/{place % groups}" for place in range(len(gold))]),
        rows={damage: _rows(gold, strength / part, draw) for damage, part in _SPOILT.items()},
        qualities={
            damage: draw.choice([0.0, 0.5, 1.0], len(gold)) if part > 1 else np.ones(len(gold))
            for damage, part in _SPOILT.items()
        },
    )


def people() -> dict[Modality, Said]:
    """Words are right the most often, voices the least."""
    return {
        Modality.FACE: said_by(2.0, 0),
        Modality.VOICE: said_by(1.5, 1, groups=8),
        Modality.TEXT: said_by(2.5, 2),
    }
