"""The Check page: a pasted text, what the documents say to each of its claims, a source beside."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag.claims.splitting import LONGEST
from rag.question.older import older_reports
from rag.saved.checks import SavedCheck
from rag.saved.shares import ShareKind
from rag.types import Document
from ui.export.documents.checks_document import check_paper
from ui.export.formats import WITH_TABLE
from ui.web import controls
from ui.web.controls import Action, Attention
from ui.web.panes import download, export_row, filter_form, page_setup, share_row, source_pane
from ui.web.render.checks import (
    check_html,
    check_tools_html,
    claims_html,
    copy_html,
    deleted_check_html,
    earlier_html,
    parts_html,
)
from ui.web.render.html import note_html, problem_html
from ui.web.render.sources import no_sources_html
from ui.web.session import library_summary, state
from ui.web.session.services import WebServices
from ui.wording.checks import check_for_paper
from ui.wording.translation import N_, tr

_EMPTY_LIBRARY = N_(
    "The library is empty. Add reports and articles on the Library page, then come back to check."
)
_HOW = N_(
    "Paste a sentence, a paragraph or a whole speech. Each claim in it is held "
    "against the documents: supported, contradicted or not found, with the words "
    "that decide it."
)
_NOTHING_YET = N_(
    "Choose a number beside a quote to see the quoted words on their page. Checks "
    "are kept here until you delete them."
)
_NO_CLAIM = N_("There is nothing to check in this text.")
_TEXT = "claims"
_MOST_SHOWN = 50
"""How many of the checks kept are listed at once."""
_SEARCHED_FROM = 8
"""From more checks than this on there is a box to search them."""


@page_setup.over_library
def show(services: WebServices, documents: Sequence[Document]) -> None:
    """Draw the page."""
    visit = state.Visit(services, beside="opened of a check")
    page_setup.dispatch(lambda action: _do(action, services, visit))
    shown = visit.check()
    left, beside = st.columns([11, 9], gap="medium")
    with left:
        if visit.lost_check:
            st.html(problem_html(visit.lost_check))
            visit.lost_check = ""
        _box(visit, shown, documents)
        if shown:
            _check(services, visit, shown)
    with beside, st.container(key="beside"):
        _beside(services, visit, shown)


def _box(visit: state.Visit, shown: SavedCheck | None, documents: Sequence[Document]) -> None:
    """The text to check, and the button that has it checked."""
    if not documents:
        st.html(note_html(tr(_EMPTY_LIBRARY)))
    elif not shown:
        st.html(note_html(tr(_HOW)))
        st.html(note_html(tr("In the library: {}").format(library_summary.summary(documents))))
    filter_form.show(visit, documents)
    with st.form("check", border=False):
        before = shown.text if shown else ""
        text = st.text_area(
            tr("The text to check"), before, height=150, max_chars=LONGEST, key=_TEXT
        )
        pressed = st.form_submit_button(
            tr("Check the claims"), type="primary", disabled=not documents
        )
    if pressed and text.strip():
        with st.spinner(tr("Checking each claim against the documents")):
            visit.check_text(text, visit.filters)
        controls.attend(Attention.FOCUS, "check-title")
        st.rerun()


def _check(services: WebServices, visit: state.Visit, shown: SavedCheck) -> None:
    st.html(check_tools_html(shown.id, sharing=visit.sharing == shown.id))
    share_row.show(services, visit, ShareKind.CHECK, shown.id)
    if shown.problem:
        st.html(problem_html(shown.problem))
        return
    if not shown.parts:
        st.html(note_html(tr(_NO_CLAIM)))
        return
    older = older_reports(services.library.documents())
    st.html(check_html(shown.parts))
    with st.container(key="check-tools", horizontal=True):
        st.html(copy_html(shown.parts, older, exporting=bool(visit.exporting)), width="content")
        text = check_for_paper(shown.parts, older)
        download.button(
            services.person,
            tr("Download as text"),
            lambda: text,
            "claims-checked.txt",
            "text/plain",
        )
    if visit.exporting:
        export_row.show(
            "check",
            tr("Claims checked"),
            lambda now: check_paper(shown.parts, services.library.documents(), now),
            WITH_TABLE,
        )
    st.html(claims_html(shown.parts, older))


def _beside(services: WebServices, visit: state.Visit, shown: SavedCheck | None) -> None:
    parts = shown.parts if shown else ()
    verdicts = [part.verdict for part in parts]
    if source_pane.show_opened(services, visit, state.cited(verdicts, visit.opened)):
        return
    if parts:
        st.html(parts_html(parts))
        st.html(note_html(tr(_NOTHING_YET)))
    else:
        st.html(no_sources_html(tr(_NOTHING_YET)))
    _kept(services, visit, shown)


def _kept(services: WebServices, visit: state.Visit, shown: SavedCheck | None) -> None:
    """The checks kept, and the one deleted last, as long as that can be undone."""
    if visit.deleted_check:
        st.html(deleted_check_html(visit.deleted_check))
    every = services.checks.listed()
    if not every:
        return
    sought = ""
    if len(every) > _SEARCHED_FROM:
        sought = st.text_input(tr("Search checks"), key="checks sought", type="search", live=True)
    lines = services.checks.listed(sought) if sought.strip() else every
    if lines:
        st.html(earlier_html(lines[:_MOST_SHOWN], shown.id if shown else None))
    else:
        st.html(note_html(tr("No check has these words.")))


def _do(action: Action | None, services: WebServices, visit: state.Visit) -> None:
    """Do what a control asks for; one that asks for nothing known is passed over."""
    if source_pane.do(action, visit) or share_row.do(action, services, visit):
        return
    match action:
        case Action("export", (what,)):
            export_row.toggle(visit, what)
        case Action("unfilter", about):
            filter_form.take_away(visit, about)
        case Action("check", (identity,)):
            _go(visit, identity)
            controls.attend(Attention.FOCUS, "check-title")
        case Action("new-check" | "home"):
            _go(visit, None)
        case Action("delete-check", (identity,)):
            services.checks.delete(identity)
            visit.deleted_check = identity
            _go(visit, None)
            controls.attend(Attention.FOCUS, "undo-delete")
        case Action("restore-check", (identity,)):
            services.checks.restore(identity)
            visit.deleted_check = None
            _go(visit, identity)


def _go(visit: state.Visit, identity: str | None) -> None:
    """Go to a check, or to a new one: the box takes its text when it is drawn anew."""
    visit.open_check(identity)
    st.session_state.pop(_TEXT, None)
