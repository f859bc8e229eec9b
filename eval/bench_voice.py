"""`make bench-voice`: what reading a voice costs in time and memory.

Five seconds of speech are read as `VoiceReader` reads a recording: speech found, faults measured,
prosody measured, emotion named; all but the words. Then a stream of an hour, made of a minute of speech
that comes again and again at another level and with other noise, is fed in chunks of a tenth of a
second, with the share of one core that it takes and the peak of memory after ten minutes and at the
end. `_ms` are of the clock; `_cpu_ms` and the share of a core are of the process, which hold on a busy
machine too.
"""

import argparse
import json
import os
import resource
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from insideout.eval.errors import EvalError
from insideout.perception.voice.activity import speech_stretches
from insideout.perception.voice.loading import load_sound
from insideout.perception.voice.prosody import measure_prosody
from insideout.perception.voice.reader import VoiceReader
from insideout.perception.voice.recognisers import EMBEDDED, voice_recogniser
from insideout.perception.voice.sound import RATE_HZ, Sound
from insideout.perception.voice.stream import VoiceStream

SHORT_SECS = 5
CHUNK_SECS = 0.1
SETTLED_SECS = 600.0  # of the stream, after which memory should not grow
SEED = 7
SPEECH = "signals/voice/asr_clips/silero_vad_test_60s.flac"
AIMS = {
    "read_ms_p50": "< 100",
    "stream_core_share": "< 0.15",
    "grown_mb": "about 0",
}


def _peak_mb() -> float:
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def speech_file(named: Path | None) -> Path:
    """The recording to read; raises EvalError where it is not there."""
    path = named or Path(os.environ.get("INSIDEOUT_SHARED", "../shared")) / SPEECH
    if not path.is_file():
        raise EvalError(
            f"there is no speech at {path}; name a recording of a minute with --sound FILE, or set "
            "INSIDEOUT_SHARED"
        )
    return path


def short(speech: Sound, turns: int, model: str) -> dict[str, Any]:
    """Milliseconds that five seconds take, of the whole and of its parts, after two turns that warm.

    Each turn reads other seconds of the speech, so that nothing measured can be kept from the last.
    """
    reader = VoiceReader(recogniser=voice_recogniser(model))
    recogniser = voice_recogniser(model)
    work: dict[str, Callable[[Sound], object]] = {
        "read": reader.observe,
        "speech_found": speech_stretches,
        "prosody": measure_prosody,
        "emotion": lambda sound: recogniser.recognise([sound]),
    }
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in work}
    for turn in range(turns + 2):
        for name, of in work.items():
            took = _timed(of, _five_seconds(speech, turn))
            if turn >= 2:
                spent[name].append(took)
    figures: dict[str, Any] = {"n": turns, "cpus": os.cpu_count(), "model": recogniser.name}
    for name, times in spent.items():
        clock, cpu = zip(*times, strict=True)
        figures[f"{name}_ms_p50"] = round(statistics.median(clock), 1)
        figures[f"{name}_ms_p95"] = round(float(np.percentile(clock, 95)), 1)
        figures[f"{name}_cpu_ms_p50"] = round(statistics.median(cpu), 1)
    return figures


def _timed(of: Callable[[Sound], object], sound: Sound) -> tuple[float, float]:
    """Milliseconds by the clock, and of all cores together."""
    begun, begun_cpu = perf_counter(), process_time()
    of(sound)
    return (perf_counter() - begun) * 1000, (process_time() - begun_cpu) * 1000


def _five_seconds(speech: Sound, turn: int) -> Sound:
    """Five seconds of it, in memory of their own."""
    start = turn * 0.7 % max(0.1, speech.secs - SHORT_SECS)
    part = speech.between(start, start + SHORT_SECS)
    return Sound(samples=part.samples.copy())


def chunks(speech: Sound, hours: float) -> Iterator[NDArray[np.float32]]:
    """The speech again and again, each time at another level and with other noise, in chunks."""
    chance = np.random.default_rng(SEED)
    step = round(CHUNK_SECS * RATE_HZ)
    left = round(hours * 3600 * RATE_HZ)
    while left > 0:
        gain = chance.uniform(0.4, 1.2)
        noise = chance.normal(0.0, 0.001, len(speech.samples))
        again = np.clip(gain * speech.samples + noise, -1.0, 1.0).astype(np.float32)
        for first in range(0, min(left, len(again)), step):
            yield again[first : first + step]
        left -= len(again)


def stream(
    speech: Sound, hours: float, model: str, progress: Callable[[float], None]
) -> dict[str, Any]:
    """What an hour of a stream costs; memory in MB, latency of the chunk that ends an utterance."""
    listening = VoiceStream(VoiceReader(recogniser=voice_recogniser(model)))
    fed, settled_mb, heard, slowest = 0.0, 0.0, 0, 0.0
    begun = process_time()
    for chunk in chunks(speech, hours):
        started = perf_counter()
        found = len(listening.feed(chunk, RATE_HZ))
        slowest = max(slowest, perf_counter() - started)
        heard += found
        fed += len(chunk) / RATE_HZ
        progress(len(chunk) / RATE_HZ)
        if fed <= SETTLED_SECS:
            settled_mb = _peak_mb()
    spent = process_time() - begun
    return {
        "stream_hours": hours,
        "stream_utterances": heard,
        "stream_core_share": round(spent / fed, 4),
        "stream_slowest_chunk_ms": round(slowest * 1000),
        "peak_mb_10min": round(settled_mb),
        "peak_mb": round(_peak_mb()),
        "grown_mb": round(_peak_mb() - settled_mb),
    }


def main() -> None:
    """Prints the figures; `--json` as one object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sound", type=Path, help="a recording of a minute of speech")
    parser.add_argument("--model", default=EMBEDDED, help="as --voice-model of insideout perceive")
    parser.add_argument("--turns", type=int, default=50)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    speech = load_sound(speech_file(options.sound))
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("streaming", total=options.hours * 3600)
        figures = {
            **short(speech, options.turns, options.model),
            **stream(
                speech, options.hours, options.model, lambda secs: progress.advance(task, secs)
            ),
        }
    if options.json:
        print(json.dumps(figures))
        return
    table = Table("what", "measured", "aim", title="make bench-voice")
    for name, value in figures.items():
        table.add_row(name, str(value), AIMS.get(name, ""))
    Console().print(table)


if __name__ == "__main__":
    main()
