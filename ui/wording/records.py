"""Pure: the audit trail and the records that a request finds, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rag.access.people import LOCAL
from rag.saved.audit import AuditEntry
from rag.saved.requests import FoundRecord

AUDIT_HEADS = ("Number", "When (UTC)", "Who", "What", "Of which kind", "Which", "Words")
FOUND_HEADS = ("When (UTC)", "Whose", "Kind", "Which", "How it begins")
PROGRAM = "program"
"""The key by which the program itself acts."""


def who(key: str, name: str) -> str:
    """What a person is called; one who was erased is told from others by their key."""
    if name:
        return name
    if key in (LOCAL.key, PROGRAM):
        return LOCAL.name if key == LOCAL.key else "The program"
    return f"Somebody erased ({key[:8]})"


def audit_rows(entries: Iterable[AuditEntry]) -> Iterator[tuple[str, ...]]:
    """The entries of the audit trail as rows under `AUDIT_HEADS`."""
    for entry in entries:
        name = who(entry.actor, entry.name)
        yield (
            str(entry.number), entry.at, name, entry.event.value, entry.kind, entry.item,
            entry.words,
        )  # fmt: skip


def found_rows(records: Iterable[FoundRecord]) -> Iterator[tuple[str, ...]]:
    """The records that a search found as rows under `FOUND_HEADS`."""
    for record in records:
        yield record.at, who(record.owner, record.name), record.kind, record.item, record.words
