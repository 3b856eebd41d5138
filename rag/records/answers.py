"""Answers and hits as plain dictionaries for JSON, and answers back again.

The keys are the contract of the command line and of saved conversations: fields may be added, not
renamed. They are the fields of `rag.types`, but for three whose names in a record are older, and
for `newest_inspection` of a citation, which is told of a report that a newer one follows now and
is no part of what is frozen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from rag.errors import ScrutinyError
from rag.library.codec import from_plain, plain
from rag.question.older import NO_OLDER, Older
from rag.types import Answer, Citation, Hit, Searched

T = TypeVar("T")
Record = dict[str, Any]
_ANSWER = {"text": "answer"}
_SEARCHED = {"earliest": "from", "latest": "to"}


class BadRecord(ScrutinyError):
    """A saved answer cannot be read back: it is damaged or of another program."""


def search_record(question: str, hits: Sequence[Hit]) -> Record:
    """What a search prints: the question and its hits, nearest first."""
    return {"question": question, "hits": [hit_record(hit) for hit in hits]}


def hit_record(hit: Hit) -> Record:
    """A hit with its passage's place and words."""
    return {
        "document": hit.passage.document,
        "page": hit.passage.page,
        "text": hit.passage.text,
        "score": hit.score,
        "paragraph": hit.passage.paragraph,
        "heading": hit.passage.heading,
    }


def answer_record(answer: Answer, older: Older = NO_OLDER) -> Record:
    """An answer or refusal with everything that its citations freeze, and which of them are of an
    `older` report."""
    return _renamed(plain(answer), _ANSWER) | {
        "citations": [citation_record(citation, older) for citation in answer.citations],
        "searched": searched_record(answer.searched),
        "nearest": [citation_record(citation, older) for citation in answer.nearest],
    }


def citation_record(citation: Citation, older: Older = NO_OLDER) -> Record:
    """A citation; its date in ISO 8601, or None where it is not known. One of an `older` report has
    `newest_inspection` too, the day of the newest of its council and service that is held."""
    record: Record = plain(citation)
    newest = older.get(citation.document)
    return record | {"newest_inspection": newest.isoformat()} if newest else record


def searched_record(searched: Searched) -> Record:
    """What was searched, its dates in ISO 8601."""
    return _renamed(plain(searched), _SEARCHED)


def answer_from_record(record: Mapping[str, Any]) -> Answer:
    """The answer that `answer_record` made a record of; raises BadRecord when it is damaged."""
    try:
        searched = _renamed(record["searched"], {old: new for new, old in _SEARCHED.items()})
        fields = _renamed(record, {old: new for new, old in _ANSWER.items()})
    except (KeyError, AttributeError, TypeError) as error:
        raise _bad(error) from error
    return _read(Answer, fields | {"searched": searched})


def citation_from_record(record: Mapping[str, Any]) -> Citation:
    """The citation that `citation_record` made a record of; raises BadRecord when damaged."""
    return _read(Citation, record)


def _read(kind: type[T], record: Mapping[str, Any]) -> T:
    try:
        return from_plain(kind, record)
    except ValueError as error:
        raise _bad(error) from error


def _bad(error: Exception) -> BadRecord:
    return BadRecord(f"A saved answer cannot be read ({error!r}): ask it again.")


def _renamed(record: Mapping[str, Any], names: Mapping[str, str]) -> Record:
    return {names.get(key, key): value for key, value in record.items()}
