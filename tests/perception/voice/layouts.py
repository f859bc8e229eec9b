"""Tiny data sets of speech in the layouts of the originals; the sounds are tones."""

from pathlib import Path

import numpy as np
import soundfile

RATE_HZ = 16_000


def tone(path: Path, secs: float = 0.6, hz: float = 220.0) -> Path:
    """A file of sound; its folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    times = np.arange(round(secs * RATE_HZ)) / RATE_HZ
    soundfile.write(path, 0.3 * np.sin(2 * np.pi * hz * times), RATE_HZ)
    return path


def ravdess(folder: Path, actors: int = 2) -> Path:
    """Every emotion once for each actor, and neutral twice."""
    for actor in range(1, actors + 1):
        for emotion in range(1, 9):
            tone(folder / f"Actor_{actor:02d}" / f"03-01-{emotion:02d}-01-01-01-{actor:02d}.wav")
        tone(folder / f"Actor_{actor:02d}" / f"03-01-01-01-02-01-{actor:02d}.wav")
    return folder


def write(path: Path, text: str) -> Path:
    """A text file; its folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
