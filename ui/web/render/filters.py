"""Pure: the filters that are set, each with the button that takes it away."""

from __future__ import annotations

from rag.question.filters import Filters
from ui.web.controls import Action
from ui.web.render.html import Html, button, removable
from ui.wording.sources import several_words
from ui.wording.translation import tr


def filters_html(filters: Filters, titles: dict[str, str]) -> Html:
    """The filters as removable chips, empty when none is set; `titles` are those of documents."""
    chips: list[Html] = []

    def add(words: str, *about: str) -> None:
        chips.append(
            removable(words, Action("unfilter", about), tr("Search more than {}").format(words))
        )

    for kind in sorted(filters.kinds):
        add(several_words(kind), "kind", kind.value)
    for council in sorted(filters.councils):
        add(council, "council", council)
    for name in sorted(filters.documents):
        add(titles.get(name, name), "document", name)
    if filters.first_year or filters.last_year:
        add(_years(filters), "years")
    if not chips:
        return Html()
    every = button(Action("unfilter", ("all",)), tr("Clear filters")) if len(chips) > 1 else ""
    return Html('<div class="scope set"><span>{}</span><ul>{}</ul>{}</div>').format(
        tr("Searching only"), Html().join(chips), every
    )


def _years(filters: Filters) -> str:
    first, last = filters.first_year, filters.last_year
    if first == last:
        return str(first)
    if first and last:
        return tr("{} to {}").format(first, last)
    return tr("from {}").format(first) if first else tr("to {}").format(last)
