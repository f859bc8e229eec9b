"""Consents: what the person of each session agreed to, a row a session in the sessions' file."""

import json
from datetime import UTC, datetime

from langgraph.checkpoint.sqlite import SqliteSaver

from insideout.perception.policy import Consent


class Consents:
    """The table of consents beside LangGraph's own tables, made where it is missing."""

    def __init__(self, saver: SqliteSaver) -> None:
        self._saver = saver
        with saver.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS consents (session TEXT PRIMARY KEY, consent TEXT NOT NULL)"
            )

    def all(self) -> dict[str, Consent]:
        """By session."""
        with self._saver.cursor(transaction=False) as cursor:
            rows = cursor.execute("SELECT session, consent FROM consents").fetchall()
        return {name: Consent.from_json(json.loads(record)) for name, record in rows}

    def of(self, session: str) -> Consent | None:
        """What was agreed to in that session; None where nothing was asked."""
        with self._saver.cursor(transaction=False) as cursor:
            row = cursor.execute(
                "SELECT consent FROM consents WHERE session = ?", (session,)
            ).fetchone()
        return None if row is None else Consent.from_json(json.loads(row[0]))

    def put(self, session: str, consent: Consent) -> None:
        """Keep it, in the place of an earlier one."""
        with self._saver.cursor() as cursor:
            cursor.execute(
                "INSERT OR REPLACE INTO consents VALUES (?, ?)",
                (session, json.dumps(consent.to_json())),
            )

    def delete(self, session: str) -> None:
        """Forget it."""
        with self._saver.cursor() as cursor:
            cursor.execute("DELETE FROM consents WHERE session = ?", (session,))


def in_utc(consent: Consent) -> str:
    """When it was given, as the sessions' own times are written: ISO 8601, UTC."""
    return datetime.fromisoformat(consent.at).astimezone(UTC).isoformat()
