"""Pure: where words stand in a document, each place with the way to its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.web.controls import Action
from ui.web.render.html import Html, button, note_html
from ui.web.session.page_search import MOST, Found
from ui.wording.lists import count_words
from ui.wording.translation import tr


def found_html(found: Sequence[Found], turn: Callable[[int], Action]) -> Html:
    """The places; `turn` gives what opens a page."""
    if not found:
        return note_html(tr("These words were not found in this document."))
    first = (
        tr("The first {} places").format(MOST)
        if len(found) == MOST
        else count_words(len(found), "place", "places")
    )
    items = Html()
    for number, place in enumerate(found):
        page = button(
            turn(place.page), tr("Page {}").format(place.page), key=f"found-{number}",
            label=tr("Page {}: {}").format(place.page, place.words),
        )  # fmt: skip
        items += Html("<li>{} {}<mark>{}</mark>{}</li>").format(
            page, place.before, place.words, place.after
        )
    return Html('<div class="found" role="status"><p class="note">{}</p><ul>{}</ul></div>').format(
        first, items
    )
