"""How values are written in the library's rows, and the line that stands for a source."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from rag.types import Description, Kind, Passage, Sentence, Span

KIND_WORDS = {
    Kind.INSPECTION_REPORT: "inspection report",
    Kind.COUNCIL_DOCUMENT: "council document",
    Kind.NEWS: "news article press",
    Kind.OTHER: "",
}
DATES = ("published", "inspected_from", "inspected_to")


def dump_description(description: Description) -> str:
    """A description as JSON."""
    values: dict[str, Any] = {
        name: getattr(description, name) for name in Description.__dataclass_fields__
    }
    for name in DATES:
        values[name] = values[name].isoformat() if values[name] else None
    values["guessed"] = sorted(description.guessed)
    values["edited"] = sorted(description.edited)
    return _json(values)


def load_description(text: str) -> Description:
    """The description that `dump_description` wrote."""
    values = json.loads(text)
    for name in DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["kind"] = Kind(values["kind"])
    values["councils"] = tuple(values["councils"])
    values["guessed"] = frozenset(values["guessed"])
    # Records made before a person could edit them lack it.
    values["edited"] = frozenset(values.get("edited", ()))
    return Description(**values)


def dump_passage(passage: Passage) -> str:
    """A passage as JSON, without its document and number."""
    sentences = [
        [s.text, [[span.page, span.start, span.end] for span in s.spans]] for s in passage.sentences
    ]
    return _json([passage.heading, passage.paragraph, sentences])


def load_passage(document: str, number: int, content: str) -> Passage:
    """The passage that `dump_passage` wrote."""
    heading, paragraph, sentences = json.loads(content)
    return Passage(
        document,
        number,
        tuple(Sentence(text, tuple(Span(*span) for span in spans)) for text, spans in sentences),
        heading,
        paragraph,
    )


def storable(text: str) -> str:
    """The text without half characters, as a damaged file or its name may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def now() -> str:
    """This moment, ISO 8601 with seconds, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _json(values: Any) -> str:
    return storable(json.dumps(values, ensure_ascii=False))


def source_line(description: Description) -> str:
    """What a source is, in the words a question may use for it: council, kind, publisher, year."""
    parts = [
        *description.councils,
        description.title,
        description.publisher or "",
        KIND_WORDS[description.kind],
        *map(str, sorted(description.years)),
    ]
    return " ".join(part for part in parts if part)
