"""The Library page in a real browser: a report is added, opened, described, removed, put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
import served
from axe import AXE, grave_violations
from playwright.sync_api import Browser, Locator, Page, expect
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

pytestmark = served.NEEDS_CHROMIUM

WAIT_MS = 60_000
NAME = "<img src=x onerror=alert(1)> [x](javascript:alert(1)).pdf"
BETTER = "Fallowmere's inspection <b>2023</b>"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real PDF of more than one page under a hostile name."""
    path = tmp_path_factory.mktemp("report") / NAME
    styles = getSampleStyleSheet()
    lines = [
        "Inspection dates: 6 to 17 November 2023",
        *(f"Team {n} in Fallowmere has caseloads that are too high." for n in range(80)),
    ]
    SimpleDocTemplate(str(path)).build(
        [Paragraph("Inspection of Fallowmere children's services", styles["Title"])]
        + [Paragraph(line, styles["BodyText"]) for line in lines]
    )
    return path


@pytest.fixture
def page(browser: Browser, empty_site: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    visit(page, empty_site)
    yield page
    context.close()


def visit(page: Page, site: str) -> None:
    page.goto(f"{site}/library")
    expect(page.get_by_role("heading", name="Library", exact=True)).to_be_visible(timeout=WAIT_MS)
    # The page is drawn whole: its controls are listened to from here on.
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=WAIT_MS
    )
    expect(page.locator("html[data-listening]")).to_be_attached()


def title(page: Page, words: str) -> Locator:
    """The control in the table that opens a document."""
    return page.get_by_role("table").get_by_role("button", name=words)


def test_a_report_is_added_opened_described_removed_and_put_back(page: Page, report: Path) -> None:
    expect(page.get_by_text("The library is empty.")).to_be_visible()
    page.locator("input[type=file]").set_input_files(report)
    expect(page.get_by_role("button", name=f"Remove {NAME}")).to_be_visible()
    page.get_by_role("button", name="Add these files").click()
    expect(page.get_by_text("Done: 1 document was added.")).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("button", name="Close this summary").click()
    expect(page.get_by_text("Done:")).to_have_count(0)

    # By keyboard alone.
    title(page, "Inspection of Fallowmere").focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=2)
    expect(heading).to_have_text("Inspection of Fallowmere children's services")
    expect(heading).to_be_focused()
    expect(page.get_by_text("Team 0 in Fallowmere")).to_be_visible()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_role("heading", name="Text, page 2 of")).to_be_focused()

    page.reload()
    expect(page.get_by_role("heading", name="Text, page 2 of")).to_be_visible(timeout=WAIT_MS)
    page.get_by_label("Title (read by the program, not checked)").fill(BETTER)
    page.get_by_role("button", name="Save the description").click()
    expect(page.get_by_text("The description is saved.")).to_be_visible()
    expect(heading).to_have_text(BETTER)
    expect(page.get_by_label("Title", exact=True)).to_have_value(BETTER)

    page.get_by_role("button", name="Remove this document").click()
    expect(page.get_by_text("The library is empty.")).to_be_visible()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(title(page, BETTER)).to_be_visible()
    expect(page.locator("img, .stHtml script")).to_have_count(0)


def test_what_cannot_be_read_is_refused_with_a_reason(page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_text("Not a PDF at all.")
    page.get_by_text("Add documents").first.click()
    page.locator("input[type=file]").set_input_files(broken)
    expect(page.get_by_role("button", name="Remove broken.pdf")).to_be_visible()
    page.get_by_role("button", name="Add these files").click()
    expect(page.get_by_text("Done: 1 could not be added.")).to_be_visible(timeout=WAIT_MS)
    refused = page.locator("details.refused")
    expect(refused).to_contain_text("It is named .pdf but is plain text")
    refused.get_by_role("button", name="Take off this list: broken.pdf").click()
    expect(refused).to_have_count(0)


def test_a_search_finds_while_it_is_typed_and_keeps_the_keyboard(page: Page) -> None:
    box = page.get_by_label("Search the library")
    box.press_sequentially("zzz")
    expect(page.get_by_text("No document matches.")).to_be_visible()
    expect(box).to_be_focused()
    page.get_by_role("button", name="Show all").click()
    expect(box).to_have_value("")
    expect(page.locator("table.documents")).to_be_visible()


def test_a_narrow_page_or_large_print_needs_no_scrolling_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 683, "height": 768})
    expect(page.locator("table.documents")).to_be_visible()
    wide = page.evaluate("document.querySelector('.stMain').scrollWidth - innerWidth")
    assert wide <= 0
    label = page.locator("td.publisher").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )
    assert "Publisher" in label


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: `make install` fetches it with npm")
@pytest.mark.parametrize("width", [1366, 683])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_on_the_table_or_on_a_document(
    page: Page, empty_site: str, scheme: Literal["light", "dark"], width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    visit(page, empty_site)
    page.get_by_text("Add documents").first.click()
    expect(page.get_by_label("Web addresses, one on each line")).to_be_visible()
    assert grave_violations(page) == []
    title(page, "inspection").click()
    expect(page.get_by_role("heading", name="Text, page 1 of")).to_be_visible()
    assert grave_violations(page) == []
    page.get_by_role("button", name="Remove this document").click()
    page.get_by_text("Removed documents (1)").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Delete it for good?")).to_be_visible()
    assert grave_violations(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(title(page, "inspection")).to_be_visible()
