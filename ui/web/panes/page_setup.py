"""What every page begins with: the library opened, and what was chosen on the page done."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import streamlit as st

from rag.errors import ScrutinyError
from rag.types import Document
from ui.web import controls
from ui.web.controls import Action
from ui.web.render.html import problem_html
from ui.web.session import state
from ui.web.session.services import WebServices
from ui.wording.translation import N_, tr

Made = TypeVar("Made")
_NO_SUCH = N_("That is no longer on this page. Choose again.")


def over_library(draw: Callable[[WebServices, tuple[Document, ...]], None]) -> Callable[[], None]:
    """A page over what the library holds; where that cannot be opened, the reason is drawn."""

    @wraps(draw)
    def show() -> None:
        try:
            with st.spinner(tr("Opening the library")):
                services = state.services()
            documents = services.library.documents()
        except ScrutinyError as error:
            st.html(problem_html(str(error)))
            return
        draw(services, documents)

    return show


def drawn(draw: Callable[[], None]) -> None:
    """Draw, or the reason why that cannot be."""
    try:
        draw()
    except ScrutinyError as error:
        st.html(problem_html(str(error)))


def attempted(make: Callable[[], Made]) -> Made | None:
    """What `make` makes; None and the reason drawn where it cannot be made."""
    try:
        return make()
    except ScrutinyError as error:
        st.html(problem_html(str(error)))
        return None


def dispatch(do: Callable[[Action | None], None]) -> None:
    """Have `do` done what was chosen, and draw the reason where it cannot be."""
    try:
        do(controls.chosen_action())
    except ScrutinyError as error:
        st.html(problem_html(str(error)))
    except ValueError:
        # A control of a page that is no longer so: what it was for is gone.
        st.html(problem_html(tr(_NO_SUCH)))
