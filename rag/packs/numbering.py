"""What a pack rests on: its citations numbered through, and its lines held against the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from rag.citation.line import T, citations_of, key_of
from rag.packs.types import Pack
from rag.types import Citation


def with_numbered_citations(value: T) -> T:
    """A pack or a part of it, its citations numbered through from 1 as they are read."""
    first = value.enquiries if isinstance(value, Pack) else ()  # they open the pack
    found = citations_of((first, value))
    by_key = {key_of(each): replace(each, n=n) for n, each in enumerate(found, 1)}
    made: T = _changed(value, lambda citation: by_key[key_of(citation)])
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
