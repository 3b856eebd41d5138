"""Nobody calls more often than is allowed, whichever process counts it and on either engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.library.database import Database
from rag.library.databases.engines import open_database
from rag.saved.call_counts import SECONDS, TABLES, CallCounts
from rag.upkeep.archive import truth_in

pytestmark = pytest.mark.usefixtures("engine")


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_one_more_is_allowed_once_the_first_is_a_minute_old(tmp_path: Path, clock: Clock) -> None:
    counts = CallCounts(tmp_path, now=clock)
    waits = []
    for at in (0, 10, 20, 30, 59.5, 60, 61, 70):
        clock.at = 1_800_000_000.0 + at
        waits.append((at, round(counts.count("ann", 3), 3)))
    assert waits == [
        (0, 0), (10, 0), (20, 0), (30, 30), (59.5, 0.5), (60, 0), (61, 9), (70, 0),
    ]  # fmt: skip


def test_callers_are_counted_apart_and_asking_counts_nothing(tmp_path: Path, clock: Clock) -> None:
    counts = CallCounts(tmp_path, now=clock)
    assert [counts.wait("ann", 1) for _ in range(3)] == [0, 0, 0]
    assert counts.count("ann", 1) == 0
    assert counts.wait("ann", 1) == SECONDS
    assert counts.count("ben", 1) == 0


def test_what_is_older_than_a_minute_is_not_kept(tmp_path: Path, clock: Clock) -> None:
    counts = CallCounts(tmp_path, now=clock)
    for caller in ("ann", "ben"):
        counts.count(caller, 9)
    clock.at += SECONDS
    counts.count("cay", 9)
    assert held(open_database(tmp_path, TABLES)) == ["cay"]


def held(database: Database) -> list[str]:
    return [str(caller) for (caller,) in database.rows("SELECT caller FROM calls")]


def test_several_that_count_at_once_allow_what_one_would(tmp_path: Path) -> None:
    """As the processes do that serve one library."""
    counters = [CallCounts(tmp_path) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        waits = list(threads.map(lambda n: counters[n % 4].count("ann", 20), range(60)))
    assert waits.count(0.0) == 20


@pytest.mark.files
def test_a_backup_holds_no_counts(tmp_path: Path) -> None:
    CallCounts(tmp_path).count("ann", 1)
    assert (tmp_path / TABLES.file).exists()
    assert truth_in(tmp_path) == ()
