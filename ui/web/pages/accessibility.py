"""The accessibility statement."""

from __future__ import annotations

import streamlit as st

from ui.web.render.desk.help import accessibility_html


def show() -> None:
    """Draw the page."""
    st.html(accessibility_html())
