"""What a pack rests on: its citations numbered through, and its lines held against the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from rag.citation.line import CitationKey, T, citations_of, key_of
from rag.packs.types import Pack
from rag.types import Citation


def with_numbered_citations(value: T) -> T:
    """A pack or a part of it, its citations numbered through from 1 as they are read."""
    first = value.enquiries if isinstance(value, Pack) else ()  # they open the pack
    by_key: dict[CitationKey, Citation] = {}
    for n, citation in enumerate(citations_of((first, value)), 1):
        by_key[key_of(citation)] = replace(citation, n=n)
    numbered: T = _with_citations(value, by_key)
    return numbered


def _with_citations(value: Any, by_key: Mapping[CitationKey, Citation]) -> Any:
    """The value with each of its citations as the mapping has it."""
    if isinstance(value, Citation):
        return by_key[key_of(value)]
    if isinstance(value, tuple):
        return tuple(_with_citations(part, by_key) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{k: _with_citations(part, by_key) for k, part in parts.items()})
    return value
