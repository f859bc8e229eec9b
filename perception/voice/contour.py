"""The course of a recording for a picture: its outline, its loudness, its pitch; of any length."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.voice.libraries import need
from insideout.perception.voice.sound import RATE_HZ, Sound

BINS = 2000  # of the outline, about one a pixel of the picture
LEAST_BIN_SECS = 0.02
PITCH_SECS = 180.0  # of a longer recording each utterance has its one median instead of a contour

_SILENT_DB = -90.0
_LOWEST_HZ = 27.5  # openSMILE gives pitch in semitones above it
_FRAMES_MS = 10
_PITCH = "F0semitoneFrom27.5Hz_sma3nz"
_LEAST_SECS = 0.1  # openSMILE makes no frame of less

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contour:
    """How a recording goes, on its own clock.

    times_secs: the middle of each bin, shape (bins,). lowest, highest: of the samples in it, in
    [-1, 1]. loudness_db: of its root mean square, relative to full scale. pitch_secs, pitch_hz: of
    each voiced frame, shape (frames,); empty for a recording longer than PITCH_SECS.
    """

    times_secs: Row
    lowest: Row
    highest: Row
    loudness_db: Row
    pitch_secs: Row
    pitch_hz: Row


def contour(pieces: Iterable[Sound], secs: float) -> Contour:
    """The Contour of pieces that follow one another and last `secs` in all; holds one at a time."""
    width = max(LEAST_BIN_SECS, secs / BINS)
    bins: list[tuple[float, float, float, float]] = []
    voiced: list[tuple[Row, Row]] = []
    for piece in pieces:
        bins += _bins(piece, width)
        if secs <= PITCH_SECS:
            voiced.append(_pitch(piece))
    rows = np.array(bins, dtype=np.float64).reshape(-1, 4).T
    return Contour(
        times_secs=rows[0],
        lowest=rows[1],
        highest=rows[2],
        loudness_db=rows[3],
        pitch_secs=np.concatenate([times for times, _ in voiced] or [np.zeros(0)]),
        pitch_hz=np.concatenate([pitches for _, pitches in voiced] or [np.zeros(0)]),
    )


def _bins(piece: Sound, width: float) -> list[tuple[float, float, float, float]]:
    """Time, lowest and highest sample and level of each bin; the last one may be shorter."""
    step = max(1, round(width * RATE_HZ))
    return [
        (
            piece.start_secs + (first + len(part) / 2) / RATE_HZ,
            float(part.min()),
            float(part.max()),
            _level_db(part),
        )
        for first in range(0, len(piece.samples), step)
        if len(part := piece.samples[first : first + step])
    ]


def _level_db(part: NDArray[np.float32]) -> float:
    power = float(np.mean(np.square(part, dtype=np.float64)))
    return max(_SILENT_DB, 10.0 * float(np.log10(power))) if power > 0.0 else _SILENT_DB


def _pitch(piece: Sound) -> tuple[Row, Row]:
    """Times and pitches of the voiced frames."""
    if piece.secs < _LEAST_SECS:
        return np.zeros(0), np.zeros(0)
    frames = _smile().process_signal(piece.samples, RATE_HZ)
    semitones = frames[_PITCH].to_numpy(dtype=np.float64)
    times = piece.start_secs + (np.arange(len(semitones)) + 0.5) * _FRAMES_MS / 1000
    voiced = semitones > 0.0
    return times[voiced], _LOWEST_HZ * 2.0 ** (semitones[voiced] / 12.0)


@lru_cache(maxsize=1)
def _smile() -> Any:
    opensmile = need("opensmile")
    return opensmile.Smile(
        feature_set=opensmile.FeatureSet.eGeMAPSv02,
        feature_level=opensmile.FeatureLevel.LowLevelDescriptors,
    )
