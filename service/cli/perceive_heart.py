"""Heart recordings for `insideout perceive`: ECG and pulse waves."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from insideout.perception.errors import BadSignalError
from insideout.perception.heart.beats import Beats, find_in_blocks
from insideout.perception.heart.loading import open_recording
from insideout.perception.heart.observation import Observation
from insideout.perception.heart.own import rest_of
from insideout.perception.heart.plot import clearest, plot
from insideout.perception.heart.quality import GOOD
from insideout.perception.heart.reader import HeartReader
from insideout.perception.heart.recording import Recording, Wanted
from insideout.perception.heart.signal import HeartSignal, SignalKind
from insideout.perception.heart.vitals import Figure
from insideout.perception.heart.wording import FIGURES, SAYS, UNITS, reason_words
from insideout.perception.profiles import load_profile
from insideout.service.cli.perceived import Asked, Perceived
from insideout.service.cli.render import bar, bar_cells, err, printable

_NAME_CELLS = 30
_STRESS = "magenta"
_CLEAR = 0.9  # of the beats in a block that is good enough to draw


def perceive(path: Path, asked: Asked) -> Perceived:
    """Read one recording; draw it where that is asked. Raises BadSignalError."""
    kind = None if asked.kind is None else SignalKind(asked.kind)
    recording = open_recording(path, Wanted(rate=asked.rate, kind=kind, column=asked.column))
    baseline = _baseline(recording, asked)
    reader = HeartReader(baseline=baseline, language=asked.language)
    observation = reader.observe_blocks(_watched(recording, path))
    if asked.plot is not None:
        plot(observation, _strip(recording, observation.beats), asked.plot, path.name)
    shown = _Shown(path=path, recording=recording, observation=observation, language=asked.language)
    return Perceived(
        reading=observation.reading,
        section="heart",
        details={
            "file": str(path),
            "channel": recording.name,
            "rate": recording.rate,
            "unit": recording.unit,
            **observation.to_json(),
        },
        show=shown.print,
    )


def _baseline(recording: Recording, asked: Asked) -> Beats | None:
    """The rest that is named, else the one that the person's profile keeps."""
    if asked.baseline is not None:
        return _rest(asked.baseline, recording, asked)
    return None if asked.profile is None else rest_of(load_profile(asked.profile))


def _rest(path: Path, recording: Recording, asked: Asked) -> Beats:
    """The beats of the recording of rest; its rate and column are taken to be the other's."""
    given = Wanted(rate=asked.rate, kind=recording.kind, column=asked.column)
    rest = find_in_blocks(_watched(open_recording(path, given), path))
    if not len(rest.intervals_ms):
        raise BadSignalError(
            f"{path}: no usable beats in the recording of rest; expected five quiet minutes of the "
            "same signal"
        )
    return rest


def _watched(recording: Recording, path: Path) -> Iterator[HeartSignal]:
    """The blocks, with a bar on stderr."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as progress:
        task = progress.add_task(printable(path.name), total=recording.secs)
        for block in recording.blocks():
            yield block
            progress.advance(task, block.secs)


def _strip(recording: Recording, beats: Beats) -> HeartSignal:
    """Some clear seconds: from the first block whose beats are good, else from the first."""
    first = None
    for block in recording.blocks():
        first = first or block
        inside = beats.between(block.start_secs, block.start_secs + block.secs)
        if len(inside.quality) and (inside.quality >= GOOD).mean() >= _CLEAR:
            return clearest(block, beats)
    if first is None:
        raise BadSignalError("the recording holds no samples, so there is nothing to draw")
    return clearest(first, beats)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """One recording as people read it."""

    path: Path
    recording: Recording
    observation: Observation
    language: str

    def print(self, console: Console) -> None:
        """Where it comes from, its figures, its remarks, its Reading."""
        console.print(Text(self._head(), style="bold"))
        for figure in self.observation.vitals.figures:
            console.print(self._figure(figure))
        for remark in (*self.recording.remarks, *self.observation.remarks):
            console.print(Text(f"  {printable(remark)}", style="yellow"))
        for line in self._feeling(console):
            console.print(line)

    def _feeling(self, console: Console) -> Iterator[Text]:
        """How probable stress is and by what, or why that is not read."""
        reading = self.observation.reading
        if reading.abstained is not None:
            if reading.abstained not in self.observation.remarks:
                yield Text(f"  {reading.abstained}", style="dim")
            return
        stress = reading.probabilities["stress"]
        line = Text(f"  {SAYS[self.language]['stress']:<{_NAME_CELLS}}{stress:.0%} ")
        yield line.append(bar(stress, bar_cells(console)), style=_STRESS)
        yield Text(f"  {', '.join(reading.cues)}", style="dim")

    def _head(self) -> str:
        beats = self.observation.beats
        minutes, secs = divmod(round(beats.secs), 60)
        return (
            f"{printable(self.path.name)}: {printable(self.recording.name)}, "
            f"{beats.kind.value.upper()} {self.recording.rate:g} Hz, {minutes}:{secs:02d} min, "
            f"{beats.usable:.0%} usable"
        )

    def _figure(self, figure: Figure) -> Text:
        name = FIGURES[self.language][figure.name]
        unit = UNITS[self.language].get(figure.unit, figure.unit)
        why = reason_words(figure, self.language)
        line = Text(f"  {name:<{_NAME_CELLS}}")
        if figure.value is None:
            return line.append(f"—  {why}", style="dim")
        places = 1 if abs(figure.value) < 10.0 else 0
        line.append(f"{'≈ ' if figure.approximate else ''}{figure.value:.{places}f} {unit}")
        return line.append(f"  {why}" if why else "", style="dim")
