"""The About page: what the program is, what it holds, and how good it is."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

from ui.web.panes import page_setup
from ui.web.render.about import Engines, about_html
from ui.web.session import quality
from ui.wording.attribution_note import what_is_sent


def show() -> None:
    """Draw the page."""
    found = page_setup.opened()
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
