"""Extraction: what the encoder says of every clip and variant, kept so that a broken run goes on.

Features are kept in the user's cache in parts of some clips. A part's name is a digest of everything it
depends on: the encoder, the files (their path, size and time of change) and the variants.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol
from zlib import crc32

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from platformdirs import user_cache_path

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.datasets.clips import Clip
from insideout.perception.voice.log_mel import spectra
from insideout.perception.voice.sound import Sound
from insideout.perception.voice.train.augment import Variant
from insideout.perception.voice.train.backbone import SHA256, Backbone
from insideout.perception.voice.train.graph import (
    Writer,
    model_of,
    spectrum_input,
    tensor,
    write_features,
)

LAYERS = 2
TAKEN = (1, 2)  # the layers whose mean and deviation are features
FEATURES = len(TAKEN) * 2 * 384
_FORMAT = "1"  # raised when the same clip and variant give other features
_PART = 64  # clips

Tick = Callable[[], None]


def nothing() -> None:
    """The tick of somebody who does not watch."""


class Describes(Protocol):
    """Tells sounds by numbers."""

    def features(self, sound: Sound) -> NDArray[np.float32]:
        """(FEATURES,)."""
        ...


class Encoder:
    """The features of sounds: the mean over parts of at most 8 s."""

    def __init__(self, backbone: Backbone) -> None:
        writer = Writer()
        write_features(writer, backbone, "log_mel", TAKEN)
        model = model_of(writer, [spectrum_input()], [tensor("features", "batch", FEATURES)], {})
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self._session: Any = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def features(self, sound: Sound) -> NDArray[np.float32]:
        """(FEATURES,)."""
        parts = [self._session.run(None, {"log_mel": part[None]})[0][0] for part in spectra(sound)]
        return np.asarray(np.mean(parts, axis=0), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Where features come from. cache: where they are kept; None for the user's own."""

    encoder: Describes
    cache: Path | None = None

    def features(
        self, clips: Sequence[Clip], variants: Sequence[Variant], tick: Tick = nothing
    ) -> NDArray[np.float32]:
        """(clips, variants, FEATURES), not a number for a clip that cannot be read.

        The tick comes after each clip and variant.
        """
        folder = self.cache or user_cache_path("insideout", appauthor=False) / "voice-features"
        folder.mkdir(parents=True, exist_ok=True)
        columns = [self._variant(folder, clips, variant, tick) for variant in variants]
        return np.stack(columns, axis=1)

    def _variant(
        self, folder: Path, clips: Sequence[Clip], variant: Variant, tick: Tick
    ) -> NDArray[np.float32]:
        parts = [clips[start : start + _PART] for start in range(0, len(clips), _PART)]
        return np.concatenate([self._part(folder, part, variant, tick) for part in parts])

    def _part(
        self, folder: Path, clips: Sequence[Clip], variant: Variant, tick: Tick
    ) -> NDArray[np.float32]:
        kept = folder / f"{_digest(clips, variant)}.npy"
        if kept.is_file():
            for _ in clips:
                tick()
            return np.asarray(np.load(kept, allow_pickle=False), np.float32)
        rows = []
        for clip in clips:
            rows.append(self._row(clip, variant))
            tick()
        found = np.stack(rows)
        with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
            np.save(file, found, allow_pickle=False)
        Path(file.name).replace(kept)
        return found

    def _row(self, clip: Clip, variant: Variant) -> NDArray[np.float32]:
        """Not a number where the file cannot be read; one bad file does not end a long run."""
        try:
            return self.encoder.features(variant.of(clip.load(), _seed(clip)))
        except BadSignalError:
            return np.full(FEATURES, np.nan, np.float32)


def _seed(clip: Clip) -> int:
    """The same for a clip wherever its data set lies."""
    return crc32(f"{clip.path.stem} {clip.start_secs}".encode())


def _digest(clips: Sequence[Clip], variant: Variant) -> str:
    told = [_FORMAT, SHA256, str(TAKEN), variant.name]
    for clip in clips:
        state = clip.path.stat()
        place = f"{clip.path.resolve()} {state.st_size} {state.st_mtime_ns}"
        told.append(f"{place} {clip.start_secs} {clip.end_secs}")
    return sha256("\n".join(told).encode()).hexdigest()[:32]
