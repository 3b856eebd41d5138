"""Composition root: `open_desk(settings)` wires the library, the retriever and the answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from rag.answer import draft, finish
from rag.cite import cite
from rag.compose import Draft
from rag.follow import complete
from rag.library import Library, open_library
from rag.look import Look, look, reranked
from rag.refuse import NOTHING, Refusal, after, before
from rag.scope import when
from rag.settings import Settings
from rag.sources import source_of
from rag.types import Answer, Citation, Hit, Passage, Searched

NEAREST = 3
"""How many passages a refusal shows."""
SEARCHED = 20
"""How many passages a search reranks, at the least."""
EMPTY = "The library is empty: add documents with `scrutiny ingest`, then ask again."


class Desk:
    """Asks and searches one library."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def search(self, question: str, k: int = 10) -> tuple[Hit, ...]:
        """The `k` passages nearest to the question, best first, each page's words once."""
        if not self.library.documents():
            return ()
        asked = _encodable(question)
        found = look(self.library, self.library.embedder, asked, depth=max(k, SEARCHED))
        return reranked(found)[:k]

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """Answer from the documents, every sentence cited, or refuse and say what was searched.

        `history` holds the earlier answers of the conversation, oldest first.
        """
        started = time.perf_counter()
        documents = self.library.documents()
        question = _encodable(question)
        understood = complete(question, history, documents)
        answer = self._answer(understood) if documents else _refusal(EMPTY, _SEARCHED_NOTHING)
        return replace(
            answer,
            question=question,
            understood=understood if understood != question else None,
            elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def page_text(self, document: str, page: int) -> str | None:
        """The stored text of a page, or None."""
        return self.library.page_text(document, page)

    def _answer(self, question: str) -> Answer:
        found = look(self.library, self.library.embedder, question)
        searched = _searched(found)
        refused = before(self.library, found)
        made = Draft(()) if refused else draft(self.library, found)
        refused = refused or after(self.library, found, made)
        composed = finish(self.library, Draft(()) if refused else made)
        if refused or not composed.citations:
            text = (refused or Refusal(NOTHING)).text(searched)
            return _refusal(text, searched, self._nearest(found))
        return Answer(
            question, True, composed.text, composed.statements, composed.citations, searched
        )

    def _nearest(self, found: Look) -> tuple[Citation, ...]:
        passages = (hit.passage for hit in found.hits[:NEAREST])
        return tuple(c for n, passage in enumerate(passages, 1) for c in self._cited(passage, n))

    def _cited(self, passage: Passage, n: int) -> tuple[Citation, ...]:
        return cite(source_of(self.library, passage), passage, passage.sentences, n)[:1]


def _encodable(question: str) -> str:
    """The question without half characters, which no index and no encoder takes."""
    return question.encode("utf-8", "replace").decode("utf-8")


def open_desk(settings: Settings) -> Desk:
    """Open the library of the settings and everything that answers from it."""
    return Desk(open_library(settings))


_SEARCHED_NOTHING = Searched(0, None, None, "")


def _refusal(text: str, searched: Searched, nearest: tuple[Citation, ...] = ()) -> Answer:
    return Answer("", False, text, (), (), searched, nearest)


def _searched(found: Look) -> Searched:
    dates = [when(d) for d in found.documents if when(d).year > 1]
    return Searched(
        len(found.documents), min(dates, default=None), max(dates, default=None), found.scope.words
    )
