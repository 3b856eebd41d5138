"""Read -> clean -> describe -> split -> library: each document is in whole or not at all."""

from __future__ import annotations

import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from ingest.events import (
    IngestEvent,
    IngestExpected,
    IngestOutcome,
    IngestProgress,
    IngestTotals,
    LibraryRepaired,
    PageReadByOcr,
    ReadingStarted,
    Status,
)
from ingest.prefetch import ReadAhead
from ingest.prepare import Prepared
from ingest.reading.sandbox import SourceBytes
from ingest.reconcile import FileToRead, IngestPlan, plan
from ingest.sources.fetch import fetch
from ingest.sources.gather import Fetch, SourceFound, gather
from ingest.sources.manifest import settled
from ingest.sources.upload import UPLOADED, IngestSource
from rag.batches import batches
from rag.errors import IngestError, UnknownDocument, Unreadable
from rag.inspection.reports import stated_grades
from rag.library.encoder import Embedder, Vectors
from rag.library.library import Library, open_library
from rag.logs import Event, log
from rag.settings import Settings
from rag.speech.utterances import utterances_in
from rag.types import Document, Kind, Stop

Report = Callable[[IngestEvent], None]
PreparedFile = tuple[FileToRead, Prepared]
ENCODE_AT_ONCE = 512
"""Passages gathered before they are encoded: enough for batches of like length."""
ENCODE_FIRST = 64
"""Passages that are enough for the first time, so that the encoder does not wait for the reader."""
ENCODE_BETWEEN_LOOKS = 64
"""Passages that are encoded before the next look whether to stop: about a second's work."""
TAKEN_IN = (Status.ADDED, Status.REPLACED)
STOPPED = "It was not read: the reading was stopped."
IN_LIBRARY = (*TAKEN_IN, Status.UNCHANGED, Status.DUPLICATE)


def ingest(
    sources: Sequence[IngestSource],
    settings: Settings,
    *,
    prune: bool = False,
    again: bool = False,
    on_event: Report = lambda event: None,
    stop: Stop = lambda: False,
    patience: float | None = None,
    library: Library | None = None,
    fetch: Fetch = fetch,
) -> IngestTotals:
    """Take in files, folders, web addresses and uploads; a document that cannot be taken in is
    reported, remembered as refused, and the rest goes on.

    With `prune`, what is gone from the given folders is removed; with `again`, what is held
    unchanged is read once more. Once `stop` says so, reading ends at once and the rest is reported
    as stopped. Raises LibraryLocked when another program is writing for longer than `patience` (in
    seconds, by default the library's) or still is once `stop` says so, ModelMismatch for a library
    made with another model.
    """
    started = time.perf_counter()
    gathered = gather(sources, settings, stop, fetch)
    paths = [Path(source) for source in sources if isinstance(source, str)]
    folders = {str(path.resolve()) for path in paths if path.is_dir()}
    opened = closing(open_library(settings)) if library is None else nullcontext(library)
    with opened as library, library.writing(patience, stop):
        hashes = library.held_hashes()
        planned = plan(gathered, folders, hashes, library.origins(), again)
        tally = _Tally(on_event, library, planned.names)
        to_read = [file.source for file in planned.to_read]
        ahead = ReadAhead(
            [SourceBytes(source.name, source.content, source.url) for source in to_read],
            settings,
            begun=lambda name: on_event(ReadingStarted(name)),
            scanned=lambda name, done, total: on_event(PageReadByOcr(name, done, total)),
            stop=stop,
        )
        with ahead:
            # The readers are at work from here on: what else is to be done is done beside them.
            ahead.fill()
            library.recover()
            for said in library.repairs:
                on_event(LibraryRepaired(said))
            _note(library, planned, sources, tally)
            batches = _batches(_prepared(ahead, planned.to_read, tally))
            _take_in(library, batches, hashes, tally, stop)
        _forget_old_names(library, planned.to_read, tally)
        _report_stopped(planned, tally)
        _note_twins(library, planned, tally)
        if prune and not tally.count(Status.STOPPED):
            for name in planned.gone:
                _remove(library, name)
                tally.add(IngestOutcome(name, Status.REMOVED, "It is no longer in its folder."))
        if tally.count(*TAKEN_IN, Status.REMOVED):
            library.relate()
    totals = tally.totals(time.perf_counter() - started)
    log(
        Event.INGESTED,
        documents=totals.count(),
        taken_in=totals.count(*TAKEN_IN),
        refused=totals.count(Status.REFUSED),
        removed=totals.count(Status.REMOVED),
        seconds=totals.seconds,
    )
    return totals


class _Tally:
    """Counts outcomes, passes them on, and has the library remember what was refused."""

    def __init__(self, report: Report, library: Library, names: tuple[str, ...]) -> None:
        self._report = report
        self._library = library
        self._total = len(names)
        self._counts: Counter[Status] = Counter()
        self._passages = self._pages = 0
        self._refused = {rejected.name for rejected in library.refused()}
        self.outcomes: dict[str, IngestOutcome] = {}
        report(IngestExpected(names))

    def add(self, outcome: IngestOutcome, is_document: bool = True) -> None:
        self._counts[outcome.status] += 1
        self.outcomes[outcome.document] = outcome
        self._passages += outcome.passages
        self._pages += outcome.pages
        if outcome.status in IN_LIBRARY:
            self.forget(outcome.document)
        if outcome.status is Status.REFUSED and is_document:
            self._library.note_refused(outcome.document, outcome.reason)
        self._report(outcome)
        log(
            Event.DOCUMENT,
            id=hashlib.sha256(outcome.document.encode("utf-8", "replace")).hexdigest()[:12],
            status=outcome.status,
            pages=outcome.pages,
            passages=outcome.passages,
            words={"document": outcome.document, "reason": outcome.reason},
        )
        done = self._counts.total() - self._counts[Status.REMOVED]
        self._report(IngestProgress(done, self._total, outcome.document))

    def forget(self, name: str) -> None:
        """Have it remembered no longer that a document was refused."""
        if name in self._refused:
            self._library.forget_refused(name)

    def count(self, *statuses: Status) -> int:
        return sum(self._counts[status] for status in statuses)

    def totals(self, seconds: float) -> IngestTotals:
        return IngestTotals(dict(self._counts), self._passages, self._pages, round(seconds, 2))


def _note(
    library: Library, planned: IngestPlan, sources: Iterable[IngestSource], tally: _Tally
) -> None:
    """Report, and where need be put right, what need not be read."""
    for address in sources:
        # An address that was refused is known by itself, and its page by another name.
        if isinstance(address, str) and address not in planned.names:
            tally.forget(address)
    for missing in planned.missing:
        tally.add(_refused(missing.name, missing.error), missing.is_document)
    for source in planned.unchanged:
        tally.add(_unchanged(library, source))
    for source, same in planned.duplicates:
        tally.add(_duplicate(library, source, same))


def _note_twins(library: Library, planned: IngestPlan, tally: _Tally) -> None:
    """Report on copies of what was to be read, now that it is known what became of that."""
    for source, same in planned.twins:
        outcome = tally.outcomes.get(same)
        if outcome is not None and outcome.status in TAKEN_IN:
            tally.add(_duplicate(library, source, same))
        elif outcome is not None:
            tally.add(replace(outcome, document=source.name))


def _unchanged(library: Library, source: SourceFound) -> IngestOutcome:
    with library.one_change():
        try:
            entry = library.entry(source.name)
        except UnknownDocument:
            return IngestOutcome(source.name, Status.REMOVED, "Somebody has removed it meanwhile.")
        reason = "Its description is brought up to date." if _redescribe(library, source) else ""
    return IngestOutcome(source.name, Status.UNCHANGED, reason, entry.passages, entry.pages)


def _remove(library: Library, name: str) -> None:
    """Remove a document, where nobody has done so meanwhile."""
    with suppress(UnknownDocument):
        library.remove(name)


def _duplicate(library: Library, source: SourceFound, same: str) -> IngestOutcome:
    # What a person uploads by mistake must not take away what they uploaded before.
    if source.origin != UPLOADED and source.name != same and source.name in library.origins():
        # It was another document before it became a copy of this one.
        _remove(library, source.name)
    return IngestOutcome(source.name, Status.DUPLICATE, f"The same file is held as {same}.")


def _refused(name: str, error: IngestError) -> IngestOutcome:
    return IngestOutcome(name, Status.REFUSED, str(error))


def _redescribe(library: Library, source: SourceFound) -> bool:
    """Bring what is held into line with the manifest; whether anything had to change."""
    before = library.entry(source.name).document.description
    after = settled(before, source.entry, before)
    if after != before:
        library.describe(source.name, after)
    return after != before


def _prepared(
    ahead: ReadAhead, files: Sequence[FileToRead], tally: _Tally
) -> Iterator[PreparedFile | None]:
    """What was read, as it gets ready, while the caller encodes what was read before."""
    for result in ahead:
        if result is None:
            yield None
            continue
        number, prepared = result
        if isinstance(prepared, IngestError):
            tally.add(_refused(files[number].source.name, prepared))
        else:
            yield files[number], prepared


def _batches(files: Iterable[PreparedFile | None]) -> Iterator[list[PreparedFile]]:
    """As much as is worth encoding at once, or as little as there is while nothing more comes."""
    batch: list[PreparedFile] = []
    passages = 0
    enough = ENCODE_FIRST
    for file in files:
        if file is not None:
            batch.append(file)
            passages += len(file[1].passages)
        if file is None or passages >= enough:
            enough = ENCODE_AT_ONCE if batch else enough
            yield batch
            batch, passages = [], 0
    yield batch


def _take_in(
    library: Library,
    batches: Iterable[list[PreparedFile]],
    planned_on: Mapping[str, str],
    tally: _Tally,
    stop: Stop,
) -> None:
    """Encode one batch while the one before it is written; `planned_on` are the names by hash of
    what was held when it was planned."""
    with ThreadPoolExecutor(1) as writer:
        written: deque[Future[list[IngestOutcome]]] = deque()

        def stopped() -> bool:
            while written and written[0].done():
                for outcome in written.popleft().result():
                    tally.add(outcome)
            return stop()

        for batch in batches:
            texts = [passage.text for _, prepared in batch for passage in prepared.passages]
            vectors = _vectors(library.embedder, texts, stopped)
            if vectors is not None:
                wait(written)  # no more than one batch is written while the next is encoded
                written.append(writer.submit(_put_batch, library, batch, vectors, planned_on))
            if stopped():
                break
        wait(written)
        stopped()


def _vectors(embedder: Embedder, texts: Sequence[str], stopped: Stop) -> Vectors | None:
    """The vectors of the texts, in their order; None for no texts, or when it was stopped."""
    # Texts of like length go together, so that few are padded.
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]), reverse=True)
    parts = []
    for some in batches(order, ENCODE_BETWEEN_LOOKS):
        if stopped():
            return None
        parts.append(embedder.encode([texts[n] for n in some]))
    if not parts:
        return None
    encoded = np.concatenate(parts)
    vectors = np.empty_like(encoded)
    vectors[order] = encoded
    return vectors


def _put_batch(
    library: Library,
    batch: Sequence[PreparedFile],
    vectors: Vectors,
    planned_on: Mapping[str, str],
) -> list[IngestOutcome]:
    outcomes = []
    at = 0
    for file, prepared in batch:
        rows = vectors[at : at + len(prepared.passages)]
        at += len(prepared.passages)
        try:
            outcomes.append(_put(library, file, prepared, rows, planned_on))
        except IngestError as error:
            outcomes.append(_refused(file.source.name, error))
    return outcomes


def _put(
    library: Library,
    file: FileToRead,
    prepared: Prepared,
    vectors: Vectors,
    planned_on: Mapping[str, str],
) -> IngestOutcome:
    source = file.source
    data = _unchanged_data(source)
    with library.one_change():
        # Others may have taken the same file in since this was planned.
        same = library.held_hashes().get(source.sha256)
        if same not in (None, source.name, file.was, planned_on.get(source.sha256)):
            return _duplicate(library, source, same)
        try:
            before = library.entry(file.was or source.name).document.description
        except UnknownDocument:
            before = None
        description = settled(prepared.description, source.entry, before)
        document = Document(source.name, source.sha256, description, prepared.pages)
        library.keep_original(source.sha256, Path(source.name).suffix, data)
        library.put(document, prepared.passages, vectors, source.origin)
    # Every search that finds the document needs the one, and a question of all councils the other
    # of every report: both are worked out here and kept.
    utterances_in(library, document)
    if description.kind is Kind.INSPECTION_REPORT:
        stated_grades(library, document)
    reason = f"It was held as {file.was}." if file.was else ""
    if file.again:
        reason = "It was read again."
    reason = f"{reason} {prepared.note}".strip()
    passages, pages = len(prepared.passages), len(prepared.pages)
    return IngestOutcome(source.name, file.status, reason, passages, pages)


def _unchanged_data(source: SourceFound) -> bytes:
    """The bytes of a file, which must still be those that it was known by."""
    try:
        data = source.data()
    except OSError as error:
        raise Unreadable(
            f"It cannot be opened any more: {error.strerror}.", "Ingest it again."
        ) from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise Unreadable("It changed while it was being read.", "Ingest it again.")
    return data


def _forget_old_names(library: Library, files: Iterable[FileToRead], tally: _Tally) -> None:
    origins = library.origins()
    for file in files:
        outcome = tally.outcomes.get(file.source.name)
        if file.was in origins and outcome is not None and outcome.status in TAKEN_IN:
            _remove(library, file.was)


def _report_stopped(planned: IngestPlan, tally: _Tally) -> None:
    """Say of everything that was not read that it was not."""
    names = [skipped.name for skipped in planned.skipped]
    names += [f.source.name for f in planned.to_read if f.source.name not in tally.outcomes]
    for name in names:
        tally.add(IngestOutcome(name, Status.STOPPED, STOPPED))
