"""Pure: verdicts on claims as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from rag.citation.source_label import in_quotation_marks
from rag.question.older import NO_OLDER, Older
from rag.types import CheckedPart, Citation, Verdict, VerdictGround
from ui.cli.wrapping import WIDTH
from ui.wording.answers import searched_line
from ui.wording.checks import NOT_CHECKABLE, OTHERWISE, RULINGS, explanation
from ui.wording.dates import inspected_and_published
from ui.wording.printable import printable
from ui.wording.sources import older_note


def speech_text(checked: Sequence[CheckedPart], older: Older = NO_OLDER) -> str:
    """Every piece of a speech with its verdict, or why it is not checked."""
    return "\n\n".join(_piece(part, older) for part in checked) or "There is nothing to check."


def verdict_text(verdict: Verdict, older: Older = NO_OLDER) -> str:
    """One verdict: the ruling, why, the quotes that decide it, and those that say otherwise; which
    of them are of `older` reports is told."""
    lines = [f"{RULINGS[verdict.ruling].upper()}: {printable(verdict.claim)}", ""]
    lines += _wrapped(verdict.explanation)
    if verdict.grounds:
        lines += ["", *_grounds(verdict.grounds, older)]
    if verdict.conflicts:
        lines += ["", OTHERWISE, *_grounds(verdict.conflicts, older)]
    if verdict.nearest:
        lines += ["", "The nearest that was found", *_citations(verdict.nearest, older)]
    return "\n".join([*lines, "", *_wrapped(searched_line(verdict.searched))])


def _piece(checked: CheckedPart, older: Older) -> str:
    if checked.verdict:
        return verdict_text(checked.verdict, older)
    head = f"{NOT_CHECKABLE.upper()}: {printable(checked.part.text)}"
    return "\n".join([head, "", *_wrapped(explanation(checked))])


def _grounds(grounds: Sequence[VerdictGround], older: Older) -> list[str]:
    lines: list[str] = []
    for ground in grounds:
        lines += _citations(ground.citations, older)
    return lines


def _citations(citations: Iterable[Citation], older: Older) -> list[str]:
    lines: list[str] = []
    for c in citations:
        when = inspected_and_published(c.date, c.inspected, "undated")
        about = f"[{c.n}] {c.title}, {when}, page {c.page}"
        note = older_note(c.document, older)
        lines += _wrapped(f"{about}. {note}" if note else about)
        lines += _wrapped(in_quotation_marks(c.quote), "    ")
    return lines


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(printable(text), WIDTH, initial_indent=indent, subsequent_indent=indent)
