"""What is held, as SQLite tells it: documents, pages and passages, without any index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar, TypeVarTuple

from rag.errors import UnknownDocument
from rag.library import rejected, trash
from rag.library.analysis_store import AnalysisStore
from rag.library.codec import dump_json, load_passage
from rag.library.database import Database
from rag.library.kept_form import code_version, read, result_of, written
from rag.library.rejected import RejectedDocument
from rag.library.tables import ENTRY, PAGE, Catalogue, LibraryEntry, catalogue_of, entry_of, page_of
from rag.library.trash import TrashedDocument
from rag.time_budget import look_at_the_clock
from rag.types import Document, Page, Passage, Relation

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
F = TypeVar("F", bound=Callable[..., Any])

KEPT: set[Callable[..., Any]] = set()
"""The analyses that are kept beside the library: making them takes longer than reading them."""
MOST_ANALYSES = 2000
"""Analyses that are kept in memory."""
KEPT_AT_ONCE = 100
"""Analyses that are kept in one transaction."""


def kept(analyse: F) -> F:
    """Mark an analysis as one whose result is kept beside the library, by its type.

    Its options must tell themselves apart by their `repr`.
    """
    KEPT.add(analyse)
    return analyse


def _name_of(analyse: Callable[..., Any], options: tuple[Any, ...]) -> str:
    """Which analysis it is, for those that are kept."""
    return f"{analyse.__module__}.{analyse.__qualname__} {options!r}"


class LibraryReader:
    """The reading half of the library."""

    def __init__(self, database: Database, kept: AnalysisStore) -> None:
        self._database = database
        self._kept = kept
        self._catalogue: Catalogue | None = None
        self._analyses: dict[tuple[Any, ...], Any] = {}
        self._analyses_of_each: dict[Callable[..., Any], dict[Any, Any]] = {}

    @property
    def state(self) -> int:
        """A number that changes whenever what is held changes."""
        return int(self._facts().get("state", 0))

    def snapshot(self) -> AbstractContextManager[None]:
        """A context in which this thread sees what was held at its start, whoever writes."""
        return self._database.snapshot()

    def catalogue(self) -> Catalogue:
        """Everything held, read again only when it has changed."""
        state, catalogue = self.state, self._catalogue
        if catalogue is None or catalogue.state != state:
            rows = self._database.rows(f"{ENTRY} ORDER BY name")
            catalogue = self._catalogue = catalogue_of(state, rows, catalogue)
        return catalogue

    def entries(self) -> tuple[LibraryEntry, ...]:
        """Every document held, by name, without its pages."""
        return self.catalogue().entries

    def documents(self) -> tuple[Document, ...]:
        """Every document held, by name, without its pages."""
        return self.catalogue().documents

    def relations(self) -> Mapping[str, tuple[Relation, ...]]:
        """How documents stand to others of their series, by their names."""
        return self.catalogue().relations

    def entry(self, name: str) -> LibraryEntry:
        """One document's row. Raises UnknownDocument."""
        row = self._database.row(f"{ENTRY} WHERE name = ?", (name,))
        if row is None:
            raise UnknownDocument(
                f"The library holds no document called {name!r}: `scrutiny library list` shows "
                "what it holds."
            )
        return entry_of(row)

    def passage_count(self) -> int:
        """How many passages are held."""
        return self.catalogue().passages

    def document(self, name: str) -> Document:
        """One document with its pages. Raises UnknownDocument."""
        entry = self.entry(name)
        rows = self._database.rows(f"{PAGE} WHERE document = ? ORDER BY number", (name,))
        pages = tuple(page_of(row) for row in rows)
        return replace(entry.document, pages=pages, relations=self.relations().get(name, ()))

    def page_text(self, document: str, page: int) -> str | None:
        """The stored text of a page, or None when there is no such page."""
        row = self._database.row(
            "SELECT text FROM pages WHERE document = ? AND number = ?", (document, page)
        )
        return None if row is None else str(row[0])

    def page(self, document: str, page: int) -> Page | None:
        """A stored page, or None when there is no such page."""
        row = self._database.row(f"{PAGE} WHERE document = ? AND number = ?", (document, page))
        return None if row is None else page_of(row)

    def passages(self, name: str) -> tuple[Passage, ...]:
        """A document's passages in reading order; none when it is not held."""
        rows = self._database.rows(
            "SELECT document, number, content FROM passages WHERE document = ? ORDER BY number",
            (name,),
        )
        return tuple(load_passage(*row) for row in rows)

    def analysed(
        self, document: Document, analyse: Callable[[tuple[Passage, ...], *Ts], T], *options: *Ts
    ) -> T:
        """What `analyse` makes of a document's passages, kept in memory while the document stays,
        and beside the library where `analyse` is `kept`.

        `analyse` is a function of a module and the options can be hashed: together with the
        document's file they say which analysis it is. Raises OutOfTime rather than begin one when
        the time of the work in hand is over.
        """
        key = document.name, document.sha256, analyse, options
        analyses = self._analyses  # another thread may put an empty one in its place meanwhile
        if key not in analyses:
            if analyse in KEPT:
                analysis = self._kept_analysis(document.name, analyse, options)
            else:
                look_at_the_clock()
                analysis = analyse(self.passages(document.name), *options)
            if len(analyses) >= MOST_ANALYSES:
                analyses = self._analyses = {}
            analyses[key] = analysis
        result: T = analyses[key]
        return result

    def _kept_analysis(
        self, document: str, analyse: Callable[[tuple[Passage, ...], *Ts], T], options: tuple[*Ts]
    ) -> T:
        """An analysis as it is kept, else made anew and kept."""
        row = self._database.row("SELECT version FROM documents WHERE name = ?", (document,))
        if row is None:
            return analyse(self.passages(document), *options)
        place = str(row[0]), _name_of(analyse, options)
        content = self._kept.analyses([place], code_version()).get(place)
        analysis, made = self._read_or_made(document, analyse, options, content)
        if made is not None:
            self._kept.keep_analyses({place: made}, code_version())
        return analysis

    def analysed_each(
        self,
        documents: Sequence[Document],
        analyse: Callable[[tuple[Passage, ...], *Ts], T],
        options: Callable[[Document], tuple[*Ts]],
    ) -> list[T]:
        """What an analysis that is `kept`, and short, makes of each of some documents.

        All of them are kept in memory while the documents stay. Raises OutOfTime as `analysed`
        does; what was worked out until then is kept.
        """
        known = self._analyses_of_each.setdefault(analyse, {})
        keys = [(document.name, document.sha256, options(document)) for document in documents]
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        if missing:
            if len(known) + len(missing) > 2 * len(self.catalogue().entries):
                known = self._analyses_of_each[analyse] = {}  # most of them are of what is gone
                missing = list(dict.fromkeys(keys))
            self._learn(analyse, missing, known)
        return [known[key] for key in keys]

    def _learn(
        self,
        analyse: Callable[[tuple[Passage, ...], *Ts], T],
        missing: Sequence[tuple[str, str, tuple[*Ts]]],
        known: dict[Any, T],
    ) -> None:
        """Read the analyses that are kept, all at once, and make and keep the others."""
        held = self.catalogue().entry_named
        places: dict[str, tuple[str, str]] = {}
        for name, _, options in missing:
            if name in held:
                places[name] = held[name].version, _name_of(analyse, options)
        contents = self._kept.analyses(list(places.values()), code_version())
        to_keep: dict[tuple[str, str], str] = {}
        try:
            for name, sha256, options in missing:
                content = contents.get(places[name]) if name in places else None
                analysis, made = self._read_or_made(name, analyse, options, content)
                known[name, sha256, options] = analysis
                if made is not None and name in places:
                    to_keep[places[name]] = made
                if len(to_keep) >= KEPT_AT_ONCE:
                    self._kept.keep_analyses(to_keep, code_version())
                    to_keep = {}
        finally:
            self._kept.keep_analyses(to_keep, code_version())

    def _read_or_made(
        self,
        document: str,
        analyse: Callable[[tuple[Passage, ...], *Ts], T],
        options: tuple[*Ts],
        content: str | None,
    ) -> tuple[T, str | None]:
        """An analysis, from what is kept of it; else made anew, with what is to be kept."""

        @cache
        def by_number() -> dict[int, Passage]:
            return {passage.number: passage for passage in self.passages(document)}

        if content is not None:
            form = result_of(analyse)
            with suppress(ValueError, RecursionError):
                return read(form, json.loads(content), lambda number: by_number()[number]), None
        look_at_the_clock()
        analysis = analyse(self.passages(document), *options)
        return analysis, dump_json(written(analysis))

    def passages_at(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        """The passages at (document, number); those not held are left out."""
        wanted = list(keys)
        if not wanted:
            return {}
        marks = ", ".join(["(?, ?)"] * len(wanted))
        # Each is looked up: asked whether a row is in a list of pairs, SQLite reads every row.
        rows = self._database.rows(
            f"WITH wanted (name, n) AS (VALUES {marks}) SELECT document, number, content "
            "FROM wanted CROSS JOIN passages WHERE document = name AND number = n",
            [part for key in wanted for part in key],
        )
        return {(str(d), int(n)): load_passage(d, n, content) for d, n, content in rows}

    def held_hashes(self) -> dict[str, str]:
        """The sha256 of every document held, and its name."""
        return dict(self.catalogue().name_of)

    def origins(self) -> dict[str, str]:
        """The folder or address that each document came from, by the document's name."""
        rows = self._database.rows("SELECT name, origin FROM documents")
        return {str(name): str(origin) for name, origin in rows}

    def aside(self) -> tuple[TrashedDocument, ...]:
        """The documents that were removed and can be put back, the last removed first."""
        return trash.listed(self._database)

    def is_aside(self, sha256: str) -> bool:
        """Whether a file is kept aside, under whatever name."""
        return bool(self._database.row("SELECT 1 FROM aside WHERE sha256 = ?", (sha256,)))

    def refused(self) -> tuple[RejectedDocument, ...]:
        """The documents that could not be taken in, newest first."""
        return rejected.noted(self._database)

    def _facts(self) -> dict[str, str]:
        return dict(self._database.rows("SELECT name, value FROM facts"))
