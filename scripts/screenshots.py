"""Makes docs/screenshots: the web page over the demonstration documents, in light and dark.

python scripts/screenshots.py [FOLDER] [--corpus DOCUMENTS] [--only WALK]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import served  # noqa: E402
from playwright.sync_api import Browser, Locator, Page, ViewportSize  # noqa: E402

SIZE = ViewportSize(width=1366, height=860)
TABLET = ViewportSize(width=820, height=1100)
QUESTION = "What was found about caseloads in Wrenmoor in 2026?"
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
Walk = Callable[[Page], Iterator[str]]
"""Goes through the pages, and gives the name of a picture wherever one is to be taken."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Make every picture; takes a few minutes, most of it making packs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    parser.add_argument("--only", choices=[*EMPTY, *FULL], action="append", help="One walk alone.")
    chosen = parser.parse_args(arguments)
    if served.CHROMIUM is None:
        sys.exit("No chromium here: install Debian's package chromium.")
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served.browsing() as browser:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        served.ingest(chosen.corpus, full)
        for library, walks in ((empty, EMPTY), (full, FULL)):
            wanted = [name for name in walks if not chosen.only or name in chosen.only]
            if wanted:
                with served.serving(*served.scrutiny_serve(library)) as address:
                    for name in wanted:
                        _walked(browser, address, walks[name], chosen.out)


def _walked(browser: Browser, address: str, walk: Walk, out: Path) -> None:
    """Take a picture wherever a walk halts, in light and in dark."""
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        size = TABLET if walk is _tablet else SIZE
        page = browser.new_page(color_scheme=scheme, viewport=size)
        page.set_default_timeout(60_000)
        page.goto(address)
        _box(page).wait_for()
        for name in walk(page):
            page.wait_for_timeout(700)  # what fades in has faded in
            page.screenshot(path=out / f"{name}-{scheme}.png")
        page.close()


def _empty_library(page: Page) -> Iterator[str]:
    yield "empty-library"


def _conversation(page: Page) -> Iterator[str]:
    yield "ask"
    _ask(page, QUESTION, 1)
    yield "answer"
    _open(page, 0)
    yield "source"
    _open(page, -1)
    yield "article"
    _ask(page, UNANSWERABLE, 2)
    page.get_by_text("The nearest that was found").last.click()
    page.locator("#question-2").evaluate("heading => heading.scrollIntoView()")
    yield "refusal"
    page.get_by_role("button", name="Filters").click()
    yield "filters"


def _checked(page: Page) -> Iterator[str]:
    page.get_by_role("link", name="Check").click()
    page.get_by_role("textbox", name="The text to check").fill(SPEECH)
    page.keyboard.press("Control+Enter")
    page.get_by_role("article").first.wait_for()
    yield "check"
    _open(page, 0)
    yield "check-source"


def _prepared(page: Page) -> Iterator[str]:
    page.get_by_role("link", name="Prepare").click()
    page.get_by_role("textbox", name="Council or topic").fill(SUBJECT)
    page.keyboard.press("Enter")
    page.get_by_role("progressbar", name="Parts done").wait_for()
    yield "prepare"
    page.locator("#pack-title").wait_for(timeout=MAKING_MS)
    page.locator("figure.chart").nth(1).wait_for()
    yield "pack"
    _open(page, 0)
    yield "pack-source"


def _recorded(page: Page) -> Iterator[str]:
    page.get_by_role("link", name="Record").click()
    page.locator("figure.chart").nth(1).wait_for()
    yield "record"
    page.get_by_role("button", name="Compare").click()
    page.locator(".changes .since").first.wait_for()
    page.locator("#changes-title").evaluate("heading => heading.scrollIntoView()")
    yield "changes"


def _others(page: Page) -> Iterator[str]:
    page.get_by_role("link", name="Library").click()
    page.get_by_role("table").wait_for()
    yield "library"
    page.locator("tbody [data-act]").first.click()
    page.get_by_role("button", name="Ask about this document").wait_for()
    yield "document"
    page.get_by_role("link", name="About").click()
    page.get_by_role("heading", name="What it will not do").wait_for()
    yield "about"


def _tablet(page: Page) -> Iterator[str]:
    _ask(page, QUESTION, 1)
    yield "tablet-answer"
    _open(page, 0)
    yield "tablet-source"


def _open(page: Page, nth: int) -> None:
    page.locator("button.chip").nth(nth).click()
    page.locator(".viewer img, .viewer mark").first.wait_for()


def _ask(page: Page, question: str, number: int) -> None:
    _box(page).fill(question)
    page.keyboard.press("Enter")
    page.get_by_role("article", name=f"Answer to question {number}").wait_for()


def _box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Ask about the documents")


EMPTY: Mapping[str, Walk] = {"empty": _empty_library}
FULL: Mapping[str, Walk] = {
    "ask": _conversation,
    "check": _checked,
    "prepare": _prepared,
    "record": _recorded,
    "library": _others,
    "tablet": _tablet,
}


if __name__ == "__main__":
    main()
