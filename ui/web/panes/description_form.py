"""The form in which a person puts a document's description right."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import streamlit as st

from ingest.metadata.describe import described_anew
from rag.access.roles import Permission
from rag.library.codec import dump_description
from rag.library.tables import LibraryEntry
from rag.question.scope import held_councils
from rag.types import Description, Kind
from ui.web import controls
from ui.web.controls import Attention
from ui.web.panes.library_actions import describe
from ui.web.render.document import unchecked_html
from ui.web.render.html import Html, problem_html
from ui.web.session import description_edit
from ui.web.session.description_edit import BadDescription, TypedDescription
from ui.web.session.library_session import LibrarySession
from ui.web.session.services import WebServices
from ui.wording.sources import kind_words
from ui.wording.translation import N_, tr

LONGEST_TEXT = 1000
_DATE = N_("as in 4 March 2024")


def show(services: WebServices, browsing: LibrarySession, entry: LibraryEntry) -> None:
    """Draw the form, for who may use it."""
    about = entry.document.description
    if not services.person.may(Permission.DESCRIBE_DOCUMENTS):
        return
    st.html(
        Html("<h3>{}</h3>").format(tr("Description")) + unchecked_html(entry.document.name, about)
    )
    with st.form("description"):
        # The fields are named by what they begin with, so that another description is shown anew.
        shown = f"{entry.document.name}\n{dump_description(about)}"
        key = hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:16]
        typed = _fields(about, key, services)
        if not st.form_submit_button(tr("Save the description")):
            return
        try:
            wanted = description_edit.edited(about, typed)
        except BadDescription as error:
            st.html(problem_html(str(error)))
            return
    _save(services, browsing, entry, wanted)


def _fields(about: Description, key: str, services: WebServices) -> TypedDescription:
    begun = description_edit.typed(about)
    councils = {*held_councils(services.library.documents()), *about.councils}

    def line(field: str, placeholder: str = "") -> str:
        value = str(getattr(begun, field))
        return st.text_input(
            description_edit.label(about, field), value=value,
            max_chars=max(LONGEST_TEXT, len(value)),
            key=f"{field} {key}", placeholder=placeholder or None,
        )  # fmt: skip

    title, publisher = line("title"), line("publisher")
    kinds = list(Kind)
    kind = st.selectbox(
        description_edit.label(about, "kind"), kinds, index=kinds.index(about.kind),
        format_func=kind_words, key=f"kind {key}",
    )  # fmt: skip
    return TypedDescription(
        title=title,
        publisher=publisher,
        kind=kind,
        councils=tuple(
            st.multiselect(
                description_edit.label(about, "councils"), sorted(councils), default=about.councils,
                accept_new_options=True, key=f"councils {key}",
                placeholder=tr("Choose one, or type another"),
            )
        ),
        published=line("published", tr(_DATE)),
        inspected_from=line("inspected_from", tr(_DATE)),
        inspected_to=line("inspected_to", tr(_DATE)),
        source_url=line("source_url", "https://"),
    )  # fmt: skip


def _save(
    services: WebServices, browsing: LibrarySession, entry: LibraryEntry, wanted: Description
) -> None:
    name = entry.document.name
    wanted = _found_again(services, entry.document.description, wanted, name)
    if wanted == entry.document.description:
        browsing.notice = tr("Nothing was changed.")
    else:
        describe(services, browsing, name, wanted)
    controls.attend(Attention.FOCUS, "told")
    st.rerun()


def _found_again(
    services: WebServices, about: Description, wanted: Description, name: str
) -> Description:
    """The description that was typed; where another kind was chosen, what depends on it and was
    not typed is found again."""
    if wanted.kind is about.kind:
        return wanted
    held = services.library.document(name)
    anew = described_anew(replace(held, description=wanted), wanted.kind)
    return replace(anew, edited=wanted.edited)
