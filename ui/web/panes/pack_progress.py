"""The pack of the moment: being made step by step, and what became of it."""

from __future__ import annotations

import streamlit as st

from ui.web import controls
from ui.web.controls import Attention
from ui.web.jobs.pack_job import PackJobs
from ui.web.render.making import ended_html, making_html, stop_html, title_html
from ui.web.session.pack_session import PackSession

_POLL_SECONDS = 0.5


def show(making: PackJobs, place: PackSession) -> None:
    """Draw the pack that is being made, or why the last one was not."""
    view = making.view()
    if view is None:
        return
    number = view.progress.number
    if number is not None and place.awaited == view.id:
        _open(making, place, number)
        return
    with st.container(key="job"):
        # Drawn apart from what changes, so that the keyboard stays where it is.
        st.html(title_html(view))
        if view.running:
            st.html(stop_html(view))
            _watch(making)
        else:
            st.html(ended_html(view))


def _open(making: PackJobs, place: PackSession, number: int) -> None:
    """Go to the pack that this visitor has waited for."""
    place.awaited = None
    making.dismiss()
    place.open(number)
    controls.attend(Attention.FOCUS, "pack-title")
    st.rerun()


@st.fragment(run_every=_POLL_SECONDS)
def _watch(making: PackJobs) -> None:
    """Draw how far it has come; this alone is drawn again and again, while it is made."""
    view = making.view()
    if view is None or not view.running:
        st.rerun()
    st.html(making_html(view))
