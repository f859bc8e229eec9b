"""A recording of a heart in the lab: some clear seconds with its beats, its rhythm, its figures."""

from collections.abc import Iterator
from pathlib import Path

from insideout.perception.errors import BadSignalError
from insideout.perception.heart.beats import Beats, find_in_blocks
from insideout.perception.heart.loading import open_recording
from insideout.perception.heart.plot import clearest
from insideout.perception.heart.quality import GOOD
from insideout.perception.heart.reader import HeartReader
from insideout.perception.heart.recording import Recording, Wanted
from insideout.perception.heart.signal import HeartSignal, SignalKind
from insideout.perception.voice.sound_file import Watch
from insideout.service.cli.perceived import Asked
from insideout.service.web.lab.heart_chart import heart_chart
from insideout.service.web.lab.look import Kind, Look

_CLEAR = 0.9  # of the beats in a block that is good enough to draw


def look(path: Path, name: str, asked: Asked, watch: Watch) -> tuple[Look, ...]:
    """Read one recording, against that of rest where one is given; raises BadSignalError."""
    kind = None if asked.kind is None else SignalKind(asked.kind)
    recording = open_recording(path, Wanted(rate=asked.rate, kind=kind, column=asked.column))
    baseline = None if asked.baseline is None else _rest(asked.baseline, recording, asked, watch)
    reader = HeartReader(baseline=baseline, language=asked.language)
    observation = reader.observe_blocks(_watched(recording, watch))
    strip = _strip(recording, observation.beats)
    channel, rate = recording.name, recording.rate  # the recording is not kept with the Look
    head = {"channel": recording.name, "rate": recording.rate, "unit": recording.unit}
    return (
        Look(
            name=name,
            kind=Kind.HEART,
            reading=observation.reading,
            section="heart",
            details={"file": name, **head, **observation.to_json()},
            remarks=(*recording.remarks, *observation.remarks),
            draw=lambda language: heart_chart(channel, rate, observation, strip, language),
        ),
    )


def _rest(path: Path, recording: Recording, asked: Asked, watch: Watch) -> Beats:
    """The beats at rest; rate and column are taken to be the other recording's."""
    wanted = Wanted(rate=asked.rate, kind=recording.kind, column=asked.column)
    rest = find_in_blocks(_watched(open_recording(path, wanted), watch))
    if not len(rest.intervals_ms):
        raise BadSignalError(
            f"{path}: no usable beats in the recording of rest; expected five quiet minutes of the "
            "same signal"
        )
    return rest


def _watched(recording: Recording, watch: Watch) -> Iterator[HeartSignal]:
    for block in recording.blocks():
        yield block
        watch(block.start_secs + block.secs, recording.secs)


def _strip(recording: Recording, beats: Beats) -> HeartSignal | None:
    """Some clear seconds: of the first block whose beats are good, else of the first."""
    first = None
    for block in recording.blocks():
        first = first or block
        inside = beats.between(block.start_secs, block.start_secs + block.secs)
        if len(inside.quality) and (inside.quality >= GOOD).mean() >= _CLEAR:
            return clearest(block, beats)
    return None if first is None else clearest(first, beats)
