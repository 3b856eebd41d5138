"""Odd, broken and hostile files through the isolated reader: each is read or refused, and soon."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from made_files import open_document, repacked
from places import SHARED
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.reading.sandbox import ReaderPool, SourceBytes, read_source
from ingest.types import ExtractedPages
from rag.errors import IngestError, NoText, Unreadable
from rag.settings import Settings

pytestmark = pytest.mark.slow

SECONDS = 8
MOST_MB = 200
MOST_MEMORY_KB = 1024 * 1024


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReaderPool]:
    # A shorter limit than the usual one, for the sake of those who wait for the tests.
    settings = Settings(library=tmp_path_factory.mktemp("library"), read_seconds=6)
    with ReaderPool(settings) as pool:
        yield pool


def outcome_in_time(pool: ReaderPool, source: SourceBytes) -> ExtractedPages | IngestError:
    started = time.monotonic()
    outcome: ExtractedPages | IngestError
    try:
        outcome = pool.call(read_source, source, MOST_MB)
    except IngestError as error:
        outcome = error
    assert time.monotonic() - started < SECONDS, source.name
    return outcome


@pytest.mark.skipif(not (SHARED / "bench/pdf").is_dir(), reason="the shared PDFs are not here")
def test_every_odd_pdf_is_read_or_refused(pool: ReaderPool) -> None:
    files = sorted((SHARED / "bench/pdf").glob("*")) + sorted((SHARED / "corpus/broken").glob("*"))
    outcomes = [outcome_in_time(pool, SourceBytes(path.name, path)) for path in files]
    assert len(outcomes) >= 149
    assert all(isinstance(outcome, ExtractedPages | IngestError) for outcome in outcomes)
    assert sum(isinstance(outcome, ExtractedPages) for outcome in outcomes) >= 93
    assert all(outcome.remedy for outcome in outcomes if isinstance(outcome, IngestError))


@pytest.mark.skipif(not (SHARED / "corpus/broken").is_dir(), reason="the shared corpus is absent")
def test_a_web_page_saved_as_pdf_is_called_what_it_is(pool: ReaderPool) -> None:
    (path,) = (SHARED / "corpus/broken").glob("*.pdf")
    refusal = outcome_in_time(pool, SourceBytes(path.name, path))
    assert isinstance(refusal, Unreadable)
    assert "web page" in refusal.reason


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word_bomb(document: bytes) -> bytes:
    """A Word document with this for its body."""
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    return zipped(parts | {"word/document.xml": document})


def locked_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 700, "Words")
    canvas.save()
    return buffer.getvalue()


def textless_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    return buffer.getvalue()


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DEEP_WORD = b"<w:document " + W + b"><w:body>" + b"<w:sdt><w:sdtContent>" * 40_000


@pytest.mark.parametrize(
    ("name", "data", "kind", "reason"),
    [
        ("bomb.docx", word_bomb(b"\0" * 200_000_000), Unreadable, "zip bomb"),
        ("empty.pdf", b"", Unreadable, "empty"),
        ("nulls.docx", b"\0" * 100_000, Unreadable, "zeros"),
        (
            "picture.docx",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\1" * 99,
            Unreadable,
            "not a document",
        ),
        ("locked.pdf", locked_pdf(), Unreadable, "password"),
        ("scan.pdf", textless_pdf(), NoText, "scan"),
        ("cut.pdf", locked_pdf()[:300], Unreadable, ""),
        ("cut.docx", word_bomb(b"<x/>")[:3000], Unreadable, "damaged"),
        ("deep.docx", word_bomb(DEEP_WORD), Unreadable, "damaged"),
        ("mixed.txt", b"words \0\1\2\3" * 1000, Unreadable, "not a document"),
    ],
)
def test_hostile_files_are_refused_with_the_reason(
    pool: ReaderPool, name: str, data: bytes, kind: type[IngestError], reason: str
) -> None:
    refusal = outcome_in_time(pool, SourceBytes(name, data))
    assert type(refusal) is kind
    assert reason in str(refusal)
    assert refusal.remedy


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>" + b"<div>" * 200_000 + b"<p>Deep words</p>",
        b"<html><body>" + b"<table><tr><td>" * 20_000 + b"words",
        b"<html><body>" + b"<p>word</p>" * 300_000,
        b"<html><body><p " + b"a=1 " * 500_000 + b">words</p>",
        b"<html><head><style>" + b"a{" * 500_000 + b"</style></head><body><p>words</p>",
        b"<html><head><style>" + b".a{display:none}" * 50_000 + b"</style>" + b"<p>w</p>" * 20_000,
        b'<html><script type="application/ld+json">' + b"[" * 500_000 + b"</script><p>words</p>",
        f"<!DOCTYPE html [{LAUGHS}]><html><body><p>&l11;</p></body></html>".encode(),
        b"<html><body><p>" + b"sign up to " * 500_000,
        b"<!--" + b"<!--" * 500_000,
    ],
    ids=["divs", "tables", "paragraphs", "attributes", "css", "rules", "json", "laughs", "a", "b"],
)
def test_a_hostile_page_is_read_or_refused_in_time(pool: ReaderPool, data: bytes) -> None:
    assert isinstance(
        outcome_in_time(pool, SourceBytes("page.html", data)), ExtractedPages | IngestError
    )


@pytest.mark.parametrize(
    "data",
    [
        b"> " * 100_000 + b"words",
        b"- " * 50_000 + b"words",
        b"[" * 100_000 + b"words",
        b"*a_ " * 100_000,
        b"|a" * 20_000 + b"\n" + b"|-" * 20_000 + b"\n" + b"|b\n" * 2000,
        b"---\n" + b"a:" * 500_000,
        b"<div>" * 100_000,
    ],
    ids=["quotes", "lists", "links", "marks", "table", "front", "html"],
)
def test_hostile_markdown_is_read_or_refused_in_time(pool: ReaderPool, data: bytes) -> None:
    assert isinstance(
        outcome_in_time(pool, SourceBytes("page.md", data)), ExtractedPages | IngestError
    )


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
)
ROW = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'


def workbook(content: bytes) -> bytes:
    """An Excel workbook with this in its sheet."""
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return repacked(buffer.getvalue(), {"xl/worksheets/sheet1.xml": SHEET % content})


def slides(shapes: str) -> bytes:
    """A presentation of one slide with this in it."""
    buffer, show = io.BytesIO(), pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[6])
    show.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        slide = package.read("ppt/slides/slide1.xml").decode()
    changed = slide.replace("</p:spTree>", f"{shapes}</p:spTree>")
    return repacked(buffer.getvalue(), {"ppt/slides/slide1.xml": changed})


def open_sheet(rows: str) -> bytes:
    return open_document("spreadsheet", f"<table:table>{rows}</table:table>")


CELL = '<table:table-cell table:number-columns-repeated="99999999"><text:p>1</text:p>'
FAR = b"<sheetData>%s</sheetData>" % (ROW % (99_999_999_999, 1))
MERGED = b"<sheetData>%s</sheetData><mergeCells>%s</mergeCells>" % (
    ROW % (1, 1),
    b'<mergeCell ref="A1:XFD1048576"/>' * 20_000,
)
MANY_ROWS = b"<sheetData>%s</sheetData>" % b"".join(ROW % (n, n) for n in range(1, 12_000))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("far.xlsx", workbook(FAR), ""),
        ("merged.xlsx", workbook(MERGED), None),
        ("rows.xlsx", workbook(MANY_ROWS), "more than 10,000 rows"),
        ("size.xlsx", workbook(b'<dimension ref="A1:XFD1048576"/><sheetData/>'), ""),
        ("deep.xlsx", workbook(b"<a>" * 40_000), "damaged"),
        (
            "cell.ods",
            open_sheet(f"<table:table-row>{CELL}</table:table-cell></table:table-row>"),
            None,
        ),
        (
            "rows.ods",
            open_sheet(
                '<table:table-row table:number-rows-repeated="1000"><table:table-cell>'
                "<text:p>1</text:p></table:table-cell></table:table-row>" * 20
            ),
            "more than 10,000 rows",
        ),
        (
            "deep.odt",
            open_document("text", "<text:section>" * 200 + "</text:section>" * 200),
            "no words",
        ),
        ("deeper.odt", open_document("text", "<text:section>" * 40_000), "damaged"),
        ("deep.pptx", slides("<p:grpSp>" * 100 + "</p:grpSp>" * 100), ""),
        ("quotes.csv", b'"' * 3_000_000, ""),
        ("wide.csv", b"a," * 3_000_000, None),
        ("rows.csv", b"a,b\n" * 500_000, "more than 10,000 rows"),
        (
            "parts.eml",
            b"From: a\nDate: b\nContent-Type: multipart/mixed; boundary=x\n\n"
            + b"--x\n\na\n" * 99_999,
            "parts",
        ),
        ("deep.eml", b"From: a\nDate: b\n" + b"Content-Type: message/rfc822\n\n" * 20_000, ""),
        ("spaces.txt", b"a  1  2\n" * 100_000, None),
        ("bars.txt", b"|" * 2_000_000 + b"\na\nb", None),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_hostile_table_slide_or_message_is_read_or_refused_in_time(
    pool: ReaderPool, name: str, data: bytes, reason: str | None
) -> None:
    outcome = outcome_in_time(pool, SourceBytes(name, data))
    if reason:
        assert isinstance(outcome, IngestError)
        assert reason in str(outcome)
    elif reason is None:
        assert isinstance(outcome, ExtractedPages)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's process table")
def test_no_reading_process_took_more_than_a_gibibyte(pool: ReaderPool) -> None:
    """Last in the file: the processes of every test above are counted.

    What the resource module says of a process begins with what its parent held when it was started.
    """
    import resource

    status = pool.call(Path.read_text, Path("/proc/self/status"), "utf-8")
    held = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ended = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert int(held) < MOST_MEMORY_KB
    assert ended < MOST_MEMORY_KB or ended <= own
