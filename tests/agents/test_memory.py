"""Sessions in their file."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.agents.conftest import REPLY

from insideout.agents.errors import SessionStoreError, UnknownSessionError
from insideout.agents.insideout import InsideOut
from insideout.agents.memory import Sessions
from insideout.perception.policy import Consent
from insideout.perception.reading import Modality

Make = Callable[..., InsideOut]
AGREED = Consent.to([Modality.FACE], "2026-01-31T10:00:00+01:00", "1")


def test_a_session_outlives_the_program(assistant_of: Make, tmp_path: Path) -> None:
    path = tmp_path / "kept" / "sessions.sqlite"
    assistant_of(sessions=path).invoke("I passed!", session="s")
    exported = Sessions(path).export("s")
    assert [m["text"] for m in exported["messages"]] == ["I passed!", REPLY]
    assert exported["turns"][0]["state"]["emotion"] == "sadness"


def test_sessions_are_listed_latest_first(assistant_of: Make) -> None:
    assistant = assistant_of()
    for name in ("old", "new", "old"):
        assistant.invoke("hello", session=name)
    assert [(s.name, s.messages) for s in assistant.sessions.list()] == [("old", 4), ("new", 2)]


def test_a_deleted_session_is_gone_from_the_file(assistant_of: Make, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    assistant = assistant_of(sessions=path)
    assistant.invoke("my secret is 4711", session="s")
    assistant.sessions.delete("s")
    assert not any(b"4711" in file.read_bytes() for file in tmp_path.iterdir())


def test_sessions_come_and_go_in_several_threads_at_once() -> None:
    sessions = Sessions()

    def come_and_go(name: str) -> None:
        for _ in range(50):
            sessions.set_consent(name, AGREED)
            sessions.delete(name)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(come_and_go, "abcd"))
    assert sessions.list() == []


def test_an_unknown_session_names_the_closest(assistant_of: Make) -> None:
    assistant = assistant_of()
    assistant.invoke("hello", session="holiday")
    with pytest.raises(UnknownSessionError, match="did you mean 'holiday'"):
        assistant.sessions.export("holyday")


def test_only_the_newest_checkpoint_of_a_session_is_kept(assistant_of: Make) -> None:
    assistant = assistant_of()
    for text in ("one", "two", "three"):
        assistant.invoke(text, session="s")
    rows = assistant.sessions.saver.conn.execute("SELECT COUNT(*) FROM checkpoints").fetchone()
    assert rows == (1,)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.write_text("this is not a database, " * 100)
    with pytest.raises(SessionStoreError, match=r"s\.sqlite"):
        Sessions(path)


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SessionStoreError, match=r"INSIDEOUT_SESSIONS|unable to open"):
        Sessions(tmp_path)


def test_a_locked_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.sqlite"
    Sessions(path).close()
    monkeypatch.setattr("insideout.agents.memory.BUSY_TIMEOUT_SECS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(SessionStoreError, match="locked"):
            Sessions(path)
    finally:
        other.close()


def test_a_file_that_becomes_locked_costs_the_turn_but_says_so(
    assistant_of: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("insideout.agents.memory.BUSY_TIMEOUT_SECS", 0.05)
    path = tmp_path / "s.sqlite"
    assistant = assistant_of(sessions=path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(SessionStoreError, match="locked"):
            assistant.invoke("hello", session="s")
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert assistant.invoke("hello", session="s").reply == REPLY


def test_consent_is_kept_with_the_session_and_outlives_the_program(
    assistant_of: Make, tmp_path: Path
) -> None:
    path = tmp_path / "s.sqlite"
    assistant = assistant_of(sessions=path)
    assistant.sessions.set_consent("s", AGREED)
    assistant.invoke("hello", session="s")
    again = Sessions(path)
    assert again.consent("s") == AGREED
    assert again.export("s")["consent"] == AGREED.to_json()


def test_a_session_without_consent_says_so(assistant_of: Make) -> None:
    assistant = assistant_of()
    assistant.invoke("hello", session="s")
    assert assistant.sessions.consent("s") is None
    assert assistant.sessions.export("s")["consent"] is None


def test_consent_may_come_before_the_first_word() -> None:
    sessions = Sessions()
    sessions.set_consent("s", AGREED)
    (only,) = sessions.list()
    assert (only.name, only.messages, only.changed) == ("s", 0, "2026-01-31T09:00:00+00:00")


def test_a_later_consent_replaces_the_earlier() -> None:
    sessions = Sessions()
    sessions.set_consent("s", AGREED)
    sessions.set_consent("s", Consent.to([], "2026-01-31T11:00:00+01:00", "1"))
    taken_back = sessions.consent("s")
    assert taken_back is not None
    assert taken_back.modalities == {Modality.TEXT}


def test_consent_goes_with_its_session(assistant_of: Make, tmp_path: Path) -> None:
    assistant = assistant_of(sessions=tmp_path / "s.sqlite")
    assistant.invoke("hello", session="s")
    assistant.sessions.set_consent("s", AGREED)
    assistant.sessions.delete("s")
    assert assistant.sessions.consent("s") is None
    assert not any(b"10:00:00+01:00" in file.read_bytes() for file in tmp_path.iterdir())


def test_the_file_of_an_older_release_is_taken_on(assistant_of: Make, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    old = assistant_of(sessions=path)
    old.invoke("hello", session="s")
    old.sessions.saver.conn.execute("DROP TABLE consents")
    old.sessions.close()
    assert Sessions(path).export("s")["consent"] is None
