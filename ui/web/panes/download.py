"""The one button by which a page gives a file: made when it is asked for, and its maker's alone."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from rag.access.people import Person
from ui.web.session.downloads import DOWNLOADS


def button(
    person: Person,
    label: str,
    make: Callable[[], bytes | str],
    file_name: str,
    media_type: str,
    key: str | None = None,
) -> None:
    """Draw a button that gives this person what `make` makes.

    It is made in another thread, where nothing of Streamlit's can be used.
    """

    def content() -> bytes:
        made = make()
        data = made if isinstance(made, bytes) else made.encode()
        DOWNLOADS.note_file(data, person.key)
        return data

    st.download_button(label, content, file_name, media_type, key=key, on_click="ignore")
