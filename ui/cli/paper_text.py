"""Pure: a paper as plain text for a terminal, its notes at its end."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from ui.cli.terminal import WIDTH
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
    parts = [
        f"{paper.title}\n{paper.subtitle}".strip(),
        *_blocks(paper.about),
        *(part for section in paper.sections for part in _section(section)),
        "\n".join(_wrapped(f"[{n}] {note.text}", "    ") for n, note in enumerate(paper.notes, 1)),
    ]
    return "\n\n".join(part for part in map(_safe, parts) if part)


def _safe(part: str) -> str:
    return "\n".join(_printable(line) for line in part.splitlines())


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
                yield "\n".join(_wrapped(f"- {_marked(item)}", "  ") for item in block.items)
            case Table():
                yield _table(block)
            case PaperFigure():
                pass  # the tables beside it say the same


def _table(table: Table) -> str:
    """A row as a block of lines, each cell after the head of its column."""
    return "\n".join(_row(table.header, row) for row in table.rows)


def _row(header: tuple[str, ...], row: tuple[PaperWords, ...]) -> str:
    cells = list(zip(header, map(_marked, row), strict=True))
    opening = "- "
    if cells[0][1].isdecimal():  # the number of a row stands before what it numbers
        opening = f"{cells.pop(0)[1]}. "
    lines = [_wrapped(f"{opening}{cells[0][1] or cells[0][0]}", "  ")]
    lines += [_indented(f"{name}: {told}") for name, told in cells[1:] if told]
    return "\n".join(lines)


def _marked(told: PaperWords) -> str:
    return "".join(run.text + "".join(f"[{n}]" for n in run.notes) for run in told).strip()


def _wrapped(text: str, hanging: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=hanging, break_on_hyphens=False)


def _indented(text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )
