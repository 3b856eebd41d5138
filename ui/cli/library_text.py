"""Pure: what is held, taken in, removed or refused, as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.events import IngestOutcome, IngestTotals, Status
from rag.types import Description, Document
from ui.cli.wrapping import wrapped
from ui.wording.dates import spoken_date
from ui.wording.printable import printable
from ui.wording.sources import bound_paper

if TYPE_CHECKING:
    from rag.library.rejected import RejectedDocument
    from rag.library.trash import TrashedDocument


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
        lines += wrapped(document.reason, " " * 12)
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
    return " (read by the program)" if name in about.guessed else ""


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
