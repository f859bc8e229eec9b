"""`insideout perceive --webcam`: a face as it changes, until the camera or the person stops."""

import json
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from insideout.perception.face.as_json import seen_json
from insideout.perception.face.stream import FaceMoment, FaceStream
from insideout.perception.face.webcam import FRONT, Camera, FrameSource, newest
from insideout.perception.fusion import fuse
from insideout.service.cli.face_options import reader_for, reading_lines, stream_options
from insideout.service.cli.perceived import Asked
from insideout.service.cli.render import err, note, out, printable

_TELLS = 0.15  # change of a probability that is worth a new line
_LONGEST_SECS = 1.0  # between two lines


def watch(asked: Asked, source: FrameSource | None = None) -> None:
    """Show the face in front until `--secs` are over, Ctrl-C is pressed or the camera stops.

    With --json a line of JSON whenever the face changes, and at least once a second; the same in words
    where nobody looks at a terminal. No picture is kept. source: another one than the camera. Raises
    BadSignalError where the camera cannot be opened or stops.
    """
    stream = FaceStream(reader_for(asked), stream_options(asked))
    moments = _moments(stream, source or Camera(asked.camera or FRONT), asked.secs)
    console = out()
    try:
        if asked.json_:
            for moment in _changes(moments):
                typer.echo(json.dumps(_record(moment), ensure_ascii=False))
        elif console.is_terminal:
            _show_live(moments, console)
        else:
            for moment in _changes(moments):
                console.print(_panel(moment))
    finally:
        note(err(), f"{stream.read} of {stream.fed} frames read; no picture was kept")


def _moments(stream: FaceStream, source: FrameSource, secs: float | None) -> Iterator[FaceMoment]:
    """The moments of the newest frames; a camera that stops before the time is over is an error."""
    frames = newest(source)
    in_time = takewhile(lambda frame: secs is None or frame[0] < secs, frames)
    try:
        yield from stream.moments(in_time)
    finally:
        frames.close()


def _changes(moments: Iterator[FaceMoment]) -> Iterator[FaceMoment]:
    """Those that are worth telling: the face has changed, or a second is over."""
    told: FaceMoment | None = None
    for moment in moments:
        if told is None or moment.secs - told.secs >= _LONGEST_SECS or _differs(told, moment):
            told = moment
            yield moment


def _differs(before: FaceMoment, now: FaceMoment) -> bool:
    if (before.reading.abstained, before.number) != (now.reading.abstained, now.number):
        return True
    shares = before.reading.emotions
    return any(abs(p - shares.get(e, 0.0)) >= _TELLS for e, p in now.reading.emotions.items())


def _record(moment: FaceMoment) -> dict[str, Any]:
    return {
        "secs": round(moment.secs, 3),
        "face": moment.number,
        "count": moment.count,
        "state": fuse([moment.reading]).to_json(),
        "trend": {
            "valence": round(moment.trend.valence, 4),
            "arousal": round(moment.trend.arousal, 4),
            "secs": round(moment.trend.secs, 1),
        },
        "faces": [{"face": seen.number, **seen_json(seen)} for seen in moment.faces],
    }


def _show_live(moments: Iterator[FaceMoment], console: Console) -> None:
    note(err(), "watching; Ctrl-C ends")
    with Live(Text("no picture yet"), console=console, auto_refresh=False) as live:
        for moment in moments:
            live.update(_panel(moment), refresh=True)


def _panel(moment: FaceMoment) -> Group:
    faces = {0: "no face", 1: "1 face"}.get(moment.count, f"{moment.count} faces")
    lines = [Text(f"{moment.secs:6.1f} s  {faces}", style="bold")]
    lines.extend(reading_lines(moment.reading))
    if len(moment.faces) > 1:
        lines.extend(
            Text(f"  face {seen.number}: {_said(seen.reading.top(2))}", style="dim")
            for seen in moment.faces
            if seen.number != moment.number
        )
    return Group(*lines)


def _said(top: list[tuple[str, float]]) -> str:
    return ", ".join(f"{printable(label)} {share:.0%}" for label, share in top) or "not seen well"
