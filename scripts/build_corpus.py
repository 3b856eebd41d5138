"""Builds the PDF and Word files of the demonstration corpus from the text in corpus_text/.

    python scripts/build_corpus.py [FOLDER]

FOLDER is corpus/ unless told otherwise. The same text gives the same bytes on every machine:
dates are those of the text, nothing is compressed and no font of the machine is used.
"""

from __future__ import annotations

import io
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from docx import Document as WordDocument
from docx.shared import Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "scripts" / "corpus_text"
MARGIN = 28 * mm
WIDTH = A4[0] - 2 * MARGIN
ZIP_DATE = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the source: its kind, its words, and the cells where it is a table."""

    kind: str
    text: str = ""
    cells: tuple[tuple[str, ...], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Source:
    """One document of the corpus as written: the settings between the +++ lines and the blocks."""

    settings: dict[str, Any]
    blocks: tuple[Block, ...]

    @property
    def stamp(self) -> datetime:
        """The date that the built file carries as its own."""
        day: date = self.settings["created"]
        return datetime(day.year, day.month, day.day, 9, 0, 0)


# --- reading the source -------------------------------------------------------------------------

_MARKS = (
    ("### ", "part"),
    ("## ", "section"),
    ("# ", "title"),
    ("-- ", "inner"),
    ("- ", "bullet"),
    ("> ", "notice"),
    ("| ", "table"),
)


def read_source(path: Path) -> Source:
    """Read one text file of corpus_text/."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    blocks = tuple(parse_block(words) for words in re.split(r"\n{2,}", body.strip()))
    return Source(tomllib.loads(head), blocks)


def parse_block(words: str) -> Block:
    """What one block of the source is, told by how it begins."""
    if words == "{pagebreak}":
        return Block("pagebreak")
    if words == "---":
        return Block("rule")
    if re.match(r"\d+\. ", words):
        return Block("numbered", " ".join(words.split())[words.index(" ") + 1 :])
    for mark, kind in _MARKS:
        if words.startswith(mark):
            return _marked(kind, mark, words)
    return Block("text", " ".join(words.split()))


def _marked(kind: str, mark: str, words: str) -> Block:
    if kind == "table":
        rows = [line.strip().strip("|").split("|") for line in words.splitlines()]
        cells = tuple(tuple(cell.strip() for cell in row) for row in rows)
        return Block(kind, cells=(cells[0], *cells[2:]))
    if kind == "notice":
        words = words.replace("\n> ", "\n")
    return Block(kind, " ".join(words[len(mark) :].split()))


# --- PDF ----------------------------------------------------------------------------------------


def _style(name: str, size: float, **settings: Any) -> ParagraphStyle:
    """A style in Helvetica, one of the fonts that every PDF reader brings."""
    bold = settings.pop("bold", False)
    # Hyphenated words break after their hyphen, as they do in the reports of real inspectorates.
    return ParagraphStyle(
        name,
        fontName="Helvetica-Bold" if bold else "Helvetica",
        fontSize=size,
        leading=size * 1.36,
        bulletFontSize=size,
        embeddedHyphenation=1,
        **settings,
    )


STYLES = {
    "title": _style("title", 20, spaceAfter=14),
    "section": _style("section", 12.5, bold=True, spaceBefore=10, spaceAfter=8, keepWithNext=1),
    "part": _style("part", 11, bold=True, spaceBefore=6, spaceAfter=6, keepWithNext=1),
    "text": _style("text", 11.5, spaceAfter=9),
    "numbered": _style("numbered", 11.5, leftIndent=26, bulletIndent=0, spaceAfter=10),
    "bullet": _style("bullet", 11.5, leftIndent=20, bulletIndent=2, spaceAfter=6),
    "inner": _style("inner", 11.5, leftIndent=40, bulletIndent=24, spaceAfter=5),
    "notice": _style("notice", 9, textColor=colors.Color(0.25, 0.25, 0.25)),
    "cell": _style("cell", 10.5),
    "head": _style("head", 10.5, bold=True),
    "step": _style("step", 10.5, leftIndent=14),
}
# Narrow first columns leave long judgements to wrap onto a second line, as in real tables.
COLUMNS = {"framework": (0.68, 0.32), "ilacs": (0.48, 0.52), "send": (0.5, 0.5)}


def _inline(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escaped)


def flowables(source: Source) -> Iterator[Flowable]:
    """The blocks as reportlab sets them; numbered paragraphs count on through the document."""
    layout, number = source.settings["layout"], 0
    for block in source.blocks:
        if block.kind == "numbered":
            number += 1
            label = f"{number}."
            yield Paragraph(_inline(block.text), STYLES["numbered"], bulletText=label)
        else:
            yield from _set_block(block, layout)


def _set_block(block: Block, layout: str) -> Iterator[Flowable]:
    if block.kind == "pagebreak":
        yield PageBreak()
    elif block.kind == "rule":
        yield HRFlowable(width="100%", thickness=0.7, color=colors.black, spaceAfter=8)
    elif block.kind == "table":
        yield _grid(block.cells, layout)
        yield Spacer(1, 12)
    elif block.kind == "notice":
        yield _boxed(block.text)
        yield Spacer(1, 12)
    elif block.kind in ("bullet", "inner"):
        mark = {"bullet": "•", "inner": "–"}[block.kind]
        yield Paragraph(_inline(block.text), STYLES[block.kind], bulletText=mark)
    elif " || " in block.text:
        yield _graded(*block.text.split(" || "))
        yield Spacer(1, 8)
    else:
        yield Paragraph(_inline(block.text), STYLES[block.kind])


def _boxed(text: str) -> Table:
    look = [("BOX", (0, 0), (-1, -1), 0.6, colors.grey), ("PADDING", (0, 0), (-1, -1), 7)]
    return Table([[Paragraph(_inline(text), STYLES["notice"])]], colWidths=[WIDTH], style=look)


def _graded(heading: str, grade: str) -> Table:
    """A heading with its grade beside it, in a box of two cells."""
    row = [Paragraph(_inline(words), STYLES["section"]) for words in (heading, grade)]
    look = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    table = Table([row], colWidths=[WIDTH * 0.66, WIDTH * 0.34], style=look)
    table.keepWithNext = True
    return table


def _grid(cells: tuple[tuple[str, ...], ...], layout: str) -> Table:
    rows = [[_cell(words, row == 0) for words in line] for row, line in enumerate(cells)]
    shares = COLUMNS[layout] if len(cells[0]) == 2 else (1.0,)
    look: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    if len(cells[0]) == 2 and not cells[0][1]:
        look.append(("SPAN", (0, 0), (1, 0)))
    return Table(rows, colWidths=[WIDTH * share for share in shares], style=look, hAlign="LEFT")


def _cell(words: str, heading: bool) -> Paragraph:
    if words.startswith("- "):
        return Paragraph(_inline(words[2:]), STYLES["step"])
    return Paragraph(_inline(words), STYLES["head" if heading else "cell"])


def _furniture(source: Source, canvas: Canvas, page: int) -> None:
    """The running head and foot and the page number, on every page."""
    layout, foot = source.settings["layout"], source.settings["foot"].split("|")
    canvas.setFont("Helvetica-Bold" if layout != "send" else "Helvetica", 9)
    canvas.drawRightString(A4[0] - MARGIN, A4[1] - 14 * mm, source.settings["brand"])
    canvas.setLineWidth(0.7)
    canvas.line(MARGIN, 19 * mm, A4[0] - MARGIN, 19 * mm)
    canvas.setFont("Helvetica", 8)
    for row, words in enumerate(foot):
        canvas.drawString(MARGIN, (15 - 4 * row) * mm, words)
    canvas.setFont("Helvetica", 11)
    canvas.drawRightString(A4[0] - MARGIN, 13 * mm, str(page))


def build_pdf(source: Source) -> bytes:
    """The document as a PDF."""
    stamp = source.stamp.strftime("D:%Y%m%d%H%M%S+00'00'")

    def furnish(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setDateFormatter(lambda *_: stamp)
        _furniture(source, canvas, template.page)

    made = io.BytesIO()
    template = BaseDocTemplate(
        made,
        pagesize=A4,
        title=source.settings["title"],
        author=source.settings["author"],
        subject="Invented document for demonstration",
        creator="build_corpus.py",
        pageCompression=0,
        invariant=1,
        lang="en-GB",
    )
    frame = Frame(MARGIN, 24 * mm, WIDTH, A4[1] - 45 * mm, 0, 0, 0, 0)
    # In the older layout head and foot come last in the file, in the newer ones first.
    moment = "onPageEnd" if source.settings["layout"] == "framework" else "onPage"
    template.addPageTemplates(PageTemplate(frames=[frame], **{moment: furnish}))
    template.build(list(flowables(source)))
    return made.getvalue()


# --- Word ---------------------------------------------------------------------------------------


def build_docx(source: Source) -> bytes:
    """The document as a Word file."""
    word = WordDocument()
    word.styles["Normal"].font.name = "Arial"
    word.styles["Normal"].font.size = Pt(11)
    _set_properties(word, source)
    word.sections[0].footer.paragraphs[0].text = source.settings["foot"]
    for block in source.blocks:
        _add_block(word, block)
    _shed_weight(word)
    made = io.BytesIO()
    word.save(made)
    return _steady_zip(made.getvalue())


def _set_properties(word: Any, source: Source) -> None:
    about = word.core_properties
    about.title, about.author = source.settings["title"], source.settings["author"]
    about.subject, about.comments = "Invented document for demonstration", ""
    about.created = about.modified = source.stamp
    about.last_modified_by, about.revision = source.settings["author"], 1


_WORD_STYLES = {
    "title": "Title",
    "section": "Heading 1",
    "part": "Heading 2",
    "bullet": "List Bullet",
    "notice": "Quote",
}


def _add_block(word: Any, block: Block) -> None:
    if block.kind == "table":
        _add_table(word, block.cells)
    else:
        paragraph = word.add_paragraph(style=_WORD_STYLES.get(block.kind))
        for turn, words in enumerate(block.text.split("**")):
            paragraph.add_run(words).bold = turn % 2 == 1 or None


def _add_table(word: Any, cells: tuple[tuple[str, ...], ...]) -> None:
    table = word.add_table(rows=len(cells), cols=len(cells[0]), style="Table Grid")
    for row, line in zip(table.rows, cells, strict=True):
        for cell, words in zip(row.cells, line, strict=True):
            cell.text = words
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    word.add_paragraph()


_KEPT_STYLES = {*_WORD_STYLES.values(), "Normal", "Table Grid", "Normal Table", "Footer"}
_SHED_PARTS = ("/stylesWithEffects", "/thumbnail", "/customXml")


def _shed_weight(word: Any) -> None:
    """Leave out what python-docx's template brings and nothing here uses (nine tenths of it)."""
    for style in list(word.styles):
        if not style.builtin or style.name not in _KEPT_STYLES:
            style.delete()
    for rels in (word.part.rels, word.part.package.rels):
        for key in [k for k, rel in rels.items() if rel.reltype.endswith(_SHED_PARTS)]:
            del rels[key]


def _steady_zip(packed: bytes) -> bytes:
    """The same archive with one date on every member, uncompressed: zlib differs by machine."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            member = zipfile.ZipInfo(name, ZIP_DATE)
            member.create_system = 0
            new.writestr(member, old.read(name))
    return made.getvalue()


# --- all of it ----------------------------------------------------------------------------------


def build_all(folder: Path) -> list[Path]:
    """Build every document into `folder`; returns the files written."""
    written = []
    for path in sorted(SOURCES.glob("*.md")):
        if path.name == "README.md":
            continue
        source = read_source(path)
        target = folder / source.settings["out"]
        target.parent.mkdir(parents=True, exist_ok=True)
        build = build_pdf if target.suffix == ".pdf" else build_docx
        target.write_bytes(build(source))
        written.append(target)
    return written


def main(arguments: Sequence[str]) -> None:
    """Build every document into the folder named, and print its files."""
    for file in build_all(Path(arguments[0]) if arguments else ROOT / "corpus"):
        print(file)


if __name__ == "__main__":
    main(sys.argv[1:])
