"""Pages of PDF files as pictures, with the place of quoted words on them (adapter: pypdfium2).

Pages are drawn in a process of its own, so that a hostile page harms nothing but itself.
"""

from __future__ import annotations

import ctypes
import io
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from ingest.pages import quote_locator
from ingest.pages.quote_locator import Rect
from ingest.reading.readers.pdf.marks import RAISED_BY_NATURE
from ingest.reading.readers.pdf.reader import InkCheck, open_pdf, raised_characters
from ingest.reading.sandbox import ReaderPool, file_bytes
from rag.errors import IngestError, Unreadable
from rag.settings import Settings

WIDTH = 1600
"""Pixels across a page: sharp at 800 on a screen of double density, or at 200%."""
MOST_PIXELS = 4_000_000
MOST_BYTES = 1_500_000
"""A picture that comes out larger is made coarser."""
_MOST_SCALE = 4.0
_DRAW_SECONDS = 8
_PAGES_A_PROCESS = 500
_MOST_CHARACTERS = 100_000
"""A page with more is no page of print: nothing is looked for on it."""
_STEPS = [min(round(level / 8) * 8, 255) for level in range(256)]
"""Every level of a colour to one of 33: no eye sees it, and print has few colours then."""
_MOST_COLOURS = 4096
_PALETTE = 256
_NEARLY_ALL = 0.995
_HUNDREDTHS = 100
_FURTHEST = 100_000_000
_WORD = re.compile(r"\S+")
_NOTE_MARK = re.compile(rf"^[{RAISED_BY_NATURE}]+\s+")


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in shares of its width and height (0 to 1) from the top-left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page drawn: number `page`, from 1, of `pages`; `width` and `height` are in pixels.

    `boxes` has one box for each line of the marked words, in reading order; none when they do not
    stand on this page.
    """

    page: int
    pages: int
    image: bytes
    media_type: str
    width: int
    height: int
    boxes: tuple[Box, ...]


def picture(data: bytes, page: int, marked: str = "", around: str = "") -> PagePicture:
    """Draw one page of a PDF file and find the words `marked` on it.

    Where they stand more than once, the passage `around` them tells which place is meant.
    Raises Unreadable for a broken or encrypted file, or a page that it does not have.
    """
    with open_pdf(data) as document, _page(document, page) as sheet:
        drawn = _drawn(sheet)
        image, media_type = _encoded(drawn)
        return PagePicture(
            page=page,
            pages=len(document),
            image=image,
            media_type=media_type,
            width=drawn.width,
            height=drawn.height,
            boxes=_boxes(sheet, marked, around) if marked.strip() else (),
        )


@contextmanager
def _page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    if not 1 <= number <= len(document):
        raise Unreadable(f"It has no page {number}.", f"Choose a page from 1 to {len(document)}.")
    try:
        page = document[number - 1]
    except pdfium.PdfiumError as error:
        raise Unreadable(f"Page {number} is damaged.", "Read its text instead.") from error
    try:
        yield page
    finally:
        page.close()


# ---------------------------------------------------------------- the picture


def _drawn(page: pdfium.PdfPage) -> Image.Image:
    width, height = (max(size, 0.01) for size in page.get_size())
    scale = min(WIDTH / width, (MOST_PIXELS / (width * height)) ** 0.5, _MOST_SCALE)
    # However long and thin the page: each side is drawn at least one pixel wide.
    scale = min(scale, MOST_PIXELS / max(width, height))
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn


def _encoded(drawn: Image.Image) -> tuple[bytes, str]:
    """The picture as a file: print is smallest and sharpest with few colours, photographs not."""
    few = _in_few_colours(drawn)
    image = _saved(few, "PNG", compress_level=4) if few else b""
    if few and len(image) <= MOST_BYTES:
        return image, "image/png"
    for quality in (80, 40):
        image = _saved(drawn, "JPEG", quality=quality)
        if len(image) <= MOST_BYTES:
            break
    return image, "image/jpeg"


def _in_few_colours(drawn: Image.Image) -> Image.Image | None:
    """The picture in the colours that nearly all of it has; None when they are not few."""
    stepped = drawn.point(_STEPS * 3)
    # Pillow leaves open what a colour is: of these, three parts.
    colours: list[tuple[int, Any]] | None = stepped.getcolors(_MOST_COLOURS)
    if colours is None:
        return None
    commonest = sorted(colours, reverse=True)[:_PALETTE]
    if sum(count for count, _ in commonest) < _NEARLY_ALL * drawn.width * drawn.height:
        return None
    palette = Image.new("P", (1, 1))
    palette.putpalette(bytes(part for _, colour in commonest for part in colour))
    return stepped.quantize(palette=palette, dither=Image.Dither.NONE)


def _saved(drawn: Image.Image, form: str, **options: int) -> bytes:
    file = io.BytesIO()
    drawn.save(file, form, **options)
    return file.getvalue()


# ---------------------------------------------------------------- the marked words


def _boxes(page: pdfium.PdfPage, marked: str, around: str) -> tuple[Box, ...]:
    text_page = page.get_textpage()
    try:
        frame = _Frame.of(page)
        text = _printed(page, text_page, frame)
        # The mark that a note begins with is blank on the page, as all of them are.
        marked = _NOTE_MARK.sub("", marked)
        rects = []
        for start, end in quote_locator.find(text, marked, around):
            for at in range(start, end):
                rect = None if text[at].isspace() else _rect(text_page, at, frame)
                if rect is not None and rect.height > 0:
                    rects.append(rect)
        return tuple(map(frame.box, filter(frame.shows, quote_locator.lines(rects))))
    finally:
        text_page.close()


def _printed(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, frame: _Frame) -> str:
    """The characters of a page as PDFium numbers them.

    Those that nobody can see are spaces, and so are the marks of notes, which no quote has.
    """
    count = text_page.count_chars()
    if count > _MOST_CHARACTERS:
        return ""
    codes = (pdfium_c.FPDFText_GetUnicode(text_page, at) for at in range(count))
    raised = raised_characters(text_page)
    text = ""
    for at, code in enumerate(codes):
        text += raised.get(at) or (chr(code) if 0 < code < 0x110000 else " ")
    ink = InkCheck(page, text_page)

    def printed(word: re.Match[str]) -> str:
        rect = _rect(text_page, word.start(), frame)
        seen = rect is not None and frame.shows(rect) and not ink.hides_character(word.start())
        return word[0] if seen else " " * len(word[0])

    return _WORD.sub(printed, text)


def _rect(text_page: pdfium.PdfTextPage, at: int, frame: _Frame) -> Rect | None:
    """Where one character stands, with the room above and below that its line has."""
    box = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFText_GetLooseCharBox(text_page, at, box):
        return None
    return frame.rect(box.left, box.top, box.right, box.bottom)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The page as it is shown, turned and cropped: `width` by `height` hundredths of a point."""

    page: pdfium.PdfPage
    width: int
    height: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> _Frame:
        width, height = page.get_size()
        units = min(_HUNDREDTHS, _FURTHEST / max(width, height, 1))
        return cls(page, max(round(width * units), 1), max(round(height * units), 1))

    def rect(self, left: float, top: float, right: float, bottom: float) -> Rect:
        """A rectangle in the file's own coordinates, as it is shown."""
        (x0, y0), (x1, y1) = self._shown(left, top), self._shown(right, bottom)
        return Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _shown(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(self.page, 0, 0, self.width, self.height, 0, x, y, across, down)
        return across.value, down.value

    def shows(self, rect: Rect) -> bool:
        """Whether any of the rectangle is on the page."""
        return (
            rect.left < self.width and rect.right > 0 and rect.top < self.height and rect.bottom > 0
        )

    def box(self, rect: Rect) -> Box:
        """A rectangle as shares of the page, cut off at its edges."""
        left, top = max(rect.left, 0), max(rect.top, 0)
        return Box(
            left / self.width,
            top / self.height,
            (min(rect.right, self.width) - left) / self.width,
            (min(rect.bottom, self.height) - top) / self.height,
        )


# ---------------------------------------------------------------- the drawing process


class Pictures:
    """A process that draws pages, kept warm for a whole web server; any thread may call it.

    Recently drawn pages are kept, at most `cached` of them.
    """

    def __init__(self, settings: Settings, cached: int = 48) -> None:
        seconds = min(settings.read_seconds, _DRAW_SECONDS)
        self._settings = replace(settings, read_seconds=seconds)
        self._pool = ReaderPool(
            self._settings,
            tasks=_PAGES_A_PROCESS,
            doing="Drawing the page",
            remedy="Read its text instead, or open the file in its own program.",
        )
        self._cached = cached
        self._drawn: OrderedDict[tuple[object, ...], PagePicture] = OrderedDict()
        self._lock = threading.Lock()

    def draw(self, file: Path, page: int, marked: str = "", around: str = "") -> PagePicture:
        """Draw one page of a file, with the words `marked` found on it, as `picture` does.

        Raises IngestError when the file or the page cannot be drawn within the limits.
        """
        key = (file, _version(file), page, marked, around)
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
        drawn = self._pool.call(
            _picture_of_file, file, self._settings.max_file_mb, page, marked, around
        )
        with self._lock:
            self._drawn[key] = drawn
            while len(self._drawn) > self._cached:
                self._drawn.popitem(last=False)
        return drawn

    def warm(self) -> None:
        """Start the process ahead of need."""
        # What is wrong with the process is said when a page is asked for.
        with suppress(IngestError):
            self._pool.call(_picture_of_nothing)

    def close(self) -> None:
        """End the process; drawing another page would start it again."""
        self._pool.close()


def _version(file: Path) -> tuple[int, int]:
    try:
        stat = file.stat()
    except OSError:
        # The drawing process finds the same, and says so.
        return (0, 0)
    return stat.st_mtime_ns, stat.st_size


def _picture_of_file(
    file: Path, max_file_mb: int, page: int, marked: str, around: str
) -> PagePicture:
    return picture(file_bytes(file, max_file_mb), page, marked, around)


def _picture_of_nothing() -> None:
    """Load whatever a first page would have to wait for."""
    document = pdfium.PdfDocument.new()
    page = document.new_page(72, 72)
    _encoded(_drawn(page))
    document.close()
