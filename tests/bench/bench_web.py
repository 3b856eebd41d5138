"""How long a reader waits for the page itself: what comes on top of the core's own work.

Prints medians over several runs in a real browser: from an answer being made to its being on the
screen (the first after the start by itself), and from choosing a citation to its page being on the
screen with the words marked.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import served  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

QUESTIONS = (
    "Are social workers' caseloads too high in Wrenmoor?",
    "What did inspectors say about care leavers in Wrenmoor in 2024?",
    "How many children in Wrenmoor had a child protection plan?",
    "What has the press reported about Wrenmoor?",
    "What was Wrenmoor judged for overall effectiveness in 2024?",
)
OPENINGS = 8


def main() -> None:
    """Serve the demonstration documents and drive a browser over them."""
    if served.CHROMIUM is None:
        print("No chromium here: nothing was measured.")
        return
    with tempfile.TemporaryDirectory() as folder, served.browsing() as browser:
        library = Path(folder) / "library"
        served.ingest(ROOT / "corpus", library)
        with served.serving(*served.scrutiny_serve(library)) as address:
            page = browser.new_page()
            page.set_default_timeout(120_000)
            page.goto(address)
            page.get_by_role("textbox", name="Ask about the documents").wait_for()
            _report("the first answer after the start", [_ask(page, "What did inspectors find?")])
            _report("an answer on the screen", [_ask(page, question) for question in QUESTIONS])
            _report("a citation opened", [_open(page, n) for n in range(OPENINGS)])


def _report(what: str, seconds: list[float]) -> None:
    print(f"{what}: median {median(seconds):.2f} s, worst {max(seconds):.2f} s of {len(seconds)}")


def _ask(page: Page, question: str) -> float:
    before = page.get_by_role("article").count()
    box = page.get_by_role("textbox", name="Ask about the documents")
    box.fill(question)
    return _until(
        lambda: page.keyboard.press("Enter"),
        lambda: page.wait_for_function(
            f"document.querySelectorAll('article').length > {before}", polling="raf"
        ),
    )


def _open(page: Page, n: int) -> float:
    chips = page.locator("button.chip")
    chip = chips.nth(n % chips.count())
    label = re.sub(r":.*", "", chip.get_attribute("aria-label") or "")
    assert label
    seconds = _until(
        chip.click,
        lambda: page.wait_for_function(
            "() => { const i = document.querySelector('.viewer img, .viewer mark');"
            " return i && (i.complete ?? true) }",
            polling="raf",
        ),
    )
    page.locator("[data-act=close]").click()
    page.locator(".viewer").wait_for(state="detached")
    return seconds


def _until(begin: Callable[[], object], done: Callable[[], object]) -> float:
    started = time.perf_counter()
    begin()
    done()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
