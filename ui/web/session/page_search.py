"""Pure: where words stand in a document, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.types import Page

MOST = 30
"""Places that are told."""
_AROUND = 60
"""Characters told before and after."""
_LONGEST = 200
"""Of what is looked for, in characters."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place on page `page`: the words found, and what stands before and after them."""

    page: int
    before: str
    words: str
    after: str


def places(pages: Iterable[Page], words: str) -> tuple[Found, ...]:
    """Where the words stand one after another, in any case and across lines, up to `MOST`."""
    parts = words[:_LONGEST].split()
    if not parts:
        return ()
    sought = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    found: list[Found] = []
    for page in pages:
        for match in sought.finditer(page.text):
            if len(found) == MOST:
                return tuple(found)
            found.append(_found(page, match))
    return tuple(found)


def _found(page: Page, match: re.Match[str]) -> Found:
    start, end = match.span()
    before = page.text[max(start - _AROUND, 0) : start]
    after = page.text[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + before.partition(" ")[2]
    if end + _AROUND < len(page.text):
        after = after.rpartition(" ")[0] + "…"
    return Found(page.number, before, match.group(), after)
