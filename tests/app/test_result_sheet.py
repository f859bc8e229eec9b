"""The sheet: the PDF says what the screen says, in text; the picture shows the same page."""

import contextlib
import io
import json
import re
from html import unescape

import pytest
from tests.app.results import ATTACK, MADE_AT, by_camera, by_ecg, talked

from insideout.perception.policy import VARIABLE, Consent, refusal
from insideout.perception.reading import Modality
from insideout.service.web.live.measured import Measured
from insideout.service.web.live.record import Record
from insideout.service.web.live.texts import TEXTS as LIVE_TEXTS
from insideout.service.web.result.as_json import as_json
from insideout.service.web.result.content import Content, content
from insideout.service.web.result.texts import RESULT_TEXTS
from insideout.service.web.result.view import shown
from insideout.service.web.visit import Visit

pytest.importorskip("fpdf", reason="fpdf2 is not installed (pip install -e '.[app]')")
pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed ('.[app]')")

from insideout.service.web.result.paper import drawable  # noqa: E402
from insideout.service.web.result.sheet import pdf, png  # noqa: E402

NOBODY = Visit(session="web-1")


def written(document: bytes) -> list[str]:
    """The text of each page, without line breaks."""
    with contextlib.closing(pdfium.PdfDocument(document)) as opened:
        texts = [page.get_textpage().get_text_bounded() for page in opened]
    return [re.sub(r"\s+", " ", text) for text in texts]


def result(measured: Measured, visit: Visit = NOBODY, language: str = "en") -> Content:
    return content(measured, visit, language, made_at=MADE_AT, conversation=True)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("measured", [Measured(), by_camera(), by_ecg()])
def test_screen_paper_and_json_say_the_same(measured: Measured, language: str) -> None:
    found = result(measured, language=language)
    (paper,), screen = written(pdf(found)), shown(found)
    data = {one["name"]: one for one in as_json(found)["figures"]}
    for figure in found.figures:
        assert f"{figure.name} {figure.value}" in paper
        assert f"<b>{figure.value}</b>" in screen
        assert data[figure.key]["shown"] == figure.value
    for words in (found.headline, *(source.said for source in found.sources)):
        assert words in paper
        assert words in screen


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("rule", ["workplace", "text-only"])
def test_what_the_policy_forbids_is_nowhere_said_to_be_declined(
    rule: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, rule)
    agreed = Consent.to([Modality.VOICE], at=MADE_AT.isoformat(), notice="1")
    found = result(Record(agreed, lambda: language).measured(0.0, None), language=language)
    (paper,), screen = written(pdf(found)), re.sub(r"\s+", " ", unescape(shown(found)))
    for modality in (Modality.FACE, Modality.VOICE, Modality.HEART):
        why = refusal(modality, language)
        assert why is not None
        assert why in paper
        assert why in screen
        assert as_json(found)["sources"][modality.value]["said"].endswith(why)
    for declined in (LIVE_TEXTS[language].declined, RESULT_TEXTS[language].not_agreed):
        assert declined not in paper
        assert declined not in screen


def test_russian_letters_can_be_selected() -> None:
    (paper,) = written(pdf(result(by_ecg(), language="ru")))
    assert "Похоже на радость" in paper
    assert "3 мая 2026 г., 14:05" in paper


def test_what_was_talked_about_is_on_a_page_of_its_own() -> None:
    first, second = written(pdf(result(by_camera(), talked("a secret"))))
    assert "a secret" not in first
    assert "Reply to a secret" in second


def test_a_long_talk_goes_on_over_pages_with_their_numbers() -> None:
    pages = written(pdf(result(by_camera(), talked(*["word " * 200] * 8))))
    assert len(pages) > 3
    assert pages[2].rstrip().endswith("3")


def test_signs_that_the_typeface_lacks_do_not_break_it() -> None:
    assert drawable("a\u200d\x00🙂b\n", range(0x250)) == "a□b\n"
    assert "□" in written(pdf(result(by_camera(), talked("so 🙂 日本"))))[1]


def test_markup_is_text() -> None:
    assert ATTACK in written(pdf(result(by_camera(), talked(ATTACK))))[1]


def test_help_stands_on_the_first_page() -> None:
    first, *_ = written(pdf(result(by_camera(), talked("a", crisis="suicide"))))
    assert "People who can help" in first
    assert "Call 112." in first


def test_the_picture_is_of_the_first_page_and_holds_no_talk() -> None:
    image = pytest.importorskip("PIL.Image")
    with image.open(io.BytesIO(png(result(by_camera(), talked("a secret"))))) as picture:
        assert picture.format == "PNG"
        assert picture.width / picture.height == pytest.approx(148 / 210, rel=0.01)


def test_the_json_is_one_plain_object() -> None:
    data = json.loads(json.dumps(as_json(result(by_ecg(), talked("hello")))))
    assert data["format"] == "insideout-result/1"
    assert data["made_at"] == "2026-05-03T14:05:00+00:00"
    assert data["conversation"] == [{"said": "hello", "reply": "Reply to hello"}]
    assert len(data["course"]) == 10
    assert data["figures"][2]["quality"] == 0.91
    assert (data["valence"], data["arousal"]) == (-0.5, 0.5)
