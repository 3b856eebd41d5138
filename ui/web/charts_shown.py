"""The charts of a record on the page: drawn as pictures, with all that they show in words."""

from __future__ import annotations

import streamlit as st

from rag.errors import ExportError
from rag.packs.types import History, Timeline
from ui.export.of_history import day_of
from ui.web.render.html import problem_html
from ui.web.render.record import history_figure_html, timeline_figure_html


def of_history(history: History) -> None:
    """Draw the chart of judgements, where an inspection with grades has a date."""
    if any(day_of(each) and each.judged for each in history.inspections):
        try:
            st.html(history_figure_html(_picture(history), history))
        except ExportError as error:
            st.html(problem_html(str(error)))


def of_timeline(timeline: Timeline) -> None:
    """Draw the chart of dated events, where there are any."""
    if timeline.events:
        try:
            st.html(timeline_figure_html(_picture(timeline), timeline))
        except ExportError as error:
            st.html(problem_html(str(error)))


def _picture(drawing: History | Timeline) -> bytes:
    # Late, because it brings in a heavy library that the other pages do without.
    from ui.export.charts import picture

    return picture(drawing)
