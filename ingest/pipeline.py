"""Read -> clean -> describe -> split -> library: each document is in whole or not at all."""

from __future__ import annotations

import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np

from ingest.events import (
    IngestEvent,
    IngestExpected,
    IngestOutcome,
    IngestProgress,
    IngestTotals,
    ReadingStarted,
    Status,
)
from ingest.prefetch import ReadAhead
from ingest.prepare import Prepared
from ingest.reading.sandbox import SourceBytes
from ingest.reconcile import FileToRead, IngestPlan, plan
from ingest.sources.gather import SourceFound, Stop, gather
from ingest.sources.manifest import settled
from ingest.sources.upload import UPLOADED, Given
from rag.errors import IngestError, UnknownDocument, Unreadable
from rag.library.encoder import Embedder, Vectors
from rag.library.library import Library, open_library
from rag.settings import Settings
from rag.types import Description, Document

Report = Callable[[IngestEvent], None]
Ready = tuple[FileToRead, Prepared]
ENCODE_AT_ONCE = 512
"""Passages gathered before they are encoded: enough for batches of like length."""
ENCODE_FIRST = 64
"""Passages that are enough for the first time, so that the encoder does not wait for the reader."""
ENCODE_BETWEEN_LOOKS = 64
"""Passages that are encoded before the next look whether to stop: about a second's work."""
TAKEN_IN = (Status.ADDED, Status.REPLACED)
STOPPED = "It was not read: the reading was stopped."
HELD = (*TAKEN_IN, Status.UNCHANGED, Status.DUPLICATE)


def ingest(
    sources: Sequence[Given],
    settings: Settings,
    *,
    prune: bool = False,
    again: bool = False,
    on_event: Report = lambda event: None,
    stop: Stop = lambda: False,
    library: Library | None = None,
) -> IngestTotals:
    """Take in files, folders, web addresses and uploads; a document that cannot be taken in is
    reported, remembered as refused, and the rest goes on.

    With `prune`, what is gone from the given folders is removed; with `again`, what is held
    unchanged is read once more. Once `stop` says so, reading ends at once and the rest is reported
    as stopped. Raises LibraryLocked when another program is writing, ModelMismatch for a library
    made with another model.
    """
    started = time.perf_counter()
    found = gather(sources, settings, stop)
    opened = closing(open_library(settings)) if library is None else nullcontext(library)
    with opened as held, held.writing():
        planned = plan(found, _folders(sources), held.held_hashes(), held.origins(), again)
        tally = _Tally(on_event, held, planned.names)
        with _read_ahead(planned.wanted, settings, on_event, stop) as ahead:
            # The readers are at work from here on: what else is to be done is done beside them.
            ahead.fill()
            held.recover()
            _note(held, planned, sources, tally)
            _take_in(held, _batches(_prepared(ahead, planned.wanted, tally)), tally, stop)
        _forget_old_names(held, planned.wanted, tally)
        _report_stopped(planned, tally)
        _note_twins(held, planned, tally)
        if prune and not tally.count(Status.STOPPED):
            _prune(held, planned.gone, tally)
        if tally.count(*TAKEN_IN, Status.REMOVED):
            held.relate()
    return tally.totals(time.perf_counter() - started)


class _Tally:
    """Counts outcomes, passes them on, and has the library remember what was refused."""

    def __init__(self, report: Report, library: Library, names: tuple[str, ...]) -> None:
        self._report = report
        self._library = library
        self._total = len(names)
        self._counts: Counter[Status] = Counter()
        self._passages = self._pages = 0
        self._refused = {one.name for one in library.refused()}
        self.outcomes: dict[str, IngestOutcome] = {}
        report(IngestExpected(names))

    def add(self, outcome: IngestOutcome, is_document: bool = True) -> None:
        self._counts[outcome.status] += 1
        self.outcomes[outcome.document] = outcome
        self._passages += outcome.passages
        self._pages += outcome.pages
        if outcome.status in HELD:
            self.forget(outcome.document)
        if outcome.status is Status.REFUSED and is_document:
            self._library.note_refused(outcome.document, outcome.reason)
        self._report(outcome)
        done = sum(n for status, n in self._counts.items() if status is not Status.REMOVED)
        self._report(IngestProgress(done, self._total, outcome.document))

    def add_all(self, outcomes: Iterable[IngestOutcome]) -> None:
        for outcome in outcomes:
            self.add(outcome)

    def forget(self, name: str) -> None:
        """Have it remembered no longer that a document was refused."""
        if name in self._refused:
            self._library.forget_refused(name)

    def count(self, *statuses: Status) -> int:
        return sum(self._counts[status] for status in statuses)

    def totals(self, seconds: float) -> IngestTotals:
        return IngestTotals(dict(self._counts), self._passages, self._pages, round(seconds, 2))


def _folders(sources: Iterable[Given]) -> set[str]:
    paths = [Path(source) for source in sources if isinstance(source, str)]
    return {str(path.resolve()) for path in paths if path.is_dir()}


def _note(library: Library, planned: IngestPlan, given: Iterable[Given], tally: _Tally) -> None:
    """Report, and where need be put right, what need not be read."""
    for source in {one for one in given if isinstance(one, str)} - set(planned.names):
        # An address that was refused is known by itself, and its page by another name.
        tally.forget(source)
    for missed in planned.missed:
        tally.add(_refused(missed.name, missed.error), missed.is_document)
    for found in planned.unchanged:
        entry = library.entry(found.name)
        reason = "Its description is brought up to date." if _described(library, found) else ""
        tally.add(IngestOutcome(found.name, Status.UNCHANGED, reason, entry.passages, entry.pages))
    for found, same in planned.duplicates:
        tally.add(_duplicate(library, found, same))


def _note_twins(library: Library, planned: IngestPlan, tally: _Tally) -> None:
    """Report on copies of what was wanted, now that it is known what became of that."""
    for found, same in planned.twins:
        outcome = tally.outcomes.get(same)
        if outcome is not None and outcome.status in TAKEN_IN:
            tally.add(_duplicate(library, found, same))
        elif outcome is not None:
            tally.add(replace(outcome, document=found.name))


def _duplicate(library: Library, found: SourceFound, same: str) -> IngestOutcome:
    # What a person uploads by mistake must not take away what they uploaded before.
    if found.origin != UPLOADED and found.name != same and found.name in library.origins():
        # It was another document before it became a copy of this one.
        library.remove(found.name)
    return IngestOutcome(found.name, Status.DUPLICATE, f"The same file is held as {same}.")


def _refused(name: str, error: IngestError) -> IngestOutcome:
    return IngestOutcome(name, Status.REFUSED, str(error))


def _described(library: Library, found: SourceFound) -> bool:
    """Bring what is held into line with the manifest; whether anything had to change."""
    held = library.entry(found.name).document.description
    wanted = settled(held, found.entry, held)
    if wanted != held:
        library.describe(found.name, wanted)
    return wanted != held


def _read_ahead(
    wanted: Iterable[FileToRead], settings: Settings, on_event: Report, stop: Stop
) -> ReadAhead:
    sources = [SourceBytes(one.found.name, one.found.content, one.found.url) for one in wanted]
    return ReadAhead(
        sources, settings, begun=lambda name: on_event(ReadingStarted(name)), stop=stop
    )


def _prepared(
    ahead: ReadAhead, wanted: Sequence[FileToRead], tally: _Tally
) -> Iterator[Ready | None]:
    """What was read, as it gets ready, while the caller encodes what was read before."""
    for came in ahead:
        if came is None:
            yield None
        elif isinstance(came[1], IngestError):
            tally.add(_refused(wanted[came[0]].found.name, came[1]))
        else:
            yield wanted[came[0]], came[1]


def _batches(prepared: Iterable[Ready | None]) -> Iterator[list[Ready]]:
    """As much as is worth encoding at once, or as little as there is while nothing more comes."""
    batch: list[Ready] = []
    enough = ENCODE_FIRST
    for one in prepared:
        if one is not None:
            batch.append(one)
        if one is None or sum(len(ready.passages) for _, ready in batch) >= enough:
            enough = ENCODE_AT_ONCE if batch else enough
            yield batch
            batch = []
    yield batch


def _take_in(library: Library, batches: Iterable[list[Ready]], tally: _Tally, stop: Stop) -> None:
    """Encode one batch while the one before it is written."""
    with ThreadPoolExecutor(1) as writer:
        written: deque[Future[list[IngestOutcome]]] = deque()

        def stopped() -> bool:
            while written and written[0].done():
                tally.add_all(written.popleft().result())
            return stop()

        for batch in batches:
            texts = [passage.text for _, ready in batch for passage in ready.passages]
            vectors = _encoded(library.embedder, texts, stopped)
            if vectors is not None:
                wait(written)  # no more than one batch is written while the next is encoded
                written.append(writer.submit(_hold, library, batch, vectors))
            if stopped():
                break
        wait(written)
        stopped()


def _encoded(embedder: Embedder, texts: Sequence[str], stopped: Stop) -> Vectors | None:
    """The vectors of the texts, in their order; None for no texts, or when it was stopped."""
    # Texts of like length go together, so that few are padded.
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]), reverse=True)
    parts = []
    for at in range(0, len(order), ENCODE_BETWEEN_LOOKS):
        if stopped():
            return None
        some = order[at : at + ENCODE_BETWEEN_LOOKS]
        parts.append(embedder.encode([texts[n] for n in some]))
    if not parts:
        return None
    encoded = np.concatenate(parts)
    vectors = np.empty_like(encoded)
    vectors[order] = encoded
    return vectors


def _hold(library: Library, batch: Sequence[Ready], vectors: Vectors) -> list[IngestOutcome]:
    outcomes = []
    at = 0
    for wanted, ready in batch:
        rows = vectors[at : at + len(ready.passages)]
        at += len(ready.passages)
        try:
            _hold_one(library, wanted, ready, rows)
        except IngestError as error:
            outcomes.append(_refused(wanted.found.name, error))
        else:
            outcomes.append(_held(wanted, ready))
    return outcomes


def _hold_one(library: Library, wanted: FileToRead, ready: Prepared, vectors: Vectors) -> None:
    found = wanted.found
    described = settled(ready.description, found.entry, _so_far(library, wanted))
    document = Document(found.name, found.sha256, described, ready.pages)
    library.keep_original(found.sha256, Path(found.name).suffix, _unchanged_data(found))
    library.put(document, ready.passages, vectors, found.origin)


def _so_far(library: Library, wanted: FileToRead) -> Description | None:
    """How the document is described that this one takes the place of, if there is one."""
    name = wanted.was or wanted.found.name
    try:
        return library.entry(name).document.description
    except UnknownDocument:
        return None


def _held(wanted: FileToRead, ready: Prepared) -> IngestOutcome:
    reason = f"It was held as {wanted.was}." if wanted.was else ""
    if wanted.again:
        reason = "It was read again."
    name = wanted.found.name
    return IngestOutcome(name, wanted.status, reason, len(ready.passages), len(ready.pages))


def _unchanged_data(found: SourceFound) -> bytes:
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


def _forget_old_names(library: Library, wanted: Iterable[FileToRead], tally: _Tally) -> None:
    held = library.origins()
    for one in wanted:
        outcome = tally.outcomes.get(one.found.name)
        if one.was in held and outcome is not None and outcome.status in TAKEN_IN:
            library.remove(one.was)


def _report_stopped(planned: IngestPlan, tally: _Tally) -> None:
    """Say of everything that was not read that it was not."""
    names = [one.name for one in planned.skipped]
    names += [w.found.name for w in planned.wanted if w.found.name not in tally.outcomes]
    tally.add_all(IngestOutcome(name, Status.STOPPED, STOPPED) for name in names)


def _prune(library: Library, gone: Iterable[str], tally: _Tally) -> None:
    """Remove what came from the folders given and is no longer in them."""
    for name in gone:
        library.remove(name)
        tally.add(IngestOutcome(name, Status.REMOVED, "It is no longer in its folder."))
