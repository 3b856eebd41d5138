"""Doing what a control of the Library page asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from ingest.sources.upload import stored_upload
from rag.errors import ScrutinyError
from rag.question.filters import Filters
from rag.types import Description
from ui.web import controls
from ui.web.controls import Action, Attention
from ui.web.render.library import mark_of
from ui.web.session import description_edit, state
from ui.web.session.library_session import LibrarySession
from ui.web.session.library_table import Column, chosen_column
from ui.web.session.services import WebServices
from ui.wording.translation import tr

WORDS, KIND, COUNCIL = "documents sought", "documents of kind", "documents of council"
DOUBTFUL = "documents to check"
"""The keys of the widgets that narrow the table."""


def do(action: Action | None, services: WebServices, browsing: LibrarySession) -> None:
    """Do what was chosen, or have told why it cannot be done; what is unknown is passed over."""
    if action is None:
        return
    try:
        _look(action, services, browsing)
        _lists(action, services, browsing)
        _document(action, services, browsing)
    except ScrutinyError as error:
        browsing.problem = str(error)
        controls.attend(Attention.FOCUS, "told")


def describe(
    services: WebServices, browsing: LibrarySession, name: str, wanted: Description
) -> None:
    """Give a document another description, and tell whether that was done."""
    try:
        services.changes.describe(name, wanted)
    except ScrutinyError as error:
        browsing.problem = str(error)
    else:
        browsing.notice = tr("The description is saved.")


def _look(action: Action, services: WebServices, browsing: LibrarySession) -> None:
    match action:
        case Action("document", (name,)):
            browsing.open(name)
            controls.attend(Attention.FOCUS, "document-title")
        case Action("text-page", (name, page)) if page.isdecimal():
            browsing.open(name, int(page))
            controls.attend(Attention.FOCUS, "text-title")
        case Action("library" | "home"):
            before = browsing.document
            browsing.open(None)
            controls.attend(Attention.FOCUS, mark_of(before) if before else "library-title")
        case Action("sort", (column,)) if column in set(Column):
            browsing.query = chosen_column(browsing.query, Column(column))
            controls.attend(Attention.BACK)
        case Action("part", (part,)) if part.isdecimal():
            browsing.query = replace(browsing.query, part=int(part))
            controls.attend(Attention.FOCUS, "documents-count")
        case Action("show-all"):
            for widget in (WORDS, KIND, COUNCIL):
                st.session_state[widget] = ""
            st.session_state[DOUBTFUL] = False
            controls.attend(Attention.FOCUS, "documents-count")
        case Action("stop-job"):
            services.jobs.stop()
        case Action("dismiss-job"):
            services.jobs.dismiss()
            controls.attend(Attention.FOCUS, "library-title")


def _lists(action: Action, services: WebServices, browsing: LibrarySession) -> None:
    library = services.library
    match action:
        case Action("dismiss-refused", (name,)):
            services.changes.forget_refused(name)
            browsing.unfolded = "refused"
            controls.attend(Attention.FOCUS, "refused-summary")
        case Action("dismiss-all-refused"):
            for document in library.refused():
                services.changes.forget_refused(document.name)
            controls.attend(Attention.FOCUS, "library-title")
        case Action("checked-in-list", (name,)):
            about = library.entry(name).document.description
            describe(services, browsing, name, description_edit.checked(about))
            browsing.unfolded = "checks"
            controls.attend(Attention.FOCUS, "told")
        case Action("put-back", (name,)):
            _change(
                services,
                browsing,
                services.changes.put_back,
                name,
                tr("“{}” is in the library again."),
            )
        case Action("discard", (name,)):
            browsing.discarding = name
            controls.attend(Attention.FOCUS, "certain")
        case Action("discard-not"):
            browsing.unfolded, browsing.discarding = "aside", None
            controls.attend(Attention.FOCUS, "aside-summary")
        case Action("discard-certainly", (name,)):
            _change(
                services, browsing, services.changes.discard, name, tr("“{}” was deleted for good.")
            )


def _change(
    services: WebServices,
    browsing: LibrarySession,
    change: Callable[[str], None],
    name: str,
    outcome: str,
) -> None:
    """Put a removed document back, or delete it."""
    browsing.discarding = None
    browsing.unfolded = "aside"
    titles = {document.name: document.title for document in services.library.aside()}
    change(name)
    browsing.removed = None
    browsing.notice = outcome.format(titles.get(name, name))
    controls.attend(Attention.FOCUS, "told")


def _document(action: Action, services: WebServices, browsing: LibrarySession) -> None:
    match action:
        case Action("ask-about", (name,)):
            # In a new conversation, in which this document alone is searched.
            visit = state.Visit(services)
            visit.open_conversation(None)
            visit.filters = Filters(documents=frozenset({name}))
            st.switch_page(state.PAGES["Ask"])
        case Action("read-again", (name,)):
            source = stored_upload(services.library, name)
            services.jobs.start([source], services.settings, services.library, again=True)
            controls.attend(Attention.FOCUS, "job-title")
        case Action("remove", (name,)):
            services.changes.set_aside(name)
            browsing.removed = name
            browsing.open(None)
            controls.attend(Attention.FOCUS, "undo-remove")
        case Action("checked", (name,)):
            about = services.library.entry(name).document.description
            describe(services, browsing, name, description_edit.checked(about))
            controls.attend(Attention.FOCUS, "told")
