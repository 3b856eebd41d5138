"""What became of everything that one inspection report asked for, in the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial

from rag.citation.line import line_of, lines_of
from rag.citation.quote import Quote, with_neighbours
from rag.inspection.frameworks import Framework, of_one_service
from rag.inspection.grades import read_grade
from rag.inspection.recommendations import recommendations_of
from rag.library.corpus import Corpus, FilteredCorpus
from rag.library.encoder import CachedEncoder, Embedder
from rag.packs.progress.outcome import MENTIONS, Later, judged_since
from rag.packs.progress.topic import matter_of
from rag.packs.record.judgement_history import inspection
from rag.packs.types import Changes, History, RecommendationChange
from rag.question.filters import FilteredDocuments, Filters
from rag.question.question import read_question
from rag.retrieval.search import Retrieved, retrieve
from rag.retrieval.sentence_features import TermSet, WeightedConcept, coverage
from rag.text.lexicon import lists
from rag.text.lexicon import words as cued
from rag.text.tokens import stem, terms
from rag.types import Document

_DEPTH = 12
"""How many passages of the later report are read for each item."""
NAMED = 0.8
"""What the share of the matter's words that a sentence names adds to the likeness of the two."""


def changes(library: Corpus, embedder: Embedder, earlier: Document, later: Document) -> Changes:
    """For each thing that the earlier report asks to be improved, what the later one says of it."""
    change = partial(since_then, library, CachedEncoder(embedder), (later,))
    made = (change(item) for item in recommendations_of(library, earlier))
    shared = [name for name in later.description.councils if name in earlier.description.councils]
    return Changes(
        (shared or [""])[0],
        inspection(library, earlier),
        inspection(library, later),
        tuple(each for each in made if each),
    )


def succeeding(record: History) -> tuple[tuple[str, str], ...]:
    """The documents of each two inspections of one service that follow one another."""
    full = [each for each in record.inspections if each.framework is not Framework.VISIT]
    pairs = (
        (
            each,
            next((n for n in full[at + 1 :] if of_one_service(each.framework, n.framework)), None),
        )
        for at, each in enumerate(full)
    )
    return tuple((one.document, other.document) for one, other in pairs if other)


def since_then(
    library: Corpus, embedder: CachedEncoder, later: Sequence[Document], item: Quote
) -> RecommendationChange | None:
    """What later documents say of an item; None when the item does not stand on its page."""
    line = line_of(library, item)
    if line is None:
        return None
    matter = matter_of(item.text).name
    found = _looked_for(library, embedder, later, matter)
    listed = [row for document in later for row in recommendations_of(library, document)]
    said = _near(found, embedder, matter, _heard(found, listed))
    since, quotes = judged_since(_near(found, embedder, matter, _as_items(listed)), said)
    return RecommendationChange(line, since, lines_of(library, quotes))


def said_of(
    library: Corpus, embedder: CachedEncoder, documents: Sequence[Document], topic: str
) -> tuple[Quote, ...]:
    """The sentences of the documents that a search for a topic finds, the nearest first."""
    found = _looked_for(library, embedder, documents, topic)
    listed = [row for document in documents for row in recommendations_of(library, document)]
    near = _near(found, embedder, topic, _heard(found, listed))
    return tuple(row.quote for row in near if row.near >= MENTIONS)


def _looked_for(
    library: Corpus, embedder: CachedEncoder, later: Sequence[Document], matter: str
) -> Retrieved:
    """The desk's own search for a matter, in the later documents alone."""
    filters = Filters(documents=frozenset(document.name for document in later))
    view, within = FilteredCorpus(library, later), FilteredDocuments(filters, tuple(later))
    question = read_question(matter, within)
    return retrieve(view, embedder, question, within, depth=_DEPTH)


Told = tuple[str, Quote]
"""The words to hold against the matter, and what would be quoted for them."""


def _heard(found: Retrieved, listed: Sequence[Quote]) -> Iterator[Told]:
    """The sentences found, each with what it leans on; no grade, and no item of the list."""
    items = {(*item.place, n) for item in listed for n in range(item.first, item.last + 1)}
    for evidence in found.quotable:
        place = (evidence.passage.document, evidence.passage.number, evidence.index)
        if place in items or read_grade(evidence.sentence.text):
            continue
        quote = with_neighbours(evidence.passage, evidence.index)
        if quote:
            yield evidence.sentence.text, quote


def _as_items(listed: Sequence[Quote]) -> Iterator[Told]:
    return ((matter_of(item.text).name, item) for item in listed)


def _near(
    found: Retrieved, embedder: CachedEncoder, matter: str, told: Iterable[Told]
) -> list[Later]:
    """What is told with its nearness to the matter: by meaning, and by the words that it names."""
    rows = list(told)
    vector, *vectors = embedder.encode([matter, *(words for words, _ in rows)])
    made = (
        _later(found, words, quote, float(row @ vector))
        for (words, quote), row in zip(rows, vectors, strict=True)
    )
    return sorted(made, key=lambda row: -row.near)


def _later(found: Retrieved, words: str, quote: Quote, alike: float) -> Later:
    said = TermSet.of(terms(words))
    telling = [w for w in found.weighed if not _is_aspect(w)]
    near = alike + NAMED * coverage(found.weighed, said)
    return Later(words, quote, near, coverage(telling, said))


def _is_aspect(item: WeightedConcept) -> bool:
    """Whether it says how well something is done, and not what."""
    return item.generic or aspect_terms().issuperset(item.concept.own)


@cache
def aspect_terms() -> frozenset[str]:
    """The stems of the words that say how well something is done."""
    return frozenset(map(stem, cued(lists.Aspects.WORDS)))
