"""Makes docs/screenshots: the web page over the demonstration documents, in light and dark."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import served  # noqa: E402
from playwright.sync_api import Browser, Locator, Page, ViewportSize  # noqa: E402

PICTURES = ROOT / "docs" / "screenshots"
SIZE = ViewportSize(width=1366, height=860)
TABLET = ViewportSize(width=820, height=1100)
QUESTION = "What was said about agency social workers in Wrenmoor in 2026?"
UNANSWERABLE = "How much did the new swimming pool cost?"
SPEECH = (
    "In 2024 Wrenmoor's care leavers were judged inadequate. "
    "17% of Wrenmoor's social work posts were held by agency workers in 2026. "
    "The council spent £40 million on a swimming pool in 2019. "
    "Is that good enough?"
)
SUBJECT = "care leavers in Wrenmoor"
MAKING_MS = 180_000
Scheme = Literal["light", "dark"]


def main() -> None:
    """Make every picture; takes a few minutes, most of it making packs."""
    if served.CHROMIUM is None:
        sys.exit("No chromium here: install Debian's package chromium.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served.browsing() as browser:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        served.ingest(ROOT / "corpus", full)
        with served.serving(*served.scrutiny_serve(empty)) as address:
            _each_scheme(browser, address, _empty_library)
        with served.serving(*served.scrutiny_serve(full)) as address:
            _each_scheme(browser, address, _conversation)
            _each_scheme(browser, address, _checked)
            _each_scheme(browser, address, _prepared)
            _each_scheme(browser, address, _recorded)
            _each_scheme(browser, address, _others)
            _each_scheme(browser, address, _tablet, TABLET)


def _each_scheme(
    browser: Browser,
    address: str,
    pictured: Callable[[Page, Scheme], None],
    size: ViewportSize = SIZE,
) -> None:
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        page = browser.new_page(color_scheme=scheme, viewport=size)
        page.set_default_timeout(60_000)
        page.goto(address)
        _box(page).wait_for()
        pictured(page, scheme)
        page.close()


def _empty_library(page: Page, scheme: Scheme) -> None:
    _picture(page, f"empty-library-{scheme}")


def _conversation(page: Page, scheme: Scheme) -> None:
    _picture(page, f"ask-{scheme}")
    _ask(page, QUESTION, 1)
    _picture(page, f"answer-{scheme}")
    _open(page, 0)
    _picture(page, f"source-{scheme}")
    _open(page, -1)
    _picture(page, f"article-{scheme}")
    _ask(page, UNANSWERABLE, 2)
    page.get_by_text("Nearest passages").last.click()
    page.locator("#question-2").evaluate("heading => heading.scrollIntoView()")
    _picture(page, f"refusal-{scheme}")
    page.get_by_role("button", name="Filters").click()
    _picture(page, f"filters-{scheme}")


def _checked(page: Page, scheme: Scheme) -> None:
    page.get_by_role("link", name="Check").click()
    page.get_by_role("textbox", name="The text to check").fill(SPEECH)
    page.keyboard.press("Control+Enter")
    page.get_by_role("article").first.wait_for()
    _picture(page, f"check-{scheme}")
    _open(page, 0)
    _picture(page, f"check-source-{scheme}")


def _prepared(page: Page, scheme: Scheme) -> None:
    page.get_by_role("link", name="Prepare").click()
    page.get_by_role("textbox", name="Council or topic").fill(SUBJECT)
    page.keyboard.press("Enter")
    page.get_by_role("progressbar", name="Parts done").wait_for()
    _picture(page, f"prepare-{scheme}")
    page.locator("#pack-title").wait_for(timeout=MAKING_MS)
    page.locator("figure.chart").nth(1).wait_for()
    _picture(page, f"pack-{scheme}")
    _open(page, 0)
    _picture(page, f"pack-source-{scheme}")


def _recorded(page: Page, scheme: Scheme) -> None:
    page.get_by_role("link", name="Record").click()
    page.locator("figure.chart").nth(1).wait_for()
    _picture(page, f"record-{scheme}")
    page.get_by_role("button", name="Compare").click()
    page.locator(".changes .since").first.wait_for()
    page.locator("#changes-title").evaluate("heading => heading.scrollIntoView()")
    _picture(page, f"changes-{scheme}")


def _others(page: Page, scheme: Scheme) -> None:
    page.get_by_role("link", name="Library").click()
    page.get_by_role("table").wait_for()
    _picture(page, f"library-{scheme}")
    page.locator("tbody [data-act]").first.click()
    page.get_by_role("button", name="Ask about this document").wait_for()
    _picture(page, f"document-{scheme}")
    page.get_by_role("link", name="About").click()
    page.get_by_role("heading", name="What it will not do").wait_for()
    _picture(page, f"about-{scheme}")


def _tablet(page: Page, scheme: Scheme) -> None:
    _ask(page, QUESTION, 1)
    _picture(page, f"tablet-answer-{scheme}")
    _open(page, 0)
    _picture(page, f"tablet-source-{scheme}")


def _open(page: Page, nth: int) -> None:
    page.locator("button.chip").nth(nth).click()
    page.locator(".viewer img, .viewer mark").first.wait_for()


def _ask(page: Page, question: str, number: int) -> None:
    _box(page).fill(question)
    page.keyboard.press("Enter")
    page.get_by_role("article", name=f"Answer to question {number}").wait_for()


def _box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Ask about the documents")


def _picture(page: Page, name: str) -> None:
    page.wait_for_timeout(700)  # what fades in has faded in
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
