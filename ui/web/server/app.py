"""The web application: Streamlit runs this file for every visit; each page is a file beside it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import PRODUCT
from ui.web import controls
from ui.web.pages import about, ask, check, library, prepare, record
from ui.web.render.html import frame_html
from ui.web.session import state

HERE = Path(__file__).parent


def main() -> None:
    """Draw the frame, and the chosen page in it."""
    pages = [
        st.Page(ask.show, title="Ask", url_path="ask", default=True),
        st.Page(check.show, title="Check", url_path="check"),
        st.Page(prepare.show, title="Prepare", url_path="prepare"),
        st.Page(record.show, title="Record", url_path="record"),
        st.Page(library.show, title="Library", url_path="library"),
        st.Page(about.show, title="About", url_path="about"),
    ]
    state.PAGES.update({page.title: page for page in pages})
    page = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"{page.title} · {PRODUCT}", layout="wide")
    st.html(HERE / "style.css")
    # Places of their own, so that the scripts stay while the page changes below them.
    listening, attending = st.container(key="listening"), st.container(key="attending")
    with listening:
        controls.listen()
    st.html(frame_html(PRODUCT, page.title))
    page.run()
    with attending:
        controls.pay_attention()


# A process that reads files may load its parent's main module again, which may be this one.
if __name__ == "__main__":
    main()
