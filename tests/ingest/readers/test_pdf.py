"""PDF files to pages of lines."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import SHARED
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.pages.page_images import picture
from ingest.reading.readers.pdf import reader as pdf
from ingest.reading.readers.pdf.reader import read_pdf
from ingest.types import ExtractedPages
from rag.errors import NoText, Unreadable


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def texts(reading: ExtractedPages) -> list[str]:
    return [line.text for page in reading.pages for line in page]


def two_pages(canvas: Canvas) -> None:
    canvas.setTitle("Inspection of Anytown")
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 720, "What needs to improve")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(90, 700, "Leaders know the service well.")
    canvas.showPage()
    canvas.drawString(72, 700, "Second page.")


def test_lines_keep_their_page_place_size_and_weight() -> None:
    reading = read_pdf(drawn(two_pages))
    heading, body = reading.pages[0]
    assert (heading.text, heading.size, heading.bold) == ("What needs to improve", 16.0, True)
    assert (body.text, body.size, body.bold) == ("Leaders know the service well.", 11.0, False)
    assert body.left == pytest.approx(90, abs=1)
    assert body.top is not None
    assert body.bottom is not None
    assert body.bottom < 700 < body.top
    assert [line.text for line in reading.pages[1]] == ["Second page."]
    assert reading.hints.title == "Inspection of Anytown"
    assert reading.hints.published is None, "when a file was made is not when it was published"


def test_a_size_set_by_the_matrix_is_the_size_on_the_page() -> None:
    def scaled(canvas: Canvas) -> None:
        canvas.scale(12, 12)
        canvas.setFont("Helvetica", 1)
        canvas.drawString(6, 50, "Scaled words")

    (line,) = read_pdf(drawn(scaled)).pages[0]
    assert line.size == pytest.approx(12, abs=0.1)


def test_text_that_nobody_sees_is_left_out() -> None:
    def hiding(canvas: Canvas) -> None:
        canvas.drawString(72, 720, "Seen by all.")
        canvas.drawString(72, 5000, "beyond the page secret")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 700, "white secret")
        text = canvas.beginText(72, 680)
        text.setFillColorRGB(0, 0, 0)
        text.textOut("Begins in view, ")
        text.setFillColorRGB(1, 1, 1)
        text.textOut("secret inside, ")
        text.setFillColorRGB(0, 0, 0)
        text.setFont("Helvetica", 1)
        text.textOut("minute secret in it, ")
        text.setFont("Helvetica", 12)
        text.textOut("ends in view.")
        canvas.drawText(text)
        canvas.setFont("Helvetica", 1)
        canvas.drawString(72, 660, "minute secret")
        canvas.setFont("Helvetica", 12)
        text = canvas.beginText(72, 640)
        text.setTextRenderMode(3)
        text.textOut("invisible secret")
        canvas.drawText(text)

    assert texts(read_pdf(drawn(hiding))) == ["Seen by all.", "Begins in view, ends in view."]


def test_white_text_on_a_dark_band_is_seen() -> None:
    def band(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 0.4)
        canvas.rect(60, 690, 400, 40, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 705, "White on blue")

    assert texts(read_pdf(drawn(band))) == ["White on blue"]


def test_a_picture_without_words_is_sent_to_ocr() -> None:
    with pytest.raises(NoText, match="OCR"):
        read_pdf(drawn(lambda canvas: canvas.rect(10, 10, 50, 50)))


def test_a_locked_file_says_what_to_do() -> None:
    locked = drawn(two_pages, encrypt=StandardEncryption("secret", canPrint=0))
    with pytest.raises(Unreadable, match="without the password"):
        read_pdf(locked)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing else", b"%PDF-1.4\n%%EOF" + b"\0" * 99])
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read_pdf(data)


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(Unreadable, match="2 pages"):
        read_pdf(drawn(two_pages))


@pytest.mark.skipif(not (SHARED / "bench/pdf").is_dir(), reason="the shared PDFs are not here")
def test_columns_are_read_one_after_the_other() -> None:
    lines = texts(read_pdf((SHARED / "bench/pdf/multicolumn.pdf").read_bytes()))
    start = lines.index("Lorem ipsum dolor sit amet, consectetuer adip-")
    assert lines[start + 1].startswith("iscing elit."), "a hyphen that ended a line stays one"
    assert not any("\ufffe" in line for line in lines)


@pytest.mark.skipif(not (SHARED / "corpus/ofsted").is_dir(), reason="the shared reports are absent")
def test_a_report_of_forty_pages_is_read_in_a_second() -> None:
    data = (SHARED / "corpus/ofsted/ilacs-birmingham-25-november-2016.pdf").read_bytes()
    started = time.perf_counter()
    reading = read_pdf(data)
    assert len(reading.pages) == 40
    assert time.perf_counter() - started < 1.5


def boxed(canvas: Canvas, *box: float) -> None:
    canvas.saveState()
    canvas.setFillColorRGB(0, 0, 0)
    canvas.rect(*box, stroke=0, fill=1)
    canvas.restoreState()


def test_text_under_a_box_that_is_painted_over_it_is_no_text() -> None:
    def redacted(canvas: Canvas) -> None:
        canvas.drawString(72, 720, "The council paid a sum.")
        canvas.drawString(72, 700, "It went to Mr Ash of Fallowmere.")
        canvas.drawString(72, 680, "A whole secret line.")
        boxed(canvas, 127, 696, 40, 14)
        boxed(canvas, 70, 677, 300, 13)

    seen = texts(read_pdf(drawn(redacted)))
    assert seen == ["The council paid a sum.", "It went to of Fallowmere."]


def test_a_box_inside_a_form_covers_what_is_under_it() -> None:
    def redacted(canvas: Canvas) -> None:
        canvas.drawString(72, 720, "Seen by all.")
        canvas.drawString(72, 700, "secret")
        canvas.beginForm("mask")
        boxed(canvas, 70, 696, 100, 14)
        canvas.endForm()
        canvas.doForm("mask")

    assert texts(read_pdf(drawn(redacted))) == ["Seen by all."]


def test_what_shows_through_or_stands_above_its_ground_is_text() -> None:
    def coloured(canvas: Canvas) -> None:
        canvas.drawString(72, 760, "Before all.")
        boxed(canvas, 60, 690, 400, 40)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 705, "White on black")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(72, 640, "Marked with a pen")
        canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
        canvas.rect(70, 636, 100, 14, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0, alpha=1)
        canvas.drawString(72, 600, "Underlined and struck out")
        canvas.rect(72, 597, 130, 1, stroke=0, fill=1)
        canvas.rect(72, 603, 130, 1, stroke=0, fill=1)
        canvas.drawString(72, 560, "In a frame")
        canvas.rect(70, 556, 100, 14, stroke=1, fill=0)

    assert texts(read_pdf(drawn(coloured))) == [
        "Before all.",
        "White on black",
        "Marked with a pen",
        "Underlined and struck out",
        "In a frame",
    ]


def test_a_quote_is_not_boxed_where_its_words_are_covered() -> None:
    def redacted(canvas: Canvas) -> None:
        canvas.drawString(72, 720, "It went to Mr Ash.")
        canvas.drawString(72, 700, "It went to Mr Ash.")
        boxed(canvas, 70, 716, 200, 14)

    (box,) = picture(drawn(redacted), 1, "It went to Mr Ash.").boxes
    assert box.top * 841 > 841 - 712


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=12), st.sampled_from([8, 11, 16]))
def test_of_many_lines_exactly_the_uncovered_are_text(covered: list[bool], size: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(72, 800, "Seen by all.")
        for n in range(len(covered)):
            canvas.drawString(72, 760 - 30 * n, f"Line {n} is in ill light.")
        for n, is_covered in enumerate(covered):
            if is_covered:
                boxed(canvas, 70, 760 - 30 * n - 0.25 * size, 300, 1.1 * size)

    seen = [f"Line {n} is in ill light." for n, is_covered in enumerate(covered) if not is_covered]
    assert texts(read_pdf(drawn(page))) == ["Seen by all.", *seen]
