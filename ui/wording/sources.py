"""Pure: what documents and citations are called, and whether words are theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rag.citation.source_label import in_quotation_marks, voice_of
from rag.packs.types import Precision
from rag.question.older import NO_OLDER, Older
from rag.text.tokens import squash
from rag.types import BoundPaper, Citation, Document, Kind, Passage, RelationKind, Voice
from ui.wording.dates import UNKNOWN, inspected_and_published, spoken_exactly
from ui.wording.lists import count_words, listed
from ui.wording.translation import N_, NN_, tr

READ_BY_OCR = N_("read by OCR")
RELATIONS = {
    RelationKind.SUPERSEDES: N_("Takes the place of"),
    RelationKind.SUPERSEDED_BY: N_("Has been replaced by"),
    RelationKind.CORRECTS: N_("Corrects"),
    RelationKind.FOLLOWS: N_("Follows"),
}
"""How a document stands to others of its series, before their names."""
KINDS = {
    Kind.INSPECTION_REPORT: NN_("inspection report", "inspection reports"),
    Kind.COUNCIL_DOCUMENT: NN_("council document", "council documents"),
    Kind.NEWS: NN_("press report", "press reports"),
    Kind.OTHER: NN_("other document", "other documents"),
}
_SEVERAL = {
    Kind.INSPECTION_REPORT: N_("inspection reports"),
    Kind.COUNCIL_DOCUMENT: N_("council documents"),
    Kind.NEWS: N_("press reports"),
    Kind.OTHER: N_("other documents"),
}
"""Apart from any number, which may take another form."""
_NEW_NAMED = 3
"""New documents that are named."""
_SPEAKERS = {
    Voice.INSPECTOR: N_("Inspectors"),
    Voice.OFFICIAL: N_("An official body"),
    Voice.COUNCIL: N_("The council"),
    Voice.PRESS: N_("The press"),
    Voice.OTHER: N_("Another document"),
}


def kind_words(kind: Kind) -> str:
    """A kind of document as it stands by itself: "Press report"."""
    return tr(kind.words).capitalize()


def several_words(kind: Kind) -> str:
    """Several documents of a kind: "press reports"."""
    return tr(_SEVERAL[kind])


def counted_kinds(kinds: Iterable[Kind]) -> str:
    """How many documents of which kinds: "2 inspection reports and 1 press report"."""
    counts = Counter(kinds)
    return listed([count_words(counts[k], *KINDS[k]) for k in Kind if counts[k]])


def new_words(documents: Sequence[Document]) -> str:
    """What is new since a reader's last visit, the first few of it by title."""
    titles = [f"“{document.description.title}”" for document in documents[:_NEW_NAMED]]
    if more := len(documents) - len(titles):
        titles.append(count_words(more, "more document", "more documents"))
    return tr("New since your last visit: {}. The Library page shows all.").format(listed(titles))


def bound_paper(paper: BoundPaper) -> str:
    """The pages of a bound paper and who speaks on them: "Pages 3 to 9: Ofsted"."""
    if paper.first == paper.last:
        return tr("Page {}: {}").format(paper.first, paper.publisher)
    return tr("Pages {} to {}: {}").format(paper.first, paper.last, paper.publisher)


def document_date(document: Document) -> str:
    """The date that a document bears, or that it bears none."""
    about = document.description
    return inspected_and_published(about.appeared_on, about.inspected)


def place(cited: Citation | Passage) -> str:
    """The page and paragraph of a citation or of a passage, and that OCR read it."""
    parts = [tr("page {}").format(cited.page)]
    if cited.paragraph:
        parts.append(tr("paragraph {}").format(cited.paragraph))
    if isinstance(cited, Citation) and cited.by_ocr:
        parts.append(how_read(cited))
    return ", ".join(parts)


def how_read(citation: Citation) -> str:
    """That the words were read from a picture of the page, and whether a figure is uncertain; ""
    where the page has text of its own."""
    if not citation.by_ocr:
        return ""
    figures = listed(citation.doubtful)
    uncertain = tr(" (figure uncertain: check {} on the page)").format(figures) if figures else ""
    return f"{tr(READ_BY_OCR)}{uncertain}"


def pages_read_by_ocr(done: int, total: int) -> str:
    """How far the reading of scanned pages has come."""
    return tr("{:,} of {} {}").format(
        done, count_words(total, "scanned page", "scanned pages"), tr(READ_BY_OCR)
    )


def source_line(citation: Citation) -> str:
    """Publisher, kind, date, page and paragraph in one line."""
    publisher = citation.publisher or tr("Publisher not known")
    kind = kind_words(citation.kind)
    when = inspected_and_published(citation.date, citation.inspected)
    return " · ".join([publisher, kind, when, place(citation)])


def older_note(document: str, older: Older) -> str:
    """That a document is an `older` report, and of when the newest is, in a sentence; "" where it
    is none."""
    newest = older.get(document)
    if newest is None:
        return ""
    when = spoken_exactly(newest, Precision.MONTH)
    return tr("Older: the newest inspection held is of {}.").format(when)


def committee_citation(citation: Citation, older: Older = NO_OLDER) -> str:
    """A citation as a committee paper gives it: publisher, title, kind, date and place; and that
    its report is an `older` one."""
    source = f"{citation.publisher}, " if citation.publisher else ""
    when = inspected_and_published(citation.date, citation.inspected, N_("undated"))
    about = f"{tr(citation.kind.words)}, {when}"
    cited = f"{source}{citation.title} ({about}), {place(citation)}."
    return " ".join(filter(None, [cited, older_note(citation.document, older)]))


def speaker(citation: Citation) -> str:
    """Who says something, and when: "Inspectors, 2024"."""
    when = citation.date.year if citation.date else tr(UNKNOWN)
    return f"{tr(_SPEAKERS[voice_of(citation)])}, {when}"


def one_line_quote(text: str) -> str:
    """The text on one line in quotation marks."""
    return in_quotation_marks(" ".join(text.split()))


def quote_with_citation(citation: Citation, older: Older = NO_OLDER) -> str:
    """The quoted words, and under them where they stand."""
    return f"{one_line_quote(citation.quote)}\n{committee_citation(citation, older)}"


def verbatim(text: str, cited: Iterable[Citation]) -> bool:
    """Whether a text is the words of its citations, white space and a mark of cutting aside.

    A sentence that runs over a page is cited once for each page that it stands on.
    """
    words = squash(text.removesuffix("\u2026"))
    return bool(words) and words == squash("".join(citation.quote for citation in cited))
