"""What a pack rests on: its citations numbered through, and its lines held against the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from rag.citation.verify import stands_on
from rag.library.corpus import View
from rag.packs.types import Line, Pack
from rag.text.tokens import squash
from rag.types import Citation, Voice

T = TypeVar("T")
_Key = tuple[str, int, str | None, str]


def within(value: object, kind: type[T]) -> Iterator[T]:
    """Everything of a kind that a value holds, in the order of its fields."""
    if isinstance(value, kind):
        yield value
    for part in _parts(value):
        yield from within(part, kind)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, tuple):
        return value
    if is_dataclass(value):
        return (getattr(value, field.name) for field in fields(value))
    return ()


def citations_of(value: object) -> tuple[Citation, ...]:
    """The citations of a pack or of a part of it, each once."""
    found: dict[_Key, Citation] = {}
    for citation in within(value, Citation):
        found.setdefault(_key(citation), citation)
    return tuple(found.values())


def _key(citation: Citation) -> _Key:
    return citation.sha256, citation.page, citation.paragraph, citation.quote


def numbered(value: T) -> T:
    """A pack or a part of it, its citations numbered through from 1 as they are read."""
    first = value.enquiries if isinstance(value, Pack) else ()  # they open the pack
    found = citations_of((first, value))
    by_key = {_key(each): replace(each, n=n) for n, each in enumerate(found, 1)}
    made: T = _changed(value, lambda citation: by_key[_key(citation)])
    return made


def _changed(value: Any, change: Callable[[Citation], Citation]) -> Any:
    """The value with every citation of it changed."""
    if isinstance(value, Citation):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(part, change) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: _changed(part, change) for name, part in parts.items()})
    return value


def unbacked(library: View, value: object) -> tuple[Line, ...]:
    """The lines that may not be shown: without a quote, with one that does not stand on its stored
    page, or in a source's voice with other words than the quote's."""
    return tuple(line for line in within(value, Line) if not _is_backed(library, line))


def _is_backed(library: View, line: Line) -> bool:
    stands = all(
        stands_on(each.quote, library.page_text(each.document, each.page) or "")
        for each in line.citations
    )
    own = line.voice is Voice.PROGRAM
    told = squash("".join(each.quote for each in line.citations))
    return bool(line.citations) and stands and (own or told == squash(line.text))
