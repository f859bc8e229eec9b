"""What a fake camera and a fake microphone are given, as chromium takes it."""

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000


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
