"""Answers and hits as plain dictionaries for JSON, and answers back again.

The keys are the contract of the command line and of saved conversations: fields may be added, not
renamed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from rag.errors import ScrutinyError
from rag.types import Answer, Citation, Hit, Kind, ScopePart, Searched, Statement, Voice

Record = dict[str, Any]
_Made = TypeVar("_Made")


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


def answer_record(answer: Answer) -> Record:
    """An answer or refusal with everything that its citations freeze."""
    return {
        "question": answer.question,
        "understood": answer.understood,
        "answered": answer.answered,
        "answer": answer.text,
        "statements": [_statement_record(statement) for statement in answer.statements],
        "citations": [citation_record(citation) for citation in answer.citations],
        "searched": searched_record(answer.searched),
        "nearest": [citation_record(citation) for citation in answer.nearest],
        "engine": answer.engine,
        "elapsed_ms": answer.elapsed_ms,
        "checked": answer.checked,
        "left_out": answer.left_out,
        "notice": answer.notice,
    }


def citation_record(citation: Citation) -> Record:
    """A citation; its date in ISO 8601, or None where it is not known."""
    return {
        "n": citation.n,
        "document": citation.document,
        "title": citation.title,
        "publisher": citation.publisher,
        "kind": citation.kind.value,
        "date": _iso(citation.date),
        "page": citation.page,
        "paragraph": citation.paragraph,
        "quote": citation.quote,
        "sha256": citation.sha256,
        "context": citation.context,
    }


def answer_from_record(record: Mapping[str, Any]) -> Answer:
    """The answer that `answer_record` made a record of; raises BadRecord when it is damaged."""
    return _reading(_answer, record)


def citation_from_record(record: Mapping[str, Any]) -> Citation:
    """The citation that `citation_record` made a record of; raises BadRecord when damaged."""
    return _reading(_citation, record)


def _reading(make: Callable[[Mapping[str, Any]], _Made], record: Mapping[str, Any]) -> _Made:
    try:
        return make(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRecord(f"A saved answer cannot be read ({error!r}): ask it again.") from error


def _statement_record(statement: Statement) -> Record:
    return {
        "text": statement.text,
        "citations": list(statement.citations),
        "voice": statement.voice.value,
        "source": statement.source,
        "written": statement.written,
    }


def searched_record(searched: Searched) -> Record:
    """What was searched, its dates in ISO 8601."""
    return {
        "documents": searched.documents,
        "from": _iso(searched.earliest),
        "to": _iso(searched.latest),
        "scope": searched.scope,
        "parts": [_part_record(part) for part in searched.parts],
        "left_out": [_part_record(part) for part in searched.left_out],
        "filters": searched.filters,
    }


def _part_record(part: ScopePart) -> Record:
    return {"key": part.key, "words": part.words}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _answer(record: Mapping[str, Any]) -> Answer:
    return Answer(
        question=record["question"],
        answered=bool(record["answered"]),
        text=record["answer"],
        statements=tuple(_statement(each) for each in record["statements"]),
        citations=tuple(_citation(each) for each in record["citations"]),
        searched=_searched(record["searched"]),
        nearest=tuple(_citation(each) for each in record.get("nearest", ())),
        engine=record.get("engine", "extractive"),
        understood=record.get("understood"),
        elapsed_ms=float(record.get("elapsed_ms", 0.0)),
        checked=int(record.get("checked", 0)),
        left_out=int(record.get("left_out", 0)),
        notice=record.get("notice", ""),
    )


def _statement(record: Mapping[str, Any]) -> Statement:
    return Statement(
        text=record["text"],
        citations=tuple(int(n) for n in record["citations"]),
        voice=Voice(record.get("voice", Voice.OTHER)),
        source=record.get("source", ""),
        written=bool(record.get("written", False)),
    )


def _citation(record: Mapping[str, Any]) -> Citation:
    return Citation(
        n=int(record["n"]),
        document=record["document"],
        title=record["title"],
        publisher=record["publisher"],
        kind=Kind(record["kind"]),
        date=_day(record["date"]),
        page=int(record["page"]),
        paragraph=record["paragraph"],
        quote=record["quote"],
        sha256=record["sha256"],
        context=record.get("context", ""),
    )


def _part(record: Mapping[str, Any]) -> ScopePart:
    return ScopePart(record["key"], record["words"])


def _searched(record: Mapping[str, Any]) -> Searched:
    return Searched(
        documents=int(record["documents"]),
        earliest=_day(record["from"]),
        latest=_day(record["to"]),
        scope=record["scope"],
        # Answers kept before there were filters lack these three.
        parts=tuple(_part(each) for each in record.get("parts", ())),
        left_out=tuple(_part(each) for each in record.get("left_out", ())),
        filters=record.get("filters", ""),
    )
