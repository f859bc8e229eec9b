import sys
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from insideout.perception.errors import BadSignalError
from insideout.perception.voice import microphone as module
from insideout.perception.voice.microphone import Microphone
from insideout.perception.voice.sound import RATE_HZ


class PortAudioError(Exception):
    """As sounddevice raises it."""


class Device:
    """A sound card that plays a few chunks and is then pulled out, in the shape of sounddevice."""

    PortAudioError = PortAudioError

    def __init__(self, chunks: int = 3, rates: tuple[int, ...] = (RATE_HZ,)) -> None:
        self.chunks, self.rates = chunks, rates
        self.busy = False
        self.closed = False

    def query_devices(self, device: object = None, kind: str | None = None) -> Any:
        found = {"name": "USB", "default_samplerate": 44_100.0, "max_input_channels": 1}
        if kind is None:
            return [found] if self.chunks else []
        if not self.chunks or device == "other":
            raise PortAudioError("Error querying device -1")
        return found

    def check_input_settings(self, device: object, channels: int, samplerate: int) -> None:
        if samplerate not in self.rates:
            raise PortAudioError("Invalid sample rate")

    def InputStream(self, **options: Any) -> "Device":
        if self.busy:
            raise PortAudioError("Device unavailable")
        self.options = options
        return self

    def start(self) -> None:
        threading.Thread(target=self._play).start()

    def _play(self) -> None:
        callback: Callable[..., None] = self.options["callback"]
        status = SimpleNamespace(input_overflow=False)
        for number in range(self.chunks):
            samples = np.full((self.options["blocksize"], 1), 0.1 * number, np.float32)
            callback(samples, len(samples), None, status)
        self.options["finished_callback"]()

    def close(self, ignore_errors: bool = True) -> None:
        self.closed = True


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Device]:
    """Puts a sound card into the computer."""

    def plug_in(**options: Any) -> Device:
        device = Device(**options)
        monkeypatch.setitem(sys.modules, "sounddevice", device)
        return device

    return plug_in


def test_chunks_come_until_the_microphone_vanishes(plug: Callable[..., Device]) -> None:
    device = plug()
    with Microphone() as microphone:
        chunks = iter(microphone)
        assert [next(chunks).shape for _ in range(3)] == [(1_600,)] * 3
        with pytest.raises(BadSignalError, match="the microphone USB is gone"):
            next(chunks)
    assert device.closed


def test_one_that_falls_silent_without_a_word_is_gone_too(
    plug: Callable[..., Device], monkeypatch: pytest.MonkeyPatch
) -> None:
    device = plug()
    monkeypatch.setattr(device, "start", lambda: None)
    monkeypatch.setattr(module, "GONE_SECS", 0.01)
    with Microphone() as microphone, pytest.raises(BadSignalError, match="no sound came"):
        next(iter(microphone))


def test_a_computer_without_a_microphone_says_so(plug: Callable[..., Device]) -> None:
    plug(chunks=0)
    with pytest.raises(BadSignalError, match="plug one in"):
        Microphone()


def test_an_unknown_microphone_lists_those_that_are_there(plug: Callable[..., Device]) -> None:
    plug()
    with pytest.raises(BadSignalError, match=r"'other' is not to be found .*there are: 0 USB"):
        Microphone("other")


def test_one_that_another_program_uses_says_so(plug: Callable[..., Device]) -> None:
    plug().busy = True
    with pytest.raises(BadSignalError, match="does another program use it"), Microphone():
        pass


def test_one_that_cannot_work_at_our_rate_works_at_its_own(plug: Callable[..., Device]) -> None:
    plug(rates=(44_100,))
    assert Microphone().rate_hz == 44_100


def test_sound_that_nobody_takes_is_counted(
    plug: Callable[..., Device], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_WAITING", 2)
    device = plug(chunks=5)
    monkeypatch.setattr(device, "start", device._play)
    with Microphone() as microphone:
        assert microphone.lost_secs == pytest.approx(0.4)
