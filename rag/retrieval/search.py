"""Everything that is found out about one question before an answer is made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.inspection.reports import reports
from rag.library.corpus import Corpus
from rag.library.encoder import Embedder
from rag.question.expansion import Concept, concepts, expanded
from rag.question.filters import FilteredDocuments, Filters, filter_words, scope_of
from rag.question.intent import AnswerType, answer_types
from rag.question.scope import Scope, scope_fit
from rag.question.sentiment import asks_for_sentiment
from rag.retrieval.hybrid import CandidatePool, Query, candidates, hits, ranked
from rag.retrieval.sentence_features import (
    OPENING_PAGES,
    Evidence,
    InformationNeed,
    WeightedConcept,
    sentences,
    weighted_concepts,
)
from rag.retrieval.weights import SENTENCE, score
from rag.text.injection import is_addressed
from rag.text.tokens import terms
from rag.types import Document, Hit, Kind, Passage, Searched

BEST_SENTENCE = 0.2
"""What a point of a passage's best sentence, in log odds, adds to its score in a search."""
DEPTH = 12
"""How many passages are read for sentences."""
SAME_FIT = 0.02
"""Documents whose fit is within this of the best fit equally."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A question, its scope, and the passages and sentences found for it, best first.

    `documents` are those that `filters` let through: nothing else is looked at.
    """

    sought: InformationNeed
    scope: Scope
    filters: Filters
    documents: tuple[Document, ...]
    query: Query
    fit: Mapping[str, float]
    pool: CandidatePool
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]

    @property
    def question(self) -> str:
        """The question, whole or the part of it that is looked into."""
        return self.sought.question

    @property
    def asked(self) -> tuple[AnswerType, ...]:
        """The kinds of thing that would answer."""
        return self.sought.asked

    @property
    def weighed(self) -> tuple[WeightedConcept, ...]:
        """What the question names, and how much each says."""
        return self.sought.weighed

    @property
    def quotable(self) -> tuple[Evidence, ...]:
        """The evidence that may be quoted: no heading, which tells how near its passage is and no
        more, and nothing that speaks to its reader."""
        kinds = {document.name: document.description.kind for document in self.documents}
        return tuple(
            evidence
            for evidence in self.evidence
            if not evidence.is_heading
            and not is_addressed(evidence.sentence.text, kinds[evidence.passage.document])
        )

    def best_fitting(self, documents: Iterable[Document]) -> list[Document]:
        """Those of the documents that fit the question best."""
        held = list(documents)
        best = max((self.fit.get(d.name, 0.0) for d in held), default=0.0)
        return [d for d in held if self.fit.get(d.name, 0.0) > best - SAME_FIT]


def retrieve(
    library: Corpus,
    embedder: Embedder,
    question: str,
    within: FilteredDocuments,
    *,
    depth: int = DEPTH,
) -> Retrieved:
    """Search for a question and weigh the sentences found; `library` holds what is `within`."""
    scope = scope_of(question, within)
    named = _named(library, question, scope)
    vector = embedder.encode([expanded(question)])[0].tolist()
    sought = _sought(library, question, named, (*scope.councils, *scope.absent))
    query, fit = Query(question, vector, named), scope_fit(scope, within.documents)
    blank = Retrieved(
        sought, scope, within.filters, within.documents, query, fit, CandidatePool({}, {}), (), ()
    )
    return _searched(library, blank, depth)


def retrieved_within(
    library: Corpus, found: Retrieved, documents: Sequence[str], scope: Scope
) -> Retrieved:
    """The same question put to some documents alone: one side of a comparison."""
    within = set(documents)
    fit = {name: float(name in within) for name in found.fit}
    return _searched(library, replace(found, scope=scope, fit=fit), DEPTH, only=within)


def retrieved_for_part(library: Corpus, found: Retrieved, text: str) -> Retrieved:
    """One part of a question that asks several things: the same passages, weighed for that part."""
    named = _named(library, text, found.scope)
    part = replace(found, sought=_sought(library, text, named, found.scope.councils))
    return replace(part, evidence=_weighed(part, found.pool, found.hits))


def reranked(found: Retrieved) -> tuple[Hit, ...]:
    """The hits in the order of their fused score and of the best sentence in each (MaxP, Dai and
    Callan 2019)."""
    best: dict[tuple[str, int], float] = {}
    for evidence in found.evidence:
        key = (evidence.passage.document, evidence.passage.number)
        best[key] = max(best.get(key, evidence.score), evidence.score)
    scored = [
        replace(h, score=h.score + BEST_SENTENCE * best[(h.passage.document, h.passage.number)])
        for h in found.hits
        if h.score > 0
    ]
    return tuple(sorted(scored, key=lambda hit: -hit.score))


def search_summary(found: Retrieved) -> Searched:
    """What was searched, as a reader is told it."""
    dates = [day for d in found.documents if (day := d.description.speaks_for)]
    return Searched(
        len(found.documents),
        min(dates, default=None),
        max(dates, default=None),
        found.scope.words,
        found.scope.parts,
        found.scope.aside,
        filter_words(found.filters),
    )


def _named(library: Corpus, text: str, scope: Scope) -> tuple[Concept, ...]:
    """What a text names, without the parts of its scope that the reader took away."""
    named = concepts(text, library.vocabulary())
    aside = {term for name in scope.aside_names for term in terms(name)}
    return tuple(concept for concept in named if not aside.issuperset(concept.own))


def _sought(
    library: Corpus, question: str, named: Iterable[Concept], councils: Iterable[str]
) -> InformationNeed:
    scope_terms = frozenset(term for name in councils for term in terms(name))
    frequencies, passages = library.vocabulary().frequencies, library.passage_count()
    weighed = weighted_concepts(named, frequencies, passages, scope_terms)
    return InformationNeed(question, answer_types(question), weighed)


def _searched(
    library: Corpus, found: Retrieved, depth: int, only: Collection[str] | None = None
) -> Retrieved:
    pool = candidates(library, found.query, found.fit)
    order = ranked(pool.fused, found.fit)
    if only is not None:
        order = [row for row in order if row[0][0] in only]
    best = hits(library, order, depth)
    if asks_for_sentiment(found.question):
        best += _summaries(library, found, best)
    return replace(found, pool=pool, hits=best, evidence=_weighed(found, pool, best))


def _summaries(library: Corpus, found: Retrieved, seen: Iterable[Hit]) -> tuple[Hit, ...]:
    """The opening pages of the one report asked about, where inspectors sum up what they found."""
    fitting = found.best_fitting(found.documents)
    if len(fitting) != 1 or fitting[0].description.kind is not Kind.INSPECTION_REPORT:
        return ()
    held = {(hit.passage.document, hit.passage.number) for hit in seen}
    opening = library.analysed(fitting[0], _opening)
    return tuple(Hit(p, 0.0) for p in opening if (p.document, p.number) not in held)


def _opening(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.page <= OPENING_PAGES)


def _weighed(found: Retrieved, pool: CandidatePool, best: Sequence[Hit]) -> tuple[Evidence, ...]:
    rows = sentences(best, found.sought, pool, found.fit)
    evidence = (Evidence(hit, index, score(SENTENCE, f), f) for hit, index, f in rows)
    return tuple(sorted(evidence, key=lambda e: -e.score))


def fitting_reports(found: Retrieved) -> list[Document]:
    """The inspection reports that fit the question best."""
    return found.best_fitting(reports(found.documents))
