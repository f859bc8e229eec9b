"""The JSON of `insideout perceive --json` for what lies in one place of the lab."""

from typing import Any

from insideout.perception.heart.signal import NOTES
from insideout.service.cli.perceive import CUES
from insideout.service.web.lab.look import Look, Table

_HEARTS = ("heart", "film_pulse")


def table_json(table: Table) -> dict[str, Any]:
    """The object that docs/perceive-json.md describes: of words alone the state, else with sections."""
    state = table.state.to_json()
    files = [look for look in table.looks if look.section is not None]
    if not files:
        return state
    sections: dict[str, list[Any]] = {}
    for look in files:
        sections.setdefault(str(look.section), []).append(dict(look.details))
    return {"state": state, **sections, "note": _note(files)}


def _note(files: list[Look]) -> str:
    """What must be said under these kinds of Readings."""
    hearts = [look.section in _HEARTS for look in files]
    said = [NOTES["en"]] if any(hearts) else []
    return "; ".join([*said, CUES["en"]] if not all(hearts) else said)
