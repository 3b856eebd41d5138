"""The pages Prepare and Record in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import exported
import pytest
import served
from axe import AXE, grave_violations
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from rag.saved.packs import SavedPacks

pytestmark = served.NEEDS_CHROMIUM

WAIT_MS = 60_000
SUBJECT = "Council or topic"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application over the tests' own documents; pack 1 is kept already."""
    folder = tmp_path_factory.mktemp("packs")
    kept = SavedPacks(folder / "library")
    kept.keep(exported.pack())
    kept.close()
    with served.serving(*served.fake_serve(folder)) as address:
        yield address


def kept_pack(page: Page, address: str) -> None:
    """Open the pack that is kept."""
    page.goto(f"{address}/prepare?pack=1")
    expect(page.locator("#pack-title")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator("figure.chart")).to_have_count(2, timeout=WAIT_MS)
    expect(page.locator("html[data-listening]")).to_be_attached(timeout=WAIT_MS)


def question(page: Page, number: int) -> Locator:
    return page.locator("article.enquiry").nth(number - 1)


def test_a_pack_is_made_by_keyboard_and_found_again(page: Page, site: str) -> None:
    page.goto(f"{site}/prepare")
    page.get_by_role("textbox", name=SUBJECT).fill("Fallowmere")
    page.keyboard.press("Enter")
    expect(page.locator("#pack-title")).to_be_focused(timeout=WAIT_MS)
    expect(page).to_have_title("Prepare · Scrutiny Desk")
    assert re.search(r"\?pack=\d+$", page.url)
    page.reload()
    expect(page.locator("#pack-title")).to_contain_text("Fallowmere", timeout=WAIT_MS)


def test_a_question_is_moved_by_keyboard_and_keeps_it(page: Page, site: str) -> None:
    kept_pack(page, site)
    words = question(page, 3).locator(".words").inner_text()
    page.get_by_role("button", name="Move up: question 3").press("Enter")
    expect(question(page, 2).locator(".words")).to_have_text(words)
    up = page.get_by_role("button", name="Move up: question 2")
    expect(up).to_be_focused()
    up.press("Enter")
    expect(page.get_by_role("button", name="Move down: question 1")).to_be_focused()
    page.reload()
    expect(question(page, 1).locator(".words")).to_have_text(words, timeout=WAIT_MS)


def test_a_question_is_reworded_and_left_out_and_comes_back(page: Page, site: str) -> None:
    kept_pack(page, site)
    page.get_by_role("button", name="Reword: question 1").click()
    box = page.get_by_role("textbox", name="Question 1 in your words")
    box.fill("Who answers for this?")
    page.get_by_role("button", name="Keep this wording").click()
    expect(question(page, 1).locator(".words")).to_have_text("Who answers for this?")
    expect(page.get_by_role("button", name="Reword: question 1")).to_be_focused()
    page.get_by_role("button", name="Leave out: question 1").click()
    expect(page.get_by_role("heading", name="Left out (1)")).to_be_focused()
    page.get_by_role("button", name="Put back").click()
    expect(page.locator("article.enquiry")).to_have_count(3)


def test_a_chip_opens_its_source_and_gives_the_keyboard_back(page: Page, site: str) -> None:
    kept_pack(page, site)
    chip = question(page, 1).locator("button.chip").first
    chip.press("Enter")
    expect(page.locator(".viewer h2")).to_be_focused()
    page.get_by_role("button", name="Back to the sources").press("Enter")
    expect(chip).to_be_focused()


def test_the_contents_lead_to_a_part(page: Page, site: str) -> None:
    kept_pack(page, site)
    page.locator(".contents").get_by_role("button", name="Briefing for a new member").click()
    expect(page.locator("#briefing-title")).to_be_focused()
    expect(page.locator("#briefing-title")).to_be_in_viewport()


def test_a_pack_is_downloaded(page: Page, site: str) -> None:
    kept_pack(page, site)
    page.get_by_role("button", name="Export this pack").click()
    for label, begins in (("Word", b"PK\x03\x04"), ("PDF", b"%PDF-")):
        with page.expect_download() as download:
            page.get_by_role("button", name=label, exact=True).click()
        assert download.value.suggested_filename.startswith("care-leavers-in-fallowmere-20")
        assert download.value.path().read_bytes().startswith(begins)


def test_a_record_is_shown_and_downloaded_as_a_table(page: Page, site: str) -> None:
    page.goto(f"{site}/record")
    page.get_by_role("button", name="Export the timeline").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Table (CSV)", exact=True).click()
    assert '"Precision"' in download.value.path().read_text(encoding="utf-8-sig")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: `make install` fetches it with npm")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_has_a_grave_violation_of_accessibility(
    browser: Browser, site: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.set_default_timeout(WAIT_MS)
    page.goto(f"{site}/prepare")
    expect(page.get_by_role("textbox", name=SUBJECT)).to_be_visible()
    _sound(page)
    kept_pack(page, site)
    page.get_by_role("button", name="Reword: question 2").click()
    expect(page.get_by_role("button", name="Keep this wording")).to_be_visible()
    page.get_by_role("button", name="Delete this pack").click()
    expect(page.get_by_role("button", name="No, keep it")).to_be_visible()
    for summary in page.locator("summary").all():
        summary.click()
    _sound(page)
    page.get_by_role("button", name="No, keep it").click()
    page.goto(f"{site}/record")
    expect(page.locator("#timeline-title")).to_be_visible()
    _sound(page)
    page.close()


def _sound(page: Page) -> None:
    page.wait_for_timeout(700)  # what fades in has faded in
    assert grave_violations(page) == []


@pytest.mark.parametrize("width", [683, 820, 1366])
def test_nothing_runs_off_the_side_of_the_page(browser: Browser, site: str, width: int) -> None:
    # 683 is a laptop's 1366 at a zoom of 200%, 820 a tablet.
    page = browser.new_page(viewport=ViewportSize(width=width, height=768))
    page.set_default_timeout(WAIT_MS)
    kept_pack(page, site)
    over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0
    page.close()


def test_the_other_pages_are_reached_on_a_narrow_screen_too(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport=ViewportSize(width=683, height=768))
    page.set_default_timeout(WAIT_MS)
    kept_pack(page, site)
    page.get_by_role("link", name="Record").click()
    expect(page.locator("#judgements-title")).to_be_visible()
    page.close()
