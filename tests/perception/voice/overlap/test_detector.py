from dataclasses import replace
from pathlib import Path

import pytest

from insideout.perception.errors import WeightsError
from insideout.perception.voice.overlap.detector import (
    FIGURES,
    LEAST_SECS,
    OverlapDetector,
    figures_of,
    overlap_detector,
    with_products,
)
from insideout.perception.voice.sound import Prosody

CLEAR = Prosody(
    secs=3.0,
    pitch_hz=128.0,
    pitch_range_semitones=4.0,
    rate_per_sec=4.0,
    jitter=0.02,
    shimmer_db=1.0,
    hnr_db=12.0,
)
ROUGH = replace(CLEAR, hnr_db=2.0)
BY_HARMONY = OverlapDetector(
    mean=(0.0, 0.0, 0.0, 0.0, 0.0, 8.0),
    scale=(1.0,) * 6,
    weights=(*(0.0,) * 5, -2.0, *(0.0,) * 21),
    bias=0.0,
    threshold=0.9,
)


def test_a_voice_of_poor_harmony_is_taken_for_two() -> None:
    assert BY_HARMONY.hears_two(ROUGH)
    assert not BY_HARMONY.hears_two(CLEAR)


def test_figures_have_their_order_and_pitch_is_in_octaves() -> None:
    assert figures_of(CLEAR) == (7.0, 4.0, 4.0, 0.02, 1.0, 12.0)


def test_products_are_those_of_every_pair_and_the_squares() -> None:
    assert with_products((2.0, 3.0)) == (2.0, 3.0, 4.0, 6.0, 9.0)
    assert len(with_products((1.0,) * len(FIGURES))) == 27


def test_a_short_utterance_and_one_without_a_pitch_are_not_judged() -> None:
    assert not BY_HARMONY.hears_two(replace(ROUGH, secs=LEAST_SECS / 2))
    assert not BY_HARMONY.hears_two(replace(ROUGH, pitch_hz=None))


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    BY_HARMONY.save(tmp_path / "overlap.json")
    assert OverlapDetector.load(tmp_path / "overlap.json") == BY_HARMONY


@pytest.mark.parametrize("content", ["", "[]", '{"figures": ["hnr"]}'])
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "overlap.json").write_text(content)
    with pytest.raises(WeightsError, match="no detector of overlapping voices"):
        OverlapDetector.load(tmp_path / "overlap.json")


def test_a_file_with_too_few_weights_is_refused(tmp_path: Path) -> None:
    replace(BY_HARMONY, weights=(1.0,)).save(tmp_path / "overlap.json")
    with pytest.raises(WeightsError):
        OverlapDetector.load(tmp_path / "overlap.json")


def test_the_one_that_ships_has_a_high_threshold() -> None:
    assert 0.5 < overlap_detector().threshold < 1.0
