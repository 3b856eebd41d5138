"""Packs and their parts as plain dictionaries for JSON, and back again.

The keys are the names of the fields of `rag.packs.types`: fields may be added there, not renamed. A
citation stands once, in the list `citations`, and elsewhere as its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from rag.citation.line import citations_of
from rag.packs.numbering import with_numbered_citations
from rag.records.answers import BadRecord, Record, citation_from_record, citation_record
from rag.types import Citation

T = TypeVar("T")
_Cited = Mapping[int, Citation]


def to_record(whole: object) -> Record:
    """A pack, a history, changes or a timeline, its citations numbered through; dates ISO 8601."""
    told = with_numbered_citations(whole)
    record: Record = _plain(told)
    return {**record, "citations": [citation_record(each) for each in citations_of(told)]}


def from_record(kind: type[T], record: Mapping[str, Any]) -> T:
    """What `to_record` made a record of. Raises BadRecord when it is damaged."""
    try:
        cited = {int(each["n"]): citation_from_record(each) for each in record["citations"]}
        made: T = _made(kind, record, cited)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BadRecord(f"A kept pack cannot be read ({error!r}): make it again.") from error
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, Citation):
        return value.n
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


# ---------------------------------------------------------------- back again


def _made(kind: Any, value: Any, cited: _Cited) -> Any:
    """The value of a type that `_plain` made plain. Raises TypeError, KeyError or ValueError."""
    if isinstance(kind, UnionType):  # "date | None": nothing else is optional
        (kind,) = (each for each in get_args(kind) if each is not type(None))
        return None if value is None else _made(kind, value, cited)
    if kind is Citation:
        return cited[value]
    if get_origin(kind) is tuple:
        return tuple(_made(get_args(kind)[0], part, cited) for part in _list(value))
    if is_dataclass(kind):
        return _dataclass(kind, value, cited)
    if kind is date:
        return date.fromisoformat(value)
    if issubclass(kind, StrEnum):
        return kind(value)
    return _as_is(kind, value)


def _dataclass(kind: Any, value: Mapping[str, Any], cited: _Cited) -> Any:
    hints = _hints(kind)
    # A record made before a field was added lacks it: the field has its default then.
    return kind(
        **{
            field.name: _made(hints[field.name], value[field.name], cited)
            for field in fields(kind)
            if field.name in value or field.default is MISSING
        }
    )


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else _wrong(list, value)


def _as_is(kind: Any, value: Any) -> Any:
    return value if isinstance(value, kind) else _wrong(kind, value)


def _wrong(kind: Any, value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} where {kind.__name__} is expected")
