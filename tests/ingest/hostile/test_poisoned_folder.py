"""A folder of hostile files beside a good one: each is reported, none ends or holds up the ingest,
and nothing else is lost."""

from __future__ import annotations

import base64
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from made_files import open_document, packed, poisons, repacked
from shared_data import WordEmbedder

from ingest.events import IngestOutcome, Status
from ingest.pipeline import ingest
from rag.library.library import Library
from rag.settings import Settings

pytestmark = pytest.mark.slow

GOOD = "Caseloads in Fallowmere are high: 31 cases were held by each social worker in May 2025."
LONG = 40_000


def files() -> Iterator[tuple[str, bytes]]:
    """Files that nobody made in good faith, by their names."""
    yield from texts()
    yield from pages()
    yield from messages()
    yield from tables()
    yield from packages()
    yield from pdfs()


def texts() -> Iterator[tuple[str, bytes]]:
    """Plain text and Markdown without an end, and bytes that are no text."""
    for name, text in list(poisons(LONG))[::3]:
        yield f"text of {name}.txt", text.encode()
    for name in ("quotes", "brackets", "links", "cells", "underscores", "dashes"):
        text = dict(poisons(LONG // 4)).get(name) or name * (LONG // 40)
        yield f"markdown of {name}.md", text.encode()
    yield "surrogates.txt", b"Plans \xed\xa0\x80\xed\xb0\x80 are late.\n" * 2000
    yield "half characters.txt", "Plans “are” late.".encode()[:-12] + b"\xe2\x80"
    yield "utf16 cut.txt", b"\xff\xfe" + "Plans are late.".encode("utf-16-le")[:-1]
    yield "right to left.txt", ("\u202e" + "Plans are late. " * 50 + "\u202c").encode() * 200
    yield "nested front.md", b"---\n" + b"".join(b" " * n + b"a:\n" for n in range(900)) + b"---\n"


def pages() -> Iterator[tuple[str, bytes]]:
    """Web pages nested, unclosed, recursive and styled without an end."""
    for tag in ("div", "span", "table", "ul", "blockquote", "svg", "math", "select", "form", "b"):
        yield f"nested {tag}.html", b"<html><body>" + f"<{tag}>".encode() * 20_000 + b"Plans."
    yield "entities.html", b"<p>" + b"&amp;" * LONG + b"&#x110000;&#0;</p>"
    rules = "".join(f".a{n} .a{n + 1}{{display:none}}" for n in range(3000))
    yield "rules.html", f"<style>{rules}</style><p class='a1'>Plans are late.</p>".encode()
    yield "imports.html", b"<style>@import url(file:///etc/passwd);</style><p>Plans.</p>"
    yield "frames.html", b"<iframe src='file:///etc/passwd'></iframe>" * 500
    yield "attribute.html", b"<p title='" + b"x" * LONG + b"'>Plans are late.</p>"
    yield "comment.html", b"<!-- " + b"-" * LONG
    yield "base64.html", b"<img src='data:image/png;base64," + base64.b64encode(b"x" * LONG) + b"'>"
    yield "gzip.html", gzip.compress(b"<p>Plans are late.</p>" * 1000)


def messages() -> Iterator[tuple[str, bytes]]:
    """Messages within messages, and heads without an end."""
    head = b"From: a@fallowmere.example\nDate: Mon, 5 May 2025 10:00:00 +0000\n"
    yield "heads.eml", head + b"X-A: b\n" * 40_000 + b"\nPlans."
    yield "subject.eml", head + b"Subject: " + b"=?utf-8?q?=41?= " * 20_000 + b"\n\nPlans."
    yield "base64.eml", head + b"Content-Transfer-Encoding: base64\n\n" + b"A" * LONG
    yield "charset.eml", head + b"Content-Type: text/plain; charset=no-such\n\nPlans are late."
    yield "boundary.eml", head + b'Content-Type: multipart/mixed; boundary=""\n\n--\n\nPlans.'


def tables() -> Iterator[tuple[str, bytes]]:
    """Tables that are too wide, too long or of one cell."""
    yield "commas.csv", b"," * LONG
    yield "quoted.csv", b'a,"' + b"x" * LONG
    yield "nulls.csv", b"a,\0,b\n" * 500
    yield "figure.csv", b"figure\n" + b"9" * LONG + b"\n"
    yield "exponent.csv", b"figure\n1e999999999\n-1e-999999999\nNaN\nInfinity\n"


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)
BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}'
    "</w:body></w:document>"
)
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9}">' for n in range(1, 12))


def packages() -> Iterator[tuple[str, bytes]]:
    """Office files whose parts are missing, nested, spanning, recursive or reach outside."""
    word, book = io.BytesIO(), io.BytesIO()
    docx.Document().save(word)
    openpyxl.Workbook().save(book)
    part, sheet = "word/document.xml", "xl/worksheets/sheet1.xml"
    bodies = {
        "nested tables": "<w:tbl><w:tr><w:tc>" * 4000,
        "span": '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p/></w:tc>'
        "</w:tr></w:tbl>",
        "paragraphs": "<w:p/>" * 60_000,
        "unclosed": "<w:p><w:r><w:t>Plans are late.",
    }
    for name, body in bodies.items():
        yield f"{name}.docx", repacked(word.getvalue(), {part: BODY.format(body)})
    laughing = f'<?xml version="1.0"?><!DOCTYPE w [{ENTITIES}]>' + BODY.format("&e11;")
    yield "entities.docx", repacked(word.getvalue(), {part: laughing})
    outside = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield "outside.docx", repacked(word.getvalue(), {part: outside + BODY.format("&x;")})
    yield "up.docx", repacked(word.getvalue(), {"../../outside.txt": b"x"})
    sheets = {
        "figures": f"<sheetData><row r='1'><c r='A1'><v>{'9' * 100_000}</v></c></row></sheetData>",
        "column": "<sheetData><row r='1'><c r='ZZZZZZ1'><v>1</v></c></row></sheetData>",
        "shared": "<sheetData><row r='1'><c r='A1' t='s'><v>999999999</v></c></row></sheetData>",
        "formula": f"<sheetData><row r='1'><c r='A1'><f>{'(' * 9000}</f></c></row></sheetData>",
    }
    for name, content in sheets.items():
        yield f"{name}.xlsx", repacked(book.getvalue(), {sheet: SHEET.format(content)})
    yield "no parts.docx", packed({"[Content_Types].xml": "<Types/>"})
    yield "no parts.xlsx", packed({"xl/workbook.xml": "<workbook/>"})
    yield "no parts.pptx", packed({"ppt/presentation.xml": "<presentation/>"})
    yield "zip in zip.docx", packed({"word/document.xml": packed({"a": b"0" * 10_000_000})})
    for kind, suffix in (("text", "odt"), ("spreadsheet", "ods")):
        yield f"nested.{suffix}", open_document(kind, "<text:span>" * 5000)
    cell = '<table:table-cell table:number-columns-repeated="2147483647"/>'
    yield (
        "repeated.ods",
        open_document(
            "spreadsheet", f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
        ),
    )


def pdfs() -> Iterator[tuple[str, bytes]]:
    """PDFs whose objects refer to themselves, unpack to too much, or are not there."""
    yield "head.pdf", b"%PDF-1.7\n"
    yield "circle.pdf", pdf(b"<</Type/Pages/Kids[2 0 R]/Count 1>>")
    yield "count.pdf", pdf(b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>")
    bomb = zlib.compress(b"0 0 m " * 3_000_000)
    yield "stream.pdf", pdf(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", bomb)
    yield (
        "operators.pdf",
        pdf(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", zlib.compress(b"q " * 99_999)),
    )
    yield "box.pdf", pdf(b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 1e30 1e30]>>")
    yield "arrays.pdf", b"%PDF-1.7\n1 0 obj " + b"[" * LONG


def pdf(tree: bytes, stream: bytes = b"") -> bytes:
    """A PDF of one page with this tree of pages and this content, without a table of objects."""
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>"
    content = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream)
    parts = (b"<</Type/Catalog/Pages 2 0 R>>", tree, page, content)
    objects = b"".join(b"%d 0 obj %s endobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return b"%PDF-1.7\n" + objects + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_each_hostile_file_is_reported_and_nothing_else_is_lost(tmp_path: Path) -> None:
    folder, given = tmp_path / "files", dict(files())
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    for name, data in given.items():
        (folder / name).write_bytes(data)
    assert len(given) >= 75
    settings = Settings(library=tmp_path / "library", read_seconds=6)
    library = Library(settings.library, WordEmbedder())
    outcomes: list[IngestOutcome] = []

    def note(event: object) -> None:
        if isinstance(event, IngestOutcome):
            outcomes.append(event)

    ingest([str(folder)], settings, on_event=note, library=library)
    assert {Path(told.document).name for told in outcomes} == {*given, "good.txt"}
    failed = {told.document: told.reason for told in outcomes if told.status is Status.REFUSED}
    assert all(failed.values())
    assert failed.keys() == {each.name for each in library.refused()}
    assert [key for key, _ in library.matching(["caseload"], 3)] == [("good.txt", 0)]
    assert not list(tmp_path.rglob("outside.txt"))
    library.close()
