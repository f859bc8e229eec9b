"""Where the data sets lie that several commands take."""

from pathlib import Path

import pytest

from insideout.perception.text.corpora import SHARED_VARIABLE
from insideout.service.cli.adaptation_options import voice_folders
from insideout.service.cli.shared_data import SharedDataError, cache_folder, place


def test_a_place_that_is_given_is_taken(tmp_path: Path) -> None:
    assert place("fer", tmp_path, "elsewhere") == tmp_path


def test_another_place_is_within_the_shared_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    (tmp_path / "signals").mkdir()
    assert place("fer", None, "signals") == tmp_path / "signals"


def test_a_missing_place_is_named_with_its_option(tmp_path: Path) -> None:
    with pytest.raises(SharedDataError, match=r"nothing at .*gone; name the data with --fer-test"):
        place("fer-test", tmp_path / "gone", "signals")


def test_a_folder_for_what_is_kept_is_made(tmp_path: Path) -> None:
    assert cache_folder("fusion", tmp_path / "a" / "b").is_dir()


def test_voices_lie_where_their_data_sets_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    shared = tmp_path / "signals" / "voice" / "ravdess16"
    shared.mkdir(parents=True)
    assert voice_folders(None, tmp_path) == {"ravdess": shared, "emodb": tmp_path}


def test_a_missing_folder_of_voices_is_named_with_its_option(tmp_path: Path) -> None:
    with pytest.raises(SharedDataError, match="--emodb"):
        voice_folders(tmp_path, tmp_path / "gone")
