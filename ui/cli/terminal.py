"""Pure: answers, hits and feedback as plain text for a terminal.

Every word of a document goes through `printable`: its control characters and escape sequences are
data that a terminal must never obey.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rag.citation.source_label import in_quotation_marks
from rag.question.older import NO_OLDER, Older
from rag.types import Answer, Citation, Hit
from ui.cli.wrapping import wrapped
from ui.wording.answers import (
    HEADINGS,
    citations_of,
    searched_line,
    statements_by_voice,
    understood_as,
)
from ui.wording.attribution_note import how_to_tell, is_written, who_wrote
from ui.wording.printable import printable
from ui.wording.sources import older_note, place, source_line, verbatim

if TYPE_CHECKING:
    from rag.saved.feedback import Feedback


def answer_text(answer: Answer, older: Older = NO_OLDER) -> str:
    """An answer by voice with its sources below, or a refusal with the nearest passages; which of
    them are of `older` reports is told."""
    lines: list[str] = []
    if understood := understood_as(answer):
        lines += [*wrapped(f"Understood as: {understood}"), ""]
    lines += _statements(answer) if answer.answered else wrapped(answer.text)
    if answer.notice:
        lines += ["", *wrapped(answer.notice)]
    if answer.citations:
        lines += ["", "Sources", *_citations(answer.citations, older)]
    if answer.nearest and not answer.choices:
        lines += ["", "The nearest that was found", *_citations(answer.nearest, older)]
    lines += ["", *wrapped(searched_line(answer.searched))]
    return "\n".join([*lines, *wrapped(who_wrote(answer)), *wrapped(how_to_tell(answer))])


def hits_text(hits: Sequence[Hit]) -> str:
    """Hits with their rank, score and place, nearest first."""
    if not hits:
        return "Nothing was found."
    lines: list[str] = []
    for rank, hit in enumerate(hits, 1):
        where = f"{hit.passage.document}, {place(hit.passage)}"
        lines.append(printable(f"{rank}. {where} ({hit.score:.3f})"))
        lines += [*wrapped(hit.passage.text, "   "), ""]
    return "\n".join(lines).rstrip()


def feedback_text(feedback: Sequence[Feedback]) -> str:
    """What was said of each answer: the question, the answer and the note."""
    return "\n\n".join(map(_feedback, feedback)) or "No feedback was given."


def _feedback(feedback: Feedback) -> str:
    lines = [printable(f"{feedback.at[:10]}  {feedback.judged.replace('_', ' ')}")]
    if feedback.answer:
        lines += wrapped(f"> {feedback.answer.question}")
        lines += wrapped(feedback.answer.text, "  ")
    else:
        lines.append("  (the answer is damaged)")
    if feedback.note:
        lines += wrapped(f"Note: {feedback.note}", "  ")
    return "\n".join(lines)


def _statements(answer: Answer) -> list[str]:
    lines: list[str] = []
    for voice, statements in statements_by_voice(answer.statements):
        lines += ["", HEADINGS[voice]]
        for statement in statements:
            words = statement.text
            # Where a model's words stand beside a source's, the reader must tell which are whose.
            if is_written(answer) and verbatim(words, citations_of(statement, answer)):
                words = in_quotation_marks(words)
            marks = "".join(f"[{number}]" for number in statement.citations)
            lines += wrapped(f"{words} {marks}", "  ")
    return lines[1:] or wrapped(answer.text)


def _citations(citations: Iterable[Citation], older: Older) -> list[str]:
    lines: list[str] = []
    for citation in citations:
        mark = f"[{citation.n}] "
        about = f"{mark}{citation.title}. {source_line(citation)} ({citation.document})"
        if note := older_note(citation.document, older):
            about = f"{about}. {note}"
        hanging = "  " + " " * len(mark)
        lines += [
            *wrapped(about, "  ", hanging),
            *wrapped(in_quotation_marks(citation.quote), hanging),
        ]
    return lines
