"""PowerPoint adapter, the only importer of python-pptx: a page a slide, as it is shown.

What is not on the slide is no text of it: the speaker's notes, hidden slides and shapes beside
the slide. A hidden slide keeps its number, with nothing on it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pptx
from pptx.exc import PythonPptxError

from ingest.reading.packages import damaged, refuse_bomb
from ingest.reading.raised import begins_note, raised_text, without_marks
from ingest.reading.readers.visible_text import stated_title, visible_line
from ingest.reading.table_cells import TableCell, cell_lines
from ingest.types import ExtractedLine, ExtractedPages, Hints, LineRole
from rag.errors import NoText, Unreadable

MAX_SLIDES = 500
_WHAT = "PowerPoint presentation"
_MOST_DEPTH = 20
_TITLES = (1, 3)
"""Placeholders of a title and of a centred title."""
_LEFT_OUT = (13, 15, 16)
"""Placeholders of the slide's number, its foot and its date: the same on each slide."""
_MINUTE_HUNDREDTHS = 200
_BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError),
    *(zipfile.BadZipFile, EOFError, PythonPptxError),
)

Shape = Any


def read_pptx(data: bytes) -> ExtractedPages:
    """Read a presentation: a page a slide, its title a heading, its tables as rows.

    Raises Unreadable for a damaged file, a bomb or too many slides, NoText when it has no words.
    """
    refuse_bomb(data, _WHAT)
    try:
        show = pptx.Presentation(io.BytesIO(data))
        slides = list(show.slides)
        if len(slides) > MAX_SLIDES:
            raise Unreadable(f"It has more than {MAX_SLIDES} slides.", "Split it into parts.")
        size = (show.slide_width or 0, show.slide_height or 0)
        pages = tuple(tuple(_slide_lines(slide, size)) for slide in slides)
        title = stated_title(show.core_properties.title or "")
    except _BROKEN as error:
        raise damaged(_WHAT) from error
    if not any(char.isalnum() for page in pages for line in page for char in line.text):
        raise NoText(
            "It is a presentation with no words in it.",
            "If its slides are pictures, save it as PDF and run it through OCR first.",
        )
    return ExtractedPages(pages, hints=Hints(title=title or _first_heading(pages)), format="pptx")


def _first_heading(pages: Sequence[Sequence[ExtractedLine]]) -> str | None:
    heads = (line.text for line in pages[0] if line.role is LineRole.HEADING)
    return next(heads, None)


def _slide_lines(slide: Any, size: tuple[int, int]) -> Iterator[ExtractedLine]:
    if slide._element.get("show") in ("0", "false"):
        return
    shapes = [shape for shape in _shapes(slide.shapes) if _stands_on(shape, size)]
    for shape in sorted(shapes, key=lambda shape: not _is_title(shape)):
        yield from _shape_lines(shape)


def _shapes(shapes: Any, depth: int = 0) -> Iterator[Shape]:
    """The shapes of a slide, those of groups among them, in the order in which they are read."""
    for shape in shapes:
        if shape._element.xpath(".//p:cNvPr/@hidden")[:1] in (["1"], ["true"]):
            continue
        if hasattr(shape, "shapes"):
            if depth < _MOST_DEPTH:
                yield from _shapes(shape.shapes, depth + 1)
        elif _placeholder(shape) not in _LEFT_OUT:
            yield shape


def _stands_on(shape: Shape, size: tuple[int, int]) -> bool:
    """Whether a shape is on the slide, as far as it says where it is."""
    left, top = shape.left, shape.top
    if left is None or top is None or not all(size) or shape._element.xpath("ancestor::p:grpSp"):
        return True
    return bool(
        left < size[0] and top < size[1] and left + shape.width > 0 and top + shape.height > 0
    )


def _placeholder(shape: Shape) -> int | None:
    return int(shape.placeholder_format.type or 0) if shape.is_placeholder else None


def _is_title(shape: Shape) -> bool:
    return _placeholder(shape) in _TITLES


def _shape_lines(shape: Shape) -> Iterator[ExtractedLine]:
    if shape.has_text_frame:
        role = LineRole.HEADING if _is_title(shape) else LineRole.PARAGRAPH
        if role is LineRole.PARAGRAPH and shape.is_placeholder:
            role = LineRole.ITEM
        yield from _frame_lines(shape.text_frame, role)
    elif getattr(shape, "has_table", False):
        table = shape.table
        rows = [[_cell(cell) for cell in row.cells if not cell.is_spanned] for row in table.rows]
        yield from cell_lines(rows, 1 if table.first_row else None)


def _cell(cell: Any) -> TableCell:
    lines = tuple(_frame_lines(cell.text_frame, LineRole.PARAGRAPH))
    if not cell.is_merge_origin:
        return TableCell(lines)
    return TableCell(lines, cell.span_width, cell.span_height)


def _frame_lines(frame: Any, role: LineRole) -> Iterator[ExtractedLine]:
    for paragraph in frame.paragraphs:
        if text := visible_line(_words(paragraph)):
            kind = LineRole.NOTE if begins_note(text) else role
            yield ExtractedLine(without_marks(text), kind)


def _words(paragraph: Any) -> str:
    """The text of a paragraph, without the raised marks of notes in it."""
    runs = [run for run in paragraph._p.xpath("a:r | a:br | a:fld") if not _is_minute(run)]
    parts = [
        (raised, "".join(_run_text(run) for run in together))
        for raised, together in groupby(runs, _is_raised)
    ]
    words = ""
    for at, (raised, text) in enumerate(parts):
        after = parts[at + 1][1] if at + 1 < len(parts) else ""
        words += raised_text(words, text, after) if raised and len(parts) > 1 else text
    return words


def _run_text(run: Any) -> str:
    return "\n" if run.tag.endswith("}br") else "".join(map(str, run.xpath("a:t/text()")))


def _is_raised(run: Any) -> bool:
    return _figure(run, "baseline") > 0


def _is_minute(run: Any) -> bool:
    return 0 < _figure(run, "sz") < _MINUTE_HUNDREDTHS


def _figure(run: Any, name: str) -> int:
    stated = next(iter(run.xpath(f"a:rPr/@{name}")), "0").rstrip("%")
    return int(stated) if stated.lstrip("-").isdecimal() and len(stated) < 9 else 0
