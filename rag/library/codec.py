"""How values are written in the library's rows, and the line that stands for a source."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence, Set
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from rag.bounds import bounded_end
from rag.types import BoundPaper, Description, Kind, Passage, Sentence, Span, Voice

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")

KIND_WORDS = {
    Kind.INSPECTION_REPORT: "inspection report",
    Kind.COUNCIL_DOCUMENT: "council document",
    Kind.NEWS: "news article press",
    Kind.OTHER: "",
}


def plain(value: Any) -> Any:
    """A value as JSON has it: fields by their names, dates ISO 8601, sets in order."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if isinstance(value, Set):
        return sorted(value)
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def from_plain(kind: type[T], value: Any) -> T:
    """The value of a type that `plain` made plain; a field that it lacks has its default.

    Raises ValueError where it is no such value.
    """
    read: T = _adapter(kind).validate_python(value)  # type: ignore[arg-type]  # a class has a hash
    return read


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    # Imported here: a command that reads no record starts without it.
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def dump_description(description: Description) -> str:
    """A description as JSON."""
    return dump_json(plain(description))


def load_description(text: str) -> Description:
    """The description that `dump_description` wrote; a field that it lacks has its default.

    Read field by field: every start of the program reads all of them, and pydantic takes longer to
    load than that. Raises ValueError where it is none.
    """
    record = json.loads(text)
    try:
        return Description(**{name: _field(name, record[name]) for name in _NAMES & record.keys()})
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a description") from error


_NAMES = {field.name for field in fields(Description)}
_READ: dict[str, Callable[[Any], Any]] = {
    "kind": Kind,
    "voice": Voice,
    **dict.fromkeys(("published", "inspected_from", "inspected_to"), date.fromisoformat),
    **dict.fromkeys(("guessed", "edited", "unsure"), frozenset),
    "councils": tuple,
    "bound": lambda papers: tuple(_bound(**paper) for paper in papers),
}
"""How a field is read that JSON has no type for."""


def _field(name: str, value: Any) -> Any:
    return value if value is None or name not in _READ else _READ[name](value)


def _bound(first: int, last: int, voice: str, publisher: str) -> BoundPaper:
    return BoundPaper(first, last, Voice(voice), publisher)


def dump_passage(passage: Passage) -> str:
    """A passage as JSON, without its document and number."""
    sentences = [
        [s.text, [[span.page, span.start, span.end] for span in s.spans]] for s in passage.sentences
    ]
    return dump_json([passage.heading, passage.paragraph, sentences])


def load_passage(document: str, number: int, content: str) -> Passage:
    """The passage that `dump_passage` wrote."""
    heading, paragraph, sentences = json.loads(content)
    return Passage(
        document,
        number,
        tuple(_sentence(text, [Span(*span) for span in spans]) for text, spans in sentences),
        heading,
        paragraph,
    )


def _sentence(text: str, spans: Sequence[Span]) -> Sentence:
    end = bounded_end(text)
    if end == len(text):
        return Sentence(text, tuple(spans))
    kept: list[Span] = []
    left = end
    for span in spans:
        if left > 0:
            kept.append(replace(span, end=min(span.end, span.start + left)))
            left -= span.end - span.start + 1  # a space stands between two pages
    return Sentence(text[:end], tuple(kept))


def storable(text: str) -> str:
    """The text without half characters, as a damaged file or its name may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def stored_text(content: bytes) -> str:
    """A text read back as bytes, whatever a damaged file holds in its place."""
    return content.decode("utf-8", "replace")


def now() -> str:
    """This moment, ISO 8601 with seconds, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def dump_json(values: Any) -> str:
    """Values as JSON that every column can hold."""
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
