"""What answers read of a library: the whole of it, or no more than a filter lets through."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar, TypeVarTuple

from rag.errors import UnknownDocument
from rag.judge.port import Judge
from rag.library.tables import LibraryEntry
from rag.text.vocabulary import Vocabulary
from rag.types import Document, Page, Passage, Relation

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Scored = list[tuple[tuple[str, int], float]]
"""Passages by (document, number), each with its score, best first."""


class Corpus(Protocol):
    """The reading half of `rag.library.Library`, as far as answers need it."""

    @property
    def judge(self) -> Judge | None:
        """What judges which words answer; None where only features of words are looked at."""

    def documents(self) -> tuple[Document, ...]:
        """Every document that may be looked at, by name, without its pages."""

    def relations(self) -> Mapping[str, tuple[Relation, ...]]:
        """How documents stand to others of their series, by their names."""

    def entry(self, name: str) -> LibraryEntry:
        """One document's row. Raises UnknownDocument."""

    def page_text(self, document: str, page: int) -> str | None:
        """The stored text of a page, or None."""

    def page(self, document: str, page: int) -> Page | None:
        """A stored page, or None."""

    def passages_at(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        """The passages at (document, number)."""

    def analysed(
        self, document: Document, analyse: Callable[[tuple[Passage, ...], *Ts], T], *options: *Ts
    ) -> T:
        """What `analyse`, a function of a module, makes of a document's passages."""

    def analysed_each(
        self,
        documents: Sequence[Document],
        analyse: Callable[[tuple[Passage, ...], *Ts], T],
        options: Callable[[Document], tuple[*Ts]],
    ) -> list[T]:
        """What an analysis that is `kept`, and short, makes of each of some documents."""

    def nearest(
        self, vector: Sequence[float], k: int, documents: Iterable[str] | None = None
    ) -> Scored:
        """The passages whose vectors are nearest, with their cosines."""

    def matching(
        self, query: Sequence[str], k: int, documents: Iterable[str] | None = None
    ) -> Scored:
        """The passages that match the terms best, with their BM25."""

    def vocabulary(self) -> Vocabulary:
        """The terms of the whole library."""

    def passage_count(self) -> int:
        """How many passages the whole library holds."""


class FilteredCorpus:
    """A library of which only some documents are looked at.

    How rare a word is stays as it is in the whole of it, for that is better known from more.
    """

    def __init__(self, library: Corpus, documents: Iterable[Document]) -> None:
        self._library = library
        self._documents = tuple(documents)
        self._names = {document.name for document in self._documents}

    @property
    def judge(self) -> Judge | None:
        """The judge of the whole library."""
        return self._library.judge

    def documents(self) -> tuple[Document, ...]:
        """Those let through, by name, without their pages."""
        return self._documents

    def relations(self) -> Mapping[str, tuple[Relation, ...]]:
        """How those let through stand to others of their series that are let through."""
        return _RelationsWithin(self._library.relations(), self._names)

    def entry(self, name: str) -> LibraryEntry:
        """One document's row. Raises UnknownDocument for one that is shut out too."""
        if name not in self._names:
            raise UnknownDocument(f"The filter lets no document called {name!r} through.")
        return self._library.entry(name)

    def page_text(self, document: str, page: int) -> str | None:
        """The stored text of a page, or None."""
        return self._library.page_text(document, page) if document in self._names else None

    def page(self, document: str, page: int) -> Page | None:
        """A stored page, or None."""
        return self._library.page(document, page) if document in self._names else None

    def passages_at(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        """The passages at (document, number); those shut out are left out."""
        return self._library.passages_at(key for key in keys if key[0] in self._names)

    def analysed(
        self, document: Document, analyse: Callable[[tuple[Passage, ...], *Ts], T], *options: *Ts
    ) -> T:
        """What `analyse` makes of a document's passages; of none where it is shut out."""
        if document.name not in self._names:
            return analyse((), *options)
        return self._library.analysed(document, analyse, *options)

    def analysed_each(
        self,
        documents: Sequence[Document],
        analyse: Callable[[tuple[Passage, ...], *Ts], T],
        options: Callable[[Document], tuple[*Ts]],
    ) -> list[T]:
        """What an analysis makes of each of some documents; of none where one is shut out."""
        if self._names.issuperset(document.name for document in documents):
            return self._library.analysed_each(documents, analyse, options)
        return [self.analysed(document, analyse, *options(document)) for document in documents]

    def nearest(
        self, vector: Sequence[float], k: int, documents: Iterable[str] | None = None
    ) -> Scored:
        """The passages let through whose vectors are nearest, with their cosines."""
        return self._library.nearest(vector, k, self._within(documents))

    def matching(
        self, query: Sequence[str], k: int, documents: Iterable[str] | None = None
    ) -> Scored:
        """The passages let through that match the terms best, with their BM25."""
        return self._library.matching(query, k, self._within(documents))

    def vocabulary(self) -> Vocabulary:
        """The terms of the whole library."""
        return self._library.vocabulary()

    def passage_count(self) -> int:
        """How many passages the whole library holds."""
        return self._library.passage_count()

    def _within(self, documents: Iterable[str] | None) -> set[str]:
        return self._names if documents is None else self._names.intersection(documents)


class _RelationsWithin(Mapping[str, tuple[Relation, ...]]):
    """The relations between some documents, each looked up when it is asked for."""

    def __init__(
        self, relations: Mapping[str, tuple[Relation, ...]], names: Collection[str]
    ) -> None:
        self._relations = relations
        self._names = names

    def __getitem__(self, name: str) -> tuple[Relation, ...]:
        found = self._relations[name] if name in self._names else ()
        within = tuple(each for each in found if each.document in self._names)
        if not within:
            raise KeyError(name)
        return within

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._relations if self.get(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)
