"""A visit under a policy: what may not be read is neither asked about nor opened, and is named."""

import pytest
from tests.app.journey.conftest import Open, Visitors, click, say

pytestmark = pytest.mark.slow

_OPENED = """() => {
  window.opened = [];
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (what) => {
    window.opened.push(Object.keys(what));
    return ask(what);
  };
}"""


def test_words_alone_open_no_device_and_the_result_names_the_policy(
    kiosk: Open, visitors: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIDEOUT_POLICY", "text-only")
    page = visitors.arrive(visitors.browser(), kiosk())
    page.evaluate(_OPENED)
    click(page, "k-begin", "consent")
    assert page.locator(".k-switch:visible").count() == 0
    click(page, "k-nothing", "talk")
    assert len(say(page, "I passed my exam today.")) > 10
    click(page, "k-to-result", "result")
    shown = page.inner_text("#k-shown")
    assert "policy 'text-only' reads no feelings from faces" in shown
    assert "did not agree" not in shown
    assert page.evaluate("window.opened") == []


def test_a_workplace_asks_for_no_feeling_of_a_face(
    kiosk: Open, visitors: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIDEOUT_POLICY", "workplace")
    page = visitors.arrive(visitors.browser(), kiosk(), locale="ru-RU")
    click(page, "k-begin", "consent")
    assert not page.is_visible("#k-may-face")
    click(page, "k-nothing", "talk")
    click(page, "k-to-result", "result")
    shown = page.inner_text("#k-shown")
    assert "правило 'workplace' не позволяет читать чувства: лицо" in shown
    assert "не согласились" not in shown
