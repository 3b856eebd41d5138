"""What an ingest reports: what it will do, one outcome a document, totals at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """What became of a document."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    REMOVED = "removed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class IngestOutcome:
    """What became of `document`; `reason` says why where that is not plain, and what to do."""

    document: str
    status: Status
    reason: str = ""
    passages: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class IngestExpected:
    """What an ingest will report on, by name, in the order given."""

    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingStarted:
    """`document` has been handed to a reader."""

    document: str


@dataclass(frozen=True, slots=True)
class PageReadByOcr:
    """`done` of the `total` scanned pages of `document` have been read by OCR."""

    document: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class IngestProgress:
    """`done` of `total` units of work are done, the last of them for `document`."""

    done: int
    total: int
    document: str = ""


@dataclass(frozen=True, slots=True)
class LibraryRepaired:
    """Something of the library was damaged and is put right; `said` tells what, in a sentence."""

    said: str


IngestEvent = (
    IngestExpected
    | ReadingStarted
    | PageReadByOcr
    | IngestOutcome
    | IngestProgress
    | LibraryRepaired
)
"""What an ingest tells while it runs."""


@dataclass(frozen=True, slots=True)
class IngestTotals:
    """The sums of an ingest: documents by status, passages and pages taken in, seconds taken."""

    counts: Mapping[Status, int] = field(default_factory=dict)
    passages: int = 0
    pages: int = 0
    seconds: float = 0.0

    def count(self, *statuses: Status) -> int:
        """How many documents ended in any of `statuses`; all of them when none is given."""
        return sum(self.counts.get(status, 0) for status in statuses or Status)
