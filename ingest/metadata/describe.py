"""What a document is, read from its own words by rule: title, publisher, kind, dates, councils.

The rules look for letterheads, signatures, labels that are printed ("Report published:"), the forms
of papers and of official names; they know no document by name. All that speaks for one or another
is weighed, and what does not clearly outweigh the rest is noted as unsure. What is not found stays
empty: a date is never taken from the file system or guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ingest.metadata.councils_about import councils_about
from ingest.metadata.days import inspected_days, published_day
from ingest.metadata.face import face_of
from ingest.metadata.speaker import Role, speaker_called, speaker_of
from ingest.metadata.titles import title_of
from ingest.types import ExtractedPages
from rag.types import Description, Page


def described_document(name: str, reading: ExtractedPages, pages: Sequence[Page]) -> Description:
    """Describe the document `name` from its lines as read and its pages as cleaned.

    `guessed` names every field that has a value, as all are found by rule; `unsure` those of them
    whose evidence is weak, and those that the document should have and does not.
    """
    face = face_of(name, reading, pages)
    title = title_of(face, reading, speaker_called)
    inspected = inspected_days(face)
    speaker = speaker_of(face, title, inspected is not None)
    if title == speaker.publisher:  # a name that no table has, over the title itself
        named = {speaker.publisher}.__contains__
        title = title_of(face, reading, lambda line: named(line) or speaker_called(line))
    reported = speaker.role is Role.INSPECTORATE
    if not reported:
        inspected = None
    published = published_day(face, title, inspected, reported=reported and not face.letter)
    councils = councils_about(face, title, speaker.role.kind, speaker.publisher or "")
    description = Description(
        title=title,
        publisher=speaker.publisher,
        kind=speaker.role.kind,
        published=published.day,
        inspected_from=inspected[0] if inspected else None,
        inspected_to=inspected[1] if inspected else None,
        councils=councils,
        source_url=reading.hints.source_url,
        agency=speaker.agency,
    )
    guessed = filter(partial(getattr, description), Description.__dataclass_fields__)
    unsure = {
        "kind": speaker.sure_of_role,
        "publisher": speaker.sure_of_publisher and speaker.publisher,
        "published": published.sure and published.day,
        "councils": councils,
    }
    return replace(
        description,
        guessed=frozenset(guessed),
        unsure=frozenset(field for field, sure in unsure.items() if not sure),
    )
