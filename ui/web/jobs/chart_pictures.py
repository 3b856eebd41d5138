"""The charts of a pack as pictures: drawn once, and ahead of being looked at."""

from __future__ import annotations

from contextlib import suppress

from rag.errors import ExportError
from rag.packs.types import History, Pack, Timeline
from ui.export.documents.history_document import day_of

Drawing = History | Timeline


def draw_ahead(pack: Pack) -> None:
    """Draw the charts of a pack, so that they are there when it is opened."""
    drawings: tuple[Drawing, ...] = (pack.history, pack.timeline)
    with suppress(ExportError):
        for drawing in drawings:
            if shows_anything(drawing):
                picture_of(drawing)


def shows_anything(drawing: Drawing) -> bool:
    if isinstance(drawing, Timeline):
        return bool(drawing.events)
    return any(day_of(inspection) and inspection.judged for inspection in drawing.inspections)


def picture_of(drawing: Drawing) -> bytes:
    # Late, because it brings in a heavy library that the other pages do without.
    from ui.export.charts import chart_picture

    return chart_picture(drawing)
