"""Pure: verdicts on claims as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from rag.citation.source_label import in_quotation_marks
from rag.claims.splitting import UNCHECKED
from rag.types import CheckedPart, Citation, Verdict
from ui.cli.terminal import WIDTH
from ui.wording.answers import searched_line
from ui.wording.checks import NOT_CHECKABLE, OTHERWISE, RULINGS
from ui.wording.dates import spoken_date
from ui.wording.printable import printable


def speech_text(checked: Sequence[CheckedPart]) -> str:
    """Every piece of a speech with its verdict, or why it is not checked."""
    return "\n\n".join(_piece(one) for one in checked) or "There is nothing to check."


def verdict_text(verdict: Verdict) -> str:
    """One verdict: the ruling, why, the quotes that decide it, and those that say otherwise."""
    lines = [f"{RULINGS[verdict.ruling].upper()}: {printable(verdict.claim)}", ""]
    lines += _wrapped(verdict.explanation)
    if verdict.grounds:
        lines += ["", *_citations(c for ground in verdict.grounds for c in ground.citations)]
    if verdict.conflicts:
        conflicts = (c for ground in verdict.conflicts for c in ground.citations)
        lines += ["", OTHERWISE, *_citations(conflicts)]
    if verdict.nearest:
        lines += ["", "Nearest passages", *_citations(verdict.nearest)]
    return "\n".join([*lines, "", *_wrapped(searched_line(verdict.searched))])


def _piece(one: CheckedPart) -> str:
    if one.verdict:
        return verdict_text(one.verdict)
    lines = [f"{NOT_CHECKABLE.upper()}: {printable(one.part.text)}", ""]
    return "\n".join([*lines, *_wrapped(UNCHECKED.get(one.part.kind, ""))])


def _citations(citations: Iterable[Citation]) -> list[str]:
    lines: list[str] = []
    for c in citations:
        place = f"[{c.n}] {c.title}, {spoken_date(c.date) if c.date else 'undated'}, page {c.page}"
        lines += [*_wrapped(place), *_wrapped(in_quotation_marks(c.quote), "    ")]
    return lines


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(printable(text), WIDTH, initial_indent=indent, subsequent_indent=indent)
