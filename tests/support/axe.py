"""Accessibility as axe-core sees it, in the real page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
_RUN = "() => axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"


def grave_violations(page: Page) -> list[str]:
    """The serious and critical violations on the page as it stands, a line each."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    return [
        f"{found['impact']}: {found['id']}: {found['help']}: {node['html'][:160]}"
        for found in page.evaluate(_RUN)
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]
