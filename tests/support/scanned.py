"""Scans made for a test: print drawn as a picture, alone or as the pages of a PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

DOTS = 150
_A4 = (1240, 1754)
_SIZE, _LEADING, _MARGIN = 23, 34, 130


def page_of_print(lines: Sequence[str], size: int = _SIZE) -> Image.Image:
    """A page of A4 as it is scanned at 150 dots an inch."""
    page = Image.new("L", _A4, 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(size)
    for number, line in enumerate(lines):
        pen.text((_MARGIN, _MARGIN + number * _LEADING), line, fill=20, font=font)
    return page


def image_file(page: Image.Image, form: str = "PNG") -> bytes:
    """The page as a picture in a file of its own."""
    file = io.BytesIO()
    page.save(file, form)
    return file.getvalue()


def scanned_pdf(*pages: Image.Image) -> bytes:
    """A PDF whose pages are these pictures, without any text."""
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=list(pages[1:]), resolution=DOTS)
    return file.getvalue()
