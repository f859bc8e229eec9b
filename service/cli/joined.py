"""What several files make together: the object that `perceive --json` prints, and its note."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from insideout.perception.heart.signal import NOTES
from insideout.perception.reading import EmotionState

CUES: Mapping[str, str] = {
    "en": "expressions are cues, not facts about what a person feels",
    "ru": "выражения — подсказки, а не факты о чувствах человека",
}
"""Said under what is read from faces and voices."""

_HEARTS = ("heart", "film_pulse")


def joined_json(
    state: EmotionState, details: Iterable[tuple[str, Mapping[str, Any]]]
) -> dict[str, Any]:
    """The object that docs/perceive-json.md describes: the state, then the files by section.

    details: the section of each file, and what stands there of it.
    """
    sections: dict[str, list[Any]] = {}
    for section, one in details:
        sections.setdefault(section, []).append(dict(one))
    return {"state": state.to_json(), **sections, "note": caution(sections, "en")}


def caution(sections: Collection[str], language: str) -> str:
    """What must be said under what was read for these sections: no diagnosis, no facts."""
    hearts = [section in _HEARTS for section in sections]
    said = [NOTES[language]] if any(hearts) else []
    return "; ".join([*said, CUES[language]] if not all(hearts) else said)
