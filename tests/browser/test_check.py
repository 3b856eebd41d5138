"""The Check page in a real browser, over the demonstration documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
import served
from axe import AXE, grave_violations
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

pytestmark = served.NEEDS_CHROMIUM

WAIT_MS = 60_000
SPEECH = (
    "In 2024 Wrenmoor's care leavers were judged inadequate. "
    "The council spent £40 million on a swimming pool in 2019. "
    "In Wrenmoor the proportion of social work posts held by agency workers "
    "has risen from 9% to 17%. "
    "Is that good enough?"
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    yield page
    context.close()


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="The text to check")


def check(page: Page, address: str, text: str = SPEECH) -> None:
    """Paste a text, and wait for its verdicts."""
    page.goto(f"{address}/check")
    box(page).fill(text)
    page.get_by_role("button", name="Check the claims").click()
    expect(page.get_by_role("article").first).to_be_visible(timeout=WAIT_MS)


def viewer(page: Page) -> Locator:
    return page.locator(".viewer")


def test_a_pasted_speech_is_checked_and_its_source_opens_at_the_words(
    page: Page, real_site: str
) -> None:
    check(page, real_site)
    expect(page).to_have_title("Check · Scrutiny Desk")
    for name in (
        "Claim 1: Contradicted",
        "Claim 2: Not found",
        "Claim 3: Supported",
        "Sentence 4: Not checkable",
    ):
        expect(page.get_by_role("article", name=name)).to_be_attached()
    first = page.get_by_role("article", name="Claim 1: Contradicted")
    expect(first.locator("h3 mark.differs")).to_have_text("inadequate")
    expect(first.locator("q mark.differs")).to_have_text("Outstanding")
    chip = first.get_by_role("button", name="Source 1 of claim 1")
    chip.click()
    expect(viewer(page).locator(".box").first).to_be_in_viewport(timeout=WAIT_MS)
    expect(viewer(page).get_by_role("heading", level=2)).to_be_focused()
    page.get_by_role("button", name="Back to the sources").click()
    expect(viewer(page)).to_have_count(0)
    expect(chip).to_be_focused()


def test_a_check_is_made_by_keyboard_and_survives_another_page(page: Page, real_site: str) -> None:
    page.goto(f"{real_site}/check")
    box(page).fill(SPEECH)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="3 claims: ")).to_be_focused(timeout=WAIT_MS)
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", name="What it will not do")).to_be_visible()
    page.get_by_role("link", name="Check").click()
    expect(page.get_by_role("article")).to_have_count(4)
    expect(box(page)).to_have_value(SPEECH)


def test_the_contents_lead_to_a_claim(page: Page, real_site: str) -> None:
    check(page, real_site)
    page.locator(".contents").get_by_role("button").nth(2).click()
    expect(page.locator("#claim-3-title")).to_be_focused()
    expect(page.locator("#claim-3-title")).to_be_in_viewport()


def test_the_nearest_passages_are_closed_until_asked_for(page: Page, real_site: str) -> None:
    check(page, real_site)
    missed = page.get_by_role("article", name="Claim 2: Not found")
    expect(missed.locator("blockquote").first).to_be_hidden()
    missed.locator("summary").click()
    missed.get_by_role("button", name="Show it on its page").first.click()
    expect(viewer(page)).to_be_visible()


def test_a_whole_check_is_copied_and_downloaded(page: Page, real_site: str) -> None:
    check(page, real_site)
    page.get_by_role("button", name="Copy the check").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert "1. Contradicted: In 2024 Wrenmoor's care leavers were judged inadequate." in copied
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as text").click()
    assert download.value.suggested_filename == "claims-checked.txt"
    assert download.value.path().read_text(encoding="utf-8") == copied.replace("\r\n", "\n")


def test_hostile_words_show_as_text_and_run_nothing(page: Page, real_site: str) -> None:
    text = "The council said <img src=x onerror=\"document.title='owned'\"> in 2024 $x^2$."
    check(page, real_site, text)
    expect(page.get_by_role("article").first).to_contain_text("<img src=x onerror=")
    assert page.locator("article img, .contents img, .katex").count() == 0
    expect(page).to_have_title("Check · Scrutiny Desk")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: `make install` fetches it with npm")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_has_a_grave_violation_of_accessibility(
    browser: Browser, real_site: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(f"{real_site}/check")
    expect(box(page)).to_be_visible()
    page.wait_for_timeout(500)  # what fades in has faded in
    assert grave_violations(page) == []
    check(page, real_site)
    page.locator("summary").first.click()
    page.wait_for_timeout(500)
    assert grave_violations(page) == []
    page.locator("button.chip").first.click()
    expect(viewer(page)).to_be_visible()
    page.wait_for_timeout(500)
    assert grave_violations(page) == []
    context.close()


@pytest.mark.parametrize("width", [683, 820, 1366])
def test_nothing_runs_off_the_side_of_the_page(
    browser: Browser, real_site: str, width: int
) -> None:
    # 683 is a laptop's 1366 at a zoom of 200%, 820 a tablet.
    context = browser.new_context(viewport=ViewportSize(width=width, height=768))
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    check(page, real_site)
    over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0
    context.close()
