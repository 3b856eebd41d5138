"""Composition root: `open_desk(settings)` wires the library, the retriever and the answers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.answering.compose import AnswerDraft, ComposedAnswer
from rag.answering.offered import OfferedSentences, answer_as_said, offered, quotes_any
from rag.answering.own_replies import NO_REASONS, tells_no_more, whose_words
from rag.answering.refusal import (
    OUT_OF_TIME,
    Refusal,
    answer_or_refusal,
    nothing_to_search,
    out_of_time,
)
from rag.bounds import LONGEST_QUESTION, encodable, within_bounds
from rag.citation.verify import cite, source_of
from rag.errors import ModelError, OutOfTime, UnknownDocument
from rag.generation.context import AnswerContext, answer_context
from rag.generation.model import ChatModel, open_chat_model
from rag.library.corpus import Corpus, FilteredCorpus
from rag.library.encoder import Embedder, bundled_encoder
from rag.library.library import Library, open_library
from rag.logs import Event, log
from rag.question.filters import EVERYTHING, FilteredDocuments, Filters, filtered_documents
from rag.question.followup import asks_who_said, asks_why, completed_question
from rag.question.kind import kind_of
from rag.question.question import read_question
from rag.question.scope import held_councils
from rag.retrieval.search import DEPTH, Retrieved, reranked, retrieve, search_summary
from rag.settings import ModelMode, Settings
from rag.time_budget import ANSWER_SECONDS, CHECK_SECONDS, PACK_SECONDS, is_over, time_budget
from rag.types import Answer, CheckedPart, Citation, Hit, PartKind, Verdict

if TYPE_CHECKING:
    from rag.generation.pointing import PointingJudge
    from rag.generation.writer import Writer

CHOSEN_HERE = "The program chose what is quoted."
NONE_NAMED = (
    "The language model found no sentence that answers the question. What is quoted is nearest to "
    "it."
)
NOT_QUOTABLE = (
    "What the language model pointed to did not pass the program's own checks, so the program "
    "chose what is quoted."
)
_NEAREST = 3
"""How many passages a refusal shows."""
SEARCHED = 20
"""How many passages a search reranks, at the least."""


class Desk:
    """Asks and searches one library; one desk may serve several threads at once.

    With a `writer`, answers are written by its language model, each statement checked; with a
    `pointer`, its language model points to the sentences that are quoted. Past `answer_seconds`,
    for a search or an answer in quotes, and `check_seconds`, for all claims that are given at once,
    it tells what it has and says so; of a longer question or claim it reads the first
    LONGEST_QUESTION characters. `pack_seconds` is for whoever makes a pack of its library.
    """

    def __init__(
        self,
        library: Library,
        writer: Writer | None = None,
        *,
        pointer: PointingJudge | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        check_seconds: float = CHECK_SECONDS,
        pack_seconds: float = PACK_SECONDS,
    ) -> None:
        self.library = library
        self.writer = writer
        self.pointer = pointer
        self.answer_seconds = answer_seconds
        self.check_seconds = check_seconds
        self.pack_seconds = pack_seconds

    @property
    def model(self) -> ChatModel | None:
        """The language model that answers are made with; None where they are made without."""
        asked = self.writer or self.pointer
        return asked.model if asked else None

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
        again = self._whose_words(question, history, filters)
        grows = (again,) if again else self._grown(understood, filters, quotes_only=quotes_only)
        for grown in grows:
            if writer is None and history and asks_why(question) and grown.answered:
                grown = _with_reasons(grown, history[-1])
            answer = replace(
                grown,
                question=question,
                notice=_told_of_length(typed, grown.notice),
                understood=understood if understood != question and not again else None,
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

    def _whose_words(
        self, question: str, history: Sequence[Answer], filters: Filters
    ) -> Answer | None:
        """The answer before, where no more is asked than who said that."""
        if not history or not asks_who_said(question):
            return None
        with self._reading(filters) as within:
            return whose_words(history[-1], {document.name for document in within.documents})

    def _grown(self, question: str, filters: Filters, *, quotes_only: bool) -> Iterator[Answer]:
        """The answer as it grows: written, pointed to or quoted."""
        if quotes_only or self.model is None:
            with self._reading(filters) as within:
                answer, _ = self._answer(question, within)
            yield answer
        elif self.pointer:
            yield self._pointed(question, filters, self.pointer)
        elif self.writer:
            answer, context = self.prepared(question, filters=filters)
            yield from self.writer.write(answer, context) if context else (answer,)

    def prepared(
        self, question: str, *, filters: Filters = EVERYTHING
    ) -> tuple[Answer, AnswerContext | None]:
        """The answer in quotes, and what a language model may write of it; None where the question
        is refused, which is before a model is asked."""
        with self._reading(filters) as within:
            answer, made = self._answer(question, within)
            if made is None:
                return answer, None
            return answer, answer_context(made.library, made.retrieved, made.draft)

    def _pointed(self, question: str, filters: Filters, pointer: PointingJudge) -> Answer:
        """The answer in quotes, a language model's word on which sentences answer added to what is
        known of them. As without it where the question is refused or what answers has a form of its
        own, which is before a model is asked, and where nothing that it names can be quoted, which
        the answer then tells."""
        with self._reading(filters) as within:
            answer, made = self._answer(question, within)
            offer = offered(made.library, made.retrieved, made.draft) if made else None
        if offer is None:
            return answer
        try:
            # No library is held open while a model thinks.
            said = pointer.answers(offer.retrieved.question.text, offer.spans)
        except ModelError as error:
            return replace(answer, notice=f"{error} {CHOSEN_HERE}")
        if not any(said):
            return replace(answer, notice=NONE_NAMED)
        outcome = self._as_said(offer, said)
        if isinstance(outcome, Refusal) or not quotes_any(outcome, offer, said):
            return replace(answer, notice=NOT_QUOTABLE)
        chosen = outcome.answer(answer.question, answer.searched)
        return replace(chosen, pointed_by=pointer.model.name)

    def _as_said(self, offer: OfferedSentences, said: Sequence[float]) -> ComposedAnswer | Refusal:
        try:
            with self.library.snapshot(), time_budget(self.answer_seconds):
                outcome = answer_as_said(offer, said)
                return out_of_time() if is_over() else outcome
        except OutOfTime:
            return out_of_time()
        except UnknownDocument as error:  # it was removed while the model thought
            return Refusal(str(error))

    @contextmanager
    def _reading(self, filters: Filters) -> Iterator[FilteredDocuments]:
        """The documents that may be looked at, the library held open and the time told."""
        with self.library.snapshot(), time_budget(self.answer_seconds):
            yield filtered_documents(filters, self.library.documents())

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
        return retrieved_for(self._view(within), self.library.embedder, question, within, depth)

    def _answer(self, question: str, within: FilteredDocuments) -> tuple[Answer, _Made | None]:
        """The answer in quotes and what it was made of; None where it is a refusal, or where there
        was no time to read all."""
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
        return answer, _Made(library, retrieved, outcome.draft)


@dataclass(frozen=True, slots=True)
class _Made:
    """What an answer in quotes was made of."""

    library: Corpus
    retrieved: Retrieved
    draft: AnswerDraft


def retrieved_for(
    library: Corpus,
    embedder: Embedder,
    question: str,
    within: FilteredDocuments,
    depth: int = DEPTH,
) -> Retrieved:
    """What is found for a question as it is typed, once its kind is told and it is read."""
    kind = kind_of(question, held_councils(within.documents), bundled_encoder(embedder).encode)
    read = read_question(question, within, kind)
    return retrieve(library, embedder, read, within, depth=depth)


def _told_of_length(typed: str, notice: str) -> str:
    """The notice of an answer, which says where a question was too long to be read whole."""
    if len(typed) <= LONGEST_QUESTION:
        return notice
    return f"The first {LONGEST_QUESTION:,} characters of the question were read. {notice}".strip()


def open_desk(settings: Settings, model: ChatModel | None = None) -> Desk:
    """Open the library of the settings and everything that answers from it.

    `model` takes the place of the one that the settings name, if they name one. Raises
    SettingsError for a model that cannot be used.
    """
    model = model or open_chat_model(settings)
    library = open_library(settings)
    writer, pointer = None, None
    # Late, because most answers are made without a model.
    if model and settings.model_mode is ModelMode.WRITE:
        from rag.generation.writer import Writer

        writer = Writer(model, tokens=settings.model_tokens)
    elif model:
        from rag.generation.pointing import PointingJudge

        pointer = PointingJudge(model, tokens=settings.model_tokens)
    return Desk(
        library,
        writer,
        pointer=pointer,
        answer_seconds=settings.answer_seconds,
        check_seconds=settings.check_seconds,
        pack_seconds=settings.pack_seconds,
    )


def _with_reasons(answer: Answer, before: Answer) -> Answer:
    """An answer to why, or a refusal where it quotes no more than was quoted before."""
    if not tells_no_more(answer, before):
        return answer
    return Refusal(NO_REASONS).answer(answer.searched, answer.citations)


def _nearest(library: Corpus, retrieved: Retrieved) -> tuple[Citation, ...]:
    """The first sentence of each of the nearest passages, so that a reader sees what there is."""
    citations: list[Citation] = []
    with suppress(OutOfTime):
        for n, hit in enumerate(retrieved.hits[:_NEAREST], 1):
            source = source_of(library, hit.passage)
            citations += cite(source, hit.passage, hit.passage.sentences, n)[:1]
    return tuple(citations)
