"""Charts as inline SVG: rows over one axis of time, in the palette of the page.

The drawings stretch to the width of the page, so all letters stand beside them as HTML. A library of
charts would be several megabytes of script for the same, in colours of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

WIDE = 1000.0
_MOST_TICKS = 7
_STEPS_SECS = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)

Points = Iterable[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Time across all rows of a chart: `secs` from `start_secs`."""

    secs: float
    start_secs: float = 0.0

    def x(self, secs: float) -> float:
        """Where a time is, in units of the drawings; cut off at their edges."""
        share = (secs - self.start_secs) / self.secs if self.secs > 0.0 else 0.0
        return WIDE * min(1.0, max(0.0, share))

    def times(self) -> list[float]:
        """Round times, few enough to be read on a phone."""
        fits = (step for step in _STEPS_SECS if self.secs / step < _MOST_TICKS)
        step = next(fits, self.secs / _MOST_TICKS or 1.0)
        first = -(-self.start_secs // step)
        count = int((self.start_secs + self.secs) // step - first) + 1
        return [(first + i) * step for i in range(max(0, count))]

    def ticks(self) -> str:
        """The row of times below a chart."""
        marks = "".join(
            f'<i style="left:{self.x(secs) / WIDE:.2%}">{clock(secs, self.secs)}</i>'
            for secs in self.times()
        )
        ticks = f'<div class="l-ticks" aria-hidden="true">{marks}</div>'
        return f'<div class="l-row"><span></span>{ticks}</div>'


def clock(secs: float, whole_secs: float | None = None) -> str:
    """Minutes and seconds; tenths where the whole is short.

    >>> clock(75.4), clock(0.5, 3.0)
    ('1:15', '0.5 s')
    """
    if whole_secs is not None and whole_secs < 10.0:
        return f"{round(secs, 1):g} s"
    minutes, rest = divmod(round(secs), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def row(name: str, drawing: str, says: str, *, high: float, pixels: int, marks: str = "") -> str:
    """One row: its name at the left, the drawing in a box of WIDE by `high`, `pixels` tall on the page.

    says: the same in words, for those who cannot see it. marks: HTML over the drawing.
    """
    return (
        f'<div class="l-row"><span class="l-name">{escape(name)}</span><div class="l-drawn">'
        f'<svg class="l-plot" style="height:{pixels}px" viewBox="0 0 {WIDE:g} {high:g}" '
        f'preserveAspectRatio="none" role="img" aria-label="{escape(says)}">{drawing}</svg>'
        f"{marks}</div></div>"
    )


def line(points: Points, name: str) -> str:
    """A line of class `name`; nothing where it has no length."""
    told = list(points)
    if len(told) < 2:
        return ""
    return f'<polyline class="l-line {name}" points="{_joined(told)}"/>'


def area(points: Points, name: str, title: str = "") -> str:
    """A filled shape of class `name`, with a tooltip where there is one."""
    return f'<polygon class="{name}" points="{_joined(points)}">{_title(title)}</polygon>'


def box(left: float, right: float, low: float, high: float, name: str, title: str = "") -> str:
    """A rectangle between two places across and two down."""
    return (
        f'<rect class="{name}" x="{left:.1f}" y="{low:.1f}" width="{max(0.5, right - left):.1f}" '
        f'height="{high - low:.1f}">{_title(title)}</rect>'
    )


def stacked(
    middles: Sequence[float], shares: Sequence[Sequence[float]], names: Sequence[str], high: float
) -> str:
    """Areas on top of each other. middles: (n,) places across; shares: (n, layers), rows sum to 1."""
    drawn, below = [], [0.0] * len(middles)
    for i, name in enumerate(names):
        above = [low + each[i] for low, each in zip(below, shares, strict=True)]
        lower = [(x, high * (1.0 - low)) for x, low in zip(middles, below, strict=True)]
        upper = [(x, high * (1.0 - top)) for x, top in zip(middles, above, strict=True)]
        drawn.append(area([*lower, *reversed(upper)], f"l-area {name}"))
        below = above
    return "".join(drawn)


def chart(*rows: str, axis: Axis) -> str:
    """Rows over one axis of time."""
    return f'<div class="l-chart">{"".join(rows)}{axis.ticks()}</div>'


def _joined(points: Points) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _title(text: str) -> str:
    return f"<title>{escape(text)}</title>" if text else ""
