"""The lab in a real browser: files dropped, words typed, a benchmark run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.perception.voice.speech import silence, speaking
from tests.service.test_perceive_voice import write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

SIZES = {"phone": (390, 844), "desktop": (1280, 800), "standing": (1080, 1920)}
OpenLab = Callable[..., "Page"]


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where uploads and runs lie; named before the server starts."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    monkeypatch.setenv("INSIDEOUT_RUNS", str(tmp_path / "runs"))
    (tmp_path / "uploads").mkdir()
    return tmp_path / "uploads"


@pytest.fixture
def open_lab(uploads: Path, browser: "Browser", address: str) -> OpenLab:
    """Opens the lab as a visitor of their own."""

    def open_one(**options: object) -> "Page":
        usual = {"locale": "en-US", "reduced_motion": "reduce"}
        given = {**usual, "viewport": {"width": 1280, "height": 800}, **options}
        page = browser.new_context(**given).new_page()  # type: ignore[arg-type]
        page.goto(address + "lab")
        page.wait_for_selector("#l-view-a .l-nothing")
        return page

    return open_one


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    return write(tmp_path / "speech.wav", silence(0.4), speaking(1.6), silence(0.4))


def drop(page: "Page", *paths: Path, place: str = "a") -> str:
    """Drops files, waits until they are read; what the page says then."""
    page.set_input_files(f"#l-files-{place} input[type=file]", [str(path) for path in paths])
    done = "Read: |Прочитано: |class=.wrong"
    page.wait_for_function(
        f"new RegExp('{done}').test(document.querySelector('#l-hint-{place}').innerHTML)",
        timeout=60_000,
    )
    return page.inner_text(f"#l-hint-{place}")


def test_a_sound_is_seen_and_its_file_is_gone(
    open_lab: OpenLab, speech: Path, uploads: Path
) -> None:
    page = open_lab()
    assert drop(page, speech) == "Read: speech.wav."
    assert page.locator("#l-view-a svg.l-plot").count() == 2
    assert "These are cues, not facts" in page.inner_text("#l-told-a")
    assert [path for path in uploads.rglob("*") if path.is_file() and path.stat().st_size] == []


def test_the_json_can_be_downloaded(open_lab: OpenLab, speech: Path) -> None:
    page = open_lab()
    drop(page, speech)
    page.locator("#l-json-a button").first.click()
    with page.expect_download() as download:
        page.click("#l-download-a")
    saved = json.loads(Path(download.value.path()).read_text())
    assert [one["file"] for one in saved["voice"]] == ["speech.wav"]


def test_two_files_stand_side_by_side(open_lab: OpenLab, speech: Path, tmp_path: Path) -> None:
    page = open_lab()
    page.get_by_label("Compare with another").check()
    other = write(tmp_path / "other.wav", silence(2.0))
    drop(page, speech)
    drop(page, other, place="b")
    assert "speech.wav" in page.inner_text("#l-view-a")
    assert "other.wav" in page.inner_text("#l-view-b")
    assert "other.wav" not in page.inner_text("#l-view-a")


def test_bad_files_are_told_in_russian(open_lab: OpenLab, tmp_path: Path) -> None:
    page = open_lab(locale="ru-RU")
    letter, broken = tmp_path / "letter.docx", tmp_path / "broken.wav"
    letter.write_bytes(b"PK")
    broken.write_bytes(b"RIFF....")
    said = drop(page, letter, broken)
    assert "letter.docx: такие файлы не читаются" in said
    assert "Прочитать не удалось. broken.wav" in said
    assert str(tmp_path) not in said


def test_a_file_that_is_too_large_is_not_even_sent(open_lab: OpenLab, tmp_path: Path) -> None:
    page = open_lab()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    (tmp_path / "big.mp4").write_bytes(bytes(61_000_000))
    page.set_input_files("#l-files-a input[type=file]", str(tmp_path / "big.mp4"))
    page.wait_for_selector("#l-hint-a .wrong")
    assert "big.mp4 has 61 MB" in page.inner_text("#l-hint-a")
    assert not [url for url in sent if "upload" in url]


def test_script_in_words_is_inert(open_lab: OpenLab) -> None:
    page = open_lab()
    attack = '<img src=x onerror="window.hacked=1"> I am sad'
    page.fill("#l-words-a textarea", attack)
    page.press("#l-words-a textarea", "Enter")
    page.wait_for_selector("#l-view-a .l-thing")
    assert attack in page.inner_text("#l-view-a")
    assert page.evaluate("window.hacked") is None


def test_the_page_changes_its_language_with_what_was_read(open_lab: OpenLab) -> None:
    page = open_lab()
    page.fill("#l-words-a textarea", "I lost my job today")
    page.click("#l-read-a")
    page.wait_for_selector("#l-view-a .l-together")
    page.locator("#l-ui label", has_text="Русский").click()
    page.wait_for_function(
        "document.querySelector('#l-view-a .l-headline').innerText.includes('грусть')"
    )
    page.wait_for_function("document.documentElement.lang === 'ru'")
    label = page.get_attribute("#l-files-a button", "aria-label") or ""
    assert label.startswith("Перетащите файлы")


def test_a_benchmark_runs_and_its_report_is_kept(open_lab: OpenLab, tmp_path: Path) -> None:
    page = open_lab()
    page.get_by_role("tab", name="Benchmarks").click()
    page.fill("#l-bench input", "crisis")
    page.press("#l-bench input", "Enter")
    page.wait_for_function("document.querySelector('#l-command').innerText.includes('crisis')")
    page.evaluate("for (let i = 0; i < 10; i++) document.querySelector('#l-run').click()")
    page.wait_for_selector("#l-report .l-figures", timeout=60_000)
    assert "recall" in page.inner_text("#l-report")
    [run] = (tmp_path / "runs").iterdir()
    assert json.loads((run / "report.json").read_text())["task"] == "crisis"


def test_the_parts_are_named_for_screen_readers(open_lab: OpenLab) -> None:
    page = open_lab()
    for role, name in (
        ("tab", "Benchmarks"),
        ("textbox", "Words"),
        ("button", "Drop files here"),
        ("button", "Clear"),
        ("checkbox", "Compare with another"),
    ):
        assert page.get_by_role(role, name=name).count() == 1, name  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_sticks_out_at_the_side(
    open_lab: OpenLab,
    speech: Path,
    shoot: Callable[["Page", str], None],
    size: str,
    scheme: str,
) -> None:
    width, height = SIZES[size]
    page = open_lab(viewport={"width": width, "height": height}, color_scheme=scheme)
    drop(page, speech)
    shoot(page, f"lab-{size}-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("tab", name="Benchmarks").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
