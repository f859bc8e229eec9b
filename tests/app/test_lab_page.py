"""The lab's page: its parts, what its handlers show, and what they leave behind."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from insideout.agents.insideout import InsideOut
from insideout.perception.describe import Show
from insideout.perception.reading import Modality, Reading
from insideout.service.web.lab import handlers
from insideout.service.web.lab.look import Kind, Look
from insideout.service.web.lab.opening import Opened
from insideout.service.web.lab.place import Place
from insideout.service.web.site import Site

gr = pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")

from insideout.service.web.lab import page  # noqa: E402 - needs gradio
from insideout.service.web.lab.parts import Parts, lay_out  # noqa: E402 - needs gradio

ALL = Show.ALL.value


@pytest.fixture
def site(assistant: InsideOut) -> Site:
    return Site(assistant=assistant)


@pytest.fixture
async def parts() -> Parts:
    # Within a loop, since Gradio makes one of its own otherwise and does not close it.
    with gr.Blocks():
        return lay_out(handlers.forget_rest)


@pytest.fixture
def lab(site: Site, parts: Parts) -> handlers.Lab:
    return handlers.Lab(site, parts)


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


def put(folder: Path, name: str) -> str:
    own = folder / "hash"
    own.mkdir(exist_ok=True)
    (own / name).write_bytes(b"x")
    return str(own / name)


async def test_every_part_that_has_a_name_has_the_lab_s(site: Site) -> None:
    with gr.Blocks() as blocks:
        page.add(blocks, site)
    names = [block.elem_id for block in blocks.blocks.values() if getattr(block, "elem_id", None)]
    assert len(names) > 30
    assert len(set(names)) == len(names)
    assert [name for name in names if not name.startswith("l-")] == []


async def test_nothing_of_the_page_is_a_public_endpoint(site: Site) -> None:
    with gr.Blocks() as blocks:
        page.add(blocks, site)
    assert {fn.api_visibility for fn in blocks.fns.values()} == {"private"}


def test_words_are_read(lab: handlers.Lab) -> None:
    at, place = lab.parts.places[0], Place(folder=Path())
    shown = lab.read_words(at, "I lost my job today", place, ALL, "en", "ru")
    assert "грусть" in shown[at.view]
    assert shown[at.words] == ""
    assert json.loads(shown[at.raw])["emotion"] == "sadness"


@pytest.mark.parametrize(
    ("words", "says"), [("   ", "Пока нечего отправлять"), ("x" * 10_000, "за раз я читаю")]
)
def test_words_that_cannot_be_read_stay(lab: handlers.Lab, words: str, says: str) -> None:
    at = lab.parts.places[0]
    shown = lab.read_words(at, words, Place(folder=Path()), ALL, "en", "ru")
    assert says in shown[at.hint]
    assert at.words not in shown


async def test_a_drop_waits_is_read_and_says_so(
    lab: handlers.Lab, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, place = lab.parts.places[1], Place(folder=uploads)
    silent = Reading(modality=Modality.FACE, model="m", abstained="no face")
    look = Look(name="a.jpg", kind=Kind.PHOTO, reading=silent, section="face")

    def open_all(found: list[str], *_: object) -> Opened:
        Path(found[0]).unlink()
        Path(found[0]).parent.rmdir()
        return Opened(looks=(look,), faults=("<b>: not read",))

    monkeypatch.setattr(handlers, "open_all", open_all)
    waits = lab.drop(at, [put(uploads, "a.jpg")], place, "en")
    assert waits[at.files] is None
    assert "a.jpg: waiting" in waits[at.hint]
    shown = [each async for each in lab.read(at, place, ALL, "en", "en", *_options())]
    assert "Read: a.jpg." in shown[-1][at.hint]
    assert "&lt;b&gt;: not read" in shown[-1][at.hint]
    assert place.table.looks == (look,)


def _options() -> tuple[Any, ...]:
    """How files are read, where nobody touched that."""
    return None, "", None, None, False, False, False


async def test_a_second_event_for_one_drop_reads_nothing(lab: handlers.Lab, uploads: Path) -> None:
    at, place = lab.parts.places[0], Place(folder=uploads)
    assert [each async for each in lab.read(at, place, ALL, "en", "en", *_options())] == []


def test_what_waits_is_deleted_when_a_place_is_cleared(lab: handlers.Lab, uploads: Path) -> None:
    at, place = lab.parts.places[0], Place(folder=uploads)
    lab.drop(at, [put(uploads, "a.jpg"), put(uploads, "b.jpg")], place, "en")
    shown = lab.clear(at, place, ALL, "en", "en")
    assert "Nothing here yet" in shown[at.view]


def test_a_recording_of_rest_gives_way_to_the_next(lab: handlers.Lab, uploads: Path) -> None:
    first = put(uploads, "rest.csv")
    assert lab.keep_rest(first, None) == first
    assert lab.keep_rest(None, first) is None


def test_a_browser_that_is_gone_leaves_no_recording_of_rest(uploads: Path) -> None:
    handlers.forget_rest(put(uploads, "rest.csv"))
    handlers.forget_rest(None)
