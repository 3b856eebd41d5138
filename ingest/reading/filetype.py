"""What a file really is, from its bytes; its name only tells kinds of plain text apart."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePath

import puremagic

from ingest.reading.encoding import is_text
from rag.errors import Unreadable

_MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".mkd"))
_WEB = frozenset((".html", ".htm", ".xhtml"))
# A text or web page under one of these names is a failed download, not a mislabelled document.
_NEVER_TEXT = frozenset(
    (".pdf", ".docx", ".docm", ".doc", ".odt", ".ods", ".pptx", ".ppt", ".xlsx", ".xlsm", ".xls")
)
_TABLE_TEXT = frozenset((".csv", ".tsv", ".tab"))
_HEAD = 4096
_PDF_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# PNG, JPEG, TIFF of either order of bytes: a scan may come as one.
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
# What an old Office file is, by the names in its directory, and what to do with it. A presentation
# or document may hold a workbook, so that those come first.
_OLE_FORMATS = (
    ("EncryptedPackage", "locked with a password", "Save a copy without the password."),
    (
        "PowerPoint Document",
        "a PowerPoint 97-2003 presentation (.ppt)",
        "Open it in PowerPoint and save it as .pptx or PDF.",
    ),
    (
        "WordDocument",
        "a Word 97-2003 document (.doc)",
        "Open it in Word and save it as .docx or PDF.",
    ),
    (
        "__properties_version1.0",
        "an Outlook message (.msg)",
        "Open it in Outlook and save it as .eml or PDF.",
    ),
    (
        "Workbook",
        "an Excel 97-2003 workbook (.xls)",
        "Open it in Excel and save it as .xlsx.",
    ),
    ("Book", "an Excel 5.0 workbook (.xls)", "Open it in Excel and save it as .xlsx."),
)
_OLE_ENTRY = 128
_OLE_NAME = 64
_MAIL_HEADERS = re.compile(rb"^(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.MULTILINE)
_MAIL_MARKS = (b"from:", b"date:", b"message-id:", b"mime-version:", b"received:", b"subject:")
_SAVED_PAGE = (b"snapshot-content-location:", b"<saved by")
_HTML_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(rb"<(?:html|body|p|div|h[1-6]|article|table|ul)[\s>]", re.IGNORECASE)
_DAMAGED_PACKAGE = (
    *(zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError, EOFError, OSError),
    zlib.error,
)
_XML_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml\b", re.IGNORECASE)
_PACKAGES = (
    ("word/document.xml", "docx"),
    ("xl/workbook", "xlsx"),
    ("ppt/presentation", "pptx"),
)
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_FORMATS = (
    "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument (.odt, .ods), web pages"
    " (.html), e-mail (.eml), tables (.csv), pictures of pages, Markdown and plain text are read."
)


def sniff(data: bytes, name: str) -> str:
    """Name the format of a file, as ExtractedPages does.

    Raises Unreadable, saying what the file really is, when it is none that is read, or when it is
    a web page or text under the name of a PDF or Office document.
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
    if _is_message(data, suffix):
        return "email"
    _refuse_known(data)
    if not is_text(data):
        raise _unknown(data)
    if suffix in _TABLE_TEXT:
        return "csv"
    return _textual("markdown" if suffix in _MARKDOWN else "text", suffix)


def _is_message(data: bytes, suffix: str) -> bool:
    """Whether a file begins with the headers of an e-mail message, and is no web page saved."""
    headers = _MAIL_HEADERS.match(data[:_HEAD].replace(b"\r\n", b"\n"))
    if headers is None or suffix in _NEVER_TEXT:
        return False
    told = b"\n" + headers[0].lower()
    marks = sum(b"\n" + mark in told for mark in _MAIL_MARKS)
    saved = any(mark in told for mark in _SAVED_PAGE)
    return not saved and marks >= (2 if suffix == ".eml" else 4)


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
            mimetype = _start_of(package, "mimetype") if "mimetype" in names else b""
    except _DAMAGED_PACKAGE as error:
        raise Unreadable(
            "It is a damaged Office document or zip archive.",
            "Download it again, or ask for a new copy.",
        ) from error
    for start, form in _PACKAGES:
        if any(name.startswith(start) for name in names):
            return form if not start.startswith("xl/") else _workbook(names)
    if "content.xml" in names:
        return _open_document(mimetype)
    raise Unreadable("It is a zip archive.", "Unpack it and add the documents in it.")


def _workbook(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        raise Unreadable("It is a binary Excel workbook (.xlsb).", "Save it as .xlsx.")
    return "xlsx"


def _open_document(mimetype: bytes) -> str:
    form = _OPEN_DOCUMENTS.get(mimetype.strip().removesuffix(b"-template"))
    if form is None:
        raise Unreadable(
            "It is an OpenDocument file, but neither a text nor a spreadsheet.", "Save it as PDF."
        )
    return form


def _refuse_known(data: bytes) -> None:
    if data.startswith(_OLE):
        raise _old_office(data)
    if data.startswith(b"{\\rtf"):
        raise Unreadable("It is a Rich Text file.", "Open it in Word and save it as .docx.")
    if data[:_HEAD].lower().find(b"content-type: multipart/related") >= 0:
        raise Unreadable("It is a web archive (.mht).", "Save the page as .html or PDF.")
    if _XML_START.match(data[:_HEAD]):
        raise Unreadable("It is an XML file, not a document.", _FORMATS)


def _old_office(data: bytes) -> Unreadable:
    for name, what, remedy in _OLE_FORMATS:
        if _has_ole_entry(data, name):
            return Unreadable(f"It is {what}.", remedy)
    return Unreadable(
        "It is in an old Office format.", "Open it in its own program and save it as PDF."
    )


def _has_ole_entry(data: bytes, name: str) -> bool:
    """Whether the directory of an OLE file has an entry of this name: its words may hold it too."""
    written = (name + "\0").encode("utf-16-le")
    at = data.find(written)
    while at >= 0:
        length = int.from_bytes(data[at + _OLE_NAME : at + _OLE_NAME + 2], "little")
        if at % _OLE_ENTRY == 0 and length == len(written):
            return True
        at = data.find(written, at + 1)
    return False


def _start_of(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(_HEAD)


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
