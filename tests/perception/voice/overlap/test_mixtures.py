from dataclasses import dataclass

import numpy as np
import pytest
from tests.perception.voice.speech import sound, speaking

from insideout.perception.voice.datasets.clips import Clip
from insideout.perception.voice.overlap.mixtures import Mixture, mixtures
from insideout.perception.voice.sound import Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp(Clip):
    """A clip without a file."""

    pitch_hz: float = 120.0

    def load(self) -> Sound:
        return sound(speaking(1.0, self.pitch_hz))


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Mixture]:
    folder = tmp_path_factory.mktemp("clips")
    clips = [
        MadeUp(path=folder / "none.wav", speaker=f"{n}", label="neutral", pitch_hz=100.0 + 20.0 * n)
        for n in range(4)
    ]
    return list(mixtures(clips, 12, seed=1))


def test_every_second_example_is_of_two_different_people(made: list[Mixture]) -> None:
    assert [len(one.speakers) for one in made] == [1, 2] * 6
    assert all(len(set(one.speakers)) == len(one.speakers) for one in made)


def test_half_of_each_kind_is_noisy(made: list[Mixture]) -> None:
    assert sum(one.noisy for one in made if len(one.speakers) == 2) == 3
    assert sum(one.noisy for one in made if len(one.speakers) == 1) == 3


def test_levels_tell_nothing_of_how_many_speak(made: list[Mixture]) -> None:
    peaks = [float(np.abs(one.sound.samples).max()) for one in made]
    assert max(peaks) <= 0.91
    assert min(peaks) >= 0.09


def test_both_speak_all_the_time(made: list[Mixture]) -> None:
    assert all(one.sound.secs >= 0.8 for one in made)
