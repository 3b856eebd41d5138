"""The charts of a record on the page: drawn as pictures, with all that they show in words."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rag.errors import ExportError
from rag.packs.types import History
from ui.web.jobs.chart_pictures import Drawing, picture_of, shows_anything
from ui.web.render.html import problem_html
from ui.web.render.record import history_figure_html, timeline_figure_html


class Charts:
    """The charts of a page: each has its place at once, and is drawn when all else stands."""

    def __init__(self) -> None:
        self._places: list[tuple[DeltaGenerator, Drawing]] = []

    def place(self, drawing: Drawing) -> None:
        """Have a chart drawn here, where it would show anything."""
        if shows_anything(drawing):
            self._places.append((st.container(), drawing))

    def draw(self) -> None:
        """Draw the charts in their places."""
        for place, drawing in self._places:
            try:
                image = picture_of(drawing)
            except ExportError as error:
                place.html(problem_html(str(error)))
                continue
            if isinstance(drawing, History):
                place.html(history_figure_html(image, drawing))
            else:
                place.html(timeline_figure_html(image, drawing))
