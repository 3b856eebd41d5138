"""Measure OCR: pages of PDFs with text are made into scans, read, and held against their text.

    python scripts/measure_ocr.py FOLDER [--pages 20] [--least 0.97]

Each page is a scan of 150 or 300 dots an inch, in turn as it is, turned, noisy or askew. The share
of characters that are right is 1 less the edit distance for each character of the page's text,
white space as one space, bullets and the shape of quotation marks aside. The lines of the text are
put in the order of their places: a file may hold the foot of its page first.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein

from ingest.cleaning.layout import BULLET
from ingest.reading.readers.ocr import read_picture
from ingest.reading.readers.pdf.reader import open_pdf, read_pdf
from ingest.reading.readers.pdf.scan import draw_page
from ingest.types import ExtractedLine

DOTS = (150, 300)
FEWEST_LETTERS = 800
"""Letters of a page that is measured, at least."""
_PLAIN = str.maketrans("\u2019\u2018\u201c\u201d\u2013\u2011", "''\"\"--")


@dataclass(frozen=True, slots=True)
class MeasuredPage:
    """A page that was read: how it was scanned, characters wrong of how many, and seconds."""

    name: str
    scan: str
    wrong: int
    characters: int
    seconds: float

    @property
    def right(self) -> float:
        """The share of its characters that are right, 0 to 1."""
        return max(1 - self.wrong / self.characters, 0)


def _turned(degrees: int) -> Callable[[Image.Image], Image.Image]:
    return lambda page: page.rotate(degrees, expand=True)


def _askew(degrees: float) -> Callable[[Image.Image], Image.Image]:
    return lambda page: page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def _noisy(page: Image.Image) -> Image.Image:
    greys = np.asarray(page, dtype=np.float32)
    noise = np.random.default_rng(7).normal(0, 22, greys.shape)
    dirty = np.clip(0.85 * greys + 15 + noise, 0, 255).astype(np.uint8)
    return Image.fromarray(dirty).filter(ImageFilter.GaussianBlur(0.7))


SCANS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda page: page,
    "turned by 90": _turned(90),
    "noisy": _noisy,
    "turned by 180": _turned(180),
    "askew by 2": _askew(2),
    "turned by 270": _turned(270),
    "askew by -3": _askew(-3),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when fewer characters are right than must be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="a folder of PDFs with text")
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--least", type=float, default=0.97, help="the share that must be right")
    given = parser.parse_args(arguments)
    measured = []
    for page in measured_pages(given.folder, given.pages):
        measured.append(page)
        print(f"{page.right:.4f}  {page.seconds:5.1f} s  {page.scan}: {page.name}", flush=True)
    if not measured:
        print("There is no page to measure.", file=sys.stderr)
        return 1
    wrong = sum(page.wrong for page in measured)
    right = 1 - wrong / sum(page.characters for page in measured)
    seconds = sum(page.seconds for page in measured) / len(measured)
    print(f"{right:.4f} of the characters of {len(measured)} pages are right; {seconds:.1f} s of "
          "one core a page")  # fmt: skip
    return int(right < given.least)


def measured_pages(folder: Path, most: int) -> Iterator[MeasuredPage]:
    """Pages taken from the PDFs of a folder by a fixed draw, each read as a scan."""
    drawing = random.Random(7)
    files = sorted(folder.rglob("*.pdf"))
    drawing.shuffle(files)
    for number in range(most if files else 0):
        path = files[number % len(files)]
        data = path.read_bytes()
        pages = read_pdf(data).pages
        long = [n for n, lines in enumerate(pages) if len(text_of(lines)) >= FEWEST_LETTERS]
        if not long:
            continue
        page = drawing.choice(long)
        kind = list(SCANS)[number % len(SCANS)]
        dots = DOTS[number % len(DOTS)]
        scan = scanned(data, page, dots, SCANS[kind])
        began = time.process_time()
        with open_pdf(scan) as document:
            read = read_picture(*draw_page(document, 0))
        seconds = time.process_time() - began
        expected = text_of(in_order_of_place(pages[page]))
        wrong = Levenshtein.distance(text_of(read), expected)
        name = f"{path.name}, page {page + 1}"
        yield MeasuredPage(name, f"{dots} dots, {kind}", wrong, len(expected), seconds)


def scanned(
    data: bytes, page: int, dots: int, spoiled: Callable[[Image.Image], Image.Image]
) -> bytes:
    """A page of a PDF as a PDF of one picture."""
    with open_pdf(data) as document:
        drawn = document[page].render(scale=dots / 72, grayscale=True).to_pil().convert("L")
    file = io.BytesIO()
    spoiled(drawn).save(file, "PDF", resolution=dots)
    return file.getvalue()


def in_order_of_place(lines: Sequence[ExtractedLine]) -> list[ExtractedLine]:
    """The lines from the top of the page down; those that stand side by side from the left."""
    return sorted(lines, key=lambda line: (-round((line.bottom or 0) / 6), line.left or 0))


def text_of(lines: Sequence[ExtractedLine]) -> str:
    """The words of lines as they are compared."""
    texts = [BULLET.sub("", line.text.translate(_PLAIN)) for line in lines]
    return " ".join(" ".join(texts).replace(" | ", " ").split())


if __name__ == "__main__":
    sys.exit(main())
