"""The About page: what the program is, what it holds, and how good it is."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

from ui.authorship import what_is_sent
from ui.web import beginning, quality
from ui.web.render.about import Engines, about_html


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
            Engines(bench.engine, what_is_sent(bench.engine, bench.settings), bench.model_problem),
            version("scrutiny-desk"),
            str(bench.library.folder),
        )
    )
