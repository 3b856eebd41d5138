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

from ingest.metadata.bound_papers import bound_papers
from ingest.metadata.councils_about import councils_about
from ingest.metadata.days import inspected_days, published_day
from ingest.metadata.face import face_of, is_addressee
from ingest.metadata.speaker import Role, speaker_called, speaker_of
from ingest.metadata.titles import title_of
from ingest.types import ExtractedLine, ExtractedPages, Hints
from rag.types import Description, Document, Kind, Page, Voice


def described_document(
    name: str, reading: ExtractedPages, pages: Sequence[Page], *, kind: Kind | None = None
) -> Description:
    """Describe the document `name` from its lines as read and its pages as cleaned; as one of that
    `kind`, where it is known.

    `guessed` names every field that has a value, as all are found by rule; `unsure` those of them
    whose evidence is weak, and those that the document should have and does not.
    """
    face = face_of(name, reading, pages)
    title = title_of(face, reading, speaker_called)
    inspected = inspected_days(face)
    speaker = speaker_of(face, title, inspected=inspected is not None, kind=kind)
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
        voice=Voice.OFFICIAL if speaker.role is Role.OFFICIAL else None,
        bound=() if reported else bound_papers(reading, pages),
    )
    guessed = set(filter(partial(getattr, description), Description.__dataclass_fields__))
    unsure = {
        "kind": speaker.sure_of_role,
        "publisher": speaker.sure_of_publisher and speaker.publisher,
        "published": published.sure and published.day,
        "councils": councils,
    }
    return replace(
        description,
        guessed=frozenset(guessed - {"voice", "bound"}),
        unsure=frozenset(field for field, sure in unsure.items() if not sure),
    )


def described_anew(document: Document, kind: Kind) -> Description:
    """The description of a document held, now known to be of that `kind`: what the rules found
    while they took it for another is found again from its stored pages, what a person or a manifest
    has set stays.

    A title is found again only where it names somebody: the stored text has no lettering.
    """
    about = document.description
    lines = (tuple(map(ExtractedLine, page.text.split("\n"))) for page in document.pages)
    hints = Hints(source_url=about.source_url)
    reading = ExtractedPages(tuple(lines), hints, "text")
    found = described_document(document.name, reading, document.pages, kind=kind)
    again = {"publisher", "inspected_from", "inspected_to", "published", "councils"}
    if is_addressee(about.title):
        again.add("title")
    given = filter(partial(getattr, about), _DESCRIBED)
    set_otherwise = about.edited | frozenset(given) - about.guessed - about.unsure
    fields = [field for field in again - set_otherwise if getattr(found, field)]
    if kind is not Kind.INSPECTION_REPORT:
        fields += {"inspected_from", "inspected_to"} - about.edited
    values = {field: getattr(found, field) for field in fields}
    return replace(
        about,
        kind=kind,
        voice=found.voice,
        guessed=about.guessed | values.keys(),
        unsure=found.unsure - set_otherwise,
        **values,
    )


_DESCRIBED = frozenset(
    ("title", "publisher", "published", "inspected_from", "inspected_to", "councils")
)
"""The fields that are read from the words of a document."""
