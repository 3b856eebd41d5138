"""The Library page: everything held, the way to add to it, and what was refused or removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from rag.errors import ScrutinyError
from rag.types import Kind
from ui.web import controls
from ui.web.pages import document
from ui.web.panes import job_pane, library_actions, upload_form
from ui.web.panes.library_actions import COUNCIL, KIND, WORDS
from ui.web.render.html import Html, note_html, problem_html
from ui.web.render.library import aside_html, refused_html, removed_html, table_html, told_html
from ui.web.session import library_summary, state
from ui.web.session.library_session import LibrarySession
from ui.web.session.library_table import LibraryRow, TableQuery, councils_of, row_of, table_page
from ui.web.session.services import WebServices

_EMPTY = (
    "The library is empty. Begin by adding inspection reports, council documents or news articles "
    "below: choose the files, then “Add these files”. When they are added, ask about them on the "
    "Ask page."
)


def show() -> None:
    """Draw the page."""
    browsing = LibrarySession()
    try:
        with st.spinner("Opening the library"):
            bench = state.bench()
        library_actions.do(controls.chosen_action(), bench, browsing)
        _draw(bench, browsing)
    except ScrutinyError as error:
        st.html(problem_html(str(error)))


def _draw(bench: WebServices, browsing: LibrarySession) -> None:
    # A container for what comes and goes: what stands below it stays the same to the browser, and
    # keeps the keyboard.
    with st.container(key="told-here"):
        if browsing.notice or browsing.problem:
            st.html(told_html(browsing.notice, browsing.problem))
            browsing.notice = browsing.problem = ""
    name = browsing.document
    if name is None:
        _shelf(bench, browsing)
    else:
        document.show(bench, browsing, name)


def _shelf(bench: WebServices, browsing: LibrarySession) -> None:
    _head(bench)
    with st.container(key="happening"):
        job_pane.show(bench)
        for one in bench.library.aside():
            if one.name == browsing.removed:
                st.html(removed_html(one))
    rows = [row_of(entry) for entry in bench.library.entries()]
    upload_form.show(bench, browsing, expanded=not rows)
    if rows:
        _table(rows, browsing)
    _lists(bench, browsing)


def _head(bench: WebServices) -> None:
    documents = bench.library.documents()
    note = f"In the library: {library_summary.summary(documents)}" if documents else _EMPTY
    st.html(Html('<h2 id="library-title" tabindex="-1">Library</h2>{}').format(note_html(note)))


def _table(rows: Sequence[LibraryRow], browsing: LibrarySession) -> None:
    browsing.narrow(_narrowed(rows, browsing.query))
    st.html(table_html(table_page(rows, browsing.query), browsing.query))


def _narrowed(rows: Sequence[LibraryRow], wanted: TableQuery) -> TableQuery:
    """What is wanted of the table, by the search box and the two filters."""
    councils = councils_of(rows)
    if st.session_state.get(COUNCIL) not in councils:
        st.session_state[COUNCIL] = ""
    search, kind, council = st.columns([3, 1, 1])
    words = search.text_input(
        "Search the library", key=WORDS, type="search", live=True, persist_state="session",
        placeholder="Title, file name, publisher or council",
    )  # fmt: skip
    of_kind = kind.selectbox(
        "Kind", ["", *Kind], key=KIND, format_func=_kind, persist_state="session"
    )
    about = council.selectbox(
        "Council", ["", *councils], key=COUNCIL, format_func=_council, persist_state="session"
    )
    return replace(
        wanted, words=words, kind=Kind(of_kind) if of_kind else None, council=about or None
    )


def _kind(kind: str) -> str:
    return Kind(kind).words.capitalize() if kind else "Every kind"


def _council(council: str) -> str:
    return council or "Every council"


def _lists(bench: WebServices, browsing: LibrarySession) -> None:
    unfolded = browsing.unfolded
    refused = refused_html(bench.library.refused(), opened=unfolded == "refused")
    aside = aside_html(bench.library.aside(), browsing.discarding, opened=unfolded == "aside")
    if refused or aside:
        st.html(refused + aside)
