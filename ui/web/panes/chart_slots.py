"""The charts of a record on the page: drawn as pictures, with all that they show in words."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rag.errors import ExportError
from rag.packs.types import History, Pack, Timeline
from ui.export.documents.history_document import day_of
from ui.web.render.html import problem_html
from ui.web.render.record import history_figure_html, timeline_figure_html

Drawing = History | Timeline


class Charts:
    """The charts of a page: each has its place at once, and is drawn when all else stands."""

    def __init__(self) -> None:
        self._places: list[tuple[DeltaGenerator, Drawing]] = []

    def place(self, drawing: Drawing) -> None:
        """Have a chart drawn here, where it would show anything."""
        if _shows(drawing):
            self._places.append((st.container(), drawing))

    def draw(self) -> None:
        """Draw the charts in their places."""
        for place, drawing in self._places:
            with place:
                _draw(drawing)


def draw_ahead(pack: Pack) -> None:
    """Draw the charts of a pack, so that they are there when it is opened."""
    drawings: tuple[Drawing, ...] = (pack.history, pack.timeline)
    with suppress(ExportError):
        for drawing in drawings:
            if _shows(drawing):
                _picture(drawing)


def _shows(drawing: Drawing) -> bool:
    if isinstance(drawing, Timeline):
        return bool(drawing.events)
    return any(day_of(each) and each.judged for each in drawing.inspections)


def _draw(drawing: Drawing) -> None:
    try:
        image = _picture(drawing)
    except ExportError as error:
        st.html(problem_html(str(error)))
        return
    if isinstance(drawing, History):
        st.html(history_figure_html(image, drawing))
    else:
        st.html(timeline_figure_html(image, drawing))


def _picture(drawing: Drawing) -> bytes:
    # Late, because it brings in a heavy library that the other pages do without.
    from ui.export.charts import picture

    return picture(drawing)
