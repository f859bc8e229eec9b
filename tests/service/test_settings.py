import os
import re
from pathlib import Path

import pytest

from insideout.service.errors import SettingError
from insideout.service.settings import FILE, Settings, load_settings, variable

ROOT = Path(__file__).parents[2]
SOURCES = ("agents", "eval", "perception", "prompts", "service")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of the test."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_environment_wins_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / FILE).write_text('mode = "single"\nseed = 3')
    monkeypatch.setenv("INSIDEOUT_MODE", "gated")
    settings = load_settings()
    assert (settings.mode, settings.seed) == ("gated", 3)


def test_what_is_asked_for_on_the_spot_wins_over_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSIDEOUT_MODE", "gated")
    assert load_settings({"mode": "debate", "model": None}).mode == "debate"


def test_the_users_folder_serves_where_the_working_directory_has_no_file(folder: Path) -> None:
    path = folder / "config" / "insideout" / FILE
    path.parent.mkdir(parents=True)
    path.write_text("max_tokens = 7")
    assert load_settings().max_tokens == 7


def test_an_unknown_key_names_the_closest(folder: Path) -> None:
    (folder / FILE).write_text('modell = "embedded"')
    with pytest.raises(SettingError, match="unknown setting 'modell'; did you mean 'model'"):
        load_settings()


def test_a_bad_value_names_where_it_stands(folder: Path) -> None:
    (folder / FILE).write_text("[prices.m]\nprompt = 1")
    with pytest.raises(SettingError, match=r"insideout\.toml: prices\.m\.completion"):
        load_settings()


def test_a_bad_value_of_the_environment_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSIDEOUT_TEMPERATURE", "hot")
    with pytest.raises(SettingError, match=r"INSIDEOUT_TEMPERATURE: .*'hot'"):
        load_settings()


@pytest.mark.parametrize("text", [b"model = ", b"\xff"])
def test_a_file_that_is_no_toml_is_said(folder: Path, text: bytes) -> None:
    (folder / FILE).write_bytes(text)
    with pytest.raises(SettingError, match="is no TOML"):
        load_settings()


def test_a_table_in_the_environment_that_is_no_json_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INSIDEOUT_PRICES", "{")
    with pytest.raises(SettingError, match="no JSON"):
        load_settings()


def test_a_team_is_a_list_or_names_with_commas(folder: Path) -> None:
    (folder / FILE).write_text('team = ["joy", "fear"]')
    assert load_settings().team == ("joy", "fear")
    assert load_settings({"team": "joy, anger"}).team == ("joy", "anger")


def test_the_file_reaches_the_layers_that_read_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIDEOUT_WEIGHTS_DIR", "")  # so that it is put back afterwards
    monkeypatch.delenv("INSIDEOUT_WEIGHTS_DIR")
    (folder / FILE).write_text('weights_dir = "mine"')
    load_settings()
    assert os.environ["INSIDEOUT_WEIGHTS_DIR"] == "mine"


def test_the_table_of_the_docs_has_every_setting_with_its_default() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| `(\w+)` \| (.*?) \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE
    )
    shown = {name: (env, default) for env, name, default in rows}
    assert shown == {
        name: (variable(name), _shown(field.get_default(call_default_factory=True)))
        for name, field in Settings.model_fields.items()
    }


def _shown(default: object) -> str:
    listed = ",".join(default) if isinstance(default, tuple) else default
    return "–" if listed in (None, "", {}) else f"`{listed}`"


def test_every_variable_that_the_code_names_is_a_setting() -> None:
    files = [f for folder in SOURCES for f in (ROOT / folder).rglob("*.py")] + [ROOT / "app.py"]
    named = {
        name for file in files for name in re.findall(r"INSIDEOUT_[A-Z_]*[A-Z]", file.read_text())
    }
    assert named <= {variable(name) for name in Settings.model_fields}
