"""The web page in a real browser: first over a desk of the tests' own, then over the real one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import fakes
import pytest
import served
from playwright.sync_api import Browser, Page, expect

from rag.words import squash
from ui.web import launch

pytestmark = pytest.mark.skipif(
    served.CHROMIUM is None, reason="no chromium here: install Debian's package chromium"
)

CORPUS = Path(__file__).parents[1] / "corpus"
# Runs the real app.py over the fake desk.
FAKE_APP = """
import runpy, sys
sys.path.insert(0, {tests!r})
import fakes
from ui.web import state
state.opener = fakes.FakeDesk
runpy.run_path({app!r}, run_name="__main__")
"""
WAIT_MS = 30_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with served.browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def fake_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("fake")
    app = folder / "app.py"
    app.write_text(FAKE_APP.format(tests=str(Path(__file__).parent), app=str(launch.APP)))
    shutil.copytree(launch.APP.with_name(".streamlit"), folder / ".streamlit")
    port = served.free_port()
    flags = launch.arguments(address=launch.LOOPBACK, port=port, open_browser=False)
    flags[flags.index(str(launch.APP))] = str(app)
    command = [sys.executable, "-m", "streamlit", *flags]
    with served.serving(command, port, {"SCRUTINY_LIBRARY": str(folder)}) as address:
        yield address


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`scrutiny serve` over the demonstration documents."""
    library = tmp_path_factory.mktemp("real") / "library"
    served.ingest(CORPUS, library)
    with served.serving(*served.scrutiny_serve(library)) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    yield page
    context.close()


def visit(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="Scrutiny Desk", level=1)).to_be_visible(
        timeout=WAIT_MS
    )
    expect(page.get_by_role("textbox")).to_be_enabled(timeout=WAIT_MS)


def ask(page: Page, question: str) -> None:
    """Ask by keyboard, and wait for the answer."""
    before = page.get_by_role("article").count()
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(before + 1, timeout=WAIT_MS)


def test_the_page_names_the_product_and_has_no_furniture(page: Page, fake_site: str) -> None:
    visit(page, fake_site)
    expect(page).to_have_title("Ask · Scrutiny Desk")
    expect(page.get_by_text("Deploy")).to_have_count(0)
    expect(page.get_by_test_id("stMainMenu")).to_have_count(0)
    expect(page.locator("footer")).to_have_count(0)


def test_nothing_is_asked_of_any_other_machine(page: Page, fake_site: str) -> None:
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    visit(page, fake_site)
    ask(page, "Are caseloads too high?")
    assert hosts == {"localhost"}


def test_a_chip_leads_to_the_passage_with_the_quoted_words_marked(
    page: Page, fake_site: str
) -> None:
    visit(page, fake_site)
    ask(page, "Are caseloads too high?")
    ask(page, "Are they still?")
    first = page.get_by_role("article", name="Answer to question 1")
    passage = first.locator("blockquote").nth(1)
    expect(passage).to_be_hidden()
    first.get_by_role("link", name="Source 2: Fallowmere Council").first.click()
    expect(passage.locator("mark")).to_have_text(fakes.PLAN.quote)
    expect(passage.locator("mark")).to_be_in_viewport()


def test_the_newest_question_is_brought_to_the_top_and_the_box_stays_in_view(
    page: Page, fake_site: str
) -> None:
    visit(page, fake_site)
    for question in ("Are caseloads too high?", "Are they still?", "And in 2021?"):
        ask(page, question)
        expect(page.get_by_role("heading", name=question)).to_be_in_viewport()
        expect(page.get_by_role("textbox")).to_be_in_viewport()
        expect(page.get_by_role("textbox")).to_be_focused()


def test_two_visitors_have_two_conversations(browser: Browser, page: Page, fake_site: str) -> None:
    visit(page, fake_site)
    ask(page, "Are caseloads too high?")
    other = browser.new_page()
    visit(other, fake_site)
    ask(other, "Who won the cup?")
    expect(other.get_by_text("Are caseloads too high?")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Who won the cup?")).to_have_count(0)
    other.close()


def test_sources_unfold_by_keyboard(page: Page, fake_site: str) -> None:
    visit(page, fake_site)
    ask(page, "Who won the cup?")
    nearest = page.get_by_text("Nearest passages (1)")
    expect(page.get_by_text("Social work posts unfilled")).to_be_hidden()
    nearest.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Social work posts unfilled")).to_be_visible()


def test_hostile_words_show_as_text_and_run_nothing(page: Page, fake_site: str) -> None:
    visit(page, fake_site)
    ask(page, f"hostile {fakes.HOSTILE}")
    expect(page.locator("details .title")).to_have_text(fakes.HOSTILE)
    expect(page.locator("blockquote mark")).to_contain_text(fakes.HOSTILE)
    expect(page.get_by_role("article").locator("img, script, .katex, a:not(.chip)")).to_have_count(
        0
    )
    expect(page).to_have_title("Ask · Scrutiny Desk")


def test_a_page_of_another_name_cannot_reach_the_desk(browser: Browser, fake_site: str) -> None:
    # What DNS rebinding does: another name that leads to this machine.
    context = browser.new_context()
    page = context.new_page()
    port = urlsplit(fake_site).port
    page.goto(f"http://desk.localhost:{port}")
    page.wait_for_timeout(3_000)
    assert page.get_by_role("textbox").count() == 0
    context.close()


def test_the_demonstration_documents_answer_with_the_quoted_words_marked(
    page: Page, real_site: str
) -> None:
    visit(page, real_site)
    ask(page, "Are social workers' caseloads too high in Wrenmoor?")
    expect(page.get_by_role("link", name="Source 1: ").first).to_be_visible()
    marked = page.locator("blockquote mark").filter(has_text="aseload").first
    expect(marked).to_be_visible()
    said = page.locator("q.quoted").filter(has_text="aseload").first
    words = said.inner_text().strip("\u201c\u201d")
    assert squash(words) in squash(" ".join(page.locator("mark").all_inner_texts()))


def test_an_example_made_from_the_demonstration_documents_is_answered(
    page: Page, real_site: str
) -> None:
    visit(page, real_site)
    page.locator(".st-key-examples button").first.click()
    expect(page.get_by_role("article").locator("mark").first).to_be_visible(timeout=WAIT_MS)


def test_the_demonstration_documents_do_not_say_everything(page: Page, real_site: str) -> None:
    visit(page, real_site)
    ask(page, "How much did the new swimming pool cost?")
    expect(page.get_by_role("heading", name="Not in the documents")).to_be_visible()
    expect(page.get_by_text("were searched")).to_be_visible()
