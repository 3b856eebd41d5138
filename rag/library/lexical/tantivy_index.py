"""Adapter: the only importer of tantivy. The likely best passages of a large library are found
without a look at every passage that has one of the words.

It proposes and no more: what it finds is weighed by what SQLite holds. A damaged or missing index
is a slow search, never a wrong one.
"""

from __future__ import annotations

import math
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import tantivy

from rag.errors import LibraryError
from rag.library.bm25 import PassageTerms, inverse_frequency
from rag.text.tokens import folded

Unit = tuple[str, str]
"""A field and what is looked up in it: a term, or a pair of neighbouring terms."""
HEAP = 50_000_000
"""Bytes of memory for writing."""
_JOINT = "_"
"""Between the two terms of a pair; no term has one."""
_TEXT_TIMES = 2
"""A term in the text of a passage counts for so many in its heading or its source, nearly as the
weights of BM25 have it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that may be among the best: its row, and the key of its document's version."""

    row: int
    document: int


def document_key(version: str) -> int:
    """A version of a document as the index names it: 60 of its bits."""
    return int(version[:15], 16)


class TantivyIndex:
    """The terms of the passages on disk, for threads of several programs to search at once.

    One program sees what another has written only after `follow`. Raises LibraryError.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._state = -1
        self._writer: Any = None
        with self._inside("opened"):
            folder.mkdir(parents=True, exist_ok=True)
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, str(folder), reuse=True)
            # Nothing watches the folder: it is read afresh when the library's state has changed.
            self._index.config_reader("manual")
            self._read_afresh()

    def follow(self, state: int) -> None:
        """Read the folder afresh when the library's state has changed."""
        with self._lock:
            if self._state != state:
                with self._inside("read"):
                    self._read_afresh()
                self._state = state

    def count(self) -> int:
        """How many passages are indexed."""
        return int(self._searcher.num_docs)

    # ------------------------------------------------------------ searching

    def frequency(self, phrase: str) -> int:
        """In how many passages a phrase stands (one of more than two terms: its every pair)."""
        units = _units(phrase)
        if len(units) < 2:
            return min((self._holders(*unit) for unit in units), default=0)
        known = self._counted  # another thread may put an empty one in its place meanwhile
        if phrase not in known:
            with self._inside("read"):
                known[phrase] = int(self._searcher.search(self._all_of(units), 1).count or 0)
        return known[phrase]

    def beginning(self, prefix: str) -> list[tuple[str, int]]:
        """The terms with this beginning, in order, and in how many passages each stands."""
        with self._inside("read"):
            return list(self._searcher.terms_with_prefix("words", folded(prefix)))

    def candidates(
        self, phrases: Iterable[str], k: int, versions: Iterable[str] | None = None
    ) -> list[Found]:
        """The `k` passages that are likely best for any of the phrases, best first.

        `versions` restricts the search to those documents.
        """
        sought = [_units(phrase) for phrase in dict.fromkeys(phrases)]
        queries = [self._any_of(filter(None, sought))]
        # Looked for on their own: whole phrases among its parts would make that search slow.
        queries += [self._all_of(units) for units in sought if len(units) > 1]
        within = None if versions is None else self._within(versions)
        found: dict[Found, None] = {}
        for at, query in enumerate(queries):
            if query is not None:
                narrowed = _both(within, query) if within else query
                found.update(dict.fromkeys(self._best(narrowed, k if at == 0 else k // 2)))
        return list(found)

    def _best(self, query: Any, k: int) -> list[Found]:
        searcher = self._searcher
        with self._inside("read"):
            places = [place for _, place in searcher.search(query, k, count=False).hits]
            rows: list[Any] = searcher.fast_field_values("row", places)
            documents: list[Any] = searcher.fast_field_values("document", places)
        return [Found(int(r), int(d)) for r, d in zip(rows, documents, strict=True)]

    def _within(self, versions: Iterable[str]) -> Any:
        keys = sorted(self.keys(versions))
        named = tantivy.Query.term_set_query(self._schema, "document", keys)
        return tantivy.Query.const_score_query(named, 0.0)

    @staticmethod
    def keys(versions: Iterable[str]) -> frozenset[int]:
        """Versions of documents as `Found` names them."""
        return frozenset(map(document_key, versions))

    def _any_of(self, sought: Iterable[Sequence[Unit]]) -> Any:
        """The query for any of the phrases, a longer one by its rarest pair; None when no passage
        has one.

        A term of more than half of all passages says nothing, and is looked for only alone.
        """
        total = max(self.count(), 1)
        rare: list[Any] = []
        common: list[Any] = []
        for units in sought:
            unit = min(units, key=lambda each: self._holders(*each))
            holders = self._holders(*unit)
            if holders == 0:
                continue
            query = tantivy.Query.term_query(self._schema, *unit)
            if 2 * holders >= total:
                common.append(query)
            else:
                boost = inverse_frequency(total, holders) / math.log((total + 1) / (holders + 0.5))
                rare.append(tantivy.Query.boost_query(query, boost))
        any_one = [(tantivy.Occur.Should, query) for query in rare or common]
        return tantivy.Query.boolean_query(any_one) if any_one else None

    def _all_of(self, units: Sequence[Unit]) -> Any:
        """The query for a phrase of more than two terms: its every pair."""
        terms = (tantivy.Query.term_query(self._schema, *unit) for unit in units)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])

    def _holders(self, field: str, term: str) -> int:
        with self._inside("read"):
            return int(self._searcher.doc_freq(field, term))

    # ------------------------------------------------------------ writing

    def put(self, versions: Iterable[str], passages: Iterable[PassageTerms]) -> None:
        """Index these versions of documents by these passages alone, all or nothing."""
        with self._inside("written"):
            writer = self._open_writer()
            for version in versions:
                writer.delete_documents_by_term("document", document_key(version))
            for passage in passages:
                writer.add_document(_document(passage))
            writer.commit()
            self._read_afresh()

    def rest(self) -> None:
        """Finish what is being written in the background, so that another program may write."""
        with self._inside("written"):
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.wait_merging_threads()
                self._read_afresh()

    def _open_writer(self) -> Any:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=HEAP, num_threads=1)
        return self._writer

    def _read_afresh(self) -> None:
        self._index.reload()
        self._searcher: Any = self._index.searcher()
        self._counted: dict[str, int] = {}

    @contextmanager
    def _inside(self, done: str) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            # What goes wrong inside it comes as a ValueError, or as its own kind of BaseException.
            if not isinstance(error, ValueError | OSError) and not _is_panic(error):
                raise
            raise LibraryError(
                f"The index in {self._folder} cannot be {done} ({error}). Check that the disk has "
                "room, then run `scrutiny ingest` again: it makes a damaged index afresh."
            ) from error


def discard(folder: Path) -> None:
    """Delete an index, whatever state it is in."""
    shutil.rmtree(folder, ignore_errors=True)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("document", indexed=True, fast=True)
    builder.add_integer_field("row", fast=True)
    return builder.build()


def _document(passage: PassageTerms) -> Any:
    fields = [folded(each) for each in (passage.text, passage.heading, passage.source)]
    text, heading, source = fields
    return tantivy.Document(
        words=" ".join([text] * _TEXT_TIMES + [heading, source]),
        pairs=" ".join(_JOINT.join(pair) for field in fields for pair in pairwise(field.split())),
        document=document_key(passage.version),
        row=passage.row,
    )


def _both(one: Any, other: Any) -> Any:
    must = tantivy.Occur.Must
    return tantivy.Query.boolean_query([(must, one), (must, other)])


def _units(phrase: str) -> Sequence[Unit]:
    """What the index has of a phrase: its one term, or its pairs of neighbouring terms."""
    terms = folded(phrase).split()
    if len(terms) == 1:
        return [("words", terms[0])]
    return [("pairs", _JOINT.join(pair)) for pair in pairwise(terms)]


def _is_panic(error: BaseException) -> bool:
    return type(error).__name__ == "PanicException"
