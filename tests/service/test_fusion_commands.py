"""`train fusion` and `eval fusion`: where the data lie, and what is printed."""

from pathlib import Path

import pytest

from insideout.service.cli.eval_fusion import summary
from insideout.service.cli.fusion_options import sets_at
from insideout.service.cli.shared_data import SharedDataError


def test_a_missing_set_is_named_with_its_option(tmp_path: Path) -> None:
    with pytest.raises(SharedDataError, match=r"nothing at .*name the data with --fer"):
        sets_at(tmp_path / "no.zip", tmp_path, tmp_path, tmp_path, tmp_path)


def test_given_places_are_taken(tmp_path: Path) -> None:
    found = sets_at(tmp_path, tmp_path, tmp_path, tmp_path, tmp_path / "kept")
    assert found.cache == tmp_path / "kept"
    assert found.datasets == tmp_path


def test_the_summary_has_every_condition_and_every_contradiction() -> None:
    cell = {"value": 0.5, "interval95": [0.4, 0.6]}
    found = {
        "task": "fusion_simulation",
        "n": 10,
        "speakers": 4,
        "protocol": "a simulation",
        "conditions": {
            "clean": {
                "what": "as they are",
                "ways": {"face": {"accuracy": cell}},
                "second part alone": {"n": 5, "ways": {"average": {"accuracy": cell}}},
            }
        },
        "subsets": {"face+voice": {"average": {"ece": cell}}},
        "conflicts": {"planted in face": {"n": 7, "share": cell}},
        "quality": {"voice": {"0.5 to 0.75": {"n": 30, "accuracy": cell}}},
    }
    told = summary(found)
    assert "clean: as they are" in told
    assert "second part alone (n 5)" in told
    assert "face+voice" in told
    assert "planted in face (n 7): share 0.500 [0.400, 0.600]" in told
    assert "voice, 0.5 to 0.75 (n 30)" in told
