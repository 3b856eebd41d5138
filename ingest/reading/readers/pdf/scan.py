"""Pages of a PDF that are pictures of print: which they are, and how they look (pypdfium2)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.types import ExtractedLine

if TYPE_CHECKING:
    from ingest.reading.readers.ocr import Greys

DOTS = 200
"""Dots an inch at which a page is drawn for OCR."""
MOST_PIXELS = 8_000_000
"""A page of A3 at 200 dots an inch; a larger one is drawn coarser."""
_FEW_LETTERS = 40
"""Letters and digits of a page that has a stamp or a page number for text, and no more."""
_COVERED = 0.4
"""The share of a page that pictures cover, at least, when it is a scan."""
_MOST_OBJECTS = 2000
_POINTS_AN_INCH = 72


def scanned_pages(
    document: pdfium.PdfDocument, pages: Sequence[Sequence[ExtractedLine]]
) -> tuple[int, ...]:
    """The numbers, from 0, of the pages with next to no text that pictures cover much of."""
    return tuple(
        number
        for number, lines in enumerate(pages)
        if _has_few_letters(lines) and _pictures_cover(document, number)
    )


def _has_few_letters(lines: Sequence[ExtractedLine]) -> bool:
    told = filter(str.isalnum, chain.from_iterable(line.text for line in lines))
    return sum(1 for _ in islice(told, _FEW_LETTERS)) < _FEW_LETTERS


def _pictures_cover(document: pdfium.PdfDocument, number: int) -> bool:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return False
    try:
        left, bottom, right, top = page.get_bbox()
        covered = 0.0
        pictures = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4)
        for _, picture in zip(range(_MOST_OBJECTS), pictures, strict=False):
            x0, y0, x1, y1 = picture.get_bounds()
            across = max(min(x1, right) - max(x0, left), 0)
            covered += across * max(min(y1, top) - max(y0, bottom), 0)
        return bool(covered >= _COVERED * max((right - left) * (top - bottom), 1))
    except pdfium.PdfiumError:
        return False
    finally:
        page.close()


def draw_page(document: pdfium.PdfDocument, number: int) -> tuple[Greys, float]:
    """A page, by its number from 0, as greys for OCR; and the size of a pixel in points."""
    page = document[number]
    try:
        width, height = (max(size, 1) for size in page.get_size())
        scale = min(DOTS / _POINTS_AN_INCH, (MOST_PIXELS / (width * height)) ** 0.5)
        # However long and thin the page: no side is longer than a whole page has pixels.
        scale = min(scale, MOST_PIXELS**0.5 * 2 / max(width, height))
        drawn = page.render(scale=scale, grayscale=True).to_numpy()
        greys: Greys = drawn[:, :, 0].copy() if drawn.ndim == 3 else drawn.copy()
        return greys, 1 / scale
    finally:
        page.close()
