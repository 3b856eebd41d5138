"""The web application: Streamlit runs this file for every visit; each page is a file beside it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.web import ask_page

PRODUCT = "Scrutiny Desk"
HERE = Path(__file__).parent


def main() -> None:
    """Draw the frame, and the chosen page in it."""
    pages = [st.Page(ask_page.show, title="Ask", url_path="ask", default=True)]
    page = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"{page.title} · {PRODUCT}", layout="centered")
    st.html(HERE / "style.css")
    st.title(PRODUCT, anchor=False)
    page.run()


main()
