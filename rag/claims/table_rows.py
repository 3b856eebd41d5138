"""Rows of tables as they stand on a page: "row heading | column heading: value | ..."."""

from __future__ import annotations

import re

from rag.text.tokens import content_terms

_CELL = re.compile(r"[^|]+")
_HEADED = re.compile(r"^\s*(?P<heading>[^|]+?): (?P<value>\S.*?)\s*$")


def cells_meant(claim: str, row: str) -> str:
    """A row with the cells blank that a claim does not mean, in the same places: those under other
    headings than it names. The row itself where it names no heading, or is no row of a table."""
    cells = list(_CELL.finditer(row))
    if len(cells) < 2:
        return row
    said = set(content_terms(claim))
    others: list[re.Match[str]] = []
    meant = 0
    for cell in cells[1:]:
        headed = _HEADED.match(cell.group())
        if headed is None:
            continue
        heading = set(content_terms(headed["heading"]))
        if heading and heading <= said:
            meant += 1
        else:
            others.append(cell)
    if not meant:
        return row
    blanked = list(row)
    for cell in others:
        blanked[cell.start() : cell.end()] = " " * (cell.end() - cell.start())
    return "".join(blanked)
