"""The row of downloads that "Export" opens: nothing is made before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from rag.saved.audit import Event
from ui.export.formats import MEDIA_TYPES, TO_READ, Format, export, file_name, now
from ui.export.paper import Paper
from ui.web import controls
from ui.web.controls import Attention
from ui.web.panes import download
from ui.web.session import state
from ui.web.session.state import Visit
from ui.wording.translation import N_, tr

_LABELS = {
    Format.WORD: N_("Word"),
    Format.PDF: "PDF",
    Format.MARKDOWN: N_("Markdown"),
    Format.CSV: N_("Table (CSV)"),
}


def show(
    key: str, name: str, make: Callable[[datetime], Paper], formats: Sequence[Format] = TO_READ
) -> None:
    """Draw a button for each format; `make` makes the paper, and `name` becomes the file's.

    The paper is made in another thread, where nothing of Streamlit's can be used.
    """
    services = state.services()
    trail, person = services.administration.audit, services.person

    def noted(to: Format) -> bytes:
        content = _content(make, to)
        trail.note(person, Event.EXPORTED, to.value, words=name)
        return content

    with st.container(key=f"export-{key}", horizontal=True):
        for to in formats:
            download.button(
                person,
                tr(_LABELS[to]),
                partial(noted, to),
                file_name(name, now(), to),
                MEDIA_TYPES[to],
                f"export-{key}-{to}",
            )


def toggle(visit: Visit, what: str) -> None:
    """Open the downloads of something, or close them where they are open."""
    visit.exporting = None if visit.exporting == what else what
    controls.attend(Attention.BACK)


def _content(make: Callable[[datetime], Paper], to: Format) -> bytes:
    return export(make(now()), to)
