"""A server that has gone away: the reader is told, and what was typed is kept."""

from __future__ import annotations

from pathlib import Path

import served
from playwright.sync_api import Page, expect

pytestmark = served.NEEDS_CHROMIUM
TYPED = "Are caseloads too high?"


def test_a_server_that_is_gone_is_told_of_in_a_readers_words_and_the_question_is_kept(
    page: Page, tmp_path: Path
) -> None:
    command = served.fake_serve(tmp_path)
    box = page.get_by_role("textbox", name="Ask about the documents")
    with served.serving(*command) as address:
        page.goto(address)
        expect(page.locator("html[data-listening]")).to_be_attached()
        expect(box).to_be_enabled()
        box.fill(TYPED)
    expect(page.get_by_role("alert")).to_contain_text("Your question is kept", timeout=20_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    with served.serving(*command):
        expect(page.locator("p.gone")).to_have_count(0)
        expect(box).to_be_enabled()
        expect(box).to_have_value(TYPED)
