"""Features are made once, and a broken run goes on."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.perception.voice.layouts import ravdess as make_ravdess

from insideout.perception.voice.datasets import ravdess
from insideout.perception.voice.sound import Sound
from insideout.perception.voice.train.augment import PLAIN, TRIMMED
from insideout.perception.voice.train.extract import FEATURES, Extraction


class Counting:
    """An encoder that counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def features(self, sound: Sound) -> NDArray[np.float32]:
        """Its length, everywhere."""
        self.asked += 1
        return np.full(FEATURES, sound.secs, np.float32)


def test_features_are_kept(tmp_path: Path) -> None:
    clips, encoder = ravdess.clips(make_ravdess(tmp_path / "data", actors=1)), Counting()
    extraction = Extraction(encoder=encoder, cache=tmp_path / "cache")
    first = extraction.features(clips, [PLAIN, TRIMMED])
    again = extraction.features(clips, [PLAIN, TRIMMED])
    assert first.shape == (9, 2, FEATURES)
    assert np.array_equal(first, again)
    assert encoder.asked == 18


def test_a_changed_file_is_heard_again(tmp_path: Path) -> None:
    clips, encoder = ravdess.clips(make_ravdess(tmp_path / "data", actors=1)), Counting()
    extraction = Extraction(encoder=encoder, cache=tmp_path / "cache")
    extraction.features(clips, [PLAIN])
    clips[0].path.write_bytes(clips[0].path.read_bytes()[:-2_000])
    extraction.features(clips, [PLAIN])
    assert encoder.asked == 18


def test_a_file_that_cannot_be_read_is_not_a_number(tmp_path: Path) -> None:
    clips = ravdess.clips(make_ravdess(tmp_path / "data", actors=1))
    clips[3].path.write_bytes(b"no sound")
    extraction = Extraction(encoder=Counting(), cache=tmp_path / "cache")
    found = extraction.features(clips, [PLAIN])
    assert np.isnan(found[3]).all()
    assert np.isfinite(np.delete(found, 3, axis=0)).all()
