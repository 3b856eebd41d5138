"""A document's page: what it is, its text, its description and the documents it nearly repeats."""

from __future__ import annotations

import streamlit as st

from rag.access.roles import Permission
from rag.errors import UnknownDocument
from ui.web.controls import Action
from ui.web.panes import description_form, document_tools, job_pane
from ui.web.render.document import document_head_html, text_html, unknown_html
from ui.web.render.library import titled_html
from ui.web.session.library_session import LibrarySession
from ui.web.session.services import WebServices
from ui.wording.sources import RELATIONS
from ui.wording.translation import tr


def show(services: WebServices, browsing: LibrarySession, name: str) -> None:
    """Draw the page of the document `name`, or say that it is not held."""
    try:
        entry = services.library.entry(name)
    except UnknownDocument:
        removed = {document.name for document in services.library.aside()}
        st.html(unknown_html(name, aside=name in removed))
        return
    may_change = services.person.may(Permission.REMOVE_DOCUMENTS)
    st.html(document_head_html(entry, may_change=may_change))
    with st.container(key="happening"):
        job_pane.show_ingest(services, name)
        titles = {d.name: d.description.title for d in services.library.documents()}
        related = {name: titles[name] for name in entry.document.related if name in titles}
        if related:
            st.html(titled_html(tr("Nearly the same text stands in"), related))
        for relation in services.library.relations().get(name, ()):
            other = relation.document
            st.html(titled_html(tr(RELATIONS[relation.kind]), {other: titles[other]}))
    text, form = st.columns([11, 9], gap="medium")
    with text:
        page = min(max(browsing.page, 1), max(entry.pages, 1))
        words = services.library.page_text(name, page)
        st.html(text_html(name, words, page, entry.pages))
        document_tools.show(services, name, lambda page: Action("text-page", (name, str(page))))
    with form, st.container(key="describing"):
        description_form.show(services, browsing, entry)
