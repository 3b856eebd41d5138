"""Pure: the filters that are set, each with the button that takes it away."""

from __future__ import annotations

from rag.question.filters import Filters
from ui.web.controls import Action
from ui.web.render.html import button, removable


def filters_html(filters: Filters, titles: dict[str, str]) -> str:
    """The filters as removable chips, empty when none is set; `titles` are those of documents."""
    rows: list[tuple[str, tuple[str, ...]]] = [
        *((kind.plural, ("kind", kind.value)) for kind in sorted(filters.kinds)),
        *((council, ("council", council)) for council in sorted(filters.councils)),
        *((titles.get(name, name), ("document", name)) for name in sorted(filters.documents)),
    ]
    if filters.first_year or filters.last_year:
        rows.append((_years(filters), ("years",)))
    if not rows:
        return ""
    chips = "".join(
        removable(words, Action("unfilter", about), f"Search more than {words}")
        for words, about in rows
    )
    every = button(Action("unfilter", ("all",)), "Clear filters") if len(rows) > 1 else ""
    return f'<div class="scope set"><span>Searching only</span><ul>{chips}</ul>{every}</div>'


def _years(filters: Filters) -> str:
    first, last = filters.first_year, filters.last_year
    if first == last:
        return str(first)
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"to {last}"
