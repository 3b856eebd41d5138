"""Pure: what documents and citations are called, and whether words are theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rag.citation.source_label import in_quotation_marks, voice_of
from rag.text.tokens import squash
from rag.types import BoundPaper, Citation, Document, Kind, Passage, RelationKind, Voice
from ui.wording.dates import UNKNOWN, inspected_and_published
from ui.wording.lists import count_words, listed

READ_BY_OCR = "read by OCR"
RELATIONS = {
    RelationKind.SUPERSEDES: "Takes the place of",
    RelationKind.SUPERSEDED_BY: "Has been replaced by",
    RelationKind.CORRECTS: "Corrects",
    RelationKind.FOLLOWS: "Follows",
}
"""How a document stands to others of its series, before their names."""
_NEW_NAMED = 3
"""New documents that are named."""
_SPEAKERS = {
    Voice.INSPECTOR: "Inspectors",
    Voice.OFFICIAL: "An official body",
    Voice.COUNCIL: "The council",
    Voice.PRESS: "The press",
    Voice.OTHER: "Another document",
}


def counted_kinds(kinds: Iterable[Kind]) -> str:
    """How many documents of which kinds: "2 inspection reports and 1 press report"."""
    counts = Counter(kinds)
    return listed([count_words(counts[k], k.words, k.plural) for k in Kind if counts[k]])


def new_words(documents: Sequence[Document]) -> str:
    """What is new since a reader's last visit, the first few of it by title."""
    titles = [f"“{document.description.title}”" for document in documents[:_NEW_NAMED]]
    if more := len(documents) - len(titles):
        titles.append(count_words(more, "more document", "more documents"))
    return f"New since your last visit: {listed(titles)}. The Library page shows all."


def bound_paper(paper: BoundPaper) -> str:
    """The pages of a bound paper and who speaks on them: "Pages 3 to 9: Ofsted"."""
    if paper.first == paper.last:
        return f"Page {paper.first}: {paper.publisher}"
    return f"Pages {paper.first} to {paper.last}: {paper.publisher}"


def document_date(document: Document) -> str:
    """The date that a document bears, or that it bears none."""
    about = document.description
    return inspected_and_published(about.appeared_on, about.inspected)


def place(cited: Citation | Passage) -> str:
    """The page and paragraph of a citation or of a passage, and that OCR read it."""
    parts = [f"page {cited.page}"]
    if cited.paragraph:
        parts.append(f"paragraph {cited.paragraph}")
    if isinstance(cited, Citation) and cited.by_ocr:
        parts.append(how_read(cited))
    return ", ".join(parts)


def how_read(citation: Citation) -> str:
    """That the words were read from a picture of the page, and whether a figure is uncertain; ""
    where the page has text of its own."""
    if not citation.by_ocr:
        return ""
    figures = listed(citation.doubtful)
    uncertain = f" (figure uncertain: check {figures} on the page)" if figures else ""
    return f"{READ_BY_OCR}{uncertain}"


def pages_read_by_ocr(done: int, total: int) -> str:
    """How far the reading of scanned pages has come."""
    return f"{done:,} of {count_words(total, 'scanned page', 'scanned pages')} {READ_BY_OCR}"


def source_line(citation: Citation) -> str:
    """Publisher, kind, date, page and paragraph in one line."""
    publisher = citation.publisher or "Publisher not known"
    kind = citation.kind.words.capitalize()
    when = inspected_and_published(citation.date, citation.inspected)
    return " · ".join([publisher, kind, when, place(citation)])


def committee_citation(citation: Citation) -> str:
    """A citation as a committee paper gives it: publisher, title, kind, date and place."""
    source = f"{citation.publisher}, " if citation.publisher else ""
    when = inspected_and_published(citation.date, citation.inspected, "undated")
    about = f"{citation.kind.words}, {when}"
    return f"{source}{citation.title} ({about}), {place(citation)}."


def speaker(citation: Citation) -> str:
    """Who says something, and when: "Inspectors, 2024"."""
    return f"{_SPEAKERS[voice_of(citation)]}, {citation.date.year if citation.date else UNKNOWN}"


def one_line_quote(text: str) -> str:
    """The text on one line in quotation marks."""
    return in_quotation_marks(" ".join(text.split()))


def quote_with_citation(citation: Citation) -> str:
    """The quoted words, and under them where they stand."""
    return f"{one_line_quote(citation.quote)}\n{committee_citation(citation)}"


def verbatim(text: str, cited: Iterable[Citation]) -> bool:
    """Whether a text is the words of its citations, white space and a mark of cutting aside.

    A sentence that runs over a page is cited once for each page that it stands on.
    """
    words = squash(text.removesuffix("\u2026"))
    return bool(words) and words == squash("".join(citation.quote for citation in cited))
