"""Composition root: `open_desk(settings)` wires the library, the retriever and the answers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.answering.refusal import (
    OUT_OF_TIME,
    Refusal,
    answer_or_refusal,
    nothing_to_search,
    out_of_time,
)
from rag.bounds import LONGEST_QUESTION, encodable, within_bounds
from rag.citation.verify import cite, source_of
from rag.errors import OutOfTime
from rag.generation.context import AnswerContext, answer_context
from rag.generation.model import ChatModel, open_chat_model
from rag.library.corpus import Corpus, FilteredCorpus
from rag.library.library import Library, open_library
from rag.logs import Event, log
from rag.question.filters import EVERYTHING, FilteredDocuments, Filters, filtered_documents
from rag.question.followup import completed_question
from rag.question.question import read_question
from rag.question.scope import held_councils
from rag.retrieval.search import DEPTH, Retrieved, reranked, retrieve, search_summary
from rag.settings import Settings
from rag.time_budget import ANSWER_SECONDS, CHECK_SECONDS, PACK_SECONDS, is_over, time_budget
from rag.types import Answer, CheckedPart, Citation, Hit, PartKind, Verdict

if TYPE_CHECKING:
    from rag.generation.writer import Writer

_NEAREST = 3
"""How many passages a refusal shows."""
SEARCHED = 20
"""How many passages a search reranks, at the least."""


class Desk:
    """Asks and searches one library; one desk may serve several threads at once.

    With a `writer`, answers are written by its language model, each statement checked. Past
    `answer_seconds`, for a search or an answer in quotes, and `check_seconds`, for all claims that
    are given at once, it tells what it has and says so; of a longer question or claim it reads the
    first LONGEST_QUESTION characters. `pack_seconds` is for whoever makes a pack of its library.
    """

    def __init__(
        self,
        library: Library,
        writer: Writer | None = None,
        *,
        answer_seconds: float = ANSWER_SECONDS,
        check_seconds: float = CHECK_SECONDS,
        pack_seconds: float = PACK_SECONDS,
    ) -> None:
        self.library = library
        self.writer = writer
        self.answer_seconds = answer_seconds
        self.check_seconds = check_seconds
        self.pack_seconds = pack_seconds

    def search(
        self, question: str, k: int = 10, *, filters: Filters = EVERYTHING
    ) -> tuple[Hit, ...]:
        """The `k` passages nearest to the question, best first, each page's words once; none that
        the filters do not let through."""
        with self.library.snapshot(), time_budget(self.answer_seconds):
            within = filtered_documents(filters, self.library.documents())
            if not within.documents:
                return ()
            return reranked(self._retrieved(within_bounds(question), within, max(k, SEARCHED)))[:k]

    def ask(
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        filters: Filters = EVERYTHING,
        quotes_only: bool = False,
    ) -> Answer:
        """Answer from the documents, every sentence cited, or refuse and say what was searched.

        `history` holds the earlier answers of the conversation, oldest first. Only what `filters`
        let through is looked at. With `quotes_only` no language model is asked.
        """
        *_, whole = self.stream(question, history, filters=filters, quotes_only=quotes_only)
        return whole

    def stream(
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        filters: Filters = EVERYTHING,
        quotes_only: bool = False,
    ) -> Iterator[Answer]:
        """The answer as it grows, as `ask` gives it whole: nothing that one of them states is taken
        back by a later one. Without a language model there is but one."""
        started = time.perf_counter()
        question, typed = within_bounds(question), question
        writer = None if quotes_only else self.writer
        understood = self._understood(question, history, filters, writer)
        answer, context = self.prepared(understood, filters=filters, to_write=writer is not None)
        for grown in writer.write(answer, context) if writer and context else (answer,):
            answer = replace(
                grown,
                question=question,
                notice=_told_of_length(typed, grown.notice),
                understood=understood if understood != question else None,
                elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
            )
            yield answer
        log(
            Event.ANSWERED,
            milliseconds=answer.elapsed_ms,
            answered=answer.answered,
            citations=len(answer.citations),
            written=writer is not None,
            words={"question": question},
        )

    def prepared(
        self, question: str, *, filters: Filters = EVERYTHING, to_write: bool = True
    ) -> tuple[Answer, AnswerContext | None]:
        """The answer in quotes, and what a language model may write of it; None where the question
        is refused, which is before a model is asked, or where none is `to_write`."""
        with self.library.snapshot(), time_budget(self.answer_seconds):
            within = filtered_documents(filters, self.library.documents())
            return self._answer(question, within, to_write)

    def _understood(
        self, question: str, history: Sequence[Answer], filters: Filters, writer: Writer | None
    ) -> str:
        """The question as it stands alone: by rule, and by the model where there is one."""
        with self.library.snapshot():
            documents = self.library.documents()
            by_rule = completed_question(question, history, documents, filters)
        if writer is None or by_rule == question:
            return by_rule
        return writer.rewrite(question, history, by_rule, documents)

    def check(self, *claims: str, filters: Filters = EVERYTHING) -> tuple[Verdict, ...]:
        """What the documents say to each claim: supported, contradicted or not found. Only what
        `filters` let through is looked at."""
        # Late, because a question need not wait for it.
        from rag.claims.check import check_claims

        started = time.perf_counter()
        with self.library.snapshot(), time_budget(self.check_seconds):
            within = filtered_documents(filters, self.library.documents())
            texts = [within_bounds(claim) for claim in claims]
            verdicts = check_claims(self._view(within), self.library.embedder, texts, within)
        elapsed = round((time.perf_counter() - started) * 1000, 1)
        told = {"claims": "\n".join(texts)}
        log(Event.CHECKED, milliseconds=elapsed, claims=len(verdicts), words=told)
        return verdicts

    def check_speech(self, text: str, *, filters: Filters = EVERYTHING) -> tuple[CheckedPart, ...]:
        """Split a text into its pieces and check those that are claims."""
        from rag.claims.splitting import split_claims

        parts = split_claims(encodable(text), held_councils(self.library.documents()))
        claims = [part.claim for part in parts if part.kind is PartKind.CLAIM]
        verdicts = iter(self.check(*claims, filters=filters))
        return tuple(
            CheckedPart(part, next(verdicts) if part.kind is PartKind.CLAIM else None)
            for part in parts
        )

    def page_text(self, document: str, page: int) -> str | None:
        """The stored text of a page, or None."""
        return self.library.page_text(document, page)

    def _view(self, within: FilteredDocuments) -> Corpus:
        narrows = within.filters.narrows
        return FilteredCorpus(self.library, within.documents) if narrows else self.library

    def _retrieved(self, question: str, within: FilteredDocuments, depth: int = DEPTH) -> Retrieved:
        read = read_question(question, within)
        return retrieve(self._view(within), self.library.embedder, read, within, depth=depth)

    def _answer(
        self, question: str, within: FilteredDocuments, to_write: bool
    ) -> tuple[Answer, AnswerContext | None]:
        if not within.documents:
            return nothing_to_search(within.filters, self.library.documents()), None
        library, retrieved = self._view(within), self._retrieved(question, within)
        searched = search_summary(retrieved)
        try:
            outcome = answer_or_refusal(library, retrieved)
        except OutOfTime:
            outcome = out_of_time()
        if isinstance(outcome, Refusal) and is_over():
            outcome = out_of_time()  # what was not read may tell
        if isinstance(outcome, Refusal):
            return outcome.answer(searched, _nearest(library, retrieved)), None
        answer = outcome.answer(question, searched)
        if is_over():
            return replace(answer, notice=OUT_OF_TIME), None
        return answer, answer_context(library, retrieved, outcome.draft) if to_write else None


def _told_of_length(typed: str, notice: str) -> str:
    """The notice of an answer, which says where a question was too long to be read whole."""
    if len(typed) <= LONGEST_QUESTION:
        return notice
    return f"The first {LONGEST_QUESTION:,} characters of the question were read. {notice}".strip()


def open_desk(settings: Settings, model: ChatModel | None = None) -> Desk:
    """Open the library of the settings and everything that answers from it.

    `model` writes the answers in place of the one that the settings name, if they name one. Raises
    SettingsError for a model that cannot be used.
    """
    model = model or open_chat_model(settings)
    if model is None:
        return _desk(settings)
    # Late, because most answers are quoted.
    from rag.generation.writer import Writer

    return _desk(settings, Writer(model, tokens=settings.model_tokens))


def _desk(settings: Settings, writer: Writer | None = None) -> Desk:
    return Desk(
        open_library(settings),
        writer,
        answer_seconds=settings.answer_seconds,
        check_seconds=settings.check_seconds,
        pack_seconds=settings.pack_seconds,
    )


def _nearest(library: Corpus, retrieved: Retrieved) -> tuple[Citation, ...]:
    """The first sentence of each of the nearest passages, so that a reader sees what there is."""
    citations: list[Citation] = []
    with suppress(OutOfTime):
        for n, hit in enumerate(retrieved.hits[:_NEAREST], 1):
            source = source_of(library, hit.passage)
            citations += cite(source, hit.passage, hit.passage.sentences, n)[:1]
    return tuple(citations)
