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
from rag.types import Answer, Citation, Description, Document, Hit, Statement
from ui.wording.answers import HEADINGS, searched_line, statements_by_voice
from ui.wording.attribution_note import how_to_tell, is_written, who_wrote
from ui.wording.dates import spoken_date
from ui.wording.printable import printable
from ui.wording.sources import source_line, verbatim

if TYPE_CHECKING:
    from rag.library.rejected import RejectedDocument
    from rag.library.trash import TrashedDocument
    from rag.saved.feedback import Feedback

WIDTH = 88


def answer_text(answer: Answer) -> str:
    """An answer by voice with its sources below, or a refusal with the nearest passages."""
    lines: list[str] = []
    if answer.understood and answer.understood.strip() != answer.question.strip():
        lines += [*_wrapped(f"Understood as: {answer.understood}"), ""]
    lines += _statements(answer) if answer.answered else _wrapped(answer.text)
    if answer.notice:
        lines += ["", *_wrapped(answer.notice)]
    if answer.citations:
        lines += ["", "Sources", *_citations(answer.citations)]
    if answer.nearest:
        lines += ["", "Nearest passages", *_citations(answer.nearest)]
    ending = [searched_line(answer.searched), who_wrote(answer), how_to_tell(answer)]
    return "\n".join([*lines, "", *(line for told in ending for line in _wrapped(told))])


def hits_text(hits: Sequence[Hit]) -> str:
    """Hits with their rank, score and place, nearest first."""
    if not hits:
        return "Nothing was found."
    lines: list[str] = []
    for rank, hit in enumerate(hits, 1):
        place = f"{hit.passage.document}, page {hit.passage.page}"
        if hit.passage.paragraph:
            place += f", paragraph {hit.passage.paragraph}"
        lines += [printable(f"{rank}. {place} ({hit.score:.3f})")]
        lines += [*_wrapped(hit.passage.text, "   "), ""]
    return "\n".join(lines).rstrip()


def documents_text(documents: Sequence[Document]) -> str:
    """One document a line: date, kind, councils, name."""
    if not documents:
        return "The library is empty: `scrutiny ingest FOLDER` takes documents in."
    rows = [_row(document) for document in documents]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    )


def document_text(document: Document, passages: int) -> str:
    """Everything known of a document, a field a line; what a rule found is said to be so."""
    about = document.description
    fields = [(label, _field(about, name), name) for label, name in _FIELDS]
    lines = [printable(document.name)]
    lines += [
        f"  {label:<16}{printable(value)}{_origin(about, name)}"
        for label, value, name in fields
        if value
    ]
    lines.append(f"  {'size':<16}{len(document.pages)} pages, {passages} passages")
    if document.related:
        lines.append(printable(f"  {'nearly repeats':<16}{', '.join(document.related)}"))
    return "\n".join([*lines, f"  {'sha256':<16}{printable(document.sha256)}"])


def removed_text(removed: Sequence[TrashedDocument]) -> str:
    """The documents that can be restored, one a line."""
    if not removed:
        return "No removed document is kept."
    return "\n".join(printable(f"{one.at[:10]}  {one.name}  {one.title}") for one in removed)


def refused_text(refused: Sequence[RejectedDocument]) -> str:
    """The documents that could not be taken in, with the reason below each."""
    if not refused:
        return "No document was refused."
    lines: list[str] = []
    for one in refused:
        lines += [printable(f"{one.at[:10]}  {one.name}"), *_wrapped(one.reason, " " * 12)]
    return "\n".join(lines)


def feedback_text(given: Sequence[Feedback]) -> str:
    """What was said of each answer: the question, the answer and the note."""
    if not given:
        return "No feedback was given."
    return "\n\n".join("\n".join(_feedback(one)) for one in given)


def _feedback(one: Feedback) -> list[str]:
    lines = [printable(f"{one.at[:10]}  {one.judged.replace('_', ' ')}")]
    if one.answer:
        lines += [*_wrapped(f"> {one.answer.question}"), *_wrapped(one.answer.text, "  ")]
    else:
        lines += ["  (the answer is damaged)"]
    return [*lines, *(_wrapped(f"Note: {one.note}", "  ") if one.note else [])]


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
    ("title", "title"),
    ("publisher", "publisher"),
    ("kind", "kind"),
    ("published", "published"),
    ("inspected from", "inspected_from"),
    ("inspected to", "inspected_to"),
    ("councils", "councils"),
    ("agency", "agency"),
    ("web address", "source_url"),
)


def _origin(about: Description, name: str) -> str:
    """How a field came to be, where that is worth telling."""
    if name in about.edited:
        return " (set by hand)"
    return " (found by rule)" if name in about.guessed else ""


def _field(about: Description, name: str) -> str:
    value = getattr(about, name)
    if isinstance(value, tuple):
        return ", ".join(value)
    if name == "kind":
        return str(value).replace("_", " ")
    return "" if value is None else str(value)


def _row(document: Document) -> tuple[str, str, str, str]:
    about = document.description
    published = spoken_date(about.published, "no date")
    councils = ", ".join(about.councils) or "-"
    return published, about.kind.replace("_", " "), printable(councils), printable(document.name)


def _statements(answer: Answer) -> list[str]:
    lines: list[str] = []
    for voice, statements in statements_by_voice(answer.statements):
        lines += ["", HEADINGS[voice]]
        for statement in statements:
            marks = "".join(f"[{n}]" for n in statement.citations)
            lines += _wrapped(f"{_words(statement, answer)} {marks}", "  ")
    return lines[1:] or _wrapped(answer.text)


def _words(statement: Statement, answer: Answer) -> str:
    """In quotation marks where a model's words stand beside them: the reader must tell which."""
    cited = [each for each in answer.citations if each.n in statement.citations]
    if is_written(answer) and verbatim(statement.text, cited):
        return in_quotation_marks(statement.text)
    return statement.text


def _citations(citations: Iterable[Citation]) -> list[str]:
    lines: list[str] = []
    for citation in citations:
        mark = f"[{citation.n}] "
        about = f"{mark}{citation.title}. {source_line(citation)} ({citation.document})"
        lines += _wrapped(about, "  ", "  " + " " * len(mark))
        lines += _wrapped(in_quotation_marks(citation.quote), "  " + " " * len(mark))
    return lines


def _wrapped(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    return textwrap.wrap(
        printable(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_on_hyphens=False,
    )
