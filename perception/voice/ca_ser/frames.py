"""Frames: what CA-SER sees of a sound, self-supervised and spectral; kept on disk between runs."""

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import WeightsError
from insideout.perception.voice.datasets.clips import Clip
from insideout.perception.voice.libraries import need
from insideout.perception.voice.log_mel import log_mel
from insideout.perception.voice.sound import RATE_HZ, Sound

COEFFICIENTS = 40

_LONGEST_SECS = 20.0  # of a clip; attention grows with the square
_SHORTEST_SECS = 0.1
_EVERY = 2  # frames of the spectrum, 10 ms each, are joined: wav2vec 2.0 gives one every 20 ms

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """One sound. learned: (frames, width of the base). spectral: (frames, COEFFICIENTS)."""

    learned: Floats
    spectral: Floats


def mfcc(sound: Sound) -> Floats:
    """(frames, 40): mel-frequency cepstral coefficients every 20 ms (Davis and Mermelstein 1980)."""
    dct = need("scipy.fft", "train").dct
    found = dct(log_mel(_cut(sound.samples)).T, type=2, norm="ortho", axis=1)[:, :COEFFICIENTS]
    pairs = found[: len(found) // _EVERY * _EVERY].reshape(-1, _EVERY, COEFFICIENTS)
    return np.asarray(pairs.mean(axis=1), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """A self-supervised model whose frames are taken; its weights stay as they are.

    name: as it is loaded again. layer: see Options. width: of its frames.
    """

    name: str
    layer: int | None
    model: Any
    features: Any

    @property
    def width(self) -> int:
        """Of its frames."""
        return int(self.model.config.hidden_size)

    def frames(self, sound: Sound) -> Frames:
        """The Frames of a sound; longer ones are cut at 20 s, shorter than 0.1 s end in silence."""
        samples = _cut(sound.samples)
        return Frames(learned=self._learned(samples), spectral=mfcc(sound))

    def _learned(self, samples: Floats) -> Floats:
        torch = need("torch", "local")
        inputs = self.features(samples, sampling_rate=RATE_HZ, return_tensors="pt")
        with torch.inference_mode():
            states = self.model(
                inputs.input_values.to(self.model.device), output_hidden_states=True
            ).hidden_states
            chosen = torch.stack(states).mean(dim=0) if self.layer is None else states[self.layer]
        return np.asarray(chosen[0].cpu().numpy(), dtype=np.float32)


def load_extractor(name: str, layer: int | None, extra: str = "local") -> Extractor:
    """The model of that name or folder; raises WeightsError where it cannot be had or has no such layer.

    extra: the extra that is named where torch or transformers is not installed.
    """
    need("torch", extra)
    need("transformers", extra)
    from insideout.perception.voice.hf_network import load_backbone

    model, features = load_backbone(name)
    count = int(model.config.num_hidden_layers)
    if layer is not None and not 0 <= layer <= count:
        raise WeightsError(f"{name} has no layer {layer}; expected 0 to {count}")
    return Extractor(name=name, layer=layer, model=model, features=features)


class KeptFrames(Sequence[Frames]):
    """The Frames of clips, in order, each in a file of the folder; made where it is not there yet.

    They are read when asked for, so that a data set of any size can be learnt from.
    """

    def __init__(self, clips: Sequence[Clip], extractor: Extractor, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._clips, self._extractor = clips, extractor
        self._paths = [folder / f"{_key(clip, extractor)}.npz" for clip in clips]

    def __len__(self) -> int:
        return len(self._paths)

    @overload
    def __getitem__(self, place: int) -> Frames: ...
    @overload
    def __getitem__(self, place: slice) -> list[Frames]: ...
    def __getitem__(self, place: int | slice) -> Frames | list[Frames]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        return _read(self._paths[place]) or self._made(place)

    def prepare(self, watch: Callable[[int, int], None]) -> None:
        """Make what is missing; goes on where an earlier run was broken off. watch: done, of."""
        for place, path in enumerate(self._paths):
            if _read(path) is None:
                self._made(place)
            watch(place + 1, len(self))

    def _made(self, place: int) -> Frames:
        frames = self._extractor.frames(self._clips[place].load())
        path = self._paths[place]
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            np.savez(
                part,
                learned=frames.learned.astype(np.float16),
                spectral=frames.spectral.astype(np.float16),
            )
        Path(part.name).replace(path)
        return frames


def _read(path: Path) -> Frames | None:
    """None where there is none, or one that was broken off."""
    try:
        with path.open("rb") as file, np.load(file) as found:
            return Frames(
                learned=found["learned"].astype(np.float32),
                spectral=found["spectral"].astype(np.float32),
            )
    except (OSError, KeyError, ValueError, BadZipFile):
        return None


def _key(clip: Clip, extractor: Extractor) -> str:
    """Changes with the file, the part of it and what is taken."""
    about = clip.path.stat()
    parts = (
        clip.path.resolve(), about.st_size, about.st_mtime_ns, clip.start_secs, clip.end_secs,
        extractor.name, extractor.layer,
    )  # fmt: skip
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:24]


def _cut(samples: Floats) -> Floats:
    samples = samples[: round(_LONGEST_SECS * RATE_HZ)]
    return np.pad(samples, (0, max(0, round(_SHORTEST_SECS * RATE_HZ) - len(samples))))
