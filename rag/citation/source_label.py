"""How a source is named in a few words, whose voice it is, and in which order voices are heard."""

from __future__ import annotations

from rag.types import Description, Kind, Voice

VOICES = {
    Kind.INSPECTION_REPORT: Voice.INSPECTOR,
    Kind.COUNCIL_DOCUMENT: Voice.COUNCIL,
    Kind.NEWS: Voice.PRESS,
    Kind.OTHER: Voice.OTHER,
}
_LONGEST_NAME = 12
"""Words of a publisher or a title that name a source; some titles are paragraphs."""
ORDER = (Voice.INSPECTOR, Voice.COUNCIL, Voice.PRESS, Voice.OTHER)


def source_label(description: Description) -> str:
    """A source in a few words: publisher, council, month of its inspection or publication."""
    day = description.speaks_for
    when = f"{day:%B %Y}" if day else "undated"
    council = ", ".join(description.councils[:2])
    publisher = description.publisher or description.agency or ""
    if description.kind is Kind.INSPECTION_REPORT:
        publisher = publisher or "Inspection report"
    elif description.kind is Kind.NEWS:
        publisher = publisher or "Press article"
    name = " ".join((publisher or description.title).split()[:_LONGEST_NAME])
    parts = (name, "" if council in publisher else council, when)
    return ", ".join(filter(None, parts))


def in_quotation_marks(text: str) -> str:
    """The text in double quotation marks, without doubling those that it has at its ends."""
    opened = "" if text.startswith("\u201c") else "\u201c"
    closed = "" if text.endswith("\u201d") else "\u201d"
    return f"{opened}{text}{closed}"
