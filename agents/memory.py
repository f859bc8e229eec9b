"""Memory: sessions in a SQLite file, kept by LangGraph's checkpointer."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
)
from langgraph.checkpoint.sqlite import SqliteSaver

from insideout.agents.consents import Consents, in_utc
from insideout.agents.errors import BadInputError, SessionStoreError, UnknownSessionError
from insideout.perception.errors import unknown_name
from insideout.perception.policy import Consent

T = TypeVar("T")

MEMORY = ":memory:"
# How long to wait for another process that is writing to the file.
BUSY_TIMEOUT_SECS = 5.0
SESSION_NAME = re.compile(r"[\w.@:+-]{1,128}")


def check_session_name(name: str) -> str:
    """The name itself; raises BadInputError where it cannot name a session."""
    if not SESSION_NAME.fullmatch(name):
        raise BadInputError(
            f"session name {name[:80]!r}: expected 1 to 128 letters, digits or any of _ . @ : + -"
        )
    return name


def thread(session: str) -> RunnableConfig:
    """LangGraph's configuration for a session."""
    return {"configurable": {"thread_id": session, "checkpoint_ns": ""}}


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """One line of the list of sessions: its name, its last change (ISO 8601, UTC), its messages."""

    name: str
    changed: str
    messages: int


class _Saver(SqliteSaver):
    """LangGraph's SQLite checkpointer, usable from any event loop.

    The asynchronous one of LangGraph is bound to the loop it was made in; this one does its short
    work in a thread and reports the file's faults as SessionStoreError.
    """

    def __init__(self, conn: sqlite3.Connection, path: str) -> None:
        super().__init__(conn)
        self._path = path

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Turns SQLite's errors into ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise SessionStoreError(
                f"session file {self._path}: {error}. Close the program that holds it, make it "
                "writable, or choose another file with INSIDEOUT_SESSIONS (':memory:' keeps nothing)"
            ) from error

    async def _off_loop(self, work: Callable[..., T], *args: Any) -> T:
        with self.faults():
            return await asyncio.to_thread(work, *args)

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """See SqliteSaver.get_tuple."""
        return await self._off_loop(self.get_tuple, config)

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """See SqliteSaver.put."""
        return await self._off_loop(self.put, config, checkpoint, metadata, new_versions)

    async def aput_writes(
        self,
        config: RunnableConfig,
        writes: Sequence[tuple[str, Any]],
        task_id: str,
        task_path: str = "",
    ) -> None:
        """See SqliteSaver.put_writes."""
        await self._off_loop(self.put_writes, config, writes, task_id, task_path)

    async def adelete_thread(self, thread_id: str) -> None:
        """See SqliteSaver.delete_thread."""
        await self._off_loop(self.delete_thread, thread_id)

    async def alist(self, *args: Any, **kwargs: Any) -> AsyncIterator[CheckpointTuple]:
        """See SqliteSaver.list."""
        for item in await self._off_loop(lambda: list(self.list(*args, **kwargs))):
            yield item


class Sessions:
    """The conversations of one file: list, export, delete; and the checkpointer the graph writes by.

    path: of the SQLite file, made where it is missing, or ":memory:". Raises SessionStoreError
    where the file cannot be opened for writing.
    """

    def __init__(self, path: str | Path = MEMORY) -> None:
        self.path = str(path)
        if self.path != MEMORY:
            self._make_folder()
        try:
            connection = sqlite3.connect(
                self.path, timeout=BUSY_TIMEOUT_SECS, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise SessionStoreError(f"session file {self.path}: {error}") from error
        self.saver = _Saver(connection, self.path)
        with self.saver.faults():
            self.saver.setup()
            self._consents = Consents(self.saver)
            connection.execute("PRAGMA secure_delete = ON")

    def _make_folder(self) -> None:
        folder = Path(self.path).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SessionStoreError(
                f"session file {self.path}: its folder cannot be made ({error}); "
                "choose another file with INSIDEOUT_SESSIONS"
            ) from error

    def list(self) -> list[SessionSummary]:
        """The sessions, latest first; also those in which the person has only agreed to something."""
        with self.saver.faults():
            with self.saver.cursor(transaction=False) as cursor:
                rows = cursor.execute("SELECT DISTINCT thread_id FROM checkpoints").fetchall()
            names = {*(name for (name,) in rows), *self._consents.all()}
        return sorted(map(self._summary, names), key=lambda session: session.changed, reverse=True)

    def _summary(self, name: str) -> SessionSummary:
        record = self.export(name)
        return SessionSummary(
            name=name, changed=record["changed"], messages=len(record["messages"])
        )

    def consent(self, name: str) -> Consent | None:
        """What the person of a session agreed to, None where they were not asked."""
        with self.saver.faults():
            return self._consents.of(check_session_name(name))

    def set_consent(self, name: str, consent: Consent) -> None:
        """Keep what they agreed to with the session, which need not have begun; it replaces the last.

        It is exported with the session and goes with it. Taking back is agreeing to words alone.
        """
        with self.saver.faults():
            self._consents.put(check_session_name(name), consent)

    def export(self, name: str) -> dict[str, Any]:
        """Everything kept of a session, as a JSON object: messages, the record of each turn, consent."""
        with self.saver.faults():
            kept = self.saver.get_tuple(thread(check_session_name(name)))
            consent = self._consents.of(name)
        if kept is not None:
            changed, values = kept.checkpoint["ts"], kept.checkpoint["channel_values"]
        elif consent is not None:
            changed, values = in_utc(consent), {}
        else:
            raise self._unknown(name)
        return {
            "session": name,
            "changed": changed,
            "summary": values.get("summary", ""),
            "consent": None if consent is None else consent.to_json(),
            "messages": [
                {
                    "speaker": "person" if message.type == "human" else "assistant",
                    "text": message.text,
                    "interrupted": bool(message.additional_kwargs.get("interrupted")),
                }
                for message in values.get("messages", ())
            ],
            "turns": list(values.get("turns", ())),
        }

    def delete(self, name: str) -> None:
        """Forget a session and give its room in the file back; raises UnknownSessionError."""
        self.export(name)
        with self.saver.faults():
            self.saver.delete_thread(name)
            self._consents.delete(name)
            # One connection serves every thread, and another's open write would forbid VACUUM.
            with self.saver.lock:
                self.saver.conn.execute("VACUUM")
                self.saver.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _unknown(self, name: str) -> UnknownSessionError:
        known = [session.name for session in self.list()]
        return UnknownSessionError(unknown_name("session", name, known or ["(none is kept)"]))

    def prune(self, name: str) -> None:
        """Keep only the newest checkpoint of a session.

        LangGraph keeps one a step, each with the whole conversation; nothing here goes back in
        time, and the file would grow with the square of the conversation.
        """
        with self.saver.faults(), self.saver.cursor() as cursor:
            for table in ("writes", "checkpoints"):
                cursor.execute(
                    f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_id < "  # noqa: S608
                    "(SELECT MAX(checkpoint_id) FROM checkpoints WHERE thread_id = ?)",
                    (name, name),
                )

    def close(self) -> None:
        """Close the file."""
        self.saver.conn.close()
