"""Pure: answers, hits and documents as plain text for a terminal.

Every word of a document goes through `printable`: its control characters and escape sequences are
data that a terminal must never obey.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ingest.events import IngestOutcome, IngestTotals, Status
from rag.citation.source_label import in_quotation_marks
from rag.types import Answer, Citation, Description, Document, Hit
from ui.wording.answers import (
    HEADINGS,
    citations_of,
    searched_line,
    statements_by_voice,
    understood_as,
)
from ui.wording.attribution_note import how_to_tell, is_written, who_wrote
from ui.wording.dates import spoken_date
from ui.wording.printable import printable
from ui.wording.sources import bound_paper, place, source_line, verbatim

if TYPE_CHECKING:
    from rag.library.rejected import RejectedDocument
    from rag.library.trash import TrashedDocument
    from rag.saved.feedback import Feedback

WIDTH = 88


def answer_text(answer: Answer) -> str:
    """An answer by voice with its sources below, or a refusal with the nearest passages."""
    lines: list[str] = []
    if understood := understood_as(answer):
        lines += [*_wrapped(f"Understood as: {understood}"), ""]
    lines += _statements(answer) if answer.answered else _wrapped(answer.text)
    if answer.notice:
        lines += ["", *_wrapped(answer.notice)]
    if answer.citations:
        lines += ["", "Sources", *_citations(answer.citations)]
    if answer.nearest:
        lines += ["", "Nearest passages", *_citations(answer.nearest)]
    lines += ["", *_wrapped(searched_line(answer.searched))]
    return "\n".join([*lines, *_wrapped(who_wrote(answer)), *_wrapped(how_to_tell(answer))])


def hits_text(hits: Sequence[Hit]) -> str:
    """Hits with their rank, score and place, nearest first."""
    if not hits:
        return "Nothing was found."
    lines: list[str] = []
    for rank, hit in enumerate(hits, 1):
        where = f"{hit.passage.document}, {place(hit.passage)}"
        lines.append(printable(f"{rank}. {where} ({hit.score:.3f})"))
        lines += [*_wrapped(hit.passage.text, "   "), ""]
    return "\n".join(lines).rstrip()


def documents_text(documents: Sequence[Document]) -> str:
    """One document a line: date, kind, councils, name."""
    if not documents:
        return "The library is empty: `scrutiny ingest FOLDER` takes documents in."
    columns = []
    for cells in zip(*map(_row, documents), strict=True):
        width = max(map(len, cells))
        columns.append([cell.ljust(width) for cell in cells])
    names = [printable(document.name) for document in documents]
    return "\n".join(map("  ".join, zip(*columns, names, strict=True)))


def document_text(document: Document, passages: int) -> str:
    """Everything known of a document, a field a line; what a rule found is said to be so."""
    about = document.description
    lines = [printable(document.name)]
    for name in _FIELDS:
        label = "web address" if name == "source_url" else name.replace("_", " ")
        if value := _field(about, name):
            lines.append(f"  {label:<16}{printable(value)}{_origin(about, name)}")
    lines.append(f"  {'size':<16}{len(document.pages)} pages, {passages} passages")
    if document.related:
        lines.append(f"  {'nearly repeats':<16}{printable(', '.join(document.related))}")
    for relation in document.relations:
        label = relation.kind.value.replace("_", " ")
        lines.append(f"  {label:<16}{printable(relation.document)}")
    for paper in about.bound:
        lines.append(f"  {'bound in':<16}{printable(bound_paper(paper))}")
    return "\n".join([*lines, f"  {'sha256':<16}{printable(document.sha256)}"])


def removed_text(removed: Sequence[TrashedDocument]) -> str:
    """The documents that can be restored, one a line."""
    if not removed:
        return "No removed document is kept."
    return "\n".join([printable(f"{doc.at[:10]}  {doc.name}  {doc.title}") for doc in removed])


def refused_text(refused: Sequence[RejectedDocument]) -> str:
    """The documents that could not be taken in, with the reason below each."""
    if not refused:
        return "No document was refused."
    lines: list[str] = []
    for document in refused:
        lines.append(printable(f"{document.at[:10]}  {document.name}"))
        lines += _wrapped(document.reason, " " * 12)
    return "\n".join(lines)


def feedback_text(feedback: Sequence[Feedback]) -> str:
    """What was said of each answer: the question, the answer and the note."""
    return "\n\n".join(map(_feedback, feedback)) or "No feedback was given."


def _feedback(feedback: Feedback) -> str:
    lines = [printable(f"{feedback.at[:10]}  {feedback.judged.replace('_', ' ')}")]
    if feedback.answer:
        lines += _wrapped(f"> {feedback.answer.question}")
        lines += _wrapped(feedback.answer.text, "  ")
    else:
        lines.append("  (the answer is damaged)")
    if feedback.note:
        lines += _wrapped(f"Note: {feedback.note}", "  ")
    return "\n".join(lines)


def outcome_text(outcome: IngestOutcome) -> str:
    """What became of a document, in one line."""
    size = f" ({outcome.pages} pages, {outcome.passages} passages)" if outcome.passages else ""
    reason = f": {outcome.reason}" if outcome.reason else ""
    return f"{outcome.status.value:<10}{printable(outcome.document + size + reason)}"


def totals_text(totals: IngestTotals) -> str:
    """The sums of an ingest, in one line."""
    if not totals.count():
        return "No documents were found."
    parts = [f"{totals.count(status)} {status.value}" for status in Status if totals.count(status)]
    return (
        f"{', '.join(parts)}; {totals.pages} pages and {totals.passages} passages taken in, "
        f"{totals.seconds:.1f} s"
    )


_FIELDS = (
    *("title", "publisher", "kind", "published", "inspected_from", "inspected_to", "councils"),
    *("agency", "source_url"),
)


def _origin(about: Description, name: str) -> str:
    """How a field came to be, where that is worth telling."""
    if name in about.edited:
        return " (set by hand)"
    if name in about.unsure:
        return " (to be checked)"
    return " (found by rule)" if name in about.guessed else ""


def _field(about: Description, name: str) -> str:
    value = getattr(about, name)
    if isinstance(value, tuple):
        return ", ".join(value)
    if name == "kind":
        return str(value).replace("_", " ")
    return "" if value is None else str(value)


def _row(document: Document) -> tuple[str, str, str]:
    about = document.description
    councils = printable(", ".join(about.councils) or "-")
    return spoken_date(about.published, "no date"), about.kind.replace("_", " "), councils


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
            lines += _wrapped(f"{words} {marks}", "  ")
    return lines[1:] or _wrapped(answer.text)


def _citations(citations: Iterable[Citation]) -> list[str]:
    lines: list[str] = []
    for citation in citations:
        mark = f"[{citation.n}] "
        about = f"{mark}{citation.title}. {source_line(citation)} ({citation.document})"
        hanging = "  " + " " * len(mark)
        lines += [
            *_wrapped(about, "  ", hanging),
            *_wrapped(in_quotation_marks(citation.quote), hanging),
        ]
    return lines


def _wrapped(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    following = indent if hanging is None else hanging
    return textwrap.wrap(
        printable(text), WIDTH, initial_indent=indent, subsequent_indent=following,
        break_on_hyphens=False,
    )  # fmt: skip
