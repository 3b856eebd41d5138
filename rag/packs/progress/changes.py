"""What became of everything that one inspection report asked for, in the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

from rag.citation.line import Line, line_of, lines_of
from rag.citation.quote import Quote, with_neighbours
from rag.inspection.frameworks import framework_named, of_one_service
from rag.inspection.grades import read_grade
from rag.library.corpus import Corpus, FilteredCorpus
from rag.library.encoder import Embedder
from rag.library.encoder.word_encoder import WordEncoder
from rag.packs.progress.outcome import MENTIONS, LaterMention, later_standing
from rag.packs.progress.requests import requests_of
from rag.packs.progress.topic import phrases, recommendation_topic
from rag.packs.record.judgement_history import inspection
from rag.packs.types import Changes, History, Inspection, RecommendationChange
from rag.question.expansion import expanded, generic_terms
from rag.question.filters import FilteredDocuments, Filters
from rag.question.question import read_question
from rag.retrieval.search import retrieve
from rag.retrieval.sentence_features import TermSet, WeightedConcept, coverage
from rag.text.lexicon import lists
from rag.text.lexicon import words as cued
from rag.text.tokens import content_terms, stem, terms
from rag.types import Document

_DEPTH = 12
"""How many passages of the later report are read for each item."""
NAMED = 0.8
"""What the share of the matter's words that a sentence names adds to the likeness of the two."""


def changes(library: Corpus, embedder: Embedder, earlier: Document, later: Document) -> Changes:
    """For each thing that the earlier report asks to be improved, what the later one says of it."""
    encoder = embedder if isinstance(embedder, WordEncoder) else WordEncoder(embedder)
    items = recommendation_changes(library, encoder, (later,), requests_of(library, earlier))
    shared = [name for name in later.description.councils if name in earlier.description.councils]
    return Changes(
        (shared or [""])[0],
        inspection(library, earlier),
        inspection(library, later),
        tuple(items),
    )


def successive_reports(record: History) -> tuple[tuple[str, str], ...]:
    """The documents of each two inspections of one service that follow one another."""
    full = [each for each in record.inspections if not framework_named(each.framework).visit]
    pairs: list[tuple[str, str]] = []
    for at, earlier in enumerate(full):
        for later in full[at + 1 :]:
            if of_one_service(earlier.framework, later.framework):
                pairs.append((earlier.document, later.document))
                break
    return tuple(pairs)


def unanswered_reports(record: History, compared: Collection[str]) -> tuple[Inspection, ...]:
    """The inspections, newest first, whose requests no later one is held against; not a visit after
    which a whole inspection of the service came. `compared` names the others' documents."""
    found: list[Inspection] = []
    for each in reversed(record.inspections):
        visit = framework_named(each.framework).visit
        answered = visit and any(of_one_service(each.framework, one.framework) for one in found)
        if each.document not in compared and not answered:
            found.append(each)
    return tuple(found)


def recommendation_changes(
    library: Corpus, embedder: WordEncoder, later: Sequence[Document], items: Iterable[Quote]
) -> list[RecommendationChange]:
    """What later documents say of items; of none that does not stand on its page."""
    cited: list[tuple[Line, _Search]] = []
    with_lines = [(item, line) for item in items if (line := line_of(library, item))]
    topics = [(i.passage.document, recommendation_topic(i.text).name) for i, _ in with_lines]
    # All that is encoded is encoded at once: many small batches take half as long again.
    embedder.prepare_words(
        (name, text) for name, topic in topics for text in (topic, expanded(topic))
    )
    for (_, line), (_, topic) in zip(with_lines, topics, strict=True):
        cited.append((line, _Search(library, embedder, later, topic)))
    embedder.prepare_words(chain.from_iterable(search.words() for _, search in cited))
    changes: list[RecommendationChange] = []
    for line, search in cited:
        standing, quotes = later_standing(search.listed_items(), search.sentences())
        changes.append(RecommendationChange(line, standing, lines_of(library, quotes)))
    return changes


def sentences_about(
    library: Corpus, embedder: WordEncoder, documents: Sequence[Document], topic: str
) -> list[Quote]:
    """The sentences of the documents that a search for a topic finds, the nearest first."""
    search = _Search(library, embedder, documents, topic)
    embedder.prepare_words(search.words())
    mentions = search.sentences()
    return [mention.quote for mention in mentions if mention.near >= MENTIONS]


class _Search:
    """The desk's own search for a topic, in some documents alone, and what they list to be done."""

    def __init__(
        self,
        library: Corpus,
        embedder: WordEncoder,
        documents: Sequence[Document],
        topic: str,
    ) -> None:
        self._embedder, self._topic = embedder, topic
        filters = Filters(documents=frozenset(document.name for document in documents))
        corpus = FilteredCorpus(library, documents)
        within = FilteredDocuments(filters, tuple(documents))
        question = read_question(topic, within)
        self._retrieved = retrieve(corpus, embedder, question, within, depth=_DEPTH)
        self._items: list[Quote] = []
        for document in documents:
            self._items += requests_of(library, document)
        self._found = self._sentences_found()

    def words(self) -> Iterator[tuple[str, str]]:
        """What will be compared with the topic, each with the document it is of."""
        for item in self._items:
            yield item.passage.document, recommendation_topic(item.text).name
        for text, quote in self._found:
            yield quote.passage.document, text

    def listed_items(self) -> list[LaterMention]:
        """The items that the documents list, the nearest to the topic first."""
        return self._by_nearness([(recommendation_topic(i.text).name, i) for i in self._items])

    def sentences(self) -> list[LaterMention]:
        """The sentences found, each with what it leans on, the nearest to the topic first; no grade
        and no item of the list."""
        return self._by_nearness(self._found)

    def _sentences_found(self) -> list[tuple[str, Quote]]:
        listed: set[tuple[str, int, int]] = set()
        for item in self._items:
            listed.update((*item.place, n) for n in range(item.first, item.last + 1))
        rows: list[tuple[str, Quote]] = []
        for evidence in self._retrieved.quotable:
            passage, text = evidence.passage, evidence.sentence.text
            if (passage.document, passage.number, evidence.index) in listed or read_grade(text):
                continue
            quote = with_neighbours(passage, evidence.index)
            if quote:
                rows.append((text, quote))
        return rows

    def _by_nearness(self, rows: Sequence[tuple[str, Quote]]) -> list[LaterMention]:
        """Words and what would be quoted for them, with their nearness to the topic: by meaning,
        and by the words that they name."""
        weighed = self._retrieved.weighed
        telling = [concept for concept in weighed if not _is_aspect(concept)]
        head = head_terms(self._topic)
        vector, *vectors = self._embedder.encode([self._topic, *(words for words, _ in rows)])
        mentions: list[LaterMention] = []
        for (words, quote), row in zip(rows, vectors, strict=True):
            own = TermSet.of(terms(words))
            near = float(row @ vector) + NAMED * coverage(weighed, own)
            named = coverage(telling, own)
            shared = len(head & set(content_terms(words))) / len(head) if head else 1.0
            mentions.append(LaterMention(words, quote, near, named, shared))
        return sorted(mentions, key=lambda mention: -mention.near)


def head_terms(topic: str) -> frozenset[str]:
    """The stems of what a matter is first of all about: of "the quality of plans for children in
    need" those of "plans"."""
    idle = aspect_terms() | generic_terms()
    for phrase in phrases(topic):
        telling = frozenset(content_terms(phrase)) - idle
        if telling:
            return telling
    return frozenset()


def _is_aspect(concept: WeightedConcept) -> bool:
    """Whether it says how well something is done, and not what."""
    return concept.generic or aspect_terms().issuperset(concept.concept.own)


@cache
def aspect_terms() -> frozenset[str]:
    """The stems of the words that say how well something is done."""
    return frozenset(map(stem, cued(lists.Words.ASPECTS)))
