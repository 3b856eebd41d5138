"""PDF adapter, an importer of pypdfium2 beside ingest.pages.page_images: pages of lines."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from operator import attrgetter
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.reading.readers.pdf import covers as pdf_covers
from ingest.reading.readers.pdf import marks as pdf_marks
from ingest.reading.readers.pdf import tables as pdf_tables
from ingest.reading.readers.pdf.columns import find_columns, may_have_columns
from ingest.reading.readers.pdf.covers import Box, Cover, Covers, Order
from ingest.reading.readers.pdf.headed import find_headed, may_be_headed
from ingest.reading.readers.pdf.marks import (
    MAY_BE_RAISED,
    RAISED_BY_NATURE,
    LaidOutLine,
    Run,
    Setting,
)
from ingest.reading.readers.pdf.scan import scanned_pages
from ingest.reading.readers.pdf.tables import (
    MOST_RULES,
    PagePart,
    PageTable,
    Rule,
    Word,
    find_tables,
    may_have_table,
    rules_of,
)
from ingest.reading.readers.visible_text import stated_title, visible_line, visible_text
from ingest.types import ExtractedLine, ExtractedPages, Hints
from rag.errors import NoText, Unreadable

MAX_PAGES = 3000
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(rb"bold|black|heavy|cmbx", re.IGNORECASE)
# Text that may be there for machines alone: nearly white, nearly transparent, or minute.
_WHITE, _TRANSPARENT, _MINUTE = 235, 25, 2.0
# How far apart the lightest and darkest grey (of 255) must be for an eye to make out words.
_CONTRAST = 24
_PICTURE_PIXELS = 1500
_MOST_OBJECTS = 50_000
_MOST_NESTED = 4
# PDFium writes U+FFFE (older versions U+0002) for a hyphen that ended a line, and then sometimes
# leaves the line end out.
_LAID_OUT_LINE = re.compile(r"[^\r\n\ufffe\u0002]*(?:[\ufffe\u0002])?")
_WORD = re.compile(r"\w")
_PRINTED = re.compile(r"\S+")


def read_pdf(data: bytes) -> ExtractedPages:
    """Read the lines of each page, top to bottom as the file orders them, with size and place.

    Raises Unreadable for a broken, encrypted or overlong file, NoText when no page has words
    or is a scan.
    """
    with open_pdf(data) as document:
        if len(document) > MAX_PAGES:
            raise Unreadable(
                f"It has {len(document):,} pages, more than the {MAX_PAGES:,} that are read.",
                "Split it into parts.",
            )
        parts = [_page_parts(document, index) for index in range(len(document))]
        pages = pdf_tables.told(parts)
        hints = Hints(title=stated_title(document.get_metadata_value("Title")))
        scans = scanned_pages(document, pages)
    if not scans and not any(_WORD.search(line.text) for page in pages for line in page):
        raise NoText(
            "It has no words in it, and no picture of a page that could be read by OCR.",
            "Print it to PDF again, or scan the pages.",
        )
    return ExtractedPages(pages=pages, hints=hints, format="pdf", scans=scans)


def open_pdf(source: bytes | Path) -> pdfium.PdfDocument:
    """Open a PDF that has pages, given as bytes or by its path. Raises Unreadable."""
    try:
        document = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Unreadable(
                "It is locked with a password.", "Save a copy without the password."
            ) from error
        raise Unreadable(
            "It is damaged: no PDF reader can open it.", "Download it again, or ask for a new copy."
        ) from error
    if len(document) == 0:
        raise Unreadable("It has no pages.", "Download it again, or ask for a new copy.")
    return document


def _page_parts(document: pdfium.PdfDocument, index: int) -> tuple[PagePart, ...]:
    """The lines of one page; a page that PDFium cannot load has none and keeps its number."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return ()
    try:
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return ()
    box = page.get_bbox()
    ink = InkCheck(page, text_page)
    on_page = [line for line in _laid_out(text_page, ink) if _on_page(line.line, box)]
    rules = _rules(ink.painted)
    if (
        may_have_table(rules)
        or may_have_columns(line.line.text for line in on_page)
        or may_be_headed(on_page)
    ):
        words = list(_words(text_page, on_page))
        parts = tuple(pdf_tables.parts(on_page, words, _tables(rules, words)))
    else:
        parts = tuple(pdf_marks.without_marks(on_page))
    text_page.close()
    page.close()
    return parts


def _tables(rules: Sequence[Rule], words: Sequence[Word]) -> tuple[PageTable, ...]:
    """The tables of a page: ruled ones, then those without rules among the other words."""
    ruled, taken = find_tables(rules, words)
    headed = find_headed(words, taken)
    taken = taken.union(*(table.words for table in headed))
    return (*ruled, *headed, *find_columns(words, taken))


def _words(text_page: pdfium.PdfTextPage, lines: Sequence[LaidOutLine]) -> Iterator[Word]:
    """The words of lines, each with its place."""
    for number, line in enumerate(lines):
        for match in _PRINTED.finditer(line.printed):
            text = match[0].replace("\0", "")
            if text:
                first = _box(text_page, line.start + match.start())
                last = _box(text_page, line.start + match.end() - 1)
                place = Box(first.left, first.bottom, last.right, first.top)
                # Only lines that begin in bold are asked: headings are bold from end to end.
                bold = line.line.bold and _is_bold(
                    text_page, _character(text_page, line.start + match.start())
                )
                yield Word(text, place, number, bold)


def _rules(objects: Iterable[_Painted]) -> list[Rule]:
    """The straight lines that are drawn on a page, across it and down it."""
    rules: list[Rule] = []
    for painted in objects:
        if painted.kind != pdfium_c.FPDF_PAGEOBJ_PATH or len(rules) >= MOST_RULES:
            continue
        box = _bounds(painted.outer)
        if box is None:
            continue
        rules += rules_of(box)
        if not box.is_thin and painted.outer is painted.drawn and _is_stroked(painted):
            rules += _segments(painted.drawn)
    return rules


def _is_stroked(painted: _Painted) -> bool:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(painted.drawn, mode, stroked)
    return bool(stroked.value)


def _segments(path: Any) -> Iterator[Rule]:
    """The straight lines of a path that is drawn in several."""
    matrix = pdfium_c.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium_c.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    opened: tuple[float, float] | None = None
    for at in range(min(pdfium_c.FPDFPath_CountSegments(path), MOST_RULES)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, at)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            opened = here
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO and before is not None:
            yield from _rule(before, here)
        if pdfium_c.FPDFPathSegment_GetClose(segment) and opened is not None:
            yield from _rule(here, opened)
        before = here


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    (left, right), (bottom, top) = (sorted(pair) for pair in zip(start, end, strict=True))
    yield from rules_of(Box(left, bottom, right, top))


def _laid_out(text_page: pdfium.PdfTextPage, ink: InkCheck) -> Iterator[LaidOutLine]:
    text = text_page.get_text_range()
    for match in _LAID_OUT_LINE.finditer(text):
        raw = match[0]
        first = _PRINTED.search(raw)
        if first is None:
            continue
        raised = _raised(text_page, text, match) if MAY_BE_RAISED.search(raw) else ()
        cut = []
        shown = _shown(match, ink)
        for mark, piece in pdf_marks.pieces(shown, raised):
            cut.append((mark, visible_text(piece)))
        words = visible_line(pdf_marks.joined(cut))
        if not words and not raised:
            continue
        # A bullet or footnote number has a font and size of its own.
        letter = next((at for at, char in enumerate(raw) if char.isalpha()), first.start())
        look = _look(text_page, _character(text_page, match.start() + letter))
        if look.is_minute:
            continue
        left = _box(text_page, match.start() + first.start()).left
        right = _box(text_page, match.start() + len(raw.rstrip()) - 1).right
        line = ExtractedLine(
            text=words,
            size=look.size,
            bold=look.bold,
            left=round(float(left), 1),
            top=look.top,
            bottom=look.bottom,
        )
        printed = pdf_marks.blanked(shown, raised)
        yield LaidOutLine(line, tuple(cut), round(float(right), 1), printed, match.start())


def _shown(line: re.Match[str], ink: InkCheck) -> str:
    """A line with what cannot be seen of it blanked."""
    raw = line[0]
    if not ink.may_hide:
        return raw
    return _PRINTED.sub(lambda word: _seen(word, line.start(), ink), raw)


def raised_characters(text_page: pdfium.PdfTextPage) -> dict[int, str]:
    """What stands in the text for raised characters, by their own numbers: a space for a mark."""
    text = text_page.get_text_range()
    told: dict[int, str] = {}
    for match in _LAID_OUT_LINE.finditer(text):
        if not MAY_BE_RAISED.search(match[0]):
            continue
        raised = _raised(text_page, text, match)
        printed = pdf_marks.blanked(match[0], raised)
        for start, end in raised:
            for at in range(start, end):
                number = _character(text_page, match.start() + at)
                told[number] = printed[at].replace("\0", " ")
    return told


def _raised(text_page: pdfium.PdfTextPage, text: str, line: re.Match[str]) -> tuple[Run, ...]:
    """The raised runs of a line that has signs such as notes are marked with."""
    raw, start = line[0], line.start()
    bases = _bases(text_page, text, line)

    def is_raised(at: int) -> bool:
        if raw[at] in RAISED_BY_NATURE:
            return True
        setting = _setting(text_page, start + at)
        if any(setting.is_raised(base) for base in bases):
            return True
        return raw[at].isdigit() and setting.draws_raised(*_ink(text_page, start + at))

    runs: list[Run] = []
    for sign in MAY_BE_RAISED.finditer(raw):
        ends = {sign.start(), sign.end() - 1}
        if (runs and sign.start() < runs[-1][1]) or not any(map(is_raised, ends)):
            continue
        # From a raised sign, as far as its neighbours are raised too: "[4]", "3,4".
        at = sign.start()
        while at > 0 and not raw[at - 1].isspace() and is_raised(at - 1):
            at -= 1
        while at < len(raw) and not raw[at].isspace():
            end = at
            while end < len(raw) and not raw[end].isspace() and is_raised(end):
                end += 1
            if end > at:
                runs.append((at, end))
            at = max(end, at + 1)
    return tuple(runs)


def _bases(text_page: pdfium.PdfTextPage, text: str, line: re.Match[str]) -> list[Setting]:
    """How the characters are set that those of a line may be raised above."""
    raw, start = line[0], line.start()
    signs = MAY_BE_RAISED.sub("", raw).strip("[](),; \ufffe\u0002")
    if signs:
        # The largest of a few: the line may begin or end with a mark.
        printed = [at for at, char in enumerate(raw) if not char.isspace()]
        letter = next((at for at in printed if raw[at].isalpha()), printed[0])
        settings = [_setting(text_page, start + at) for at in (letter, printed[0], printed[-1])]
        return [max(settings, key=attrgetter("size"))]
    # Figures alone, such as a mark that stands on a line of its own beside another.
    before = len(text[:start].rstrip()) - 1
    after = _PRINTED.search(text, line.end())
    beside = [at for at in (before, after.start() if after else -1) if at >= 0]
    return [_setting(text_page, at) for at in beside]


def _setting(text_page: Any, text_index: int) -> Setting:
    at = _character(text_page, text_index)
    matrix = pdfium_c.FS_MATRIX(1, 0, 0, 1, 0, 0)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetMatrix(text_page, at, matrix)
    pdfium_c.FPDFText_GetCharOrigin(text_page, at, x, y)
    scale = (matrix.c**2 + matrix.d**2) ** 0.5
    up = (matrix.c / scale, matrix.d / scale) if scale else (0.0, 1.0)
    size = pdfium_c.FPDFText_GetFontSize(text_page, at) * scale
    return Setting(size, x.value, y.value, up)


def _ink(text_page: Any, text_index: int) -> tuple[float, float]:
    """Where what is drawn of a character ends below and above, in points from the page's foot."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    at = _character(text_page, text_index)
    pdfium_c.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
    return bottom.value, top.value


def _box(text_page: Any, text_index: int) -> pdfium_c.FS_RECTF:
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(text_page, _character(text_page, text_index), box)
    return box


def _character(text_page: Any, text_index: int) -> int:
    """The number of a character of the text, which counts those without text too."""
    return int(pdfium_c.FPDFText_GetCharIndexFromTextIndex(text_page, text_index))


def _seen(word: re.Match[str], start: int, ink: InkCheck) -> str:
    """What can be seen of a word of the line that starts at a place of the page's text."""
    first, last = start + word.start(), start + word.end() - 1
    if not ink.hides(first) and (last == first or not ink.hides(last)):
        return word[0]
    return "".join("\0" if ink.hides(at) else c for at, c in enumerate(word[0], first))


@dataclass(frozen=True, slots=True)
class _Look:
    """How one character is set: points from the bottom-left corner of the page."""

    size: float
    bold: bool
    top: float
    bottom: float

    @property
    def is_minute(self) -> bool:
        """Whether it is too small to be read."""
        return self.size < _MINUTE and self.top - self.bottom < _MINUTE


def _look(text_page: Any, at: int) -> _Look:
    matrix, box = pdfium_c.FS_MATRIX(1, 0, 0, 1, 0, 0), pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetMatrix(text_page, at, matrix)
    pdfium_c.FPDFText_GetLooseCharBox(text_page, at, box)
    # The font size is in text space: many producers set size 1 and scale with the matrix.
    scale = (matrix.c**2 + matrix.d**2) ** 0.5
    return _Look(
        size=round(pdfium_c.FPDFText_GetFontSize(text_page, at) * scale, 1),
        bold=_is_bold(text_page, at),
        top=round(box.top, 1),
        bottom=round(box.bottom, 1),
    )


def _is_bold(text_page: Any, at: int) -> bool:
    if pdfium_c.FPDFText_GetFontWeight(text_page, at) >= _BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text_page, at, name, 128, flags)
    return _BOLD_NAME.search(name.value) is not None


class InkCheck:
    """Whether the characters of a page can be seen by someone who looks at it."""

    def __init__(self, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> None:
        self._page = page
        self._text = text_page.raw
        self.painted = tuple(islice(_objects(page), _MOST_OBJECTS))
        """What is painted on the page, in its order."""
        self._covers, self._order = _covers(page, self.painted)
        plain = all(map(_is_plain, self.painted))
        self._all_plain = plain and len(self.painted) < _MOST_OBJECTS
        self._colour = [ctypes.c_uint() for _ in range(4)]

    @property
    def may_hide(self) -> bool:
        """Whether anything on the page is set or covered so that it may not be seen."""
        return bool(self._covers) or not self._all_plain

    def hides(self, text_index: int) -> bool:
        """Whether a character is set so as not to be seen, and indeed nothing shows there.

        White letters on a dark band show; so does the picture under the invisible words of OCR.
        """
        return self.hides_character(_character(self._text, text_index))

    def hides_character(self, at: int) -> bool:
        """The same, of a character by its own number, which counts those without text too."""
        # Many producers set size 1 and scale it: the one call answers for all the others.
        small = pdfium_c.FPDFText_GetFontSize(self._text, at) < _MINUTE
        if small and _look(self._text, at).is_minute:
            return True
        if self._covers and self._is_covered(at):
            return True
        if not self._is_suspect(at):
            return False
        return not self._shows(self._room(at))

    def _room(self, at: int) -> Box:
        """A character with the room that its line has."""
        box = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(self._text, at, box)
        return Box(box.left, box.bottom, box.right, box.top)

    def _is_covered(self, at: int) -> bool:
        """Whether something is painted over a character afterwards, and it shows one colour."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium_c.FPDFText_GetCharBox(self._text, at, left, right, bottom, top)
        over = self._covers.over(Box(left.value, bottom.value, right.value, top.value))
        if not over:
            return False
        written = self._order.get(_address(pdfium_c.FPDFText_GetTextObject(self._text, at)), ())
        room = self._room(at)
        for cover in over:
            if cover.order > written and not self._shows(room.common(cover.box), margin=-1):
                return True
        return False

    def _is_suspect(self, at: int) -> bool:
        red, green, blue, alpha = self._colour
        # The cheapest question first: this is asked of every word.
        if pdfium_c.FPDFText_GetFillColor(self._text, at, red, green, blue, alpha):
            if alpha.value < _TRANSPARENT:
                return True
            if red.value > _WHITE and green.value > _WHITE and blue.value > _WHITE:
                return True
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(
            pdfium_c.FPDFText_GetTextObject(self._text, at)
        )
        return bool(mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)

    def _shows(self, box: Box, margin: int = 1) -> bool:
        """Whether a place and a margin around it, in pixels, is of more than one colour."""
        picture = self._picture
        across, down = zip(
            self._pixel(picture, box.left, box.top),
            self._pixel(picture, box.right, box.bottom),
            strict=True,
        )
        columns = slice(max(min(across) - margin, 0), max(across) + margin + 1)
        rows = range(max(min(down) - margin, 0), min(max(down) + margin + 1, picture.height))
        greys = [grey for row in rows for grey in picture.row(row)[columns]]
        return bool(greys) and max(greys) - min(greys) >= _CONTRAST

    def _pixel(self, picture: _Picture, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(
            self._page, 0, 0, picture.width, picture.height, 0, x, y, across, down
        )
        return across.value, down.value

    @cached_property
    def _picture(self) -> _Picture:
        scale = min(1.5, _PICTURE_PIXELS / max(*self._page.get_size(), 1))
        bitmap = self._page.render(scale=scale, grayscale=True)
        return _Picture(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


_NO_COVER = frozenset(
    (
        pdfium_c.FPDF_ANNOT_TEXT,
        pdfium_c.FPDF_ANNOT_LINK,
        pdfium_c.FPDF_ANNOT_POPUP,
        pdfium_c.FPDF_ANNOT_WIDGET,
    )
)
"""Annotations that paint nothing over the text."""


@dataclass(frozen=True, slots=True)
class _Painted:
    """An object of a page; of one inside a form, `outer` is the form that stands on the page."""

    order: Order
    kind: int
    drawn: Any
    outer: Any


def _covers(page: pdfium.PdfPage, objects: Sequence[_Painted]) -> tuple[Covers, dict[int, Order]]:
    """What is painted over text of a page after it, and when each object of text is painted.

    Of a form, the whole of it is taken: what shows on the page decides in the end.
    """
    texts: list[_Painted] = []
    fills: list[_Painted] = []
    for painted in objects:
        if painted.kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            texts.append(painted)
        elif texts and _fills(painted):
            fills.append(painted)
    found = [cover for cover in _placed(fills) if not cover.box.is_thin]
    for at in range(min(pdfium_c.FPDFPage_GetAnnotCount(page.raw), _MOST_OBJECTS)):
        box = _annotation(page, at)
        if box is not None:
            found.append(Cover(box, pdf_covers.LAST))
    if not found:
        return Covers(()), {}
    last = max(cover.order for cover in found)
    written = list(_placed(takewhile(lambda text: text.order < last, texts)))
    covers = Covers(pdf_covers.over_text(found, written))
    return covers, {_address(text.drawn): text.order for text in texts} if covers else {}


def _placed(objects: Iterable[_Painted]) -> Iterator[Cover]:
    for painted in objects:
        box = _bounds(painted.outer)
        if box is not None:
            yield Cover(box, painted.order)


def _is_plain(painted: _Painted) -> bool:
    """Whether no text of an object can be hidden by how it is set."""
    if painted.kind != pdfium_c.FPDF_PAGEOBJ_TEXT:
        return bool(painted.kind != pdfium_c.FPDF_PAGEOBJ_FORM)
    drawn = painted.drawn
    parts = [ctypes.c_uint() for _ in range(4)]
    if pdfium_c.FPDFPageObj_GetFillColor(drawn, *parts):
        red, green, blue, alpha = (part.value for part in parts)
        if alpha < _TRANSPARENT or min(red, green, blue) > _WHITE:
            return False
    if pdfium_c.FPDFTextObj_GetTextRenderMode(drawn) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE:
        return False
    size, matrix = ctypes.c_float(), pdfium_c.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium_c.FPDFTextObj_GetFontSize(drawn, size)
    if size.value >= _MINUTE:
        return True
    pdfium_c.FPDFPageObj_GetMatrix(drawn, matrix)
    scale = (matrix.c**2 + matrix.d**2) ** 0.5
    # The form's own scale comes on top.
    return len(painted.order) == 1 and size.value * scale >= _MINUTE


def _objects(page: pdfium.PdfPage) -> Iterator[_Painted]:
    for at in range(min(pdfium_c.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        drawn = pdfium_c.FPDFPage_GetObject(page.raw, at)
        kind = pdfium_c.FPDFPageObj_GetType(drawn)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            yield from _in_form(drawn, (at,), drawn)
        else:
            yield _Painted((at,), kind, drawn, drawn)


def _in_form(form: Any, order: Order, outer: Any) -> Iterator[_Painted]:
    for at in range(min(pdfium_c.FPDFFormObj_CountObjects(form), _MOST_OBJECTS)):
        drawn = pdfium_c.FPDFFormObj_GetObject(form, at)
        kind = pdfium_c.FPDFPageObj_GetType(drawn)
        if kind != pdfium_c.FPDF_PAGEOBJ_FORM or len(order) == _MOST_NESTED:
            yield _Painted((*order, at), kind, drawn, outer)
        else:
            yield from _in_form(drawn, (*order, at), outer)


def _fills(painted: _Painted) -> bool:
    """Whether an object of the page may cover others: a picture, a shading or a filled shape."""
    if painted.kind != pdfium_c.FPDF_PAGEOBJ_PATH:
        return painted.kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING)
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(painted.drawn, mode, stroked)
    return bool(mode.value != pdfium_c.FPDF_FILLMODE_NONE)


def _bounds(drawn: Any) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return None
    return Box(left.value, bottom.value, right.value, top.value)


def _annotation(page: pdfium.PdfPage, at: int) -> Box | None:
    """Where an annotation is that may cover text."""
    annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, at)
    if not annotation:
        return None
    rect = pdfium_c.FS_RECTF()
    found = pdfium_c.FPDFAnnot_GetRect(annotation, rect)
    kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
    pdfium_c.FPDFPage_CloseAnnot(annotation)
    if not found or kind in _NO_COVER:
        return None
    return Box(
        min(rect.left, rect.right),
        min(rect.bottom, rect.top),
        max(rect.left, rect.right),
        max(rect.bottom, rect.top),
    )


def _address(drawn: Any) -> int:
    """The address of an object of the page."""
    return ctypes.cast(drawn, ctypes.c_void_p).value or 0


@dataclass(frozen=True, slots=True)
class _Picture:
    """A page as drawn, one byte of grey a pixel, rows of `stride` bytes from the top."""

    greys: bytes
    width: int
    height: int
    stride: int

    def row(self, number: int) -> bytes:
        return self.greys[number * self.stride : number * self.stride + self.width]


def _on_page(line: ExtractedLine, box: tuple[float, float, float, float]) -> bool:
    """Whether any of the line can be seen: text may be set outside the page, where none looks."""
    _, bottom, right, top = box
    return (
        line.left is None
        or line.top is None
        or line.bottom is None
        or (line.left < right and line.top > bottom and line.bottom < top)
    )
