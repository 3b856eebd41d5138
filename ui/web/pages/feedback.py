"""The Feedback page: what readers said of answers, for whoever looks after the desk."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag.saved.audit import Event
from rag.saved.feedback import Feedback, FeedbackVerdict
from rag.types import Document
from ui.export.formats import now
from ui.export.paper import text_table
from ui.export.writers.table import table
from ui.web.panes import download, page_setup
from ui.web.render.desk.feedback import HEADS, VERDICTS, feedback_html, feedback_rows
from ui.web.render.html import note_html
from ui.web.session.services import WebServices
from ui.wording.translation import N_, tr

_WHAT_FOR = N_(
    "What readers said under answers: where the desk is wrong, and what it should "
    "have said. Put a wrong description right on the Library page, and add what is "
    "missing. Who said it is not shown."
)


@page_setup.over_library
def show(services: WebServices, documents: Sequence[Document]) -> None:
    """Draw the page."""
    page_setup.dispatch(lambda action: None)
    page_setup.drawn(lambda: _draw(services))


def _draw(services: WebServices) -> None:
    said = services.feedback.read()
    st.html(note_html(tr(_WHAT_FOR)))
    judged = st.selectbox(
        tr("What was said"), ["", *FeedbackVerdict], key="feedback judged",
        format_func=lambda one: tr(VERDICTS[FeedbackVerdict(one)]) if one else tr("Everything"),
    )  # fmt: skip
    shown = [one for one in said if not judged or one.judged == judged]
    st.html(feedback_html(shown, narrowed=bool(judged)))
    if shown:
        _export(services, shown)


def _export(services: WebServices, said: Sequence[Feedback]) -> None:
    def made() -> bytes:
        services.administration.audit.note(services.person, Event.EXPORTED, "feedback")
        return table(text_table(tr("Feedback"), HEADS, feedback_rows(said), (2, 1, 4, 4, 6)))

    download.button(
        services.person, tr("Export as a table (CSV)"), made, f"feedback-{now():%Y-%m-%d}.csv",
        "text/csv", "feedback export",
    )  # fmt: skip
