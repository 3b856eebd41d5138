"""The job of the moment: documents being added, file by file, and what became of them."""

from __future__ import annotations

import streamlit as st

from ui.web.jobs.ingest_job import IngestJobs
from ui.web.render.jobs import TITLE, job_html, stop_html, summary_html
from ui.web.session.services import WebServices

_POLL_SECONDS = 0.8


def show(bench: WebServices, about: str | None = None) -> None:
    """Draw the job that runs, or the summary of the last one until it is closed.

    With `about`, the name of a document, the summary is drawn only when it is of that one alone.
    """
    view = bench.jobs.view()
    if view is None:
        return
    if about and not view.running and any(line.name != about for line in view.progress.lines):
        return
    with st.container(key="job"):
        # Drawn apart from what changes, so that the keyboard stays where it is.
        st.html(TITLE)
        if view.running:
            st.html(stop_html(view))
            _watch(bench.jobs)
        else:
            held = bench.library.catalogue().hash_of
            st.html(summary_html(view, held.keys()))


@st.fragment(run_every=_POLL_SECONDS)
def _watch(jobs: IngestJobs) -> None:
    """Draw how far the job has come; this alone is drawn again and again, while it runs."""
    view = jobs.view()
    if view is None or not view.running:
        st.rerun()
    st.html(job_html(view))
