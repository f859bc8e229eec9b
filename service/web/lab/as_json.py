"""The JSON of `insideout perceive --json` for what lies in one place of the lab."""

from typing import Any

from insideout.service.cli.joined import joined_json
from insideout.service.web.lab.look import Table


def table_json(table: Table) -> dict[str, Any]:
    """The object that docs/perceive-json.md describes: of words alone the state, else with sections."""
    details = [(look.section, look.details) for look in table.looks if look.section is not None]
    return joined_json(table.state, details) if details else table.state.to_json()
