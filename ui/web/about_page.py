"""The About page: what the program is, what it holds, and how good it is."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

from rag.errors import ScrutinyError
from ui.web import quality, state
from ui.web.render.about import about_html
from ui.web.render.html import problem_html


def show() -> None:
    """Draw the page."""
    try:
        bench = state.bench()
        documents = bench.library.documents()
    except ScrutinyError as error:
        st.html(problem_html(str(error)))
        return
    st.html(
        about_html(
            documents,
            quality.measured(),
            bench.engine,
            version("scrutiny-desk"),
            str(bench.library.folder),
        )
    )
