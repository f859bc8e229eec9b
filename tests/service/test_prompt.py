"""Words and remarks that come from another thread while a person types."""

from pathlib import Path

import pytest
from tests.service.terminal import Terminal

# Reads two lines; what the test writes into the files is put into the line, or told above it.
_PROGRAM = """
import sys, threading, time
from pathlib import Path
from insideout.service.cli.prompt import Prompt

def follow(path, take):
    while not path.exists():
        time.sleep(0.01)
    take(path.read_text())

with Prompt() as prompt:
    for name, take in (("words", prompt.put), ("note", prompt.tell)):
        path = Path(sys.argv[1]) / name
        threading.Thread(target=follow, args=(path, take), daemon=True).start()
    print("got", repr(prompt.read()))
    print("got", repr(prompt.read()))
"""
PROMPT = "you › "


@pytest.fixture
def program(tmp_path: Path) -> tuple[str, ...]:
    return ("-c", _PROGRAM, str(tmp_path))


def put(path: Path, text: str) -> None:
    """Whole at once, for whoever looks whether it is there."""
    part = path.with_suffix(".part")
    part.write_text(text)
    part.replace(path)


def test_what_is_heard_comes_into_the_line_and_can_be_changed(
    program: tuple[str, ...], tmp_path: Path
) -> None:
    with Terminal(program, {}) as terminal:
        terminal.until(PROMPT)
        terminal.type("Well,")
        terminal.until("Well,")
        put(tmp_path / "words", "I lost my job")
        terminal.until("I lost my job")
        terminal.type("\b\b\bdog\n")
        terminal.until("got 'Well, I lost my dog'")


def test_a_remark_stands_above_the_line_that_goes_on(
    program: tuple[str, ...], tmp_path: Path
) -> None:
    with Terminal(program, {}) as terminal:
        terminal.until(PROMPT)
        terminal.type("half a sen")
        terminal.until("half a sen")
        put(tmp_path / "note", "the camera is gone")
        terminal.until("the camera is gone")
        terminal.until(f"{PROMPT}half a sen")
        terminal.type("tence\n")
        terminal.until("got 'half a sentence'")


def test_what_was_heard_meanwhile_begins_the_next_line(
    program: tuple[str, ...], tmp_path: Path
) -> None:
    put(tmp_path / "words", "I lost my job")
    with Terminal(program, {}) as terminal:
        terminal.until("I lost my job")
        terminal.type("\n")
        terminal.until("got 'I lost my job'")
