"""The web page in a real browser: first over a desk of the tests' own, then over the real one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import fakes
import pypdfium2 as pdfium
import pytest
import served
from axe import AXE, grave_violations
from playwright.sync_api import Browser, FloatRect, Locator, Page, ViewportSize, expect

from rag.text.tokens import squash
from ui.wording.sources import quote_with_citation

pytestmark = served.NEEDS_CHROMIUM

CORPUS = Path(__file__).parents[2] / "corpus"
WAIT_MS = 30_000


def visit(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="Ask the documents", level=1)).to_be_attached(
        timeout=WAIT_MS
    )
    expect(question_box(page)).to_be_enabled(timeout=WAIT_MS)
    expect(page.locator("html[data-listening]")).to_be_attached(timeout=WAIT_MS)


def question_box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Ask about the documents")


def ask(page: Page, question: str) -> None:
    """Ask by keyboard, and wait for the answer and for the page to stop moving: a click on what is
    just being drawn again is lost."""
    before = page.get_by_role("article").count()
    question_box(page).fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(before + 1, timeout=WAIT_MS)
    at_rest(page.get_by_role("article").last)


def at_rest(found: Locator) -> FloatRect | None:
    """Where an element stands once the page has stopped moving."""
    before, now = None, found.bounding_box()
    while now != before:
        found.page.wait_for_timeout(700)
        before, now = now, found.bounding_box()
    return now


def viewer(page: Page) -> Locator:
    return page.locator(".viewer")


# ---------------------------------------------------------------- the frame


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
    page.locator("button.chip").first.click()
    expect(viewer(page).locator("img")).to_be_visible()
    # A picture comes inside the page, as data, which names no machine.
    assert hosts <= {"localhost", None, ""}


def test_a_page_of_another_name_cannot_reach_the_desk(browser: Browser, fake_site: str) -> None:
    # What DNS rebinding does: another name that leads to this machine.
    context = browser.new_context()
    page = context.new_page()
    port = urlsplit(fake_site).port
    page.goto(f"http://desk.localhost:{port}")
    page.wait_for_timeout(3_000)
    assert page.get_by_role("textbox").count() == 0
    context.close()


# ---------------------------------------------------------------- the conversation


@pytest.mark.parametrize(
    ("moved", "to", "opened"),
    [
        ("chip => { chip.outerHTML = chip.outerHTML }", (0, 0), True),
        ("chip => { chip.style.position = 'relative'; chip.style.top = '200px' }", (0, 0), True),
        ("chip => chip", (60, 60), False),
    ],
    ids=["drawn anew", "moved away", "drawn off by the hand"],
)
def test_what_is_pressed_is_what_lay_under_the_pointer_when_it_went_down(
    page: Page, fake_site: str, moved: str, to: tuple[int, int], opened: bool
) -> None:
    visit(page, fake_site)
    ask(page, "Are caseloads too high?")
    chip = page.locator("button.chip").first
    place = at_rest(chip)
    assert place is not None
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    chip.evaluate(moved)
    page.mouse.move(x + to[0], y + to[1])
    page.mouse.up()
    if opened:
        expect(viewer(page).locator("img")).to_be_visible()
    else:
        page.wait_for_timeout(2_000)
        expect(viewer(page)).to_have_count(0)


def test_a_chip_opens_its_source_beside_the_answer_and_the_place_is_kept(
    page: Page, fake_site: str
) -> None:
    visit(page, fake_site)
    for question in ("Are caseloads too high?", "Are they still?", "Are they now?"):
        ask(page, question)
    chip = page.get_by_role("article", name="Answer to question 2").get_by_role(
        "button", name="Source 1: "
    )
    at_rest(chip.first)
    chip.first.scroll_into_view_if_needed()
    before = at_rest(chip.first)
    chip.first.click()
    expect(viewer(page).locator(".box").first).to_be_in_viewport()
    expect(viewer(page).get_by_role("heading", level=2)).to_be_focused()
    after = at_rest(chip.first)
    assert before is not None
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=2)


def test_closing_a_source_puts_the_keyboard_back_on_the_chip(page: Page, fake_site: str) -> None:
    visit(page, fake_site)
    ask(page, "Are caseloads too high?")
    chip = page.get_by_role("article").get_by_role("button", name="Source 2: ").first
    chip.focus()
    page.keyboard.press("Enter")
    # An open source takes the keyboard to its heading, and grows once its page is drawn.
    expect(viewer(page).get_by_role("heading", level=2)).to_be_focused()
    at_rest(viewer(page))
    back = page.get_by_role("button", name="Back to the sources")
    back.focus()
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(viewer(page)).to_have_count(0)
    expect(chip).to_be_focused()


def test_an_article_opens_with_the_quoted_words_marked_and_in_view(
    page: Page, fake_site: str
) -> None:
    visit(page, fake_site)
    ask(page, "Are caseloads too high?")
    page.get_by_role("article").get_by_role("button", name="Source 3: ").first.click()
    expect(viewer(page).locator("mark")).to_have_text(fakes.ARTICLE.quote)
    expect(viewer(page).locator("mark")).to_be_in_viewport()


def test_a_quote_and_its_citation_can_be_copied(browser: Browser, fake_site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    visit(page, fake_site)
    ask(page, "Are caseloads too high?")
    page.get_by_role("article").get_by_role("button", name="Source 3: ").first.click()
    viewer(page).get_by_role("button", name="Copy quote").click()
    expect(viewer(page).get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == quote_with_citation(fakes.ARTICLE)
    context.close()


def test_the_newest_question_is_brought_to_the_top_and_the_box_stays_in_view(
    page: Page, fake_site: str
) -> None:
    visit(page, fake_site)
    for question in ("Are caseloads too high?", "Are they still?", "And in 2021?"):
        ask(page, question)
        expect(page.get_by_role("heading", name=question)).to_be_in_viewport()
        expect(question_box(page)).to_be_in_viewport()
        expect(question_box(page)).to_be_focused()


def test_what_is_typed_is_completed_from_councils_topics_and_earlier_questions(
    page: Page, fake_site: str
) -> None:
    visit(page, fake_site)
    ask(page, "Are caseloads too high?")
    box, offered = question_box(page), page.locator(".suggestions button")
    box.click()
    page.keyboard.type("care leavers in fallow")
    expect(offered).to_have_text(["Fallowmere council"])
    page.keyboard.press("ArrowUp")
    expect(offered).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    expect(box).to_have_value("care leavers in Fallowmere")
    expect(offered).to_have_count(1)
    expect(offered).to_be_hidden()
    box.fill("")
    page.keyboard.type("caselo")
    expect(offered).to_have_text(["Are caseloads too high? asked before"])
    expect(page.get_by_text("1 suggestion: arrow up to choose")).to_be_attached()
    page.keyboard.press("Escape")
    expect(offered).to_be_hidden()
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(2)


def test_a_conversation_is_found_again_after_a_reload(page: Page, fake_site: str) -> None:
    visit(page, fake_site)
    ask(page, "Are caseloads too high?")
    ask(page, "Are they still?")
    page.reload()
    expect(page.get_by_role("article")).to_have_count(2, timeout=WAIT_MS)
    expect(page.get_by_role("article").first).to_contain_text(fakes.REPORT.quote)


def test_two_visitors_have_a_conversation_each(
    browser: Browser, page: Page, fake_site: str
) -> None:
    visit(page, fake_site)
    ask(page, "Are caseloads too high?")
    other = browser.new_page()
    visit(other, fake_site)
    ask(other, "Who won the cup?")
    expect(other.get_by_role("article")).to_have_count(1)
    expect(other.get_by_role("article")).not_to_contain_text(fakes.REPORT.quote)
    expect(page.get_by_role("article")).to_have_count(1)
    other.close()


def test_the_nearest_passages_unfold_by_keyboard(page: Page, fake_site: str) -> None:
    visit(page, fake_site)
    ask(page, "Who won the cup?")
    nearest = page.get_by_text("The nearest that was found (1)")
    expect(page.get_by_text("Social work posts unfilled")).to_be_hidden()
    nearest.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Social work posts unfilled")).to_be_visible()


def test_hostile_words_show_as_text_and_run_nothing(page: Page, fake_site: str) -> None:
    visit(page, fake_site)
    ask(page, f"hostile {fakes.HOSTILE}")
    page.locator("button.chip").first.click()
    expect(viewer(page).get_by_role("heading", level=2)).to_contain_text(fakes.HOSTILE)
    expect(viewer(page).locator("mark")).to_contain_text(fakes.HOSTILE)
    # The name of the conversation is the question, and as hostile as it.
    expect(page.locator("button.conversation").first).to_contain_text("<img src=x")
    assert (
        page.locator(
            "article img, .viewer img:not([src^=data]), .conversations img, .katex"
        ).count()
        == 0
    )
    expect(page).to_have_title("Ask · Scrutiny Desk")


# ---------------------------------------------------------------- accessibility


def _about(page: Page) -> None:
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", name="What it will not do")).to_be_visible()


def _library(page: Page) -> None:
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("table")).to_be_visible()


def _answer(page: Page) -> None:
    ask(page, "Are caseloads too high?")


def _opened(page: Page) -> None:
    ask(page, "Are caseloads too high?")
    page.locator("button.chip").first.click()
    expect(viewer(page)).to_be_visible()


def _refusal(page: Page) -> None:
    ask(page, "Who won the cup?")
    page.get_by_text("The nearest that was found (1)").click()


def _nothing(page: Page) -> None:
    pass


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: `make install` fetches it with npm")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", [_nothing, _answer, _opened, _refusal, _library, _about])
def test_no_page_has_a_grave_violation_of_accessibility(
    browser: Browser,
    fake_site: str,
    state: Callable[[Page], None],
    scheme: Literal["light", "dark"],
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    visit(page, fake_site)
    state(page)
    page.wait_for_timeout(500)  # what fades in has faded in
    assert grave_violations(page) == []
    context.close()


@pytest.mark.parametrize("width", [683, 820, 1366])
def test_nothing_runs_off_the_side_of_the_page(
    browser: Browser, fake_site: str, width: int
) -> None:
    # 683 is a laptop's 1366 at a zoom of 200%, 820 a tablet.
    context = browser.new_context(viewport=ViewportSize(width=width, height=768))
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    visit(page, fake_site)
    _opened(page)
    expect(viewer(page).get_by_role("button", name="Copy quote")).to_be_in_viewport()
    over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0
    context.close()


# ---------------------------------------------------------------- over the real desk


def test_the_demonstration_documents_answer_and_the_right_words_are_marked_on_the_page(
    page: Page, real_site: str
) -> None:
    visit(page, real_site)
    ask(page, "Are social workers' caseloads too high in Wrenmoor?")
    said = page.locator("q.quoted").filter(has_text="aseload").first
    words = said.inner_text().strip("\u201c\u201d")
    page.locator("p").filter(has=said).locator("button.chip").first.click()
    expect(viewer(page).locator(".box").first).to_be_in_viewport(timeout=WAIT_MS)
    name = viewer(page).locator(".file span").inner_text()
    number = re.search(r"Page (\d+) of", viewer(page).locator("img").get_attribute("alt") or "")
    assert number
    styles = [box.get_attribute("style") or "" for box in viewer(page).locator(".box").all()]
    under = _words_under(CORPUS / name, int(number[1]), [_shares(style) for style in styles])
    assert squash(words) in squash(under) or squash(under) in squash(words)
    assert len(squash(under)) > 0.9 * len(squash(words))


def _shares(style: str) -> tuple[float, float, float, float]:
    left, top, width, height = (float(part) / 100 for part in re.findall(r"([\d.]+)%", style))
    return left, top, width, height


def _words_under(file: Path, page: int, boxes: Sequence[tuple[float, float, float, float]]) -> str:
    """The words that a PDF itself has under some boxes (shares of the page from its top left)."""
    with pdfium.PdfDocument(file) as document:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        return " ".join(
            text.get_text_bounded(
                left=left * width,
                right=(left + across) * width,
                top=height - top * height,
                bottom=height - (top + down) * height,
            )
            for left, top, across, down in boxes
        )


def test_an_example_made_from_the_demonstration_documents_is_answered(
    page: Page, real_site: str
) -> None:
    visit(page, real_site)
    page.locator(".st-key-examples button").first.click()
    expect(page.get_by_role("article").locator("q.quoted").first).to_be_visible(timeout=WAIT_MS)


def test_the_demonstration_documents_do_not_say_everything(page: Page, real_site: str) -> None:
    visit(page, real_site)
    ask(page, "How much did the new swimming pool cost?")
    expect(page.get_by_role("heading", name="Not in the documents")).to_be_visible()
    expect(page.get_by_text("were searched")).to_be_visible()


def test_taking_a_part_of_the_scope_away_asks_again_without_it(page: Page, real_site: str) -> None:
    visit(page, real_site)
    ask(page, "What did inspectors say about care leavers in Wrenmoor in 2024?")
    page.get_by_role("button", name="Ask again without 2024").click()
    second = page.get_by_role("article", name="Answer to question 2")
    expect(second).to_be_visible(timeout=WAIT_MS)
    expect(second.get_by_role("button", name="Ask again without 2024")).to_have_count(0)
