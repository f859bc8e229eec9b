from dataclasses import replace

import numpy as np
import pytest
from tests.perception.heart.conftest import Simulate

from insideout.perception.errors import BadSignalError
from insideout.perception.heart.reader import HeartReader
from insideout.perception.heart.signal import SignalKind
from insideout.perception.heart.stream import HeartStream, StreamOptions


def _fed(stream: HeartStream, samples: np.ndarray, chunk: int) -> int:
    readings = [stream.feed(samples[i : i + chunk]) for i in range(0, len(samples), chunk)]
    return sum(reading is not None for reading in readings)


def test_a_reading_comes_every_step(heart: Simulate) -> None:
    stream = HeartStream(rate=250.0, kind=SignalKind.ECG)
    assert _fed(stream, heart().samples, 125) == 10  # 60 s, of which the newest 10 are not searched
    assert stream.observation is not None
    assert stream.observation.vitals.heart_rate.value == pytest.approx(70.0, abs=1.0)


def test_the_size_of_the_chunks_does_not_matter(heart: Simulate) -> None:
    found = []
    for chunk in (1250, 6250):
        stream = HeartStream(rate=250.0, kind=SignalKind.ECG)
        _fed(stream, heart().samples, chunk)
        assert stream.observation is not None
        found.append(stream.observation.vitals.heart_rate.value)
    assert found[0] == pytest.approx(found[1], abs=0.5)


def test_beats_older_than_the_window_are_forgotten(heart: Simulate) -> None:
    stream = HeartStream(
        rate=250.0, kind=SignalKind.ECG, options=StreamOptions(step_secs=10.0, window_secs=20.0)
    )
    _fed(stream, np.tile(heart().samples, 2), 2500)
    assert stream.observation is not None
    assert stream.observation.beats.secs == pytest.approx(20.0)


def test_it_is_told_when_the_sensor_falls_off(heart: Simulate) -> None:
    stream = HeartStream(rate=250.0, kind=SignalKind.ECG)
    samples = np.concatenate([heart().samples[:5000], np.zeros(20_000)])
    _fed(stream, samples, 1250)
    assert stream.observation is not None
    assert "flat" in (stream.observation.reading.abstained or "")


def test_a_pulse_wave_that_streams_as_an_ecg_is_told(heart: Simulate) -> None:
    pulse = replace(heart(rate=100, kind=SignalKind.PPG), kind=SignalKind.ECG)
    stream = HeartStream(rate=100.0, kind=SignalKind.ECG)
    _fed(stream, pulse.samples, 500)
    assert stream.observation is not None
    assert "looks like a pulse wave" in (stream.observation.reading.abstained or "")


def test_a_chunk_of_two_channels_is_refused() -> None:
    with pytest.raises(BadSignalError, match="one channel"):
        HeartStream(rate=250.0, kind=SignalKind.ECG).feed(np.zeros((10, 2)))


def test_another_reader_takes_over_with_the_beats_that_were_found(heart: Simulate) -> None:
    stream, samples = HeartStream(rate=250.0, kind=SignalKind.ECG), heart().samples
    _fed(stream, samples[:10_000], 1250)
    stream.translate(HeartReader(language="ru"))
    _fed(stream, samples[10_000:], 1250)
    assert stream.observation is not None
    assert stream.observation.beats.secs == pytest.approx(50.0)
    assert not (stream.observation.reading.abstained or "").isascii()
