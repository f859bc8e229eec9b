"""What a fake camera and a fake microphone show: films and clips as chromium takes them."""

import io
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

RATE_HZ = 48_000
_QUALITY = 92


def motion_jpeg(film: Path, out: Path, size: tuple[int, int] = (640, 480), fps: int = 25) -> Path:
    """The film as chromium's fake camera takes it, which shows it again and again."""
    av, image = pytest.importorskip("av"), pytest.importorskip("PIL.Image")
    shown = 0
    with av.open(str(film)) as source, out.open("wb") as sink:
        for frame in source.decode(video=0):
            secs, jpeg = float(frame.time or 0.0), io.BytesIO()
            image.fromarray(_fitted(frame, size)).save(jpeg, "JPEG", quality=_QUALITY)
            while shown / fps <= secs:
                sink.write(jpeg.getvalue())
                shown += 1
    return out


def _fitted(frame: Any, size: tuple[int, int]) -> NDArray[np.uint8]:
    """The middle of the picture in the shape of a camera's, so that faces are not squeezed."""
    width, height = size
    scale = max(width / frame.width, height / frame.height)
    # Of a film that stands upright the upper part is shown, where a face is.
    picture = frame.to_ndarray(
        format="rgb24", width=round(frame.width * scale), height=round(frame.height * scale)
    )
    across = (picture.shape[1] - width) // 2
    down = min((picture.shape[0] - height) // 2, picture.shape[0] // 12)
    return np.ascontiguousarray(picture[down : down + height, across : across + width])


def spoken(samples: NDArray[np.float32], rate_hz: int, out: Path, before_secs: float = 0.0) -> Path:
    """The sound as chromium's fake microphone takes it: after some silence, then again and again."""
    grid = np.arange(round(len(samples) * RATE_HZ / rate_hz)) * rate_hz / RATE_HZ
    louder = np.interp(grid, np.arange(len(samples)), samples)
    silence = np.zeros(round(before_secs * RATE_HZ))
    pcm = (np.clip(np.concatenate([silence, louder]), -1.0, 1.0) * 32767).astype("<i2")
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(pcm.tobytes())
    return out


def chromium_media(
    film: Path | None = None, clip: Path | None = None, *, allowed: bool = True
) -> list[str]:
    """Arguments for a chromium that has these as its camera and microphone."""
    given = ["--use-fake-device-for-media-stream"]
    given += ["--use-fake-ui-for-media-stream"] if allowed else []
    given += [f"--use-file-for-fake-video-capture={film}"] if film else []
    given += [f"--use-file-for-fake-audio-capture={clip}"] if clip else []
    return given
