"""What the reader will have searched: kinds, councils, years; set, seen and undone by the box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from rag.question.filters import Filters
from rag.question.scope import held_councils
from rag.types import Document, Kind
from ui.web.render.filters import filters_html
from ui.web.render.html import Html
from ui.web.session.state import Visit
from ui.wording.sources import several_words
from ui.wording.translation import tr

_KEYS = ("filter kinds", "filter councils", "filter first", "filter last")


def show(visit: Visit, documents: Sequence[Document], beside: Html | None = None) -> None:
    """Draw the filters that are set, and the way to set others; `beside` is HTML of the page's."""
    if not documents:
        return
    titles = {d.name: d.description.title for d in documents if d.name in visit.filters.documents}
    left, right = st.columns([1, 4], vertical_alignment="center", gap="small")
    with left, st.popover(tr("Filters"), width="stretch"):
        visit.filters = _form(visit.filters, documents)
    chips = filters_html(visit.filters, titles)
    if beside:
        chips = beside + chips
    if chips:
        right.html(chips)


def take_away(visit: Visit, about: tuple[str, ...]) -> None:
    """Undo a filter: all of them, or the one named."""
    filters = visit.filters
    match about:
        case ("all",):
            filters = Filters()
        case ("kind", kind):
            filters = replace(filters, kinds=filters.kinds - {Kind(kind)})
        case ("council", council):
            filters = replace(filters, councils=filters.councils - {council})
        case ("document", name):
            filters = replace(filters, documents=filters.documents - {name})
        case ("years",):
            filters = replace(filters, first_year=None, last_year=None)
    visit.filters = filters
    # The widgets take their values from the filters when they are drawn anew.
    for key in _KEYS:
        st.session_state.pop(key, None)


def _form(filters: Filters, documents: Sequence[Document]) -> Filters:
    kinds_held = {document.description.kind for document in documents}
    kinds = st.multiselect(
        tr("Kinds of source"),
        [kind for kind in Kind if kind in kinds_held],
        default=sorted(filters.kinds & kinds_held),
        format_func=lambda kind: several_words(kind).capitalize(),
        placeholder=tr("Every kind"),
        key=_KEYS[0],
    )
    names = sorted(held_councils(documents))
    councils = st.multiselect(
        tr("Councils"),
        names,
        default=sorted(filters.councils & set(names)),
        placeholder=tr("Every council"),
        key=_KEYS[1],
    )
    first, last = _years(filters, documents)
    return replace(
        filters,
        kinds=frozenset(kinds),
        councils=frozenset(councils),
        first_year=first,
        last_year=last,
    )


def _years(filters: Filters, documents: Sequence[Document]) -> tuple[int | None, int | None]:
    years = sorted({year for document in documents for year in document.description.years})
    if len(years) < 2:
        return None, None
    every = list(range(years[0], years[-1] + 1))
    left, right = st.columns(2)
    first = left.selectbox(
        tr("From year"),
        every,
        index=_at(every, filters.first_year),
        placeholder=tr("Any"),
        key=_KEYS[2],
    )
    last = right.selectbox(
        tr("To year"),
        every,
        index=_at(every, filters.last_year),
        placeholder=tr("Any"),
        key=_KEYS[3],
    )
    return first, last


def _at(years: Sequence[int], year: int | None) -> int | None:
    return years.index(year) if year in years else None
