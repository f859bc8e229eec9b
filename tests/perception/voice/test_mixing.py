import numpy as np
from numpy.typing import NDArray
from tests.perception.voice.speech import speaking

from insideout.perception.voice.mixing import Mixer

SPOKEN = speaking(1.0)
SILENT = np.zeros_like(SPOKEN)
SURROUND = ("FL", "FR", "FC", "LFE", "BL", "BR")


def mix(*planes: NDArray[np.float32], names: tuple[str, ...] = ()) -> NDArray[np.float32]:
    return Mixer(names).mix(np.stack(planes))


def test_two_channels_are_averaged() -> None:
    assert np.allclose(mix(SPOKEN, 0.5 * SPOKEN), 0.75 * SPOKEN, atol=1e-6)


def test_a_channel_that_is_not_used_does_not_halve_the_other() -> None:
    assert np.array_equal(mix(SILENT, SPOKEN), SPOKEN)


def test_channels_in_opposite_phase_do_not_cancel_the_speech() -> None:
    assert np.array_equal(mix(SPOKEN, -SPOKEN), SPOKEN)


def test_of_a_film_the_centre_is_heard_alone() -> None:
    loud = np.full_like(SPOKEN, 0.1)
    found = mix(loud, loud, SPOKEN, loud, loud, loud, names=SURROUND)
    assert np.array_equal(found, SPOKEN)


def test_where_the_centre_is_left_empty_the_others_are_heard_without_the_bass() -> None:
    bass = np.full_like(SPOKEN, 0.9)
    found = mix(SPOKEN, SPOKEN, SILENT, bass, SILENT, SILENT, names=SURROUND)
    assert np.allclose(found, SPOKEN, atol=1e-6)


def test_a_channel_that_falls_silent_for_a_while_is_not_dropped() -> None:
    mixer = Mixer()
    mixer.mix(np.stack([SPOKEN, SPOKEN]))
    assert np.allclose(mixer.mix(np.stack([SPOKEN, SILENT])), 0.5 * SPOKEN, atol=1e-6)
