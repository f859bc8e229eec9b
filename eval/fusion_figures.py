"""A picture of the simulation: accuracy of each modality and of each way to join them, by condition."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

from insideout.eval.fusion_pairs import MODALITIES
from insideout.eval.fusion_scores import AVERAGE

_COLOURS = ("#bbbbbb", "#888888", "#555555", "#92c5de", "#4393c3", "#2166ac", "#b2182b")
_WIDTH = 0.12
_LETTERS = 14  # of a condition's name on one line
_DPI = 150


def drawn(path: Path, found: Mapping[str, Any]) -> None:
    """Bars with their 95 % intervals into a file; its ending says which kind of picture."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13.0, 5.0), layout="constrained")
    axes = figure.add_subplot()
    conditions = found["conditions"]
    first = next(iter(conditions.values()))["ways"]
    ways = [way for way in first if " - " not in way]
    for number, (way, colour) in enumerate(zip(ways, _COLOURS, strict=False)):
        cells = [one["ways"][way]["accuracy"] for one in conditions.values()]
        values = [cell["value"] for cell in cells]
        low = [max(0.0, v - c["interval95"][0]) for v, c in zip(values, cells, strict=True)]
        high = [max(0.0, c["interval95"][1] - v) for v, c in zip(values, cells, strict=True)]
        places = [place + (number - len(ways) / 2) * _WIDTH for place in range(len(cells))]
        axes.bar(places, values, _WIDTH, color=colour, label=_named(way), yerr=(low, high))
    names = [fill(name, _LETTERS) for name in conditions]
    axes.set_xticks(range(len(conditions)), names, fontsize=9)
    axes.set(ylim=(0, 1), ylabel="accuracy")
    axes.set_title(f"Simulated people, {found['n']} triples of strangers who show one emotion")
    axes.legend(frameon=False, ncols=4, loc="upper right", fontsize=8)
    figure.savefig(path, dpi=_DPI)


def _named(way: str) -> str:
    if way == AVERAGE:
        return "plain averaging"
    return f"{way} alone" if way in {modality.value for modality in MODALITIES} else way
