"""What can be done with an open document: words looked for in it, and the original file saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath

import streamlit as st

from rag.saved.audit import Event
from ui.web.controls import Action
from ui.web.panes import download
from ui.web.render.found import found_html
from ui.web.render.html import Html
from ui.web.session.page_search import places
from ui.web.session.services import WebServices
from ui.wording.translation import tr

_MEDIA_TYPE = "application/octet-stream"
"""Of any file: it is saved, and never drawn as a page of this desk's."""
_HEADING = Html('<h3 id="document-tools-title" tabindex="-1">{}</h3>')


def show(services: WebServices, name: str, turn: Callable[[int], Action]) -> None:
    """Draw them for the document of that name; `turn` gives what opens a page of it."""
    library = services.library
    st.html(_HEADING.format(tr("Search this document, or save the original")))
    words = st.text_input(
        tr("Search in this document"),
        key=f"words in {name}",
        type="search",
        live=True,
        max_chars=200,
    )
    if words.strip():
        st.html(found_html(places(library.document(name).pages, words), turn))
    file = library.original(library.entry(name).document)
    if file is not None:
        _save(services, name, file)


def _save(services: WebServices, name: str, file: Path) -> None:
    person, trail = services.person, services.administration.audit

    def content() -> bytes:
        trail.note(person, Event.EXPORTED, "original file", words=name)
        return file.read_bytes()

    download.button(
        person, tr("Save the original file"), content, PurePath(name).name, _MEDIA_TYPE,
        f"original {name}",
    )  # fmt: skip
