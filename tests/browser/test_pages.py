"""The pages that are read and not worked with, in a real browser, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
import served
from axe import AXE, grave_violations
from playwright.sync_api import Browser, expect

pytestmark = served.NEEDS_CHROMIUM

PAGES = {
    "help": "Help",
    "accessibility": "How accessible these pages are",
    "feedback": "What readers said of answers",
    "about": "About Scrutiny Desk",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    library = tmp_path_factory.mktemp("shelves") / "library"
    with served.serving(*served.scrutiny_serve(library)) as address:
        yield address


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: `make install` fetches it with npm")
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1366)])
def test_axe_finds_nothing_grave_and_nothing_runs_off_the_side(
    browser: Browser, site: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 768}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(60_000)
    for path, heading in PAGES.items():
        page.goto(f"{site}/{path}")
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=60_000)
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=60_000
        )
        assert grave_violations(page) == [], path
        wide = page.evaluate("document.querySelector('.stMain').scrollWidth - innerWidth")
        assert wide <= 0, path
    context.close()
