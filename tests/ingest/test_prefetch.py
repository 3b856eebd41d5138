"""Documents are read ahead of need, and their readers end at once when they are told to."""

from __future__ import annotations

import os
import threading
import time
from itertools import islice

import pytest
from pebble import ProcessFuture

from ingest.prefetch import AHEAD, ReadAhead
from ingest.prepare import Prepared
from ingest.reading.sandbox import SourceBytes
from rag.errors import IngestError
from rag.settings import Settings

pytestmark = pytest.mark.slow


def sources(number: int) -> list[SourceBytes]:
    return [SourceBytes(f"{n}.txt", f"Words of report {n}.".encode()) for n in range(number)]


class Sleeping(ReadAhead):
    """Takes a minute for every document whose name begins with "slow"."""

    def _start_preparing(self, source: SourceBytes) -> ProcessFuture[Prepared]:
        if source.name.startswith("slow"):
            return self.start(time.sleep, 60)  # type: ignore[arg-type]
        return super()._start_preparing(source)


class Dying(ReadAhead):
    """Loses the reader of every document whose name begins with "bad"."""

    def _start_preparing(self, source: SourceBytes) -> ProcessFuture[Prepared]:
        if source.name.startswith("bad"):
            return self.start(os.abort)
        return super()._start_preparing(source)


def test_every_document_comes_once_with_its_number(settings: Settings) -> None:
    given = [*sources(7), SourceBytes("empty.pdf", b"")]
    begun: list[str] = []
    with ReadAhead(given, settings, begun=begun.append) as ahead:
        outcomes = dict(filter(None, ahead))
    assert outcomes.keys() == set(range(8))
    assert isinstance(outcomes[7], IngestError)
    for number in range(7):
        outcome = outcomes[number]
        assert isinstance(outcome, Prepared)
        assert outcome.pages[0].text == f"Words of report {number}."
    assert begun == [source.name for source in given]


def test_nothing_is_started_for_nothing(settings: Settings) -> None:
    with ReadAhead([], settings) as ahead:
        ahead.fill()
        assert list(ahead) == []
        assert ahead._pool is None


def test_only_a_few_documents_are_read_ahead(settings: Settings) -> None:
    begun: list[str] = []
    with ReadAhead(sources(20), settings, begun=begun.append) as ahead:
        ahead.fill()
        assert len(begun) == AHEAD
        next(filter(None, ahead))
        assert len(begun) == AHEAD + 1


def test_a_slow_document_does_not_hold_up_those_after_it(settings: Settings) -> None:
    given = [SourceBytes("slow.txt", b""), *sources(6)]
    with Sleeping(given, settings) as ahead:
        came = [number for number, _ in islice(filter(None, ahead), 6)]
        assert sorted(came) == [1, 2, 3, 4, 5, 6]


def test_readers_end_at_once_when_stopped(settings: Settings) -> None:
    stopped = threading.Event()
    given = [
        *sources(1),
        SourceBytes("slow-1.txt", b""),
        SourceBytes("slow-2.txt", b""),
        *sources(9),
    ]
    with Sleeping(given, settings, stop=stopped.is_set) as ahead:
        came = filter(None, ahead)
        next(came)
        threading.Timer(0.3, stopped.set).start()
        began = time.monotonic()
        assert list(came) == []
    assert time.monotonic() - began < 3


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_a_document_that_crashes_its_reader_is_refused_alone(settings: Settings) -> None:
    given = [*sources(2), SourceBytes("bad.txt", b""), *sources(5)[2:]]
    with Dying(given, settings) as ahead:
        outcomes = dict(filter(None, ahead))
    assert [n for n, outcome in outcomes.items() if isinstance(outcome, IngestError)] == [2]
    assert len(outcomes) == 6
