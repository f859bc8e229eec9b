import sys
from pathlib import Path

import pytest
from tests.perception.voice import tiny_whisper

from insideout.perception.errors import PerceptionError, WeightsError
from insideout.perception.voice import transcribing
from insideout.perception.voice.transcribing import transcriber


def test_a_folder_may_be_named(tmp_path: Path) -> None:
    folder = tiny_whisper.write(tmp_path / "mine")
    assert transcriber(f"whisper:{folder}").name == "faster-whisper mine"


def test_the_setting_names_the_one_to_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSIDEOUT_TRANSCRIBER", f"whisper:{tiny_whisper.write(tmp_path / 'ours')}")
    assert transcriber().name == "faster-whisper ours"


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(
        PerceptionError, match=r"unknown transcriber 'google'.*auto, whisper.*rough"
    ):
        transcriber("google")


def test_without_network_auto_is_the_rough_one() -> None:
    pytest.importorskip("pocketsphinx", reason="the extra rough-asr is not installed")
    assert transcriber().name == "pocketsphinx en-us"


def test_where_neither_is_there_auto_says_how_to_get_whisper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transcribing, "find_spec", lambda name: None)
    with pytest.raises(WeightsError, match="whisper:FOLDER"):
        transcriber("auto")


def test_without_pocketsphinx_the_rough_one_names_its_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)
    with pytest.raises(PerceptionError, match=r"insideout-emotions\[rough-asr\]"):
        transcriber("rough")
