"""How a source is named in a few words, whose voice it is, and in which order voices are heard."""

from __future__ import annotations

from datetime import date

from rag.types import BoundPaper, Citation, Description, Kind, Status, Voice

VOICES = {
    Kind.INSPECTION_REPORT: Voice.INSPECTOR,
    Kind.COUNCIL_DOCUMENT: Voice.COUNCIL,
    Kind.NEWS: Voice.PRESS,
    Kind.OTHER: Voice.OTHER,
}
_LONGEST_NAME = 12
"""Words of a publisher or a title that name a source; some titles are paragraphs."""
ORDER = (Voice.INSPECTOR, Voice.OFFICIAL, Voice.COUNCIL, Voice.PRESS, Voice.OTHER)


def own_voice(description: Description) -> Voice:
    """The voice of a document itself."""
    if description.kind is Kind.OTHER and description.voice is not None:
        return description.voice
    return VOICES[description.kind]


def bound_on(description: Description, page: int) -> BoundPaper | None:
    """The paper of another body that a page of a document belongs to."""
    return next((paper for paper in description.bound if paper.first <= page <= paper.last), None)


def voice_of(citation: Citation) -> Voice:
    """Who speaks in a quote: its document, unless the page has another speak."""
    return citation.voice or VOICES[citation.kind]


def source_label(description: Description) -> str:
    """A source in a few words: publisher, council, month of its inspection or publication."""
    return _label(description, _month(description.speaks_for))


def _label(description: Description, when: str) -> str:
    council = ", ".join(description.councils[:2])
    publisher = description.publisher or description.agency or ""
    if description.kind is Kind.INSPECTION_REPORT:
        publisher = publisher or "Inspection report"
    elif description.kind is Kind.NEWS:
        publisher = publisher or "Press article"
    name = " ".join((publisher or description.title).split()[:_LONGEST_NAME])
    parts = (name, "" if council in publisher else council, when)
    return ", ".join(filter(None, parts))


def shown_source(description: Description) -> str:
    """A source in a few words as a reader is told it: of a report both when was inspected and when
    it came out."""
    return _label(description, _shown_months(description))


def _shown_months(description: Description) -> str:
    inspected = description.inspected
    if not inspected:
        return _month(description.speaks_for)
    last, published = inspected[-1], description.published
    when = f"inspected {_month(last)}"
    if published is None or (published.year, published.month) <= (last.year, last.month):
        return when
    return f"{when}, published {_month(published)}"


def _month(day: date | None) -> str:
    return f"{day:%B %Y}" if day else "undated"


def quoted_source(description: Description, citation: Citation) -> str:
    """The source of a quote in a few words, and whose words it gives there where not its own."""
    replaced = "a version since replaced" if citation.replaced_by else ""
    manner = manner_of(citation.status, citation.speaker)
    return ", ".join(filter(None, (shown_source(description), replaced, manner)))


def manner_of(status: Status, speaker: str) -> str:
    """How a sentence is said in its document, where that must be told: "alleged by Mrs K"."""
    words = _MANNERS.get(status)
    if words is None:
        return f"words of {speaker}" if speaker else ""
    alone, by = words
    return f"{by} {speaker}" if speaker else alone


_MANNERS = {
    Status.ALLEGED: ("an allegation", "an allegation by"),
    Status.REPORTED: ("as told to it", "as told by"),
    Status.DENIED: ("which is denied", "which is denied by"),
    Status.ASKED: ("a question", "a question from"),
    Status.REJECTED: ("proposed and not agreed", "proposed and not agreed, by"),
    Status.CORRECTED: ("since corrected", "since corrected, by"),
}
"""The statuses that a reader must be told of, without and with a speaker. A plan, a forecast and a
recommendation say themselves what they are."""


def in_quotation_marks(text: str) -> str:
    """The text in double quotation marks, without doubling those that it has at its ends."""
    opened = "" if text.startswith("\u201c") else "\u201c"
    closed = "" if text.endswith("\u201d") else "\u201d"
    return f"{opened}{text}{closed}"
