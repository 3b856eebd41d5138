"""Read -> clean -> describe -> split -> library: each document is in whole or not at all."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, nullcontext
from pathlib import Path

from ingest.gather import Found, gather
from ingest.isolate import ReaderPool, Source
from ingest.manifest import override
from ingest.outcome import Outcome, Progress, Status, Totals
from ingest.plan import Plan, Wanted, plan
from ingest.prepare import Prepared, prepare
from ingest.types import Reading
from rag.embed import Vectors
from rag.errors import IngestError, Unreadable
from rag.library import Library, open_library
from rag.settings import Settings
from rag.types import Document

Report = Callable[[Outcome | Progress], None]
Ready = tuple[Wanted, Prepared]
ENCODE_AT_ONCE = 512
"""Passages gathered before they are encoded: enough for batches of like length."""
ENCODE_FIRST = 64
"""Passages that are enough for the first time, so that the encoder does not wait for the reader."""


def ingest(
    sources: Sequence[str],
    settings: Settings,
    *,
    prune: bool = False,
    on_event: Report = lambda event: None,
    library: Library | None = None,
) -> Totals:
    """Take in files, folders and web addresses; a document that cannot be taken in is reported and
    the rest goes on. With `prune`, what is gone from the given folders is removed.

    Raises LibraryLocked when another program is writing, ModelMismatch for a library made with
    another model.
    """
    started = time.perf_counter()
    found = gather(sources, settings)
    tally = _Tally(on_event, len(found))
    opened = closing(open_library(settings)) if library is None else nullcontext(library)
    with opened as held, held.writing():
        held.recover()
        planned = plan(found, _folders(sources), held.held_hashes(), held.origins())
        _note(held, planned, tally)
        _take_in(held, _batches(_prepared(planned.wanted, settings, tally)), tally)
        _forget_old_names(held, planned.wanted)
        if prune:
            _prune(held, planned.gone, tally)
        if tally.changed:
            held.relate()
    return tally.totals(time.perf_counter() - started)


class _Tally:
    """Counts outcomes and passes them on."""

    def __init__(self, report: Report, total: int) -> None:
        self._report = report
        self._total = total
        self._counts: Counter[Status] = Counter()
        self._passages = self._pages = 0

    def add(self, outcome: Outcome) -> None:
        self._counts[outcome.status] += 1
        self._passages += outcome.passages
        self._pages += outcome.pages
        self._report(outcome)
        done = sum(n for status, n in self._counts.items() if status is not Status.REMOVED)
        self._report(Progress(done, self._total, outcome.document))

    def add_all(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            self.add(outcome)

    def refuse(self, name: str, error: IngestError) -> None:
        self.add(Outcome(name, Status.REFUSED, str(error)))

    @property
    def changed(self) -> bool:
        return any(self._counts[s] for s in (Status.ADDED, Status.REPLACED, Status.REMOVED))

    def totals(self, seconds: float) -> Totals:
        return Totals(dict(self._counts), self._passages, self._pages, round(seconds, 2))


def _folders(sources: Iterable[str]) -> set[str]:
    return {str(Path(source).resolve()) for source in sources if Path(source).is_dir()}


def _note(library: Library, planned: Plan, tally: _Tally) -> None:
    """Report, and where need be put right, what need not be read."""
    for missed in planned.missed:
        tally.refuse(missed.name, missed.error)
    for found in planned.unchanged:
        entry = library.entry(found.name)
        reason = "Its description is brought up to date." if _described(library, found) else ""
        tally.add(Outcome(found.name, Status.UNCHANGED, reason, entry.passages, entry.pages))
    for found, same in planned.duplicates:
        if found.name in library.origins():
            # It was another document before it became a copy of this one.
            library.remove(found.name)
        tally.add(Outcome(found.name, Status.DUPLICATE, f"The same file is held as {same}."))


def _described(library: Library, found: Found) -> bool:
    """Bring what is held into line with the manifest; whether anything had to change."""
    described = library.entry(found.name).document.description
    wanted = override(described, found.entry)
    if wanted != described:
        library.describe(found.name, wanted)
    return wanted != described


def _prepared(wanted: Sequence[Wanted], settings: Settings, tally: _Tally) -> Iterator[Ready]:
    """Read and prepare beside this process, while the caller encodes what was read before."""
    sources = [Source(one.found.name, one.found.content, one.found.url) for one in wanted]
    if not sources:
        return
    # Two processes: one may prepare a document while the other reads those after it.
    with ReaderPool(settings, workers=2) as pool:
        for one, (source, reading) in zip(wanted, pool.read_all(sources), strict=True):
            try:
                ready = _in_process(pool, source, reading)
            except IngestError as error:
                tally.refuse(source.name, error)
            else:
                yield one, ready


def _in_process(pool: ReaderPool, source: Source, reading: Reading | IngestError) -> Prepared:
    if isinstance(reading, IngestError):
        raise reading
    try:
        return pool.call(prepare, source, reading)
    except BrokenProcessPool as error:
        raise Unreadable("Its reader was stopped.", "Ingest it again.") from error


def _batches(prepared: Iterable[Ready]) -> Iterator[list[Ready]]:
    batch: list[Ready] = []
    enough = ENCODE_FIRST
    for one in prepared:
        batch.append(one)
        if sum(len(ready.passages) for _, ready in batch) >= enough:
            yield batch
            batch, enough = [], ENCODE_AT_ONCE
    if batch:
        yield batch


def _take_in(library: Library, batches: Iterable[list[Ready]], tally: _Tally) -> None:
    """Encode one batch while the one before it is written."""
    with ThreadPoolExecutor(1) as writer:
        written: Future[list[Outcome]] | None = None
        for batch in batches:
            texts = [passage.text for _, ready in batch for passage in ready.passages]
            vectors = library.embedder.encode(texts)
            if written is not None:
                tally.add_all(written.result())
            written = writer.submit(_hold, library, batch, vectors)
        if written is not None:
            tally.add_all(written.result())


def _hold(library: Library, batch: Sequence[Ready], vectors: Vectors) -> list[Outcome]:
    outcomes = []
    at = 0
    for wanted, ready in batch:
        rows = vectors[at : at + len(ready.passages)]
        at += len(ready.passages)
        try:
            _hold_one(library, wanted.found, ready, rows)
        except IngestError as error:
            outcomes.append(Outcome(wanted.found.name, Status.REFUSED, str(error)))
        else:
            outcomes.append(_held(wanted, ready))
    return outcomes


def _hold_one(library: Library, found: Found, ready: Prepared, vectors: Vectors) -> None:
    described = override(ready.description, found.entry)
    document = Document(found.name, found.sha256, described, ready.pages)
    library.keep_original(found.sha256, Path(found.name).suffix, _unchanged_data(found))
    library.put(document, ready.passages, vectors, found.origin)


def _held(wanted: Wanted, ready: Prepared) -> Outcome:
    reason = f"It was held as {wanted.was}." if wanted.was else ""
    name = wanted.found.name
    return Outcome(name, wanted.status, reason, len(ready.passages), len(ready.pages))


def _unchanged_data(found: Found) -> bytes:
    """The bytes of a file, which must still be those that it was known by."""
    try:
        data = found.data()
    except OSError as error:
        raise Unreadable(
            f"It cannot be opened any more: {error.strerror}.", "Ingest it again."
        ) from error
    if hashlib.sha256(data).hexdigest() != found.sha256:
        raise Unreadable("It changed while it was being read.", "Ingest it again.")
    return data


def _forget_old_names(library: Library, wanted: Iterable[Wanted]) -> None:
    held = library.origins()
    for one in wanted:
        if one.was in held and one.found.name in held:
            library.remove(one.was)


def _prune(library: Library, gone: Iterable[str], tally: _Tally) -> None:
    """Remove what came from the folders given and is no longer in them."""
    for name in gone:
        library.remove(name)
        tally.add(Outcome(name, Status.REMOVED, "It is no longer in its folder."))
