"""Look: one thing that was dropped or typed, with what its reader saw; and the Looks of one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from insideout.perception.fusion import fuse
from insideout.perception.reading import EmotionState, Reading

Draw = Callable[[str], str]
"""Language of the page to HTML."""


class Kind(StrEnum):
    """What was dropped or typed."""

    WORDS = "words"
    PHOTO = "photo"
    FILM = "film"
    SOUND = "sound"
    HEART = "heart"
    PULSE = "pulse"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Look:
    """One thing and what its reader saw.

    name: of the file as the person knows it; of words, the words. reading: what it says. more: further
    Readings of the same file, such as that of the words in it. section, details: where it stands in
    the JSON of `insideout perceive`, and what; None of words, which have no section. remarks: what one
    should know about it. draw: the picture of what was read. said: words that were written down from
    a recording. aside: how they were said, for the agents.
    """

    name: str
    kind: Kind
    reading: Reading
    more: tuple[Reading, ...] = ()
    section: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    draw: Draw = lambda _: ""
    said: str = ""
    aside: str = ""

    @property
    def place(self) -> tuple[Kind, str]:
        """What a newer Look of the same would replace: there is one message, and one file of a name."""
        words = self.kind is Kind.WORDS
        return (self.kind, "" if words else self.name)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All its Readings, in the order in which `insideout perceive` fuses them."""
        return (*self.more, self.reading)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """All that lies in one place of the lab: words first, then files in the order they came."""

    looks: tuple[Look, ...] = ()

    def with_looks(self, *looks: Look) -> "Table":
        """The same with more; new words take the place of the old ones, a file that of its namesake."""
        new = {look.place for look in looks}
        kept = [look for look in self.looks if look.place not in new]
        ordered = sorted((*kept, *looks), key=lambda look: look.kind is not Kind.WORDS)
        return replace(self, looks=tuple(ordered))

    @property
    def state(self) -> EmotionState:
        """What all Readings make together."""
        return fuse([reading for look in self.looks for reading in look.readings])

    @property
    def aside(self) -> str:
        """How everything that was heard was said."""
        return "\n".join(look.aside for look in self.looks if look.aside)
