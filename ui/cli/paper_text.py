"""Pure: a paper as plain text for a terminal, its notes at its end."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from ui.cli.wrapping import WIDTH
from ui.export.paper import (
    Items,
    Paper,
    PaperBlock,
    PaperFigure,
    PaperSection,
    PaperWords,
    Paragraph,
    Table,
)
from ui.wording.printable import printable


def paper_text(paper: Paper) -> str:
    """The whole paper."""
    parts = [f"{paper.title}\n{paper.subtitle}".strip(), *_blocks(paper.about)]
    for section in paper.sections:
        parts += _section(section)
    notes = enumerate(paper.notes, 1)
    parts.append("\n".join([_wrapped(f"[{n}] {note.text}", "    ") for n, note in notes]))
    return "\n\n".join(filter(None, map(_safe, parts)))


def _safe(part: str) -> str:
    return "\n".join(map(_printable, part.splitlines()))


def _printable(line: str) -> str:
    """A line that commands no terminal, its indent kept."""
    return " " * (len(line) - len(line.lstrip(" "))) + printable(line)


def _section(section: PaperSection) -> Iterable[str]:
    heading = section.heading.upper() if section.level == 1 else section.heading
    yield f"{heading}\n{'=-'[section.level - 1] * len(heading)}" if section.level < 3 else heading
    yield from _blocks(section.blocks)


def _blocks(blocks: Iterable[PaperBlock]) -> Iterable[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _wrapped(_marked(block.words))
            case Items():
                yield "\n".join([_wrapped(f"- {_marked(item)}", "  ") for item in block.items])
            case Table():
                yield "\n".join([_row(block.header, row) for row in block.rows])
            case PaperFigure():
                pass  # the tables beside it say the same


def _row(header: tuple[str, ...], row: tuple[PaperWords, ...]) -> str:
    """A row as a block of lines, each cell after the head of its column."""
    cells = list(zip(header, map(_marked, row), strict=True))
    opening = "- "
    if cells[0][1].isdecimal():  # the number of a row stands before what it numbers
        opening = f"{cells.pop(0)[1]}. "
    lines = [_wrapped(f"{opening}{cells[0][1] or cells[0][0]}", "  ")]
    for name, text in cells[1:]:
        if text:
            lines.append(_wrapped(f"{name}: {text}", "    ", indent="  "))
    return "\n".join(lines)


def _marked(words: PaperWords) -> str:
    text = ""
    for run in words:
        text += run.text + "".join([f"[{number}]" for number in run.notes])
    return text.strip()


def _wrapped(text: str, hanging: str = "", indent: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False
    )
