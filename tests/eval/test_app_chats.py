"""Chats that are measured without browsers."""

import pytest

pytestmark = pytest.mark.slow


def test_visitors_without_browsers_are_replied_to(chromium: str) -> None:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (pip install playwright)"
    )
    from insideout.eval.app_costs import chat_costs
    from insideout.eval.app_place import served, wait_for

    with playwright.sync_playwright() as driver, served(pages="assistant") as place:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        wait_for(place)
        found = chat_costs(browser, place, 3, lambda _: None)
        browser.close()
    assert found["chats_replied"] == 3
    assert 0 < found["chats_first_ms_p50"] <= found["chats_done_ms_p95"]
