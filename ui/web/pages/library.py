"""The Library page: everything held, the way to add to it, and what was refused or removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from rag.access.roles import Permission
from rag.errors import ScrutinyError
from rag.question.older import older_reports
from rag.types import Kind
from ui.web import controls
from ui.web.pages import document as document_page
from ui.web.panes import job_pane, library_actions, upload_form
from ui.web.panes.library_actions import COUNCIL, DOUBTFUL, KIND, WORDS
from ui.web.render.html import Html, note_html, problem_html
from ui.web.render.library import (
    aside_html,
    checks_html,
    new_html,
    refused_html,
    removed_html,
    table_html,
    told_html,
)
from ui.web.session import library_summary, state
from ui.web.session.library_checks import documents_to_check
from ui.web.session.library_session import LibrarySession
from ui.web.session.library_table import LibraryRow, TableQuery, councils_of, row_of, table_page
from ui.web.session.services import WebServices
from ui.wording.sources import kind_words, older_note
from ui.wording.translation import N_, tr

_EMPTY = N_(
    "The library is empty. Begin by adding inspection reports, council documents "
    "or news articles below: choose the files, then “Add these files”. When they "
    "are added, ask about them on the Ask page."
)
_EMPTY_TO_READERS = N_("The library is empty. An officer of this desk adds documents to it.")


def show() -> None:
    """Draw the page."""
    browsing = LibrarySession()
    try:
        with st.spinner(tr("Opening the library")):
            services = state.services()
        library_actions.do(controls.chosen_action(), services, browsing)
        _draw(services, browsing)
    except ScrutinyError as error:
        st.html(problem_html(str(error)))


def _draw(services: WebServices, browsing: LibrarySession) -> None:
    # A container for what comes and goes: what stands below it stays the same to the browser, and
    # keeps the keyboard.
    with st.container(key="told-here"):
        if browsing.notice or browsing.problem:
            st.html(told_html(browsing.notice, browsing.problem))
            browsing.notice = browsing.problem = ""
        if services.person.may(Permission.REMOVE_DOCUMENTS):
            for said in services.library.repairs:
                st.html(note_html(said))
    name = browsing.document
    if name is None:
        _shelf(services, browsing)
    else:
        document_page.show(services, browsing, name)


def _shelf(services: WebServices, browsing: LibrarySession) -> None:
    library = services.library
    documents, removed = library.documents(), library.aside()
    empty = tr(_EMPTY if services.person.may(Permission.ADD_DOCUMENTS) else _EMPTY_TO_READERS)
    note = (
        tr("In the library: {}").format(library_summary.summary(documents)) if documents else empty
    )
    head = Html('<h2 id="library-title" tabindex="-1">{}</h2>{}')
    st.html(head.format(tr("What is held"), note_html(note)))
    with st.container(key="happening"):
        job_pane.show_ingest(services)
        for document in removed:
            if document.name == browsing.removed:
                st.html(removed_html(document))
        if new := state.new_documents(services):
            st.html(new_html(new))
    entries = library.entries()
    older = older_reports(documents)
    rows = [row_of(entry, older_note(entry.document.name, older)) for entry in entries]
    if services.person.may(Permission.ADD_DOCUMENTS):
        upload_form.show(services, browsing, expanded=not rows)
    if rows:
        may_check = services.person.may(Permission.DESCRIBE_DOCUMENTS)
        browsing.narrow(_narrowed(rows, browsing.query, may_check=may_check))
        st.html(table_html(table_page(rows, browsing.query), browsing.query))
    if services.person.may(Permission.REMOVE_DOCUMENTS):
        _lists(services, browsing)


def _lists(services: WebServices, browsing: LibrarySession) -> None:
    """What whoever looks after the library should look at."""
    library, unfolded = services.library, browsing.unfolded
    entries, removed = library.entries(), library.aside()
    lists = (
        checks_html(documents_to_check(entries), opened=unfolded == "checks")
        + refused_html(library.refused(), opened=unfolded == "refused")
        + aside_html(removed, browsing.discarding, opened=unfolded == "aside")
    )
    if lists:
        st.html(lists)


def _narrowed(rows: Sequence[LibraryRow], query: TableQuery, *, may_check: bool) -> TableQuery:
    """What is to be seen of the table, by the search box and the filters."""

    def option_words(kind: str) -> str:
        return kind_words(Kind(kind)) if kind else tr("Every kind")

    councils = councils_of(rows)
    if st.session_state.get(COUNCIL) not in councils:
        st.session_state[COUNCIL] = ""
    left, middle, right = st.columns([3, 1, 1])
    words = left.text_input(
        tr("Search the library"), key=WORDS, type="search", live=True, persist_state="session",
        placeholder=tr("Title, file name, publisher or council"),
    )  # fmt: skip
    kind = middle.selectbox(
        tr("Kind"), ["", *Kind], key=KIND, format_func=option_words, persist_state="session"
    )
    council = right.selectbox(
        tr("Council"), ["", *councils], key=COUNCIL, persist_state="session",
        format_func=lambda council: council or tr("Every council"),
    )  # fmt: skip
    doubtful = may_check and _doubtful(rows)
    return replace(
        query,
        words=words,
        kind=Kind(kind) if kind else None,
        council=council or None,
        doubtful=doubtful,
    )


def _doubtful(rows: Sequence[LibraryRow]) -> bool:
    """Whether only the documents whose description needs checking are to be seen."""
    number = sum(1 for row in rows if row.doubts)
    if not number:
        st.session_state[DOUBTFUL] = False
        return False
    words = tr("Needs checking ({:,})").format(number)
    return st.checkbox(words, key=DOUBTFUL, persist_state="session")
