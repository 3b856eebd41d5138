"""Pages are drawn with the quoted words in place, whatever the PDF."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from places import SHARED
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.pages import page_images
from ingest.pages.page_images import PagePicture, Pictures, picture
from ingest.reading.sandbox import ReaderPool
from rag.errors import IngestError, Unreadable
from rag.settings import Settings

pytestmark = pytest.mark.slow

A4 = (595, 842)
QUOTE = "Caseloads are too high in the assessment teams."
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX process limits")
ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux holds a process to its memory"
)


def pdf(
    *text: str,
    size: tuple[float, float] = A4,
    rotate: int = 0,
    crop: tuple[float, float, float, float] | None = None,
    sideways: bool = False,
    **options: object,
) -> bytes:
    """A PDF with one page for each text; lines go down from the middle, "|" is a far column.

    A page that is turned is so written that its lines are shown upright, or `sideways`.
    """
    across, down = size if rotate in (0, 180) else size[::-1]
    file = io.BytesIO()
    # The size that this library is told is that of the page as shown.
    canvas = Canvas(file, pagesize=(across, down), **options)
    for page in text:
        canvas.setPageRotation(rotate)
        if crop:
            canvas.setCropBox(crop)
        if not sideways:
            canvas.transform(*upright(rotate, *size))
        for number, line in enumerate(page.split("\n")):
            for column, words in enumerate(line.split("|")):
                canvas.drawString(130 + 250 * column, 400 - 14 * number, words)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def upright(rotate: int, width: float, height: float) -> tuple[float, ...]:
    """The matrix that turns what is drawn against the turn of its page."""
    return {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, width, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, height),
    }[rotate]


def under_each(data: bytes, drawn: PagePicture) -> list[str]:
    """What the PDF itself has under each box: the words whose characters' middles lie in it."""
    with pdfium.PdfDocument(data) as document:
        page = document[drawn.page - 1]
        text_page = page.get_textpage()
        said = [""] * len(drawn.boxes)
        for at in range(text_page.count_chars()):
            left, bottom, right, top = text_page.get_charbox(at)
            across, down = shown(page, (left + right) / 2, (bottom + top) / 2)
            for n, box in enumerate(drawn.boxes):
                if 0 < across - box.left < box.width and 0 < down - box.top < box.height:
                    said[n] += text_page.get_text_range(at, 1)
        text_page.close()
        page.close()
    return ["".join(words.split()) for words in said]


def shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A point of the file in shares of the page as shown, worked out without PDFium's help."""
    edges = zip(page.get_mediabox(), page.get_cropbox(), (max, max, min, min), strict=True)
    left, bottom, right, top = (inner(one, other) for one, other, inner in edges)
    across, down = (x - left) / (right - left), (top - y) / (top - bottom)
    return {
        0: (across, down),
        90: (1 - down, across),
        180: (1 - across, 1 - down),
        270: (down, 1 - across),
    }[page.get_rotation()]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (40, 60, 580, 800), (-50, -80, 580, 790)])
def test_boxes_lie_on_the_quoted_words_however_the_page_is_turned_and_cropped(
    rotate: int, crop: tuple[float, float, float, float] | None
) -> None:
    text = "They know. Caseloads are too high\nin the assessment teams. So."
    data = pdf(text, rotate=rotate, crop=crop)
    drawn = picture(data, 1, QUOTE)
    assert under_each(data, drawn) == ["Caseloadsaretoohigh", "intheassessmentteams."]
    assert all(box.width > box.height for box in drawn.boxes)
    assert (drawn.width > drawn.height) == (rotate in (90, 270))


@pytest.mark.parametrize("rotate", [90, 270])
def test_a_line_shown_sideways_has_a_box_down_the_page(rotate: int) -> None:
    data = pdf(f"They know. {QUOTE} So.", rotate=rotate, crop=(40, 60, 580, 800), sideways=True)
    drawn = picture(data, 1, QUOTE)
    assert under_each(data, drawn) == ["Caseloadsaretoohighintheassessmentteams."]
    assert drawn.boxes[0].height > drawn.boxes[0].width


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_boxes_are_where_the_ink_is(rotate: int) -> None:
    drawn = picture(pdf(QUOTE, rotate=rotate, crop=(40, 60, 580, 800)), 1, QUOTE)
    (box,) = drawn.boxes
    grey = Image.open(io.BytesIO(drawn.image)).convert("L")
    ink = grey.point([255] * 128 + [0] * 128).getbbox()
    assert ink is not None
    left, top, right, bottom = ink
    assert 0 <= left - box.left * drawn.width + 2 < 20
    assert 0 <= top - box.top * drawn.height + 2 < 20
    assert 0 <= (box.left + box.width) * drawn.width - right + 2 < 20
    assert 0 <= (box.top + box.height) * drawn.height - bottom + 2 < 20


def test_a_word_hyphenated_at_a_line_end_is_boxed_on_both_lines() -> None:
    data = pdf("Leaders have poor super-\nvision of staff. More.")
    drawn = picture(data, 1, "Leaders have poor supervision of staff.")
    assert [words.rstrip("-\ufffe\u0002") for words in under_each(data, drawn)] == [
        "Leadershavepoorsuper",
        "visionofstaff.",
    ]


def test_cells_of_a_table_have_boxes_of_their_own() -> None:
    data = pdf("Overall effectiveness|Requires improvement")
    drawn = picture(data, 1, "Overall effectiveness Requires improvement")
    assert under_each(data, drawn) == ["Overalleffectiveness", "Requiresimprovement"]


def test_repeated_words_are_boxed_where_their_passage_stands() -> None:
    data = pdf("First. Areas for improvement. Act.\nAgain. Areas for improvement. Wait for it.")
    words = "Areas for improvement."
    first = picture(data, 1, words)
    second = picture(data, 1, words, around="Areas for improvement. Wait for it.")
    assert len(first.boxes) == len(second.boxes) == 1
    assert second.boxes[0].top > first.boxes[0].top


def test_words_that_nobody_can_see_are_not_boxed() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(100, 700, QUOTE)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(100, 2000, QUOTE)
    canvas.drawString(100, 500, QUOTE)
    canvas.save()
    (box,) = picture(file.getvalue(), 1, QUOTE).boxes
    assert box.top == pytest.approx((842 - 500) / 842, abs=0.02)


def test_words_of_another_page_have_no_box() -> None:
    data = pdf("Something else.", QUOTE)
    assert picture(data, 1, QUOTE).boxes == ()
    assert len(picture(data, 2, QUOTE).boxes) == 1


def test_the_picture_is_one_that_a_browser_shows() -> None:
    drawn = picture(pdf("One.", "Two."), 2)
    image = Image.open(io.BytesIO(drawn.image))
    assert image.get_format_mimetype() == drawn.media_type == "image/png"
    assert image.size == (drawn.width, drawn.height)
    assert (drawn.page, drawn.pages, drawn.boxes) == (2, 2, ())
    assert drawn.width == pytest.approx(page_images.WIDTH, abs=1)


def test_pale_tints_keep_their_colour() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFillColorRGB(0.94, 0.94, 0.97)
    canvas.rect(0, 0, 595, 421, stroke=0, fill=1)
    canvas.save()
    image = Image.open(io.BytesIO(picture(file.getvalue(), 1).image)).convert("RGB")
    tint = image.getpixel((800, 2000))
    assert isinstance(tint, tuple)
    assert all(abs(part - wanted) <= 4 for part, wanted in zip(tint, (240, 240, 247), strict=True))
    assert image.getpixel((800, 100)) == (255, 255, 255)


def test_a_photograph_is_kept_as_one() -> None:
    noise = Image.frombytes("RGB", (300, 300), os.urandom(270_000)).resize((900, 900))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.drawInlineImage(noise, 0, 0, 595, 842)
    canvas.save()
    drawn = picture(file.getvalue(), 1)
    assert drawn.media_type == "image/jpeg"
    assert len(drawn.image) <= page_images.MOST_BYTES


@pytest.mark.parametrize("size", [(14_000, 14_000), (14_000, 4), (3, 14_000), (1, 1)])
def test_a_page_of_any_size_gives_a_picture_of_bounded_size(size: tuple[float, float]) -> None:
    drawn = picture(pdf("Words.", size=size), 1, "Words.")
    assert 0 < drawn.width * drawn.height <= 1.01 * page_images.MOST_PIXELS
    assert len(drawn.image) <= page_images.MOST_BYTES


@pytest.mark.parametrize("page", [-1, 0, 3, 10**9])
def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    with pytest.raises(Unreadable, match=rf"no page {page}\. Choose a page from 1 to 2"):
        picture(pdf("One.", "Two."), page)


def test_a_file_that_cannot_be_opened_is_refused_with_a_remedy() -> None:
    locked = pdf("Words.", encrypt=StandardEncryption("secret", canPrint=0))
    with pytest.raises(Unreadable, match=r"locked with a password\. Save a copy"):
        picture(locked, 1)
    with pytest.raises(Unreadable, match="damaged"):
        picture(b"%PDF-1.7\nand no more", 1)


# ---------------------------------------------------------------- the drawing process


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pictures]:
    made = Pictures(Settings(tmp_path_factory.mktemp("library")), cached=2)
    made.warm()
    yield made
    made.close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf("One.", QUOTE))
    return file


def test_a_file_is_drawn_in_a_process_of_its_own(drawing: Pictures, report: Path) -> None:
    drawn = drawing.draw(report, 2, QUOTE, around=f"Before. {QUOTE} After.")
    assert drawn == picture(report.read_bytes(), 2, QUOTE)


def test_a_page_drawn_lately_is_not_drawn_again_unless_its_file_changed(
    drawing: Pictures, report: Path
) -> None:
    first = drawing.draw(report, 1)
    assert drawing.draw(report, 1) is first
    drawing.draw(report, 2)
    drawing.draw(report, 2, QUOTE)
    again = drawing.draw(report, 1)
    assert again == first
    assert again is not first, "only two are kept here"
    report.write_bytes(pdf("Three pages.", "Now.", "Three."))
    assert drawing.draw(report, 1).pages == 3


def test_many_threads_may_draw_at_once(drawing: Pictures, report: Path) -> None:
    drawn: list[PagePicture] = []
    threads = [
        threading.Thread(target=lambda n=n: drawn.append(drawing.draw(report, 1 + n % 2, "e" * n)))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.page for one in drawn) == [1] * 4 + [2] * 4


def test_after_a_file_that_cannot_be_drawn_the_next_one_is(
    drawing: Pictures, report: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nand no more")
    for file, reason in ((broken, "damaged"), (tmp_path / "gone.pdf", "cannot be opened")):
        with pytest.raises(IngestError, match=reason) as refusal:
            drawing.draw(file, 1)
        assert refusal.value.remedy
    assert drawing.draw(report, 1).pages == 2


def slow_page() -> bytes:
    """A page that takes years to draw: forms that draw forms twelve times each, eight deep."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"/X Do"),
    ]
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
    for below in range(6, 14):
        objects.append(
            stream(b"/X Do " * 12, form + b" /Resources << /XObject << /X %d 0 R >> >>" % below)
        )
    objects.append(stream(b"0 0 500 500 re f " * 12, form))
    return assembled(objects)


def stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (head, len(content), content)


def assembled(objects: list[bytes]) -> bytes:
    """A PDF file of these objects, numbered from 1; the first is its catalogue."""
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (size, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (size, table, trailer)


@ON_POSIX
def test_a_page_that_takes_for_ever_is_given_up_and_the_next_one_drawn(
    report: Path, tmp_path: Path
) -> None:
    slow = tmp_path / "slow.pdf"
    slow.write_bytes(slow_page())
    drawing = Pictures(Settings(tmp_path, read_seconds=1))
    try:
        drawing.warm()
        started = time.monotonic()
        with pytest.raises(Unreadable, match="Drawing the page took longer than 1 seconds") as said:
            drawing.draw(slow, 1)
        assert time.monotonic() - started < 6
        assert "open the file in its own program" in said.value.remedy
        assert drawing.draw(report, 2, QUOTE).boxes
    finally:
        drawing.close()
    assert drawing.draw(report, 2, QUOTE).boxes, "what was drawn is kept"


@ON_LINUX
def test_a_page_that_eats_memory_is_refused_and_the_next_one_drawn(tmp_path: Path) -> None:
    with ReaderPool(
        Settings(tmp_path), doing="Drawing the page", remedy="Read its text instead."
    ) as pool:
        with pytest.raises(Unreadable, match="Drawing the page takes more than 900 MiB") as said:
            pool.call(bytearray, 2 * 1024**3)
        assert said.value.remedy == "Read its text instead."
        assert pool.call(picture, pdf("Words."), 1).pages == 1


@ON_POSIX
def test_a_drawing_process_that_died_is_replaced(tmp_path: Path, report: Path) -> None:
    with ReaderPool(Settings(tmp_path)) as pool:
        os.kill(pool.call(os.getpid), 9)
        time.sleep(0.5)
        assert pool.call(picture, report.read_bytes(), 1).pages == 2


@pytest.mark.skipif(not (SHARED / "bench" / "pdf").exists(), reason="the odd PDFs are not here")
def test_odd_and_hostile_pdfs_are_drawn_or_refused_with_a_remedy(drawing: Pictures) -> None:
    drawn, helpless = 0, []
    for file in sorted((SHARED / "bench" / "pdf").glob("**/*.pdf")):
        try:
            drawn += len(drawing.draw(file, 1, "the").image) > 0
        except IngestError as error:
            helpless += [] if error.remedy else [file.name]
    assert drawn > 93
    assert not helpless
