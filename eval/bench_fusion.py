"""`make bench-fusion`: what one turn with a face, a voice, words and a heart costs, and a live stream.

A turn is one frame of 640 x 480, five seconds of speech, a message and 60 s of ECG at 250 Hz, read by
the embedded models side by side as `Perception` does it and, in turn with that, one after another. Then
all four come as a stream at the speed of life: 5 frames a second, every one of them read, sound at
16 kHz in chunks of a tenth of a second, the heart as it is sampled, and a message every ten seconds.
Every turn reads other signals than the one before. `_ms` are of the clock, so the machine must have
nothing else to do; `_cpu_ms` and the share of a core are of the process.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from insideout.eval.bench_voice import speech_file
from insideout.eval.errors import EvalError
from insideout.eval.face_costs import frames
from insideout.eval.fusion_costs import Material, live_costs, turn_costs
from insideout.perception.heart.beats import find_beats
from insideout.perception.heart.libraries import need
from insideout.perception.heart.signal import HeartSignal, SignalKind
from insideout.perception.text.corpora import SHARED_VARIABLE
from insideout.perception.voice.loading import load_sound

RATE_HZ = 250.0
HEART_SECS, REST_SECS = 60, 300
REST_BPM, PULSES_BPM = 62, (70, 85, 100)
SEED = 7
FILM = "signals/face/video/WolfgangLanger_Pexels.mp4"
MESSAGES = (
    "I lost my job today.",
    "My sister came to see me, and we laughed all evening!",
    "I don't know how to tell them.",
    "Why does he always do that? I am so tired of it.",
)
AIMS = {
    "turn_ms_p50": "< 250, on 2 cores",
    "spoke": "4",
    "live_core_share": "< cores",
    "face_busy": "< 1",
    "voice_busy": "< 1",
    "heart_busy": "< 1",
    "face_lost": "0",
    "voice_lost": "0",
    "heart_lost": "0",
}


def film_file(named: Path | None) -> Path:
    """The film of a face; raises EvalError where it is not there."""
    path = named or Path(os.environ.get(SHARED_VARIABLE, "../shared")) / FILM
    if not path.is_file():
        raise EvalError(
            f"there is no film at {path}; name one of a face with --film FILE, or set {SHARED_VARIABLE}"
        )
    return path


def heart(secs: int, bpm: int) -> HeartSignal:
    """A made-up ECG."""
    samples = need("neurokit2").ecg_simulate(
        duration=secs, sampling_rate=int(RATE_HZ), heart_rate=bpm, random_state=SEED
    )
    return HeartSignal(samples=np.asarray(samples), rate=RATE_HZ, kind=SignalKind.ECG)


def material(film: Path, sound: Path) -> Material:
    """The film's frames, the recording's sound, and hearts made up by NeuroKit2."""
    return Material(
        messages=MESSAGES,
        shots=frames(film),
        spoken=load_sound(sound),
        hearts=[heart(HEART_SECS, bpm) for bpm in PULSES_BPM],
        rest=find_beats(heart(REST_SECS, REST_BPM)),
    )


def measure(
    of: Material, turns: int, secs: float, speed: float, progress: Progress
) -> dict[str, Any]:
    """Everything, with a bar for each part."""
    turning = progress.add_task("turns", total=turns)
    streaming = progress.add_task("streaming", total=secs)
    return {
        **turn_costs(of, turns, lambda done: progress.advance(turning, done)),
        **live_costs(of, secs, speed, lambda done: progress.advance(streaming, done)),
    }


def main() -> None:
    """Prints the figures; `--json` as one object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--film", type=Path, help="a film of a face")
    parser.add_argument("--sound", type=Path, help="a recording of a minute of speech")
    parser.add_argument("--turns", type=int, default=50)
    parser.add_argument("--secs", type=float, default=120.0, help="of the stream")
    parser.add_argument("--speed", type=float, default=1.0, help="of the stream, 1 is that of life")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.turns < 1 or options.secs < 1.0 or options.speed <= 0.0:
        parser.error("--turns and --secs are 1 or more, --speed is above 0")
    of = material(film_file(options.film), speech_file(options.sound))
    with Progress(console=Console(stderr=True), transient=True) as progress:
        figures = measure(of, options.turns, options.secs, options.speed, progress)
    if options.json:
        print(json.dumps(figures))
        return
    table = Table("what", "measured", "aim", title="make bench-fusion")
    for name, value in figures.items():
        table.add_row(name, str(value), AIMS.get(name, ""))
    Console().print(table)


if __name__ == "__main__":
    main()
