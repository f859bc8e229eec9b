"""What fusing costs: the milliseconds of one turn with four modalities, and a live stream's lag."""

import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from time import perf_counter, process_time
from typing import Any

import numpy as np

from insideout.eval.bench_voice import chunks
from insideout.perception.face.detecting import face_detector
from insideout.perception.face.face import Picture
from insideout.perception.face.frame_rate import EVERY_FRAME
from insideout.perception.face.reader import FaceReader
from insideout.perception.face.stream import FaceStream
from insideout.perception.face.stream import StreamOptions as FaceOptions
from insideout.perception.fusion import fuse
from insideout.perception.heart.beats import Beats
from insideout.perception.heart.reader import HeartReader
from insideout.perception.heart.signal import HeartSignal
from insideout.perception.heart.stream import HeartStream
from insideout.perception.perceiving import Perception, Sense
from insideout.perception.reading import EmotionState, Modality, Reading
from insideout.perception.senses import frames, pulse, speech, words
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.sound import RATE_HZ, Sound
from insideout.perception.voice.stream import VoiceStream

SHORT_SECS = 5.0
STEP_SECS = 0.2  # five frames a second; of a heart come as many chunks
CHUNK_SECS = 0.1  # of sound
MESSAGE_SECS = 10.0  # between two messages that are typed
_DEADLINE_SECS = 60.0
_WARM = 2  # turns that load what is loaded once

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is read. shots: frames of 640 x 480. spoken: some seconds more than five. hearts: of a
    minute each. rest: the same person's beats at rest.
    """

    messages: Sequence[str]
    shots: Sequence[Picture]
    spoken: Sound
    hearts: Sequence[HeartSignal]
    rest: Beats

    def turn(self, number: int) -> dict[Modality, Any]:
        """The signals of one turn, other ones than those of the turn before, in memory of their own."""
        start = number * 0.7 % max(0.1, self.spoken.secs - SHORT_SECS)
        spoken = self.spoken.between(start, start + SHORT_SECS).samples.copy()
        heart = self.hearts[number % len(self.hearts)]
        return {
            Modality.TEXT: self.messages[number % len(self.messages)],
            Modality.FACE: self.shots[number % len(self.shots)].copy(),
            Modality.VOICE: Sound(samples=spoken),
            Modality.HEART: replace(heart, samples=heart.samples.copy()),
        }


def turn_senses(rest: Beats) -> dict[Modality, Sense]:
    """The embedded readers, each taking the whole signal of a turn."""
    readers: Mapping[Modality, Any] = {
        Modality.FACE: FaceReader(),
        Modality.VOICE: VoiceReader(),
        Modality.HEART: HeartReader(baseline=rest),
    }

    def sense(modality: Modality) -> Sense:
        def take(signal: Any, secs: float) -> Sequence[Reading]:
            del secs
            return [readers[modality].read(signal)]

        return Sense(modality=modality, take=take)

    return {Modality.TEXT: words(), **{modality: sense(modality) for modality in readers}}


def turn_costs(material: Material, turns: int, tell: Tell) -> dict[str, Any]:
    """Milliseconds of a turn, side by side and one after another, and of its parts.

    turn_ms, after_ms: by the clock, both ways in turn. turn_cpu_ms: of all cores together. spoke: how
    many modalities did not abstain, the fewest of any turn.
    """
    senses = turn_senses(material.rest)
    spent: dict[str, list[float]] = {name: [] for name in ("turn", "turn_cpu", "after", *senses)}
    spoke = len(senses)
    for number in range(turns + _WARM):
        state, took = _side_by_side(senses, material.turn(number))
        took |= _one_after_another(senses, material.turn(number))
        spoke = min(spoke, sum(one.abstained is None for one in state.readings))
        if number >= _WARM:
            for name, ms in took.items():
                spent[name].append(ms)
        tell(1.0)
    figures: dict[str, Any] = {
        "n": turns,
        "cpus": os.cpu_count(),
        "detector": face_detector().name,
        "spoke": spoke,
    }
    for name, times in spent.items():
        figures[f"{name}_ms_p50"] = round(statistics.median(times), 1)
        figures[f"{name}_ms_p95"] = round(float(np.percentile(times, 95)), 1)
    return figures


def _side_by_side(
    senses: Mapping[Modality, Sense], signals: Mapping[Modality, Any]
) -> tuple[EmotionState, dict[str, float]]:
    begun, begun_cpu = perf_counter(), process_time()
    with Perception(list(senses.values())) as perception:
        state = perception.perceive(signals, deadline_secs=_DEADLINE_SECS)
        took = perf_counter() - begun, process_time() - begun_cpu
    return state, {"turn": took[0] * 1000, "turn_cpu": took[1] * 1000}


def _one_after_another(
    senses: Mapping[Modality, Sense], signals: Mapping[Modality, Any]
) -> dict[str, float]:
    took: dict[str, float] = {}
    readings: list[Reading] = []
    begun = perf_counter()
    for modality, signal in signals.items():
        started = perf_counter()
        readings += senses[modality].take(signal, 0.0)
        took[modality.value] = (perf_counter() - started) * 1000
    fuse(readings)
    took["after"] = (perf_counter() - begun) * 1000
    return took


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A signal and the second of the stream at which it is there."""

    secs: float
    modality: Modality
    signal: Any


class _Timed:
    """A sense with the seconds that it works, and those from a signal's due time until it is read."""

    def __init__(self, sense: Sense, due: Callable[[float], float]) -> None:
        self.busy_secs = 0.0
        self.lags: list[float] = []
        self.said = 0
        self.sense = replace(sense, take=self._take)
        self._of, self._due = sense.take, due

    def _take(self, signal: Any, secs: float) -> Sequence[Reading]:
        begun = perf_counter()
        try:
            readings = self._of(signal, secs)
        finally:
            done = perf_counter()
            self.busy_secs += done - begun
            self.lags.append(done - self._due(secs))
        self.said += sum(reading.abstained is None for reading in readings)
        return readings


def live_senses(material: Material) -> tuple[Sense, ...]:
    """The embedded readers of streams; every frame is read, none left out because nothing moves."""
    heart = material.hearts[0]
    return (
        words(),
        frames(FaceStream(FaceReader(), FaceOptions(rate=EVERY_FRAME))),
        speech(VoiceStream(VoiceReader())),
        pulse(HeartStream(heart.rate, heart.kind, HeartReader(baseline=material.rest))),
    )


def live_costs(material: Material, secs: float, speed: float, tell: Tell) -> dict[str, Any]:
    """A stream of all four that comes `speed` times as fast as life, and the state after each step.

    By modality, busy: seconds of reading a second of stream, 1 and more would never keep up; lag:
    seconds by the clock from when a signal is there until it is read; lost: signals that newer ones
    overtook; said: Readings that do not abstain. live_behind_secs: how long the readers worked on after
    the last signal.
    """
    for _ in range(_WARM):  # models are loaded when a conversation begins, not in the middle
        _one_after_another(turn_senses(material.rest), material.turn(0))
    begun = perf_counter()

    def due(at_secs: float) -> float:
        return begun + at_secs / speed

    timed = {s.modality: _Timed(s, due) for s in live_senses(material)}
    state_ms: list[float] = []
    begun, begun_cpu = perf_counter(), process_time()
    with Perception([one.sense for one in timed.values()]) as perception:
        for one in signals_of(material, secs):
            time.sleep(max(0.0, due(one.secs) - perf_counter()))
            perception.feed(one.modality, one.signal, at_secs=one.secs)
            if one.modality is Modality.FACE:
                started = perf_counter()
                perception.state(now_secs=one.secs)
                state_ms.append((perf_counter() - started) * 1000)
                tell(STEP_SECS)
        ended = perf_counter()
        late = perception.settle(_DEADLINE_SECS)
        behind, lost = perf_counter() - ended, perception.lost
        failures = dict(perception.failures)
    figures: dict[str, Any] = {
        "live_secs": secs,
        "live_speed": speed,
        "live_core_share": round((process_time() - begun_cpu) / secs, 3),
        "live_behind_secs": round(behind, 2),
        "live_late": [modality.value for modality in late],
        "live_failures": {modality.value: why for modality, why in failures.items()},
        "state_ms_p95": round(float(np.percentile(state_ms, 95)), 2),
    }
    for modality, watched in timed.items():
        figures |= _of_stream(modality.value, watched, lost.get(modality, 0), secs)
    return figures


def _of_stream(name: str, one: _Timed, lost: int, secs: float) -> dict[str, Any]:
    lags = one.lags or [np.nan]  # nothing was read in time; `live_late` names it
    return {
        f"{name}_read": len(one.lags),
        f"{name}_said": one.said,
        f"{name}_lost": lost,
        f"{name}_busy": round(one.busy_secs / secs, 3),
        f"{name}_lag_secs_p50": round(statistics.median(lags), 3),
        f"{name}_lag_secs_p95": round(float(np.percentile(lags, 95)), 3),
        f"{name}_lag_secs_worst": round(max(lags), 3),
    }


def signals_of(material: Material, secs: float) -> Iterator[_Due]:
    """Frames, sound, a heart and now and then a message, in the order in which they are there.

    A chunk of sound or of a heart is there when its last sample is; the recording's last chunk is
    shorter, then it comes again.
    """
    hearts = _heart_chunks(material.hearts)
    samples = steps = messages = 0
    for sound in chunks(material.spoken, secs / 3600):
        if samples >= secs * RATE_HZ:
            return
        samples += len(sound)
        at_secs = samples / RATE_HZ
        yield _Due(secs=at_secs, modality=Modality.VOICE, signal=(sound, RATE_HZ))
        if at_secs >= (steps + 1) * STEP_SECS:
            shot = material.shots[steps % len(material.shots)]
            yield _Due(secs=at_secs, modality=Modality.FACE, signal=shot)
            yield _Due(secs=at_secs, modality=Modality.HEART, signal=next(hearts))
            steps += 1
        if at_secs >= messages * MESSAGE_SECS:
            text = material.messages[messages % len(material.messages)]
            yield _Due(secs=at_secs, modality=Modality.TEXT, signal=text)
            messages += 1


def _heart_chunks(hearts: Sequence[HeartSignal]) -> Iterator[Any]:
    for heart in cycle(hearts):
        width = round(STEP_SECS * heart.rate)
        for first in islice(range(0, len(heart.samples), width), len(heart.samples) // width):
            yield heart.samples[first : first + width]
