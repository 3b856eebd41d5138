"""A paper as Markdown with footnotes; no text of a document becomes markup, link or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable

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

_ALWAYS = re.compile(r"([\\`*_\[\]<>&|~$^@#!{}%])")
_ADDRESS = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)|(?<=mailto)(:)|(?<=xmpp)(:)")
_EQUALS = re.compile(r"=(?==)")
_OPENS = re.compile(r"^(\s*)(?:([-+=:>])|(\d{1,9})([.)]))")


def markdown(paper: Paper) -> bytes:
    """The bytes of a .md file, UTF-8."""
    parts = [
        f"# {escaped(paper.title)}",
        f"**{escaped(paper.subtitle)}**" if paper.subtitle else "",
        *_blocks(paper.about),
        *(part for section in paper.sections for part in _section(section)),
        "\n".join(
            f"[^{number}]: {escaped(note.text)}" for number, note in enumerate(paper.notes, 1)
        ),
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """`text` as Markdown that shows it and does nothing else, also at the start of a line."""
    kept = _ALWAYS.sub(r"\\\1", text)
    kept = _ADDRESS.sub(lambda found: f"\\{found[0]}", kept)
    return _OPENS.sub(_opened, _EQUALS.sub(r"\\=", kept))


def _opened(found: re.Match[str]) -> str:
    space, sign, number, dot = found.groups(default="")
    return f"{space}{number}\\{sign or dot}"


def _section(section: PaperSection) -> Iterable[str]:
    yield f"{'#' * (section.level + 1)} {escaped(section.heading)}"
    yield from _blocks(section.blocks)


def _blocks(blocks: Iterable[PaperBlock]) -> Iterable[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _words(block.words)
            case Items():
                yield "\n".join(f"- {_words(item)}" for item in block.items)
            case Table():
                yield _table(block)
            case PaperFigure():
                yield f"{escaped(block.caption)}\n{escaped(block.text)}"


def _table(table: Table) -> str:
    rows = [[escaped(name) for name in table.header], ["---"] * len(table.header)]
    rows += [[_words(cell) for cell in row] for row in table.rows]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"**{escaped(table.caption)}**\n\n{lines}"


def _words(told: PaperWords) -> str:
    return "".join(
        _strong(run.text, run.strong) + "".join(f"[^{number}]" for number in run.notes)
        for run in told
    ).strip()


def _strong(text: str, strong: bool) -> str:
    """The text, between asterisks where it is strong: those must touch its first and last word."""
    if not (strong and text.strip()):
        return escaped(text)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}**{escaped(text.strip())}**{after}"
