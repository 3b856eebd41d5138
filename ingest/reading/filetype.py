"""What a file really is, from its bytes; its name only tells Markdown from plain text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

import puremagic

from ingest.reading.encoding import is_text
from rag.errors import Unreadable

_MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".mkd"))
_WEB = frozenset((".html", ".htm", ".xhtml"))
# A text or web page under one of these names is a failed download, not a mislabelled document.
_NEVER_TEXT = frozenset((".pdf", ".docx", ".docm", ".doc", ".odt", ".pptx", ".xlsx"))
_HEAD = 4096
_PDF_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# PNG, JPEG, TIFF of either order of bytes: a scan may come as one.
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_HTML_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(rb"<(?:html|body|p|div|h[1-6]|article|table|ul)[\s>]", re.IGNORECASE)
_XML_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml\b", re.IGNORECASE)
_PACKAGES = (
    ("xl/workbook", "an Excel workbook", "Save it as PDF."),
    ("ppt/presentation", "a PowerPoint presentation", "Save it as PDF."),
    ("content.xml", "an OpenDocument file", "Save it as .docx or PDF."),
)
_FORMATS = "PDF, Word (.docx), web pages (.html), Markdown and plain text are read."


def sniff(data: bytes, name: str) -> str:
    """Name the format of a file: "pdf", "docx", "html", "image", "markdown" or
    "text".

    Raises Unreadable, saying what the file really is, when it is none of them, or when it is a
    web page or text under the name of a PDF or Word document.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable(
            "It is empty." if not data.strip() else "It holds nothing but zeros.",
            "Download it again, or ask for a new copy.",
        )
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if _is_web_page(data, suffix):
        return _textual("html", suffix)
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    if data.startswith(_IMAGES) and suffix not in _NEVER_TEXT:
        return "image"
    _refuse_known(data)
    if not is_text(data):
        raise _unknown(data)
    return _textual("markdown" if suffix in _MARKDOWN else "text", suffix)


def _is_web_page(data: bytes, suffix: str) -> bool:
    # Without noughts, so that UTF-16 is seen through.
    head = data[:_HEAD].replace(b"\0", b"")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:]
    if _HTML_START.match(head):
        return True
    return suffix in _WEB and is_text(data) and _HTML_TAG.search(head) is not None


def _textual(form: str, suffix: str) -> str:
    if suffix in _NEVER_TEXT:
        really = "a web page" if form == "html" else "plain text"
        raise Unreadable(
            f"It is named {suffix} but is {really}: most likely the message that came in place "
            "of the document.",
            f"Open its address in a browser and download the real {suffix} file.",
        )
    return form


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Unreadable(
            "It is a damaged Word document or zip archive.",
            "Download it again, or ask for a new copy.",
        ) from error
    if "word/document.xml" in names:
        return "docx"
    for start, what, remedy in _PACKAGES:
        if any(name.startswith(start) for name in names):
            raise Unreadable(f"It is {what}, which is not read.", remedy)
    raise Unreadable("It is a zip archive.", "Unpack it and add the documents in it.")


def _refuse_known(data: bytes) -> None:
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise Unreadable("It is locked with a password.", "Save a copy without the password.")
        raise Unreadable(
            "It is in an old Office format (.doc, .xls or .ppt).",
            "Open it in Word and save it as .docx.",
        )
    if data.startswith(b"{\\rtf"):
        raise Unreadable("It is a Rich Text file.", "Open it in Word and save it as .docx.")
    if data[:_HEAD].lower().find(b"content-type: multipart/related") >= 0:
        raise Unreadable("It is a web archive (.mht).", "Save the page as .html or PDF.")
    if _XML_START.match(data[:_HEAD]):
        raise Unreadable("It is an XML file, not a document.", _FORMATS)


def _unknown(data: bytes) -> Unreadable:
    try:
        matches = puremagic.magic_string(data[:65_536])
    except puremagic.PureError:
        matches = []
    what = next((match.name for match in matches if match.name), "")
    if not what:
        return Unreadable("It is not a document of a known kind, or it is damaged.", _FORMATS)
    image = matches[0].mime_type.startswith("image/")
    remedy = "Run it through OCR (optical character recognition) to get a PDF with text."
    return Unreadable(f"It is not a document but: {what}.", remedy if image else _FORMATS)
