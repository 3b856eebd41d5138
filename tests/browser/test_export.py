"""Downloads in a real browser: each file is made when it is asked for, and is what it says."""

from __future__ import annotations

from typing import Literal

import pytest
import served
from axe import AXE, grave_violations
from playwright.sync_api import Browser, Page, expect

pytestmark = served.NEEDS_CHROMIUM

BEGINS = {"Word": b"PK\x03\x04", "PDF": b"%PDF-", "Markdown": b"# Are caseloads too high?"}


def ask(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("textbox", name="Ask about the documents").fill("Are caseloads too high?")
    page.keyboard.press("Enter")
    page.get_by_role("article", name="Answer to question 1").wait_for()


def test_an_answer_is_downloaded_in_each_format(page: Page, fake_site: str) -> None:
    ask(page, fake_site)
    page.get_by_role("button", name="Export this answer").click()
    for label, begins in BEGINS.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=label, exact=True).click()
        assert download.value.suggested_filename.startswith("are-caseloads-too-high-20")
        assert download.value.path().read_bytes().startswith(begins)


def test_export_keeps_the_keyboard_where_it_is(page: Page, fake_site: str) -> None:
    ask(page, fake_site)
    page.get_by_role("button", name="Export this answer").press("Enter")
    expect(page.get_by_role("button", name="Word", exact=True)).to_be_visible()
    button = page.get_by_role("button", name="Export this answer")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.press("Enter")
    expect(page.get_by_role("button", name="Word", exact=True)).to_have_count(0)


def test_a_conversation_and_a_check_are_downloaded(page: Page, fake_site: str) -> None:
    ask(page, fake_site)
    page.get_by_role("button", name="Export this conversation").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    page.goto(f"{fake_site}/check")
    page.get_by_role("textbox", name="The text to check").fill("Caseloads are too high.")
    page.get_by_role("button", name="Check the claims").click()
    page.get_by_role("button", name="Export this check").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Table (CSV)").click()
    assert '"Supported"' in download.value.path().read_text(encoding="utf-8-sig")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: `make install` fetches it with npm")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_downloads_have_no_grave_violation_of_accessibility(
    browser: Browser, fake_site: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme)
    ask(page, fake_site)
    page.get_by_role("button", name="Export this answer").click()
    page.get_by_role("button", name="Word", exact=True).wait_for()
    page.wait_for_timeout(500)  # what fades in has faded in
    assert grave_violations(page) == []
    page.close()
