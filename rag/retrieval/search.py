"""Everything that is found for one question before an answer is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from rag.citation.quote import Quote
from rag.errors import OutOfTime
from rag.judge.port import Polarity, Span
from rag.library.corpus import Corpus
from rag.library.encoder import Embedder
from rag.library.relations import asks_for_draft, superseding
from rag.once import worked_out_once
from rag.question.expansion import Concept, concepts, expanded
from rag.question.filters import FilteredDocuments, Filters, filter_words
from rag.question.held import documents_at, held_documents
from rag.question.question import Question, read_part
from rag.question.scope import DocumentFit, Scope, scope_fit
from rag.retrieval.hybrid import (
    CandidatePool,
    Key,
    Query,
    candidates,
    from_everywhere,
    hits,
    ranked,
)
from rag.retrieval.judged import (
    JUDGED,
    JUDGED_FURTHER,
    Place,
    is_sure,
    judged,
    load_meanwhile,
    span_at,
    with_word_of,
)
from rag.retrieval.sentence_features import (
    OPENING_PAGES,
    Evidence,
    InformationNeed,
    WeightedConcept,
    sentences,
    weighted_concepts,
)
from rag.retrieval.weights import SENTENCE, score
from rag.speech.utterances import utterances_in
from rag.text.injection import addressed_sentences
from rag.text.labels import names_another
from rag.text.tokens import terms
from rag.time_budget import is_over, look_at_the_clock
from rag.types import OWN_WORDS, Document, Hit, Kind, Passage, Searched, Status

BEST_SENTENCE = 0.2
"""What a point of a passage's best sentence, in log odds, adds to its score in a search."""
DEPTH = 20
"""How many passages are read for sentences."""
FURTHER = 40
"""... and at a second look, where the judge is sure of none of those: a question in other words
than the report's finds its passage further down."""
LESS = {
    Status.ALLEGED: 2.0,
    Status.REPORTED: 0.3,
    Status.ASKED: 2.0,
    Status.REJECTED: 1.0,
    Status.CORRECTED: 2.0,
}
"""What a sentence loses, in log odds, that its document does not stand by."""
LESS_REPLACED = 3.0
"""... and a sentence of a draft or version that another has replaced."""
SAME_FIT = 0.02
"""Documents whose fit is within this of the best fit equally."""


@dataclass(frozen=True)
class PassageSearch:
    """The passages for a query, looked for when they are first asked for.

    `documents` are all that may be looked at, `only` the names of those that are looked at alone;
    `with_summary` brings the opening pages of the one report asked about.
    """

    library: Corpus
    documents: tuple[Document, ...]
    query: Query
    everywhere: Callable[[], Mapping[Key, float]]
    """A few passages from all documents alike, looked for once for all sides of a comparison."""
    fit: DocumentFit
    depth: int = DEPTH
    with_summary: bool = False
    only: frozenset[str] | None = None

    @worked_out_once
    def pool(self) -> CandidatePool:
        """The candidates among all passages."""
        return candidates(self.library, self.query, self.fit, self.everywhere)

    @worked_out_once
    def hits(self) -> tuple[Hit, ...]:
        """The best of them, best first."""
        return self.first(self.depth)

    def first(self, depth: int) -> tuple[Hit, ...]:
        """The `depth` best of them."""
        order = ranked(self.pool.fused, self.fit)
        if self.only is not None:
            order = [(key, score) for key, score in order if key[0] in self.only]
        best = hits(self.library, order, depth)
        if self.with_summary:
            with suppress(OutOfTime):
                best += self._summaries(best)
        return best

    def best_fitting(
        self, among: NDArray[np.intp] | None = None, within: float = SAME_FIT
    ) -> list[Document]:
        """Of all documents, or of those at some places, those whose fit is `within` so much of the
        best of them."""
        return documents_at(self.documents, self.fit.best(within, among))

    def _summaries(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """The opening pages of the one report asked about, where inspectors sum up what they
        found."""
        fitting = self.best_fitting()
        if len(fitting) != 1 or fitting[0].description.kind is not Kind.INSPECTION_REPORT:
            return ()
        places = {hit.passage.place for hit in hits}
        opening = self.library.analysed(fitting[0], _opening)
        return tuple(Hit(passage, 0.0) for passage in opening if passage.place not in places)


def _opening(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.page <= OPENING_PAGES)


@dataclass(frozen=True)
class Retrieved:
    """A question, and the passages and sentences for it, best first.

    They are looked for when they are first asked for: a question that a table of grades answers
    needs no sentence weighed. Nothing is looked at that `filters` do not let through.
    """

    need: InformationNeed
    filters: Filters
    search: PassageSearch
    said: Mapping[Place, float] = field(default_factory=dict)
    """What a further judge says of some of the sentences, in log odds."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that the filters let through."""
        return self.search.documents

    @property
    def query(self) -> Query:
        """The question made ready for both indexes."""
        return self.search.query

    @property
    def fit(self) -> DocumentFit:
        """How well each document fits the question."""
        return self.search.fit

    @property
    def pool(self) -> CandidatePool:
        """The candidates among all passages."""
        return self.search.pool

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The passages, best first."""
        return self.search.hits

    @worked_out_once
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences of the passages, best first; those of further passages too, where the judge
        is sure of none."""
        evidence = _evidence(self, self.hits, JUDGED)
        if is_sure(evidence) or is_over():
            return evidence
        return _evidence(self, self.search.first(FURTHER), JUDGED_FURTHER)

    @property
    def question(self) -> Question:
        """The question, whole or the part of it that is looked into."""
        return self.need.question

    @property
    def scope(self) -> Scope:
        """Which sources the question is about."""
        return self.need.question.scope

    @property
    def weighed(self) -> tuple[WeightedConcept, ...]:
        """What the question names, and how much each says."""
        return self.need.weighed

    @property
    def quotable(self) -> tuple[Evidence, ...]:
        """The evidence that may be quoted: no heading, which tells how near its passage is and no
        more, nothing that speaks to its reader, and nothing of ward 60 where ward 43 is asked
        about."""
        held = held_documents(self.documents).by_name
        asked = self.question.text
        quotable: list[Evidence] = []
        for evidence in self.evidence:
            text = evidence.sentence.text
            kind = held[evidence.passage.document].description.kind
            addressed = evidence.index in addressed_sentences(evidence.passage, kind)
            if not (evidence.is_heading or addressed or names_another(asked, text)):
                quotable.append(evidence)
        return tuple(quotable)

    def best_fitting(
        self, among: NDArray[np.intp] | None = None, within: float = SAME_FIT
    ) -> list[Document]:
        """Of all documents, or of those at some places, those whose fit is `within` so much of the
        best of them."""
        return self.search.best_fitting(among, within)


def retrieve(
    library: Corpus,
    embedder: Embedder,
    question: Question,
    within: FilteredDocuments,
    *,
    depth: int = DEPTH,
) -> Retrieved:
    """What is found for a question among the documents that `library` holds `within` the filter."""
    scope = question.scope
    named = _concepts(library, question)
    vector = embedder.encode([expanded(question.text)])[0].tolist()
    query = Query(question.text, vector, named)
    search = PassageSearch(
        library,
        within.documents,
        query,
        cache(partial(from_everywhere, library, query)),
        scope_fit(scope, within.documents),
        depth,
        with_summary=bool(question.sentiment),
    )
    need = _need(library, question, named, (*scope.councils, *scope.absent))
    return Retrieved(need, within.filters, search)


def retrieved_within(retrieved: Retrieved, documents: Iterable[str], scope: Scope) -> Retrieved:
    """The same question put to some documents alone: one side of a comparison."""
    need = replace(retrieved.need, question=replace(retrieved.question, scope=scope))
    within, held = frozenset(documents), retrieved.fit.held
    values = np.zeros(len(held.names))
    values[[held.place_of[name] for name in within if name in held.place_of]] = 1.0
    fit = DocumentFit(held, values)
    search = replace(retrieved.search, fit=fit, depth=DEPTH, only=within)
    return Retrieved(need, retrieved.filters, search, retrieved.said)


def retrieved_for_part(retrieved: Retrieved, text: str) -> Retrieved:
    """One part of a question that asks several things: the same passages, weighed for that part."""
    library, part = retrieved.search.library, read_part(text, retrieved.question)
    need = _need(library, part, _concepts(library, part), part.scope.councils)
    return replace(retrieved, need=need)


def reranked(retrieved: Retrieved) -> tuple[Hit, ...]:
    """The hits in the order of their fused score and of the best sentence in each (MaxP, Dai and
    Callan 2019)."""
    best: dict[tuple[str, int], float] = {}
    for evidence in retrieved.evidence:
        # The evidence comes best first.
        best.setdefault(evidence.passage.place, evidence.score)
    rescored: list[Hit] = []
    for hit in retrieved.hits:
        if hit.score > 0:
            raised = hit.score + BEST_SENTENCE * best.get(hit.passage.place, 0.0)
            rescored.append(replace(hit, score=raised))
    return tuple(sorted(rescored, key=lambda hit: -hit.score))


def search_summary(retrieved: Retrieved) -> Searched:
    """What was searched, as a reader is told it."""
    held = held_documents(retrieved.documents)
    return Searched(
        len(held.names),
        held.earliest,
        held.latest,
        retrieved.scope.words,
        retrieved.scope.parts,
        retrieved.scope.aside,
        filter_words(retrieved.filters),
    )


def answers_of(
    library: Corpus, retrieved: Retrieved, quotes: Sequence[Quote], part: str = ""
) -> tuple[float, ...]:
    """How directly each quote answers the question, or a part of it, by the judge, in log odds; ()
    where there is none."""
    if library.judge is None:
        return ()
    return library.judge.answers(part or retrieved.question.text, spans_of(retrieved, quotes))


def polarities_of(
    library: Corpus, retrieved: Retrieved, quotes: Sequence[Quote]
) -> tuple[Polarity, ...]:
    """How each quote is meant by the judge; neutral where there is none."""
    if library.judge is None:
        return (Polarity.NEUTRAL,) * len(quotes)
    return tuple(each.polarity for each in library.judge.reads(spans_of(retrieved, quotes)))


def spans_of(retrieved: Retrieved, quotes: Iterable[Quote]) -> list[Span]:
    """The quotes as a judge reads them."""
    documents = held_documents(retrieved.documents).by_name
    return [span_at(q.passage, q.first, q.last, documents[q.passage.document]) for q in quotes]


def fitting_reports(retrieved: Retrieved) -> list[Document]:
    """The inspection reports that fit the question best."""
    return retrieved.best_fitting(held_documents(retrieved.documents).reports())


def _concepts(library: Corpus, question: Question) -> tuple[Concept, ...]:
    """What a question names, without the parts of its scope that the reader took away."""
    named = concepts(question.text, library.vocabulary())
    aside = _terms(question.scope.aside_names)
    return tuple(concept for concept in named if not aside.issuperset(concept.own))


def _need(
    library: Corpus, question: Question, named: Iterable[Concept], councils: Iterable[str]
) -> InformationNeed:
    frequencies, passages = library.vocabulary().frequencies, library.passage_count()
    weighed = weighted_concepts(named, frequencies, passages, _terms(councils))
    return InformationNeed(question, weighed)


def _terms(names: Iterable[str]) -> frozenset[str]:
    return frozenset(terms(" ".join(names)))


def _evidence(retrieved: Retrieved, hits: Iterable[Hit], most: int) -> tuple[Evidence, ...]:
    """The sentences of the hits, the best first, the `most` likeliest judged; one that its document
    does not stand by counts for less. Those that were read when the time for the question was
    over."""
    library, need = retrieved.search.library, retrieved.need
    load_meanwhile(library.judge)
    documents = held_documents(retrieved.documents).by_name
    of_draft = asks_for_draft(need.question.text)
    relations = library.relations()
    evidence: list[Evidence] = []
    found = sentences(hits, need, retrieved.pool, retrieved.fit)
    with suppress(OutOfTime):
        for hit, index, features in found:
            look_at_the_clock()
            document = documents[hit.passage.document]
            said = utterances_in(library, document)
            utterance = said.get((hit.passage.number, index), OWN_WORDS)
            worth = score(SENTENCE, features) - LESS.get(utterance.status, 0.0)
            if not of_draft and superseding(relations, document.name):
                worth -= LESS_REPLACED
            evidence.append(Evidence(hit, index, worth, features, utterance))
    weighed = judged(library.judge, need.question.text, evidence, documents, most)
    return with_word_of(retrieved.said, weighed) if retrieved.said else weighed
