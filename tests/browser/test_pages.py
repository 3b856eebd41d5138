"""The pages that are read and not worked with, in a real browser, wide and narrow."""

from __future__ import annotations

from typing import Literal

import pytest
import served
from axe import AXE, grave_violations
from playwright.sync_api import Browser, Page, expect

pytestmark = served.NEEDS_CHROMIUM

PAGES = {
    "help": "Help",
    "accessibility": "How accessible these pages are",
    "feedback": "What readers said of answers",
    "about": "About Scrutiny Desk",
}


def test_the_address_that_a_link_to_a_page_shows_opens_that_page(
    page: Page, empty_site: str
) -> None:
    page.goto(empty_site)
    links = page.get_by_role("navigation", name="Pages").get_by_role("link")
    expect(links.first).to_be_visible(timeout=60_000)
    shown = {link.inner_text(): link.evaluate("link => link.href") for link in links.all()}
    assert len(shown) > 7
    for title, address in shown.items():
        page.goto(f"{address}?conversation=1")
        current = page.locator("nav a[aria-current]")
        expect(current).to_have_text(title, timeout=60_000)
        expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: `make install` fetches it with npm")
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1366)])
def test_axe_finds_nothing_grave_and_nothing_runs_off_the_side(
    browser: Browser, empty_site: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 768}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(60_000)
    for path, heading in PAGES.items():
        page.goto(f"{empty_site}/{path}")
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=60_000)
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=60_000
        )
        assert grave_violations(page) == [], path
        wide = page.evaluate("document.querySelector('.stMain').scrollWidth - innerWidth")
        assert wide <= 0, path
    context.close()
