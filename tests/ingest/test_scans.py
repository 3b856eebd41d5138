"""Scans are taken in by OCR, and every quote of one says so; what is not read is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_files import image_file, page_of_print, scanned_pdf
from reportlab.pdfgen.canvas import Canvas
from shared_data import WordEmbedder

from ingest.events import IngestOutcome, PageReadByOcr, Status
from ingest.pipeline import ingest
from ingest.prepare import Prepared, prepare
from ingest.reading import scans
from ingest.reading.readers import ocr
from ingest.reading.sandbox import SourceBytes
from ingest.reading.scans import ScanReading, with_scans_read
from ingest.types import ExtractedLine, ExtractedPages
from rag.citation.verify import cite, source_of
from rag.desk import open_desk
from rag.errors import NoText
from rag.library.library import Library
from rag.settings import Settings
from rag.types import Page
from ui.wording.sources import place

REPORT = [
    "Inspectors visited Fallowmere in March 2024.",
    "There were 312 referrals in the year, and 47 were repeats.",
    "Social workers see children often and know them well.",
]
needs_ocr = pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed")


@pytest.fixture
def library(settings: Settings) -> Library:
    return Library(settings.library, WordEmbedder())


def taken_in(
    folder: Path, settings: Settings, library: Library
) -> tuple[dict[str, IngestOutcome], list[PageReadByOcr]]:
    outcomes: dict[str, IngestOutcome] = {}
    scanned: list[PageReadByOcr] = []

    def note(event: object) -> None:
        if isinstance(event, IngestOutcome):
            outcomes[event.document] = event
        if isinstance(event, PageReadByOcr):
            scanned.append(event)

    ingest([str(folder)], settings, on_event=note, library=library)
    return outcomes, scanned


def mixed_pdf(path: Path) -> None:
    """A page of text and a scanned one."""
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "The council answered the report in April 2024.")
    canvas.showPage()
    canvas.drawInlineImage(page_of_print(REPORT).convert("RGB"), 0, 0, 595, 842)
    canvas.save()


@pytest.mark.slow
@needs_ocr
def test_scans_are_read_and_their_pages_say_so(
    tmp_path: Path, settings: Settings, library: Library
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(scanned_pdf(page_of_print(REPORT), page_of_print(REPORT)))
    (folder / "page.jpg").write_bytes(image_file(page_of_print(REPORT), "JPEG"))
    (folder / "blank.png").write_bytes(image_file(page_of_print([])))
    mixed_pdf(folder / "mixed.pdf")
    outcomes, scanned = taken_in(folder, settings, library)
    assert outcomes["blank.png"].status is Status.REFUSED
    assert "No sentence could be read" in outcomes["blank.png"].reason
    for name in ("scan.pdf", "page.jpg", "mixed.pdf"):
        assert outcomes[name].status is Status.ADDED
        assert not outcomes[name].reason
    assert [e.done for e in scanned if e.document == "scan.pdf"] == [0, 1, 2]
    typed, read = library.document("mixed.pdf").pages
    assert not typed.by_ocr
    assert read.by_ocr
    assert "There were 312 referrals in the year, and 47 were repeats." in read.text
    passage = next(p for p in library.passages("mixed.pdf") if p.page == 2)
    (cited,) = cite(source_of(library, passage), passage, passage.sentences, 1)
    assert place(cited) == "page 2, read by OCR"
    with library.writing():
        library.set_aside("mixed.pdf")
        library.put_back("mixed.pdf")
    assert library.document("mixed.pdf").pages == (typed, read), "what was removed comes back whole"


@pytest.mark.slow
@needs_ocr
def test_a_page_that_breaks_the_limits_is_left_out_and_told(
    tmp_path: Path, settings: Settings, library: Library
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    mixed_pdf(folder / "mixed.pdf")
    hurried = replace(settings, ocr_memory_mb=60)
    outcomes, _ = taken_in(folder, hurried, library)
    assert outcomes["mixed.pdf"].status is Status.ADDED
    assert "Page 2 is a picture of print and not read" in outcomes["mixed.pdf"].reason


@pytest.mark.slow
@needs_ocr
def test_no_more_scanned_pages_of_a_file_are_read_than_may_be(
    tmp_path: Path, settings: Settings, library: Library
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(scanned_pdf(page_of_print(REPORT), page_of_print(REPORT)))
    outcomes, _ = taken_in(folder, replace(settings, ocr_pages=1), library)
    assert outcomes["scan.pdf"].status is Status.ADDED
    assert "Page 2 is a picture" in outcomes["scan.pdf"].reason
    assert "SCRUTINY_OCR_PAGES" in outcomes["scan.pdf"].reason


def test_without_the_extra_the_reader_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    assert scans.scan_reading(settings) is ScanReading.NOT_INSTALLED
    source = SourceBytes("scan.pdf", b"")
    unread = ExtractedPages(pages=((), ()), format="pdf", scans=(0, 1))
    with pytest.raises(NoText, match=r'pip install "\.\[ocr\]"'):
        prepare(source, unread, ScanReading.NOT_INSTALLED.remedy)
    assert scans.scan_reading(replace(settings, ocr=False)) is ScanReading.OFF


def test_a_mixed_document_tells_which_of_its_pages_were_not_read() -> None:
    text = ExtractedLine("The council answered the report in April 2024.")
    reading = ExtractedPages(pages=((text,), (), ()), format="pdf", scans=(1, 2))
    prepared = prepare(SourceBytes("mixed.pdf", b""), reading, ScanReading.OFF.remedy)
    assert isinstance(prepared, Prepared)
    assert prepared.note.startswith("Pages 2, 3 are pictures of print and not read.")
    assert "SCRUTINY_OCR" in prepared.note


def test_a_quote_with_a_figure_that_was_not_surely_read_says_so() -> None:
    lines = tuple(ExtractedLine(text) for text in REPORT)
    lines = (lines[0], replace(lines[1], doubtful=("312",)), lines[2])
    reading = ExtractedPages(pages=((),), format="pdf", scans=(0,))
    prepared = prepare(SourceBytes("scan.pdf", b""), with_scans_read(reading, {0: lines}))
    (page,) = prepared.pages
    assert (page.by_ocr, page.doubtful) == (True, ("312",))
    assert page != Page(1, page.text)


@pytest.mark.slow
@pytest.mark.encoder
@needs_ocr
def test_a_question_over_a_scan_is_answered_with_the_mark(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(scanned_pdf(page_of_print(REPORT)))
    settings = Settings(tmp_path / "library")
    ingest([str(folder)], settings)
    answer = open_desk(settings).ask("How many referrals were there?")
    assert answer.answered
    assert "312" in answer.text
    assert answer.citations[0].by_ocr
    assert "read by OCR" in place(answer.citations[0])
