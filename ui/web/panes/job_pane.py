"""The job of the moment, documents added or a pack made: how far it has come, and its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import streamlit as st

from ui.web import controls
from ui.web.controls import Attention
from ui.web.jobs.background import JobView
from ui.web.jobs.pack_job import PackJobs
from ui.web.render import jobs, making
from ui.web.render.html import Html
from ui.web.session.language import Language
from ui.web.session.pack_session import PackSession
from ui.web.session.services import WebServices

Progress = TypeVar("Progress")
_Draw = Callable[[JobView[Progress]], Html]
_Look = Callable[[], JobView[Progress] | None]
_POLL_SECONDS = 0.5


def show_ingest(services: WebServices, about: str | None = None) -> None:
    """Draw the ingest that runs, or the summary of the last one until it is closed.

    With `about`, the name of a document, the summary is drawn only when it is of that one alone.
    """
    view = services.jobs.view()
    if view is None:
        return
    if about and not view.running and any(line.name != about for line in view.progress.lines):
        return
    summary = partial(jobs.summary_html, openable=services.library.catalogue().hash_of.keys())
    _show(services.jobs.view, view, jobs.title_html(), jobs.stop_html, jobs.job_html, summary)


def show_pack(packs: PackJobs, place: PackSession) -> None:
    """Draw the pack that is being made, or why the last one was not; open one waited for."""
    view = packs.view()
    if view is None:
        return
    if view.progress.number is not None and place.awaited == view.id:
        place.awaited = None
        packs.dismiss()
        place.open(view.progress.number)
        controls.attend(Attention.FOCUS, "pack-title")
        st.rerun()
    title = making.title_html(view)
    _show(packs.view, view, title, making.stop_html, making.making_html, making.ended_html)


def _show(
    look: _Look[Progress],
    view: JobView[Progress],
    title: Html,
    stop: _Draw[Progress],
    running: _Draw[Progress],
    ended: _Draw[Progress],
) -> None:
    with st.container(key="job"):
        # Drawn apart from what changes, so that the keyboard stays where it is.
        st.html(title)
        if view.running:
            st.html(stop(view))
            _watch(look, running, iter([view]))
        else:
            st.html(ended(view))


@st.fragment(run_every=_POLL_SECONDS)
def _watch(
    look: _Look[Progress], running: _Draw[Progress], of_page: Iterator[JobView[Progress]]
) -> None:
    """Draw how far the job has come; this alone is drawn again and again, while it runs.

    With the page it is drawn as the page saw it (`of_page`): to begin the page anew before it has
    come to its forms would lose what was pressed there.
    """
    Language().speak_again()
    view = next(of_page, None) or look()
    if view is None or not view.running:
        st.rerun()
    st.html(running(view))
