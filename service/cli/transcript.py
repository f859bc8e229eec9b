"""A session as a file: JSON, or Markdown for people."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from insideout.agents.errors import BadInputError

MARKDOWN = (".md", ".markdown")
KINDS = (".json", *MARKDOWN)


def save(record: Mapping[str, Any], path: Path, *, overwrite: bool = False) -> None:
    """Write a session's export; the file's ending says how.

    Raises BadInputError for another ending, for a file that is there already, and for one that
    cannot be written.
    """
    if path.suffix.lower() not in KINDS:
        raise BadInputError(f"{path}: expected a name that ends in {', '.join(KINDS)}")
    text = as_markdown(record) if path.suffix.lower() in MARKDOWN else as_json(record)
    try:
        with path.open("w" if overwrite else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise BadInputError(f"{path} is there already; choose another name") from None
    except OSError as error:
        raise BadInputError(f"{path} cannot be written: {error.strerror}") from error


def as_json(record: Mapping[str, Any]) -> str:
    """The export, indented."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def as_markdown(record: Mapping[str, Any]) -> str:
    """The conversation with the state perceived and the thoughts of each turn."""
    turns = iter(record["turns"])
    parts = [f"# {record['session']}", f"Last change: {record['changed']}"]
    if record.get("consent"):
        parts.append(agreed(record["consent"]))
    for message in record["messages"]:
        if message["speaker"] == "person":
            parts.append(f"**You:** {message['text']}")
            continue
        cut = " *(stopped here)*" if message["interrupted"] else ""
        # An interrupted turn keeps its words and no record.
        parts += [] if message["interrupted"] else _of_turn(next(turns, {}))
        parts.append(f"**InsideOut:** {message['text']}{cut}")
    return "\n\n".join(parts) + "\n"


def agreed(consent: Mapping[str, Any]) -> str:
    """What a Consent's JSON says, in a line.

    >>> agreed({"modalities": ["text", "face"], "at": "2026-01-31T10:00:00+01:00", "notice": "1"})
    'Agreed to be read: text, face (2026-01-31 10:00 +01:00, notice 1)'
    """
    day, _, time = consent["at"].partition("T")
    zone = "+00:00" if time.endswith("Z") else time[-6:]
    names = ", ".join(consent["modalities"])
    return f"Agreed to be read: {names} ({day} {time[:5]} {zone}, notice {consent['notice']})"


def _of_turn(turn: Mapping[str, Any]) -> list[str]:
    state, thoughts = turn.get("state"), turn.get("thoughts", {})
    lines = [f"> perceived: {state['emotion']} ({state['confidence']:.0%})"] if state else []
    lines += [
        f"> {name}: {thought['appraisal'] or thought['outcome']}"
        for name, thought in thoughts.items()
    ]
    return ["\n>\n".join(lines)] if lines else []
