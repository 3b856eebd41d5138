"""Packs and their parts as plain dictionaries for JSON, and back again.

The keys are the names of the fields of `rag.packs.types`: fields may be added there, not renamed. A
citation stands once, in the list `citations`, and elsewhere as its number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, TypeVar

from rag.citation.line import citations_of
from rag.library.codec import from_plain, plain
from rag.packs.numbering import with_numbered_citations
from rag.records.answers import BadRecord, Record, citation_from_record, citation_record

T = TypeVar("T")
_CITATIONS = "citations"


def to_record(whole: object) -> Record:
    """A pack, a history, changes or a timeline, its citations numbered through; dates ISO 8601."""
    numbered = with_numbered_citations(whole)
    record: Record = _with_citations(plain(numbered), itemgetter("n"))
    return record | {_CITATIONS: [citation_record(c) for c in citations_of(numbered)]}


def from_record(kind: type[T], record: Mapping[str, Any]) -> T:
    """What `to_record` made a record of. Raises BadRecord when it is damaged."""
    try:
        cited = {int(c["n"]): citation_from_record(c) for c in record[_CITATIONS]}
        fields = {key: value for key, value in record.items() if key != _CITATIONS}
        return from_plain(kind, _with_citations(fields, cited.__getitem__))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BadRecord(f"A kept pack cannot be read ({error!r}): make it again.") from error


def _with_citations(value: Any, put: Callable[[Any], Any]) -> Any:
    """A plain value with something put in the place of every citation in it."""
    if isinstance(value, list):
        return [_with_citations(part, put) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        key: [put(c) for c in part] if key == _CITATIONS else _with_citations(part, put)
        for key, part in value.items()
    }
