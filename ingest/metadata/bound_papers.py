"""Papers of inspectors and other official bodies that are bound into a council's pack of papers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.metadata.bodies import bodies_named, official_bodies
from ingest.metadata.days import inspected_days
from ingest.metadata.face import face_of
from ingest.metadata.speaker import Role, Speaker, speaker_called, speaker_of
from ingest.metadata.titles import title_of
from ingest.types import ExtractedPages, Hints
from rag.types import BoundPaper, Page, Voice

_VOICES = {Role.INSPECTORATE: Voice.INSPECTOR, Role.OFFICIAL: Voice.OFFICIAL}
_DEAR = re.compile(r"^\s*Dear\b.{2,80}$", re.MULTILINE)
_SIGNED = re.compile(r"^\s*Yours (?:sincerely|faithfully|truly)\b", re.MULTILINE | re.IGNORECASE)
_BEGINS_ANOTHER = re.compile(
    r"^\s*(?:appendix|annex|agenda item|item \d+|report (?:to|of)|minutes of|background papers)\b",
    re.IGNORECASE,
)
_HEAD = 1200
"""Characters at the top of a page in which a paper names who it is from."""
_TITLE = 300
"""... and in which its title stands."""
_LONGEST = 60
"""Pages after which a bound paper that has not ended is taken for none."""


def bound_papers(reading: ExtractedPages, pages: Sequence[Page]) -> tuple[BoundPaper, ...]:
    """The letters and reports of official bodies that begin on a later page of a document, each
    with the pages that it fills."""
    found: list[BoundPaper] = []
    after = 0
    for at in range(1, len(pages)):
        if at < after or not _may_begin(pages[at].text):
            continue
        end = _end(pages, at)
        speaker = _speaker(reading, pages, at, end)
        if speaker.role in _VOICES and speaker.sure_of_role and speaker.publisher:
            voice, publisher = _VOICES[speaker.role], speaker.publisher
            found.append(BoundPaper(pages[at].number, pages[end - 1].number, voice, publisher))
            after = end
    return tuple(found)


def _may_begin(text: str) -> bool:
    """Whether a page greets somebody, or is headed as an official body heads its own papers."""
    head = text[:_HEAD]
    if _DEAR.search(head):
        return any(bodies_named(head))
    titles = (body.titles for body in official_bodies())
    return any(title is not None and title.search(head[:_TITLE]) for title in titles)


def _end(pages: Sequence[Page], start: int) -> int:
    """The number of pages up to the end of the paper that begins on a page: the one on which a
    letter is signed, else the one before another paper begins."""
    letter = _DEAR.search(pages[start].text[:_HEAD]) is not None
    last = min(start + _LONGEST, len(pages))
    for at in range(start, last):
        if letter and _SIGNED.search(pages[at].text):
            return at + 1
        if at > start and _BEGINS_ANOTHER.match(pages[at].text):
            return at
    return last


def _speaker(reading: ExtractedPages, pages: Sequence[Page], start: int, end: int) -> Speaker:
    """Who speaks on these pages, read as if they were a document by themselves."""
    part = ExtractedPages(reading.pages[start:end], Hints(), reading.format)
    face = face_of("", part, pages[start:end])
    title = title_of(face, part, speaker_called)
    return speaker_of(face, title, inspected=inspected_days(face) is not None)
