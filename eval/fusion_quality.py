"""What the readers' quality is worth: how often a modality is right, by the quality of its signal."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.eval.fusion_said import Damage, Said
from insideout.eval.fusion_scores import with_interval
from insideout.perception.reading import Modality

BANDS = ((0.0, 0.0), (0.0, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1.0))
"""Of quality, without the lower end and with the upper; the first is where a reader abstains."""

_FEWEST = 20  # items of a band, to be reported


def by_quality(said: Mapping[Modality, Said], draws: int) -> dict[str, Any]:
    """By modality and band: n and the share that is right, of all items with noise of graded strength.

    Interval: bootstrap over images, speakers or conversations.
    """
    return {
        modality.value: {
            _named(band): found
            for band in BANDS
            if (found := _band(one, _inside(one, band), draws)) is not None
        }
        for modality, one in said.items()
    }


def _named(band: tuple[float, float]) -> str:
    low, high = band
    return f"{low:g} to {high:g}" if high else "abstains"


def _inside(one: Said, band: tuple[float, float]) -> NDArray[np.int64]:
    low, high = band
    quality = one.qualities[Damage.GRADED]
    return np.flatnonzero((quality > low) & (quality <= high) if high else quality == 0.0)


def _band(one: Said, places: NDArray[np.int64], draws: int) -> dict[str, Any] | None:
    if len(places) < _FEWEST:
        return None
    right = (one.rows[Damage.GRADED].argmax(axis=1) == one.gold)[places]
    found = with_interval(
        lambda at: {"accuracy": float(right[at].mean())}, one.groups[places], draws
    )
    return {"n": len(places), **found}
