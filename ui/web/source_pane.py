"""The pane beside the conversation: the sources of an answer, or one of them opened."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag.conversations import Turn
from ui.web import opened, state
from ui.web.bench import Bench
from ui.web.render.sources import no_sources_html, sources_html, view_html

_NOTHING_YET = (
    "The sources of an answer are listed here. Choose one, or a number in the answer, to see the "
    "quoted words on their page."
)
_NONE = "The last question has no answer in the documents, and so no sources."


def show(bench: Bench, visit: state.Visit, turns: Sequence[Turn]) -> None:
    """Draw the pane."""
    chosen = visit.opened
    citation = state.cited(turns, chosen)
    if chosen and citation:
        st.html(view_html(opened.view(bench, citation, chosen)))
        return
    answer = turns[-1].answer if turns else None
    if answer is None or not answer.citations:
        st.html(no_sources_html(_NONE if turns else _NOTHING_YET))
        return
    notes = [opened.changed(bench.library, each) for each in answer.citations]
    st.html(sources_html(answer.citations, len(turns), notes))
