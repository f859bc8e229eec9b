import json
from contextlib import closing
from pathlib import Path

import pytest
from tests.service.conftest import REPLY, Cli

from insideout.agents.memory import Sessions
from insideout.perception.policy import Consent
from insideout.perception.reading import Modality


@pytest.fixture
def kept(cli: Cli) -> Cli:
    """The command line, with one session kept."""
    cli("say", "I lost my job", "--session", "monday")
    return cli


def test_list_names_what_is_kept(kept: Cli) -> None:
    assert "monday" in kept("sessions", "list").out
    (row,) = kept("sessions", "list", "--json").json
    assert (row["name"], row["messages"]) == ("monday", 2)


def test_an_empty_list_is_said(cli: Cli) -> None:
    ran = cli("sessions", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "no session is kept" in ran.err


def test_show_tells_who_said_what(kept: Cli) -> None:
    shown = kept("sessions", "show", "monday").out
    assert "you › I lost my job" in shown
    assert REPLY in shown


def test_export_goes_to_stdout_or_a_file(kept: Cli, tmp_path: Path) -> None:
    printed = kept("sessions", "export", "monday").json
    kept("sessions", "export", "monday", "--out", str(tmp_path / "monday.json"))
    assert json.loads((tmp_path / "monday.json").read_text()) == printed


def test_export_overwrites_nothing(kept: Cli, tmp_path: Path) -> None:
    path = tmp_path / "monday.md"
    path.write_text("mine")
    ran = kept("sessions", "export", "monday", "--out", str(path))
    assert ran.code == 2
    assert path.read_text() == "mine"


@pytest.mark.parametrize("command", ["show", "export", "delete"])
def test_an_unknown_session_names_the_closest(kept: Cli, command: str) -> None:
    ran = kept("sessions", command, "munday")
    assert ran.code == 2
    assert "did you mean 'monday'" in ran.err


def test_delete_needs_a_yes_where_nobody_can_be_asked(kept: Cli) -> None:
    assert kept("sessions", "delete", "monday").code == 2
    assert len(kept("sessions", "list", "--json").json) == 1


def test_delete_forgets_one_or_all(kept: Cli) -> None:
    kept("say", "Hello", "--session", "tuesday")
    assert kept("sessions", "delete", "monday", "--yes").code == 0
    ran = kept("sessions", "delete", "--all", "--yes", "--json")
    assert ran.json == {"deleted": ["tuesday"]}


def test_delete_needs_a_name_or_all(kept: Cli) -> None:
    assert kept("sessions", "delete").code == 2
    assert kept("sessions", "delete", "monday", "--all").code == 2


def test_what_was_agreed_to_is_shown_and_exported(kept: Cli, tmp_path: Path) -> None:
    agreed = Consent.to([Modality.FACE], "2026-01-31T10:00:00+01:00", "1")
    with closing(Sessions(tmp_path / "sessions.sqlite")) as sessions:
        sessions.set_consent("monday", agreed)
    line = "Agreed to be read: text, face (2026-01-31 10:00 +01:00, notice 1)"
    assert line in kept("sessions", "show", "monday").out
    assert kept("sessions", "export", "monday").json["consent"] == agreed.to_json()
    kept("sessions", "export", "monday", "--out", str(tmp_path / "monday.md"))
    assert line in (tmp_path / "monday.md").read_text()
