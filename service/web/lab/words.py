"""Typed words in the lab."""

from insideout.perception.reader import Reader
from insideout.perception.text.dialogue import Dialogue
from insideout.service.web.lab.look import Kind, Look


def look(words: str, reader: Reader[Dialogue]) -> Look:
    """Read a message as the first of a conversation."""
    return Look(name=words, kind=Kind.WORDS, reading=reader.read(Dialogue.of(words)))
