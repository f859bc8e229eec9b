"""Many channels to one, so that what is said stays as it was."""

import numpy as np
from numpy.typing import NDArray

Planes = NDArray[np.float32]

_CENTRE, _BASS = "FC", ("LFE", "LFE2")  # FFmpeg's names of channels
_AUDIBLE_SHARE = 1e-4  # 40 dB below the loudest channel: crosstalk of a channel that is not used
_SPEAKS_SHARE = 1e-2  # 20 dB: the centre of a film holds its dialogue, unless it is left empty
_CANCELLED_SHARE = 1e-2  # 20 dB lost by mixing: the channels are in opposite phase


class Mixer:
    """Mixes one stream of blocks; what it decides rests on all it has heard, so that it does not waver.

    A centre channel that carries sound is taken alone (films keep their dialogue there); else the mean
    of the channels that carry any; else, where these cancel each other out, the loudest alone.
    names: of the channels as FFmpeg calls them, ("FL", "FR"); empty where unknown.
    """

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        self._names = names
        self._energies: NDArray[np.float64] | None = None
        self._mixed = 0.0

    def mix(self, planes: Planes) -> NDArray[np.float32]:
        """(channels, n) to (n,)."""
        if len(planes) == 1:
            return np.asarray(planes[0], dtype=np.float32)
        energies = np.einsum("cn,cn->c", planes, planes, dtype=np.float64)
        self._energies = energies if self._energies is None else self._energies + energies
        used = self._used(len(planes))
        mean = planes[used].mean(axis=0, dtype=np.float32)
        self._mixed += float(np.dot(mean, mean))
        if self._mixed < _CANCELLED_SHARE * float(self._energies[used].mean()):
            return np.asarray(planes[int(np.argmax(self._energies))], dtype=np.float32)
        return np.asarray(mean, dtype=np.float32)

    def _used(self, channels: int) -> list[int]:
        assert self._energies is not None
        places = [n for n in range(channels) if self._name(n) not in _BASS] or [0]
        loudest = float(self._energies[places].max())
        centre = [n for n in places if self._name(n) == _CENTRE]
        if centre and self._energies[centre[0]] >= _SPEAKS_SHARE * loudest:
            return centre
        return [n for n in places if self._energies[n] >= _AUDIBLE_SHARE * loudest]

    def _name(self, channel: int) -> str:
        return self._names[channel] if channel < len(self._names) else ""
