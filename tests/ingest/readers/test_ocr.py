"""Pages that are pictures are read by OCR: lines in order, whichever way up, and never for long."""

from __future__ import annotations

import io
import time

import numpy as np
import pytest
from made_files import image_file, page_of_print, scanned_pdf
from PIL import Image

from ingest.reading.readers import ocr
from ingest.reading.readers.image import draw_image, read_image
from ingest.reading.readers.pdf.reader import open_pdf, read_pdf
from ingest.reading.readers.pdf.scan import MOST_PIXELS, draw_page
from ingest.types import ExtractedLine
from rag.errors import Unreadable

REPORT = [
    "Inspectors visited Fallowmere in March 2024.",
    "Leaders know the service well and have made it better.",
    "There were 312 referrals in the year, and 47 were repeats.",
    "Social workers see children often and know them well.",
    "Plans for care leavers are clear and are kept up to date.",
]
slow = pytest.mark.slow
needs_ocr = pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed")


def words(lines: tuple[ExtractedLine, ...]) -> str:
    return " ".join(line.text for line in lines)


def greys(page: Image.Image) -> ocr.Greys:
    return np.asarray(page, dtype=np.uint8)


def test_a_page_without_text_that_a_picture_covers_is_a_scan() -> None:
    reading = read_pdf(scanned_pdf(page_of_print(REPORT), page_of_print(REPORT)))
    assert reading.pages == ((), ())
    assert reading.scans == (0, 1)


def test_a_picture_file_has_a_page_for_each_of_its_pictures() -> None:
    two = io.BytesIO()
    page = page_of_print(REPORT)
    page.save(two, "TIFF", save_all=True, append_images=[page])
    assert read_image(two.getvalue()).scans == (0, 1)
    assert read_image(image_file(page, "JPEG")).scans == (0,)


@slow
@needs_ocr
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_up_it_lies(turned: int) -> None:
    page = page_of_print(REPORT).rotate(turned, expand=True)
    lines = ocr.read_picture(greys(page), 72 / 150)
    assert [line.text for line in lines] == REPORT


@slow
@needs_ocr
def test_a_page_that_lies_askew_in_noise_is_read() -> None:
    page = greys(page_of_print(REPORT).rotate(2.5, fillcolor=255))
    noise = np.random.default_rng(1).normal(0, 20, page.shape)
    dirty = np.clip(page * 0.9 + noise, 0, 255).astype(np.uint8)
    lines = ocr.read_picture(dirty, 72 / 150)
    assert words(lines) == " ".join(REPORT)
    lefts = [line.left for line in lines if line.left is not None]
    assert max(lefts) - min(lefts) < 6, "lines that stand under each other do so when made straight"


@slow
@needs_ocr
@pytest.mark.parametrize("fill", [0, 128, 255])
def test_a_blank_page_has_no_lines(fill: int) -> None:
    assert ocr.read_picture(np.full((900, 700), fill, dtype=np.uint8), 0.5) == ()


@slow
@needs_ocr
@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 2), (1200, 1200)])
def test_noise_neither_hangs_nor_crashes(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(2).integers(0, 256, shape, dtype=np.uint8)
    began = time.process_time()
    assert len(words(ocr.read_picture(noise, 0.5))) < 200
    assert time.process_time() - began < 60


def test_a_picture_of_huge_size_is_refused_before_it_is_opened() -> None:
    huge = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(huge, "PNG")
    with pytest.raises(Unreadable, match="million dots"):
        read_image(huge.getvalue())


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_picture_that_is_cut_off_is_refused_with_the_reason(form: str) -> None:
    data = image_file(page_of_print(REPORT), form)
    with pytest.raises(Unreadable, match="damaged picture"):
        draw_image(data[: len(data) // 3], 0)


def test_a_picture_is_seen_on_white_where_it_is_clear() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (40, 60), (0, 0, 0, 0)).save(clear, "PNG")
    drawn, points = draw_image(clear.getvalue(), 0)
    assert drawn.min() == 255
    assert points * 60 == pytest.approx(842)


@pytest.mark.parametrize("size", [(14_400, 14_400), (14_400, 1), (595, 842)])
def test_a_page_of_any_size_is_drawn_with_no_more_dots_than_may_be(size: tuple[int, int]) -> None:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    canvas.rect(0, 0, 10, 10)
    canvas.save()
    with open_pdf(file.getvalue()) as document:
        drawn, points = draw_page(document, 0)
    assert drawn.size <= MOST_PIXELS * 1.01
    assert drawn.shape[1] * points == pytest.approx(size[0], rel=0.01)


def test_a_figure_is_doubtful_where_one_of_its_characters_is() -> None:
    text = "There were 312 of 47."
    sure = [0.99] * len(text)
    assert ocr.doubtful_figures(text, sure) == ()
    sure[text.index("2")] = 0.6
    sure[text.index("w")] = 0.3
    assert ocr.doubtful_figures(text, sure) == ("312",)
