"""A scripted assistant behind a real page, and a real browser in front of it."""

import importlib.util
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from langchain_core.messages import BaseMessage

from insideout.agents.insideout import InsideOut
from insideout.agents.role import Role, Task
from insideout.agents.scripted import Scripted, ScriptedChatModel
from insideout.service.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
# Where pictures of the page are kept; nowhere unless this is set.
SCREENSHOTS = os.environ.get("SCREENSHOTS")
# Chromium talks to nobody of its own accord.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPLY = "That is a heavy thing to carry home. What feels **hardest** about telling her?"
# Long enough to be stopped half-way.
LONG_REPLY = " ".join(f"word{i}" for i in range(200))
THOUGHTS = {
    "joy": ("You still have someone to tell.", 0.3),
    "sadness": ("A job is lost, and with it the shape of the days.", 0.8),
    "fear": ("You dread the moment of telling.", 0.7),
}


def scripted(messages: Sequence[BaseMessage], role: Role | None) -> str | Scripted:
    """Three emotions think, anger mumbles; the reply is long where a long one is asked for."""
    assert role is not None
    if role.task is Task.THINK:
        if role.emotion not in THOUGHTS:
            return Scripted(reply="grr", delay_secs=0.6)
        appraisal, urgency = THOUGHTS[role.emotion]
        thought = {"appraisal": appraisal, "reply": f"{role.emotion} stays with you."}
        told = json.dumps({**thought, "urgency": urgency, "confidence": 0.7})
        return Scripted(reply=told, delay_secs=0.3)
    return LONG_REPLY if "long" in role.dialogue.last else REPLY


@pytest.fixture
def assistant() -> InsideOut:
    """A scripted assistant that keeps its conversations in memory."""
    model = ScriptedChatModel(scripted, token_delay_secs=0.03)
    return InsideOut(model, sessions=":memory:", fallback=None)


def _app() -> ModuleType:
    """The module app.py, which lies outside the packages."""
    spec = importlib.util.spec_from_file_location("app", ROOT / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def served(assistant: InsideOut) -> Any:
    """A server of this assistant's pages on this machine, to be used in a `with`."""
    pytest.importorskip("gradio", reason="gradio is not installed (pip install -e '.[app]')")
    return _app().server(Site(assistant=assistant), port=0)


@pytest.fixture
def address(assistant: InsideOut, chromium: str) -> Iterator[str]:
    """The address of the assistant's page, served on this machine."""
    with served(assistant) as server:
        yield server.address


@pytest.fixture
def browser(chromium: str) -> Iterator["Browser"]:
    """A chromium without a window."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (pip install playwright)"
    )
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


OpenPage = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: "Browser", address: str) -> OpenPage:
    """Opens the page as a visitor of their own; options are those of a browser context."""

    def open_one(**options: object) -> "Page":
        usual = {"locale": "en-US", "reduced_motion": "reduce"}
        given = {**usual, "viewport": {"width": 1280, "height": 800}, **options}
        page = browser.new_context(**given).new_page()  # type: ignore[arg-type]
        page.goto(address + "assistant")
        page.wait_for_selector(".greeting")
        return page

    return open_one


@pytest.fixture
def shoot() -> Callable[["Page", str], None]:
    """Keeps a picture of the page where INSIDEOUT_SCREENSHOTS names a folder."""

    def shoot_one(page: "Page", name: str) -> None:
        if SCREENSHOTS:
            page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")

    return shoot_one
