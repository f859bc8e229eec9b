"""Where somebody speaks: Silero VAD, window by window, offline and as the sound comes.

The network is the one that faster-whisper ships (Silero VAD v6, MIT); it runs on onnxruntime, and
faster-whisper itself is not imported for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from insideout.perception.errors import PerceptionError
from insideout.perception.voice.libraries import folder_of
from insideout.perception.voice.sound import RATE_HZ, Sound, Stretch

WINDOW = 512  # samples that Silero judges at a time, 32 ms
WINDOW_SECS = WINDOW / RATE_HZ
_FULL_PEAK = 0.3  # quieter speech is turned up to this before Silero hears it
_MOST_GAIN = 100.0  # 40 dB
_FORGET = 0.5 ** (WINDOW_SECS / 10.0)  # the loudest of the past counts half after ten seconds
_OFFSET_SHARE = WINDOW_SECS / 1.0  # the middle of the samples is followed within a second
_CONTEXT = 64  # samples of the window before that the network sees too
_STATE = (1, 1, 128)
_FILE = "silero_vad_v6.onnx"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityOptions:
    """What counts as speech. The defaults are Silero's own but for the pause.

    threshold: probability from which a window starts a stretch; release: below which it may end one.
    least_speech_secs: shorter stretches are clicks and coughs. least_pause_secs: shorter silence does
    not part a stretch (a plosive is silent for up to 0.15 s). pad_secs: kept on either side.
    """

    threshold: float = 0.5
    release: float = 0.35
    least_speech_secs: float = 0.2
    least_pause_secs: float = 0.2
    pad_secs: float = 0.06


class SpeechProbability:
    """Silero over one stream of samples: how likely speech is in each window of 32 ms.

    It remembers its state from call to call, so that chunks give what the whole sound would. Before
    Silero hears them, the samples are centred on zero and turned up where all was quiet so far: it is
    deaf to speech that peaks below -40 dB of full scale and to sounds with a large offset.
    """

    def __init__(self) -> None:
        self._session = _session()
        self._h = np.zeros(_STATE, dtype=np.float32)
        self._c = np.zeros(_STATE, dtype=np.float32)
        self._context: NDArray[np.float32] | None = None
        self._middle: float | None = None
        self._loudest = _FULL_PEAK / _MOST_GAIN

    def of(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n,) samples, n a multiple of WINDOW, to (n / WINDOW,) probabilities in [0, 1]."""
        if not len(samples):
            return np.zeros(0, dtype=np.float32)
        windows = samples.reshape(-1, WINDOW)
        before = np.full(_CONTEXT, samples[0]) if self._context is None else self._context
        contexts = np.vstack([before, windows[:-1, -_CONTEXT:]])
        self._context = windows[-1, -_CONTEXT:].copy()
        levelled = self._levelled(np.hstack([contexts, windows]))
        found, self._h, self._c = self._session.run(
            None, {"input": levelled, "h": self._h, "c": self._c}
        )
        return np.asarray(found, dtype=np.float32)

    def _levelled(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Each window centred and turned up; (n, _CONTEXT + WINDOW)."""
        means = windows.mean(axis=1, dtype=np.float64)
        middles = np.empty(len(windows))
        for number, mean in enumerate(means):
            middle = mean if self._middle is None else self._middle
            self._middle = middles[number] = middle + _OFFSET_SHARE * (mean - middle)
        centred = windows - middles[:, np.newaxis].astype(np.float32)
        gains = np.empty(len(windows))
        for number, peak in enumerate(np.abs(centred).max(axis=1).tolist()):
            self._loudest = max(_FULL_PEAK / _MOST_GAIN, self._loudest * _FORGET, peak)
            gains[number] = max(1.0, _FULL_PEAK / self._loudest)
        return np.asarray(centred * gains[:, np.newaxis].astype(np.float32), dtype=np.float32)


class SpeechStream:
    """Stretches of speech in samples that arrive in chunks of any size.

    speaking_since: when the stretch began that is not over yet, None in silence. heard_secs: up to
    where the samples were judged. Times count from `start_secs`.
    """

    def __init__(self, start_secs: float = 0.0, options: ActivityOptions | None = None) -> None:
        self._options = options or ActivityOptions()
        self._silero = SpeechProbability()
        self._left: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        self._start_secs = start_secs
        self._window = 0  # number of the next window
        self._begun: int | None = None  # window in which the stretch began
        self._silent: int | None = None  # window in which the silence began that may end it
        self._last_end_secs = start_secs

    @property
    def heard_secs(self) -> float:
        """Up to where the samples were judged."""
        return self._start_secs + self._window * WINDOW_SECS

    @property
    def speaking_since(self) -> float | None:
        """When the stretch began that is not over yet; None in silence."""
        return None if self._begun is None else self._padded_start(self._begun)

    def feed(self, samples: NDArray[np.float32]) -> list[Stretch]:
        """The stretches that ended in these samples, (n,) float32 at RATE_HZ."""
        samples = np.concatenate([self._left, samples]) if len(self._left) else samples
        whole = len(samples) // WINDOW * WINDOW
        self._left = samples[whole:].copy()
        ended = [self._judge(float(p)) for p in self._silero.of(samples[:whole])]
        return [stretch for stretch in ended if stretch is not None]

    def cut(self) -> Stretch | None:
        """Ends the stretch that is going on here and begins another; None where it was too short."""
        if self._begun is None:
            return None
        now = self._window if self._silent is None else self._silent
        cut = self._close(now, pad=False)
        self._begun = self._window
        return cut

    def finish(self) -> list[Stretch]:
        """The stretch that the end of the sound cuts off, if there is one."""
        end_secs = self.heard_secs + len(self._left) / RATE_HZ
        rest = WINDOW - len(self._left) if len(self._left) else 0
        done = self.feed(np.zeros(rest, dtype=np.float32))
        if self._begun is not None:
            last = self._close(self._window if self._silent is None else self._silent)
            done += [last] if last is not None else []
        return [Stretch(start_secs=s.start_secs, end_secs=min(s.end_secs, end_secs)) for s in done]

    def _judge(self, probability: float) -> Stretch | None:
        number, self._window = self._window, self._window + 1
        if probability >= self._options.threshold:
            self._begun = number if self._begun is None else self._begun
            self._silent = None
        elif self._begun is not None and probability < self._options.release:
            self._silent = number if self._silent is None else self._silent
            if (number + 1 - self._silent) * WINDOW_SECS >= self._options.least_pause_secs:
                return self._close(self._silent)
        return None

    def _close(self, end: int, *, pad: bool = True) -> Stretch | None:
        """The stretch that ended where window `end` began; None where it was too short."""
        begun, self._begun, self._silent = self._begun, None, None
        assert begun is not None
        if (end - begun) * WINDOW_SECS < self._options.least_speech_secs:
            return None
        end_secs = self._at(end) + (self._options.pad_secs if pad else 0.0)
        stretch = Stretch(start_secs=self._padded_start(begun), end_secs=end_secs)
        self._last_end_secs = stretch.end_secs
        return stretch

    def _padded_start(self, window: int) -> float:
        return max(self._last_end_secs, self._at(window) - self._options.pad_secs)

    def _at(self, window: int) -> float:
        return self._start_secs + window * WINDOW_SECS


def speech_stretches(sound: Sound, options: ActivityOptions | None = None) -> list[Stretch]:
    """Where somebody speaks, on the sound's clock, parted by pauses of 0.2 s and more."""
    return stretches_in([sound], options)


def stretches_in(pieces: Iterable[Sound], options: ActivityOptions | None = None) -> list[Stretch]:
    """The same over Sounds that follow one another without a gap; holds one at a time."""
    stream: SpeechStream | None = None
    found: list[Stretch] = []
    for piece in pieces:
        stream = stream or SpeechStream(piece.start_secs, options)
        found += stream.feed(piece.samples)
    return found + (stream.finish() if stream is not None else [])


def pauses(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The silences between stretches."""
    return [
        Stretch(start_secs=one.end_secs, end_secs=next_.start_secs)
        for one, next_ in pairwise(stretches)
        if next_.start_secs > one.end_secs
    ]


@lru_cache(maxsize=1)
def _session() -> Any:
    import onnxruntime

    path = folder_of("faster_whisper") / "assets" / _FILE
    if not path.is_file():
        raise PerceptionError(
            f"this faster-whisper does not carry {_FILE}; install a newer one with: "
            'pip install "faster-whisper>=1.2.1"'
        )
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
