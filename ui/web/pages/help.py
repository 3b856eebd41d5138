"""The Help page: what to do on each page, in one page."""

from __future__ import annotations

import streamlit as st

from ui.web.render.desk.help import help_html


def show() -> None:
    """Draw the page."""
    st.html(help_html())
