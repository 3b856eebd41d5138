"""What a file is, told from its bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.reading.filetype import sniff
from rag.errors import Unreadable

PAGE = b"<!DOCTYPE html><html><body><p>Words.</p></body></html>"
MESSAGE = (
    b"Received: from a\r\n by b\r\nFrom: Jo Moor <jo@fallowmere.example>\r\n"
    b"Date: Mon, 5 May 2025 10:00:00 +0100\r\nSubject: Plans\r\nMIME-Version: 1.0\r\n\r\nWords."
)


def ole(*names: str) -> bytes:
    """An OLE file whose directory has these entries."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    for name in names:
        written = (name + "\0").encode("utf-16-le")
        data += written.ljust(64, b"\0") + len(written).to_bytes(2, "little") + b"\2" + b"\0" * 61
    return data + b"\0" * 512


OLE = ole("Root Entry")


def package(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, mimetype if name == "mimetype" else "<x/>")
    return buffer.getvalue()


OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (b"%PDF-1.7\n...", "report.pdf", "pdf"),
        (b"%PDF-1.7\n...", "report.txt", "pdf"),
        (b"\r\njunk before %PDF-1.4\n", "report", "pdf"),
        (package("[Content_Types].xml", "word/document.xml"), "minutes.docx", "docx"),
        (package("word/document.xml"), "minutes.pdf", "docx"),
        (PAGE, "article.html", "html"),
        (PAGE, "article", "html"),
        (b"\xef\xbb\xbf  <!-- saved --><HTML><p>x", "article.txt", "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', "a.xhtml", "html"),
        (PAGE.decode().encode("utf-16"), "article.htm", "html"),
        (b"<p>A fragment of a page.</p>", "article.html", "html"),
        (b"<p>A fragment of a page.</p>", "article.txt", "text"),
        (b"# Heading\n\nWords.", "notes.md", "markdown"),
        (b"# Heading\n\nWords.", "notes.txt", "text"),
        ("Café – “quoted”".encode("cp1252"), "notes.txt", "text"),
        ("Café".encode("utf-16"), "notes.txt", "text"),
        (package("xl/workbook.xml"), "a.pdf", "xlsx"),
        (package("ppt/presentation.xml"), "a.pptx", "pptx"),
        (package("mimetype", "content.xml", mimetype=f"{OPEN_DOCUMENT}text"), "a.odt", "odt"),
        (package("mimetype", "content.xml", mimetype=f"{OPEN_DOCUMENT}spreadsheet"), "a", "ods"),
        (b"Ward,Homes\nNorth,3\n", "homes.csv", "csv"),
        (b"Ward\tHomes\nNorth\t3\n", "homes.TSV", "csv"),
        (b"Ward,Homes\nNorth,3\n", "homes.txt", "text"),
        (MESSAGE, "message.eml", "email"),
        (MESSAGE, "message.txt", "email"),
        (b"From: Jo Moor\nDate: 5 May 2025\n\nWords.", "message.eml", "email"),
        (b"From: Jo Moor\nDate: 5 May 2025\n\nWords.", "letter.txt", "text"),
    ],
)
def test_a_format_is_told_from_the_bytes(data: bytes, name: str, form: str) -> None:
    assert sniff(data, name) == form


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.pdf", "empty"),
        (b" \r\n\t", "a.txt", "empty"),
        (b"\0" * 4096, "a.docx", "nothing but zeros"),
        (PAGE, "report.pdf", "named .pdf but is a web page"),
        (PAGE, "report.DOCX", "named .docx but is a web page"),
        (b"404 not found", "report.pdf", "named .pdf but is plain text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "scan.docx", "Portable Network Graphics"),
        (OLE, "old.doc", "old Office format"),
        (ole("Root Entry", "EncryptedPackage"), "locked.docx", "locked with a password"),
        (ole("Root Entry", "WordDocument"), "a.doc", r"Word 97-2003 document \(\.doc\)"),
        (ole("Workbook", "WordDocument"), "a.doc", r"Word 97-2003 document \(\.doc\)"),
        (ole("Root Entry", "Workbook"), "a.doc", r"Excel 97-2003 workbook \(\.xls\)"),
        (ole("PowerPoint Document"), "a.ppt", r"PowerPoint 97-2003 presentation \(\.ppt\)"),
        (ole("__properties_version1.0"), "a.msg", r"Outlook message \(\.msg\)"),
        (OLE + "see the Workbook".encode("utf-16-le"), "old.doc", "old Office format"),
        (b"{\\rtf1\\ansi words}", "a.doc", "Rich Text"),
        (b"404 not found", "a.xlsx", "named .xlsx but is plain text"),
        (package("xl/workbook.bin"), "a.xlsb", r"binary Excel workbook \(\.xlsb\)"),
        (package("mimetype", "content.xml"), "a.odg", "OpenDocument"),
        (package("one.pdf", "two.pdf"), "a.zip", "zip archive"),
        (b"PK\x03\x04" + b"\0" * 200, "a.docx", "damaged Office document"),
        (b'<?xml version="1.0"?><rss/>', "a.xml", "XML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n", "a.mht", "web archive"),
        (bytes(range(256)) * 8, "a.txt", "not a document"),
    ],
)
def test_what_cannot_be_read_is_refused_by_what_it_is(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refusal:
        sniff(data, name)
    assert refusal.value.remedy, "a refusal says what to do"
