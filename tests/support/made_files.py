"""Files made for a test: packages of parts, as Office files are, and scans of print."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

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
