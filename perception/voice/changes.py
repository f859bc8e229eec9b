"""Changes: what stands out in how a voice sounds, among people and against one's own usual."""

from dataclasses import dataclass

from insideout.perception.voice.baseline import SpeakerBaseline
from insideout.perception.voice.norms import FIGURES, Figure
from insideout.perception.voice.sound import Prosody

_SPREADS = 1.5  # of the person's own spread that a change must exceed


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A figure that stands out. by: how far, in noticeable changes; below 0 it is lower."""

    figure: Figure
    by: float

    @property
    def much(self) -> bool:
        """Whether it is far out."""
        much = self.figure.much
        return much is not None and abs(self.by) * self.figure.change >= much


def stands_out(prosody: Prosody) -> tuple[Change, ...]:
    """The figures outside what is usual among people."""
    found = (Change(figure=f, by=f.beyond(prosody)) for f in FIGURES.values())
    return tuple(change for change in found if change.by)


def changes(prosody: Prosody, baseline: SpeakerBaseline) -> tuple[Change, ...]:
    """The figures that differ noticeably from how the person usually sounds."""
    found = []
    for figure in FIGURES.values():
        value, usual = figure.of(prosody), baseline.typical(figure)
        if value is None or usual is None:
            continue
        by = value - usual
        told = figure.rises if by > 0.0 else figure.falls
        least = max(figure.change, _SPREADS * baseline.spread(figure))
        if told and abs(by) >= least * baseline.doubt(figure):
            found.append(Change(figure=figure, by=by / figure.change))
    return tuple(found)
