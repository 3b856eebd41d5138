"""Image reader, an importer of Pillow: a scan in a file of its own (PNG, JPEG, TIFF), for OCR."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps

from ingest.types import ExtractedPages
from rag.errors import Unreadable

if TYPE_CHECKING:
    from ingest.reading.readers.ocr import Greys

FORMATS = ("PNG", "JPEG", "TIFF")
MOST_PIXELS = 60_000_000
"""A page of A4 at 800 dots an inch; it takes 240 MB while it is opened."""
MOST_PAGES = 3000
_DRAWN_PIXELS = 8_000_000
_LONG_SIDE = 842
"""Points: what the longer side of a page is taken to be, that of A4."""
_WHITE = "white"


def read_image(data: bytes) -> ExtractedPages:
    """The pages of an image, all of them still to be read. Raises Unreadable."""
    with _opened(data) as image:
        count = getattr(image, "n_frames", 1)
    if count > MOST_PAGES:
        raise Unreadable(
            f"It has {count:,} pages, more than the {MOST_PAGES:,} that are read.",
            "Split it into parts.",
        )
    return ExtractedPages(pages=((),) * count, format="image", scans=tuple(range(count)))


def draw_image(data: bytes, number: int) -> tuple[Greys, float]:
    """A page of an image, by its number from 0, as greys; and the size of a pixel in points.

    Raises Unreadable when it is damaged or too large.
    """
    with _opened(data) as image:
        if number:
            image.seek(number)
            _check_size(image)
        greys = _greys(image)
    height, width = greys.shape
    return greys, _LONG_SIDE / max(height, width, 1)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(image)
            yield image
    except Unreadable:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unreadable(
            "It is a damaged picture.", "Scan it again, or ask for a new copy."
        ) from error


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()


def _too_large() -> Unreadable:
    return Unreadable(
        f"It is a picture of more than {MOST_PIXELS // 1_000_000} million dots.",
        "Scan it at 300 dots an inch.",
    )


def _greys(image: Image.Image) -> Greys:
    """The picture as a person sees it: the way up that it says, on white where it is clear."""
    image.draft("L", (image.width, image.height))
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, _WHITE)
        image = Image.alpha_composite(paper, clear)
    grey = image.convert("L")
    share = (_DRAWN_PIXELS / max(grey.width * grey.height, 1)) ** 0.5
    if share < 1:
        size = max(round(grey.width * share), 1), max(round(grey.height * share), 1)
        grey = grey.resize(size, Image.Resampling.BOX)
    return np.asarray(ImageOps.exif_transpose(grey), dtype=np.uint8)
