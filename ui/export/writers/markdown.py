"""A paper as Markdown with footnotes; no text of a document becomes markup, link or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ui.export.paper import (
    Items,
    Paper,
    PaperBlock,
    PaperFigure,
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
    subtitle = f"**{escaped(paper.subtitle)}**" if paper.subtitle else ""
    parts = [f"# {escaped(paper.title)}", subtitle, *_blocks(paper.about)]
    for section in paper.sections:
        parts.append(f"{'#' * (section.level + 1)} {escaped(section.heading)}")
        parts += _blocks(section.blocks)
    notes = [f"[^{number}]: {escaped(note.text)}" for number, note in enumerate(paper.notes, 1)]
    parts.append("\n".join(notes))
    return ("\n\n".join(filter(None, parts)) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """`text` as Markdown that shows it and does nothing else, also at the start of a line."""
    shown = _ALWAYS.sub(r"\\\1", text)
    shown = _ADDRESS.sub(lambda match: f"\\{match[0]}", shown)
    return _OPENS.sub(_opened, _EQUALS.sub(r"\\=", shown))


def _opened(match: re.Match[str]) -> str:
    space, sign, number, dot = match.groups(default="")
    return f"{space}{number}\\{sign or dot}"


def _blocks(blocks: Iterable[PaperBlock]) -> Iterable[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _words(block.words)
            case Items():
                yield "\n".join([f"- {_words(item)}" for item in block.items])
            case Table():
                yield _table(block)
            case PaperFigure():
                yield f"{escaped(block.caption)}\n{escaped(block.text)}"


def _table(table: Table) -> str:
    lines = [f"**{escaped(table.caption)}**", "", _row(map(escaped, table.header))]
    lines.append(_row(["---"] * len(table.header)))
    for row in table.rows:
        lines.append(_row(map(_words, row)))
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _words(words: PaperWords) -> str:
    text = ""
    for run in words:
        text += _strong(run.text, run.strong)
        text += "".join([f"[^{number}]" for number in run.notes])
    return text.strip()


def _strong(text: str, strong: bool) -> str:
    """The text, between asterisks where it is strong: those must touch its first and last word."""
    if not (strong and text.strip()):
        return escaped(text)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}**{escaped(text.strip())}**{after}"
