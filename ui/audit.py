"""What an ingest did, noted in the audit trail."""

from __future__ import annotations

from ingest.events import IngestEvent, IngestOutcome, Status
from rag.access.people import Person
from rag.saved.audit import AuditTrail, Event

_EVENTS = {
    Status.ADDED: Event.ADDED,
    Status.REPLACED: Event.ADDED,
    Status.REMOVED: Event.DELETED,
}
"""What is noted; a document that was not changed or not taken in is not."""


def note_ingested(trail: AuditTrail, person: Person, event: IngestEvent) -> None:
    """Note a document that an ingest took in, replaced or removed on a person's behalf."""
    if isinstance(event, IngestOutcome) and event.status in _EVENTS:
        trail.note(person, _EVENTS[event.status], "document", event.document, event.status.value)
