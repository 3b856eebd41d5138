"""What becomes of a paper in each kind of file, and of hostile words in it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import docx
import exported
import fakes
import pypdfium2
import pytest
from docx.text.paragraph import Paragraph as DocxParagraph
from markdown_it import MarkdownIt

from rag.errors import ExportError
from rag.types import Answer
from ui.export.documents.answer_document import answer_paper
from ui.export.documents.pack_document import pack_paper, timeline_paper
from ui.export.formats import TO_READ, Format, export, file_name, format_of
from ui.export.paper import Items, Paper, PaperSection, Paragraph, Table, paper_words
from ui.export.writers.markdown import escaped
from ui.export.writers.table import safe

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SOFFICE = shutil.which("soffice")
HOSTILE = (
    '<w:t>&amp;</w:t> <script>alert(1)</script> ]]> {{x}} #panic() #read("/etc/passwd") $x^2$ '
    "*b* _i_ `c` [l](https://evil.example) ![p](https://evil.example/x.png) https://evil.example "
    "www.evil.example mailto:a@b.example | pipe | [^1] ~~s~~ ==h== \\ \x00\x07\x1b[31m\ufffe\ud800 "
    '\u202egnp.exe\u202c =HYPERLINK("https://evil.example")'
)
LONG_WORD = "x" * 3000
LONG_QUOTE = "word " * 5000


@pytest.fixture(scope="module")
def whole() -> Paper:
    return pack_paper(exported.pack())


def hostile() -> Paper:
    """A paper in which every text is hostile, some of it long."""
    line = exported.line(f"{HOSTILE} {LONG_WORD}")
    dated = exported.timeline(2)
    events = tuple(replace(event, line=line) for event in dated.events)
    sources = tuple(replace(s, title=HOSTILE, document=HOSTILE) for s in exported.sources())
    paper = timeline_paper(replace(dated, subject=HOSTILE, events=events), sources, exported.MADE)
    more = PaperSection(
        HOSTILE, (Items((paper_words(LONG_QUOTE), paper_words(f"- {HOSTILE}", strong=True))),)
    )
    return replace(paper, sections=(*paper.sections, more))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def text_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        return " ".join("".join(pages).replace("\u200b", "").split())
    finally:
        document.close()


# ---------------------------------------------------------------- every format


@pytest.mark.parametrize("to", TO_READ)
def test_the_same_paper_makes_the_same_bytes(whole: Paper, to: Format) -> None:
    assert export(whole, to) == export(whole, to)


@pytest.mark.parametrize("to", TO_READ)
def test_every_line_of_a_pack_is_in_the_file(whole: Paper, to: Format) -> None:
    content = export(whole, to)
    if to is Format.WORD:
        text = " ".join("".join(ElementTree.fromstring(parts_of(content)[name]).itertext())
                        for name in ("word/document.xml", "word/footnotes.xml"))  # fmt: skip
    else:
        text = text_of_pdf(content) if to is Format.PDF else content.decode()
    for words in ("Caseloads in team 3 are too high", "The overall grade went up",
                 "Supervision is not yet regular.", "event of number 5", "22 November 2026",
                 "It was made from 3 documents", "1" * 64, "20 November 2026"):  # fmt: skip
        assert words in text.replace("\\", "")


@pytest.mark.parametrize("to", TO_READ)
def test_hostile_words_break_no_file(to: Format) -> None:
    content = export(hostile(), to)
    assert len(content) > 1000
    if to is Format.WORD:
        for name, part in parts_of(content).items():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(part)
        assert docx.Document(io.BytesIO(content)).paragraphs
    if to is Format.PDF:
        assert "#panic()" in text_of_pdf(content)


@pytest.mark.parametrize("to", list(Format))
def test_no_control_or_direction_character_reaches_a_file(to: Format) -> None:
    content = export(hostile(), to)
    if to is Format.WORD:
        parts = parts_of(content)
        text = b" ".join(part for name, part in parts.items() if name.endswith(".xml"))
    else:
        text = content
    if to is not Format.PDF:  # bytes of a PDF are not its text
        assert "\u202e".encode() not in text
        assert b"\x1b" not in text
    else:
        assert "\u202e" not in text_of_pdf(content)


def test_what_is_not_exported_imports_nothing_heavy() -> None:
    code = (
        "import sys, ui.cli.main, ui.export.formats, ui.export.documents.pack_document, "
        "ui.export.documents.checks_document, ui.export.documents.conversation_document\n"
        "print([m for m in ('docx', 'typst', 'altair', 'vl_convert') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("name", "to"), [("a.docx", Format.WORD), ("b.PDF", Format.PDF), ("c.d.md", Format.MARKDOWN)]
)
def test_the_ending_names_the_format(name: str, to: Format) -> None:
    assert format_of(Path(name)) is to


@pytest.mark.parametrize("name", ["a.doc", "a", "docx"])
def test_an_ending_that_names_none_is_told(name: str) -> None:
    with pytest.raises(ExportError, match=r"choose one of \.docx, \.pdf, \.md and \.csv"):
        format_of(Path(name))


def test_a_file_name_is_plain_whatever_the_title() -> None:
    title = "../../ŵ; rm -rf \u202e?"
    assert file_name(title, exported.MADE, Format.PDF) == "w-rm-rf-2026-11-22.pdf"
    assert file_name("؟", exported.MADE, Format.WORD) == "paper-2026-11-22.docx"


# ---------------------------------------------------------------- Word


def style_of(paragraph: DocxParagraph) -> str:
    return (paragraph.style and paragraph.style.name) or ""


def test_a_word_file_has_real_headings_that_skip_no_level(whole: Paper) -> None:
    document = docx.Document(io.BytesIO(export(whole, Format.WORD)))
    styles = [style_of(paragraph) for paragraph in document.paragraphs]
    levels = [int(name[len("Heading ") :]) for name in styles if name.startswith("Heading ")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(levels) == len(whole.sections)
    assert styles[0] == "Title"


def test_a_word_file_has_a_footnote_for_each_note_marked_once(whole: Paper) -> None:
    parts = parts_of(export(whole, Format.WORD))
    body = ElementTree.fromstring(parts["word/document.xml"])
    notes = ElementTree.fromstring(parts["word/footnotes.xml"])
    marked = [int(element.get(f"{W}id", "")) for element in body.iter(f"{W}footnoteReference")]
    footnotes = {int(element.get(f"{W}id", "")): element for element in notes.iter(f"{W}footnote")}
    assert marked == sorted(set(marked)) == list(range(1, len(whole.notes) + 1))
    assert set(footnotes) == {-1, 0, *marked}
    for number, note in enumerate(whole.notes, 1):
        assert "".join(footnotes[number].itertext()).strip() == note.text
    assert b"/word/footnotes.xml" in parts["[Content_Types].xml"]


def test_a_later_line_refers_to_the_footnote_of_an_earlier_one(whole: Paper) -> None:
    body = parts_of(export(whole, Format.WORD))["word/document.xml"].decode()
    referred = set(re.findall(r"NOTEREF (_Note\d+)", body))
    assert referred
    assert referred <= set(re.findall(r'w:name="(_Note\d+)"', body))


def test_a_word_file_tells_a_screen_reader_what_it_needs(whole: Paper) -> None:
    content = export(whole, Format.WORD)
    parts = parts_of(content)
    document = docx.Document(io.BytesIO(content))
    assert document.core_properties.title == whole.title
    assert document.core_properties.author == "Scrutiny Desk"
    assert document.core_properties.language == "en-GB"
    assert b'w:lang w:val="en-GB"' in parts["word/styles.xml"]
    width = document.sections[0].page_width
    assert width
    assert round(width.mm) == 210
    for table in document.tables:
        header = table.rows[0]._tr.trPr
        assert header is not None
        assert header.find(f"{W}tblHeader") is not None
        assert table._tbl.tblPr.find(f"{W}tblCaption") is not None
    drawn = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(drawn) == 2
    assert "overall effectiveness not judged" in drawn[0]
    footer = document.sections[0].footer._element.xml
    assert " PAGE " in footer
    assert "List Bullet" in map(style_of, document.paragraphs)


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice here")
@pytest.mark.parametrize("paper", ["whole", "hostile"])
def test_libreoffice_opens_the_word_file(paper: str, whole: Paper, tmp_path: Path) -> None:
    shown = whole if paper == "whole" else hostile()
    (tmp_path / "paper.docx").write_bytes(export(shown, Format.WORD))
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "paper.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = text_of_pdf((tmp_path / "paper.pdf").read_bytes())
    assert shown.notes[-1].text[:40] in text
    assert "page 1 of" in text


# ---------------------------------------------------------------- PDF


def test_a_pdf_is_tagged_for_accessibility_and_fetches_nothing(whole: Paper) -> None:
    content = export(whole, Format.PDF)
    for mark in (b"<pdfuaid:part>1", b"/StructTreeRoot", b"/Outlines", b"/Lang"):
        assert mark in content
    for absent in (b"/URI", b"/JavaScript", b"/Launch", b"/EmbeddedFile"):
        assert absent not in content


def test_a_pdf_has_the_letters_of_england_and_wales() -> None:
    paper = Paper("Tŷ Ŵyn", "", exported.MADE, (Paragraph(paper_words("£5 – ’s ✓ ŵ ŷ “é” …")),), ())
    content = export(paper, Format.PDF)
    assert "£5 – ’s ✓ ŵ ŷ “é” …" in text_of_pdf(content)
    assert b"<pdfuaid:part>1" in content


def test_letters_that_no_font_has_do_not_stop_a_pdf() -> None:
    paper = Paper("A name", "", exported.MADE, (Paragraph(paper_words("\U00012000 and 名前")),), ())
    assert "A name" in text_of_pdf(export(paper, Format.PDF))


# ---------------------------------------------------------------- Markdown


def rendered(text: str) -> str:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return str(parser.render(text))


@pytest.mark.parametrize(
    "text",
    [HOSTILE, "# heading", "- item", "+ item", "1. item", "2) item", "> quote", "===", "---",
     "~~~", "```", "| a | b |", "    code", "[a]: https://x.example", "<!-- x -->", "&lt;b&gt;",
     "a  \nb", "***", "![x][y]", "\\", "`", "<https://x.example>", ": definition"],
)  # fmt: skip
def test_a_text_is_shown_as_it_is_and_does_nothing(text: str) -> None:
    (run,) = paper_words(text)
    html = rendered(escaped(run.text.strip()))
    assert re.fullmatch(r"<p>[^<]*</p>\n", html)
    shown = ElementTree.fromstring(html).text
    assert shown is not None
    assert shown == run.text.strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://x.example", "https\\://x"),
        ("see WWW.x.example", "WWW\\.x"),
        ("mailto:a@b.example", "mailto\\:a\\@b"),
    ],
)
def test_an_address_is_no_link_where_bare_ones_are(text: str, shown: str) -> None:
    assert shown in escaped(text)


def test_markdown_footnotes_are_all_defined_and_all_used(whole: Paper) -> None:
    text = export(whole, Format.MARKDOWN).decode()
    body, defined = text.split("\n[^1]: ")
    used = set(re.findall(r"\[\^(\d+)\]", body))
    assert used == {"1", *re.findall(r"(?m)^\[\^(\d+)\]: ", defined)}


def test_a_markdown_table_keeps_its_columns_whatever_is_in_a_cell() -> None:
    text = export(hostile(), Format.MARKDOWN).decode()
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}


# ---------------------------------------------------------------- CSV


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\uff1d", "\n+"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    assert safe(f"{start}1+1").startswith("'")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("a;=1+1", "a;'=1+1"), ('a";"=1', 'a";"\'=1'), ("a\t@x", "a\t'@x"), ("a; -1", "a; '-1")],
)
def test_no_part_of_a_cell_is_live_where_semicolons_part_cells(cell: str, shown: str) -> None:
    assert safe(cell) == shown


def test_a_plain_cell_is_left_alone() -> None:
    assert safe("Requires improvement; see page 3 - good") == (
        "Requires improvement; see page 3 - good"
    )


def test_a_csv_file_has_a_row_for_each_row_and_its_source() -> None:
    paper = timeline_paper(exported.timeline(), exported.sources(), exported.MADE)
    content = export(paper, Format.CSV)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 7
    assert rows[1][:4] == ["2015-01-01", "2015-01-20", "day", "inspection"]
    assert all("SHA-256" in row[-1] and "page" in row[-1] for row in rows[1:])


def test_a_hostile_cell_is_text_in_a_spreadsheet() -> None:
    content = export(
        replace(
            hostile(),
            spreadsheet=Table(
                "x", ("=a",), ((paper_words("@SUM(1)"),), (paper_words("-2+3"),)), (1,)
            ),
        ),
        Format.CSV,
    )
    assert content.decode("utf-8-sig").split() == ['"\'=a"', '"\'@SUM(1)"', '"\'-2+3"']


def test_what_holds_no_table_is_no_csv_file() -> None:
    answer: Answer = fakes.answer()
    with pytest.raises(ExportError, match=r"take \.docx, \.pdf or \.md"):
        export(answer_paper(answer, (), exported.MADE), Format.CSV)
