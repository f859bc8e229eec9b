import numpy as np
import pytest
from numpy.typing import NDArray
from tests.perception.voice.sound_files import at_rate, likeness
from tests.perception.voice.speech import speaking

from insideout.perception.errors import BadSignalError
from insideout.perception.voice.array_sound import Resampler
from insideout.perception.voice.loading import load_sound, pieces_of
from insideout.perception.voice.sound import RATE_HZ, Sound

SPOKEN = speaking(1.0)


@pytest.mark.parametrize(
    "samples",
    [
        SPOKEN,
        SPOKEN.astype(np.float64),
        (SPOKEN * 32_767).astype(np.int16),
        (SPOKEN * 2_147_483_000.0).astype(np.int32),
        (SPOKEN * 127 + 128).astype(np.uint8),
        np.stack([SPOKEN, SPOKEN]),
        np.stack([SPOKEN, SPOKEN], axis=1),
    ],
    ids=["float32", "float64", "int16", "int32", "uint8", "channels first", "channels last"],
)
def test_samples_of_any_type_and_layout_are_the_same_sound(samples: NDArray[np.generic]) -> None:
    found = load_sound((samples, RATE_HZ))
    assert found.samples.dtype == np.float32
    assert np.allclose(found.samples, SPOKEN, atol=0.02)


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 44_100, 96_000])
def test_any_rate_becomes_the_one_that_all_works_at(rate_hz: int) -> None:
    found = load_sound((at_rate(SPOKEN, rate_hz), rate_hz))
    assert found.secs == pytest.approx(len(SPOKEN) / RATE_HZ, abs=0.002)
    assert likeness(found, SPOKEN) > 0.9


def test_a_resampler_gives_the_same_chunk_by_chunk() -> None:
    samples = at_rate(SPOKEN, 44_100)
    whole = Resampler(44_100)
    expected = np.concatenate([whole.feed(samples), whole.finish()])
    parts = Resampler(44_100)
    found = [parts.feed(samples[at : at + 441]) for at in range(0, len(samples), 441)]
    assert np.allclose(np.concatenate([*found, parts.finish()]), expected, atol=1e-6)


@pytest.mark.parametrize(
    ("samples", "rate_hz", "message"),
    [
        (SPOKEN, 0, "the sampling rate is 0 Hz"),
        (SPOKEN, 2_000, "expected 4000 to"),
        (SPOKEN * 32_768, RATE_HZ, "divide them by their full scale"),
        (np.full(100, np.nan), RATE_HZ, "100 of 100 samples are no numbers"),
        (np.zeros((3, 3, 3)), RATE_HZ, r"the shape \(3, 3, 3\)"),
        (np.zeros((100, 100)), RATE_HZ, "at most 64 channels"),
        (np.zeros(100, dtype=np.int64), RATE_HZ, "the samples are int64"),
        (np.array(["a"]), RATE_HZ, "expected floats"),
    ],
)
def test_samples_that_cannot_be_meant_are_refused(
    samples: NDArray[np.generic], rate_hz: int, message: str
) -> None:
    with pytest.raises(BadSignalError, match=message):
        load_sound((samples, rate_hz))


def test_what_decoders_overshoot_is_cut_to_full_scale() -> None:
    assert np.abs(load_sound((SPOKEN * 3, RATE_HZ)).samples).max() == 1.0


def test_no_samples_are_no_sound_but_no_error() -> None:
    assert load_sound((np.zeros(0), RATE_HZ)).secs == 0.0


def test_a_sound_in_memory_comes_in_pieces_too() -> None:
    sound = Sound(samples=SPOKEN, start_secs=5.0)
    pieces = list(pieces_of(sound, 0.3))
    assert pieces[1].start_secs == pytest.approx(5.3)
    assert np.array_equal(np.concatenate([piece.samples for piece in pieces]), SPOKEN)
