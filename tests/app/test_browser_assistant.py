"""Files, camera, microphone and kept conversations on the assistant's page, in a real browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.app.conftest import CHROMIUM_ARGUMENTS, scripted, served
from tests.app.test_browser import LOST_JOB, SIZES, at_rest, say, settled

from insideout.agents.insideout import InsideOut
from insideout.agents.scripted import ScriptedChatModel
from insideout.perception.reading import Modality

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

OpenPage = Callable[..., "Page"]
# A camera and a microphone of chromium's own: a test picture and a beep.
FAKE_DEVICES = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def browser(chromium: str) -> Iterator["Browser"]:
    """A chromium with a camera and a microphone."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (pip install playwright)"
    )
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=[*CHROMIUM_ARGUMENTS, *FAKE_DEVICES]
        )
        yield browser
        browser.close()


@pytest.fixture
def kept_address(tmp_path: Path, chromium: str) -> Iterator[str]:
    """The address of an assistant that keeps conversations in a file."""
    model = ScriptedChatModel(scripted, token_delay_secs=0.01)
    assistant = InsideOut(model, sessions=tmp_path / "kept.sqlite", fallback=None)
    with served(assistant) as server:
        yield server.address
    assistant.sessions.close()


def attach(page: "Page", *files: Path) -> None:
    """Chooses files, as the button does."""
    page.set_input_files("input[type=file]", list(files))


def agree(page: "Page", *modalities: Modality) -> None:
    """Ticks these and agrees."""
    page.wait_for_selector("#agreed-to label")
    for modality in modalities:
        page.check(f"#agreed-to input[name={modality.value}]")
    page.click("#agree")


def test_a_photo_goes_with_the_next_message(open_page: OpenPage, shared: Path) -> None:
    page = open_page()
    attach(page, shared / "signals/face/photos/faceapi_happy.jpg")
    page.wait_for_selector(".chip:has-text('looks happy')", timeout=60_000)
    say(page, "look at me")
    settled(page)
    assert "with faceapi_happy.jpg" in page.inner_text("#chat .user")
    assert "looks happy" in page.inner_text("#state")
    assert page.locator(".chip").count() == 0


def test_a_photo_can_be_dropped_and_taken_away(open_page: OpenPage, shared: Path) -> None:
    page = open_page()
    photo = (shared / "signals/face/photos/faceapi_sad.jpg").read_bytes()
    carried = page.evaluate_handle(
        """bytes => { const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], 'me.jpg', {type: 'image/jpeg'}));
        return data; }""",
        list(photo),
    )
    page.dispatch_event("body", "dragenter", {"dataTransfer": carried})
    page.wait_for_selector("#talk.over")
    page.dispatch_event("body", "drop", {"dataTransfer": carried})
    page.wait_for_selector(".chip:not(.waits)", timeout=60_000)
    assert page.locator("#talk.over").count() == 0
    page.click("[data-take='me.jpg']")
    page.wait_for_function("!document.querySelector('.chip')")


def test_the_button_opens_the_choice_of_files(open_page: OpenPage) -> None:
    page = open_page()
    with page.expect_file_chooser() as chooser:
        page.click("#add")
    assert chooser.value.is_multiple()


def test_a_bad_file_is_refused_in_the_visitors_language(
    open_page: OpenPage, tmp_path: Path
) -> None:
    (tmp_path / "letter.docx").write_bytes(b"x")
    page = open_page(locale="ru-RU")
    attach(page, tmp_path / "letter.docx")
    page.wait_for_selector("#hint .wrong:has-text('читать не умею')")


def test_a_file_that_is_too_large_is_not_even_sent(open_page: OpenPage, tmp_path: Path) -> None:
    with (tmp_path / "long.wav").open("wb") as file:
        file.truncate(65_000_000)
    page = open_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    attach(page, tmp_path / "long.wav")
    page.wait_for_selector("#hint .wrong:has-text('too large')")
    assert not any("upload" in url for url in sent)


def test_a_path_of_this_machine_cannot_be_had_by_a_crafted_request(
    browser: "Browser", address: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("time,ECG\n0,1\n")
    with httpx.Client(base_url=address, timeout=60) as client:
        wired = client.get("config").json()["dependencies"]
        [number] = [one["id"] for one in wired if one["api_name"] == "add"]
        file = {"path": str(secret), "meta": {"_type": "gradio.FileData"}, "orig_name": "a.csv"}
        asked = {"data": [[file], "", "en", ""], "fn_index": number, "session_hash": "s"}
        client.post("gradio_api/queue/join", json=asked).raise_for_status()
        with client.stream("GET", "gradio_api/queue/data?session_hash=s") as answer:
            told = next(line for line in answer.iter_lines() if "process_completed" in line)
    assert '"success":false' in told
    assert secret.read_text() == "time,ECG\n0,1\n"


def test_the_camera_stays_off_until_the_person_agrees(open_page: OpenPage) -> None:
    page = open_page(permissions=["camera", "microphone"])
    page.click("#camera")
    page.wait_for_selector("#consent h2:focus")
    assert page.locator("#strip video").evaluate("video => video.srcObject") is None
    page.click("#not-now")
    page.wait_for_selector("#consent", state="hidden")
    assert page.get_attribute("#camera", "aria-pressed") == "false"


def test_the_camera_goes_on_and_off(open_page: OpenPage) -> None:
    page = open_page(permissions=["camera", "microphone"])
    page.click("#camera")
    agree(page, Modality.FACE)
    page.wait_for_function("document.querySelector('#strip video').videoWidth > 0")
    page.wait_for_selector("#strip .told:has-text('no face in sight')", timeout=60_000)
    assert page.get_attribute("#camera", "aria-pressed") == "true"
    page.click("#strip [data-off]")
    page.wait_for_selector("#strip .strip", state="hidden")
    assert page.locator("#strip video").evaluate("video => video.srcObject") is None


def test_a_camera_that_is_denied_is_told_and_the_talk_goes_on(open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () =>"
        " Promise.reject(new DOMException('no', 'NotAllowedError'))"
    )
    page.reload()
    page.wait_for_selector(".greeting")
    page.click("#camera")
    agree(page, Modality.FACE)
    page.wait_for_selector("#hint .wrong:has-text('does not give me the camera')")
    assert page.get_attribute("#camera", "aria-pressed") == "false"
    say(page, LOST_JOB)
    settled(page)


def test_holding_the_button_listens_and_letting_go_ends_it(open_page: OpenPage) -> None:
    page = open_page(permissions=["camera", "microphone"])
    page.focus("#mic")
    page.keyboard.press("Enter")
    agree(page, Modality.VOICE)
    page.wait_for_selector("#mic[aria-pressed=true]")
    page.wait_for_timeout(500)
    page.focus("#mic")
    page.keyboard.down(" ")
    page.wait_for_selector("#mic.speaks")
    page.wait_for_timeout(1_500)
    page.keyboard.up(" ")
    page.wait_for_selector("#mic:not(.speaks)")
    page.wait_for_selector("#hint .wrong", timeout=60_000)  # a beep is no speech


def test_a_page_that_is_loaded_again_goes_on(open_page: OpenPage) -> None:
    page = open_page()
    say(page, LOST_JOB)
    settled(page)
    page.reload()
    page.wait_for_selector(f"#chat .user:has-text('{LOST_JOB[:20]}')")
    say(page, "and now")
    settled(page)
    assert page.locator("#chat .user").count() == 2


def test_each_browser_lists_its_own_conversations(browser: "Browser", kept_address: str) -> None:
    page = browser.new_context(locale="en-US").new_page()
    page.goto(kept_address + "assistant")
    page.wait_for_selector(".greeting")
    say(page, LOST_JOB)
    settled(page)
    page.click("#fresh")
    page.wait_for_selector(".greeting")
    page.click("#kept > button")
    page.click("#kept-list label:has-text('I lost my job')")
    page.click("#open")
    page.wait_for_selector("#chat .user")
    assert page.inner_text("#chat .bot").endswith("telling her?")
    other = browser.new_context(locale="en-US").new_page()
    other.goto(kept_address + "assistant")
    other.wait_for_selector(".greeting")
    other.click("#kept > button")
    other.wait_for_selector("#kept:has-text('None yet')")


def test_another_model_can_be_chosen(open_page: OpenPage) -> None:
    page = open_page()
    page.click("#options > button")
    page.wait_for_timeout(3_000)  # the servers that there might be are asked
    page.click("#model input")
    page.click("#model [role=option]:has-text('embedded')")
    page.wait_for_selector("#hint:has-text('embedded answers')", timeout=60_000)
    say(page, "I feel lonely today")
    page.wait_for_selector("#stop:not([disabled])")
    at_rest(page)
    assert re.search(r"parallel · embedded", page.inner_text("#facts"))


@pytest.mark.parametrize("size", SIZES)
def test_the_panel_of_consent_fits(
    open_page: OpenPage, shoot: Callable[["Page", str], None], size: str
) -> None:
    width, height = SIZES[size]
    page = open_page(viewport={"width": width, "height": height}, locale="ru-RU")
    page.click("#camera")
    page.wait_for_selector("#agreed-to label")
    page.wait_for_timeout(300)
    shoot(page, f"consent-{size}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for where in ("#agree", "#not-now"):
        page.locator(where).scroll_into_view_if_needed()
        assert page.locator(where).is_visible()
