import numpy as np
import pytest
from tests.perception.face.frames import nothing, reading

from insideout.perception.face.statistics import DescriptorSum


def test_the_descriptors_are_those_of_the_frames() -> None:
    happy = [0.1, 0.4, 0.9, 0.7]
    gathered = DescriptorSum()
    for share in happy:
        gathered.add(reading(share), 0.04)
    found = gathered.descriptors()
    assert found is not None
    assert found.mean["happy"] == pytest.approx(np.mean(happy))
    assert found.std["happy"] == pytest.approx(np.std(happy))
    assert (found.least["happy"], found.most["happy"]) == (0.1, 0.9)


def test_a_frame_counts_by_how_long_it_was_in_force() -> None:
    gathered = DescriptorSum()
    gathered.add(reading(1.0), 3.0)
    gathered.add(reading(0.0), 1.0)
    found = gathered.descriptors()
    assert found is not None
    assert found.mean["happy"] == pytest.approx(0.75)
    assert found.secs == pytest.approx(4.0)


def test_valence_and_arousal_are_described_too() -> None:
    gathered = DescriptorSum()
    gathered.add(reading(1.0), 1.0)
    found = gathered.descriptors()
    assert found is not None
    assert found.to_json()["max"]["valence"] == pytest.approx(0.8)


def test_what_abstains_is_left_out() -> None:
    gathered = DescriptorSum()
    gathered.add(nothing(), 1.0)
    assert gathered.descriptors() is None
