"""The About page: what the program is, what it holds, and how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import streamlit as st

from rag.access.roles import Permission
from rag.types import Document
from ui.web.panes import page_setup
from ui.web.render.desk.about import Engines, about_html
from ui.web.session import quality
from ui.web.session.services import WebServices
from ui.wording.attribution_note import what_is_sent


@page_setup.over_library
def show(services: WebServices, documents: Sequence[Document]) -> None:
    """Draw the page."""
    administers = services.person.may(Permission.MANAGE_PEOPLE)
    st.html(
        about_html(
            documents,
            quality.measured(),
            Engines(
                services.engine,
                what_is_sent(services.engine, services.settings),
                services.model_problem,
                services.settings.model_mode,
            ),
            version("scrutiny-desk"),
            str(services.library.folder) if administers else "",
        )
    )
