"""Files of sound, written with PyAV in the formats that people have."""

from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.sound import RATE_HZ, Sound

Planes = NDArray[np.float32]


def write(
    target: Path | BytesIO,
    planes: Planes,
    rate_hz: int,
    codec: str,
    container: str | None = None,
    layout: str = "mono",
    start_secs: float = 0.0,
    gap_secs: float = 0.0,
    pictures: int = 0,
) -> None:
    """(channels, n) samples into a file.

    gap_secs: lost in the middle. pictures: makes it a film of that many frames, ten a second.
    """
    opened: Any = str(target) if isinstance(target, Path) else target
    with av.open(opened, "w", format=container) as file:
        sound = file.add_stream(codec, rate=rate_hz)
        sound.layout = layout
        film: Any = _film(file) if pictures else None
        fmt = sound.codec_context.codec.audio_formats[0].name
        for number in range(pictures):
            picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            picture.pts = number
            file.mux(film.encode(picture))
        if film is not None:
            file.mux(film.encode(None))
        half = planes.shape[1] // 2
        for first, part in ((0, planes[:, :half]), (half, planes[:, half:])):
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(part, dtype=np.float32), format="fltp", layout=layout
            )
            frame.sample_rate, frame.time_base = rate_hz, Fraction(1, rate_hz)
            frame.pts = round(start_secs * rate_hz) + first
            for made in av.AudioResampler(format=fmt, layout=layout, rate=rate_hz).resample(frame):
                made.pts = frame.pts + (round(gap_secs * rate_hz) if first else 0)
                file.mux(sound.encode(made))
        file.mux(sound.encode(None))


def write_film(target: Path, pictures: int = 10) -> None:
    """A film without sound."""
    with av.open(str(target), "w") as file:
        film = _film(file)
        for number in range(pictures):
            picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            picture.pts = number
            file.mux(film.encode(picture))
        file.mux(film.encode(None))


def _film(file: Any) -> Any:
    film = file.add_stream("mpeg4", rate=10)
    film.width = film.height = 32
    film.pix_fmt = "yuv420p"
    return film


def at_rate(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """(n,) samples at RATE_HZ as samples at another rate."""
    if rate_hz == RATE_HZ:
        return samples
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = RATE_HZ
    resampler = av.AudioResampler(format="flt", layout="mono", rate=rate_hz)
    parts = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([part.to_ndarray()[0] for part in parts])


def likeness(found: Sound, samples: NDArray[np.float32]) -> float:
    """Correlation of two sounds, 1 where they are the same but for their loudness."""
    count = min(len(found.samples), len(samples))
    return float(np.corrcoef(found.samples[:count], samples[:count])[0, 1])
