"""The About page: what the program is, what it holds, and how good it is."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

from ui.web import beginning, quality
from ui.web.render.about import about_html


def show() -> None:
    """Draw the page."""
    found = beginning.opened()
    if found is None:
        return
    bench, documents = found
    st.html(
        about_html(
            documents,
            quality.measured(),
            bench.engine,
            version("scrutiny-desk"),
            str(bench.library.folder),
        )
    )
