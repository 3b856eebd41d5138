"""Files made for a test: packages of parts, as Office files are, and scans of print; and texts that
no person writes, whose repetitions make a careless pattern take for ever.
"""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence

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


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these parts, by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def repacked(data: bytes, changes: Mapping[str, str | bytes]) -> bytes:
    """The same package with some parts changed or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
    return packed({**parts, **changes})


OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style")
)


def open_document(kind: str, body: str, styles: str = "") -> bytes:
    """An OpenDocument file of a kind ("text", "spreadsheet") with this body and styles."""
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    return packed({"mimetype": OPEN_DOCUMENT + kind, "content.xml": content})


_REPEATED = {
    "digits": "1",
    "letters": "a",
    "capitals": "A",
    "figures with commas": "1,111",
    "lone figures": "1,",
    "brackets": "(",
    "two sorts of bracket": "[(",
    "pairs of brackets": "()",
    "percent signs": "%",
    "shares": "5 % ",
    "dates": "1 May 2020 ",
    "dates run together": "1/1/2020-",
    "straight quotes": '"',
    "curly quotes": "\u201c",
    "apostrophes": "'",
    "stops": ".",
    "tags": "<b>",
    "links": "[a](",
    "words": "the council said ",
    "capital words": "Aa ",
    "numbers in words": "one hundred and ",
    "tens": "twenty ",
    "ratios": "1 of the ",
    "right to left": "\u0627",
    "combining marks": "\u0301",
    "dashes": "-",
    "hyphened": "a-",
    "joined": "and ",
    "denied": "not ",
    "money": "\u00a31m ",
    "clauses": "a; ",
    "titles": "Mr A. ",
    "said": "said Jane Smith, ",
    "underscores": "_",
    "cells": "| a ",
    "initials": "A.",
    "pictures": "\U0001f600",
    "years": "2020 ",
    "questions": "a? ",
}


def poisons(length: int) -> Iterator[tuple[str, str]]:
    """Each kind of text by its name, `length` characters long, as nobody has bounded it."""
    for name, part in _REPEATED.items():
        yield name, (part * (length // len(part) + 1))[:length]
    yield "spaces", f"a{' ' * length}a"
    yield "lines", f"a{chr(10) * length}a"


def in_words(text: str, longest: int) -> str:
    """A text cut into words of `longest` characters, as a bounded text may have them."""
    return " ".join(re.findall(rf"\S{{1,{longest}}}", text))


def seconds(work: Callable[[], object]) -> float:
    """The processor time that some work takes; what else the machine does is not counted."""
    started = time.process_time()
    work()
    return time.process_time() - started
