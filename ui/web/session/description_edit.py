"""Pure: a document's description as a person types it, read back with what was changed noted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ingest.metadata.dates import date_at_start, without_dates
from rag.errors import ScrutinyError
from rag.text.councils import council_named
from rag.types import Description, Kind
from ui.web.session.addresses import is_web_address
from ui.wording.translation import N_, tr

NAMES = {
    "title": N_("Title"),
    "publisher": N_("Publisher"),
    "kind": N_("Kind of document"),
    "published": N_("Date published"),
    "inspected_from": N_("First day of inspection"),
    "inspected_to": N_("Last day of inspection"),
    "councils": N_("Councils it is about"),
    "source_url": N_("Web address"),
}
"""What the fields of a description that a person may set are called on the page."""
_UNCHECKED = N_("read by the program, not checked")


class BadDescription(ScrutinyError):
    """Something typed cannot be used; the message says what and how to write it."""


@dataclass(frozen=True, slots=True)
class TypedDescription:
    """A description as it stands in the form: dates as they are written."""

    title: str
    publisher: str
    kind: Kind
    published: str
    inspected_from: str
    inspected_to: str
    councils: tuple[str, ...]
    source_url: str


def typed(about: Description) -> TypedDescription:
    """What the form begins with."""
    return TypedDescription(
        about.title,
        about.publisher or "",
        about.kind,
        _day(about.published),
        _day(about.inspected_from),
        _day(about.inspected_to),
        about.councils,
        about.source_url or "",
    )


def label(about: Description, field: str) -> str:
    """What a field is called, and that its value was read by the program where it was."""
    name = tr(NAMES[field])
    return f"{name} ({tr(_UNCHECKED)})" if field in unchecked(about) else name


def unchecked(about: Description) -> tuple[str, ...]:
    """The fields whose values were read by the program, and that a person has not set."""
    return tuple(f for f in NAMES if f in about.guessed and getattr(about, f) not in (None, ()))


def checked(about: Description) -> Description:
    """The same description, all of which a person has looked at and found right."""
    return replace(about, edited=about.edited | set(unchecked(about)) | about.unsure)


def edited(about: Description, form: TypedDescription) -> Description:
    """The description that was typed, with the fields that it changes noted as edited.

    Raises BadDescription.
    """
    title = _words(form.title)
    if not title:
        raise BadDescription(tr("A document needs a title. Type one."))
    read = replace(
        about,
        title=title,
        publisher=_words(form.publisher) or None,
        kind=form.kind,
        published=_read_day(form.published, "published"),
        inspected_from=_read_day(form.inspected_from, "inspected_from"),
        inspected_to=_read_day(form.inspected_to, "inspected_to"),
        councils=tuple(dict.fromkeys(filter(None, map(_council, form.councils)))),
        source_url=_address(form.source_url.strip(), about.source_url),
    )
    if read.inspected_from and read.inspected_to and read.inspected_from > read.inspected_to:
        raise BadDescription(
            tr("The first day of the inspection is after its last day. Correct one of the two.")
        )
    changed = {field for field in NAMES if getattr(read, field) != getattr(about, field)}
    return replace(read, edited=about.edited | changed)


def _day(day: date | None) -> str:
    # In English, as it is read back.
    return f"{day:%-d %B %Y}" if day else ""


def _words(text: str) -> str:
    return " ".join(text.split())


def _council(name: str) -> str:
    """The short name of a council however it was typed, so that one council has one name."""
    return council_named(_words(name))


def _read_day(text: str, field: str) -> date | None:
    text = text.strip()
    if not text:
        return None
    day = date_at_start(text)
    if day is None or without_dates(text).strip():
        raise BadDescription(
            tr(
                "{}: “{}” is not a date that can be read. Write it as 4 March 2024 or "
                "04/03/2024, or leave it empty when it is not known."
            ).format(tr(NAMES[field]), text)
        )
    return day


def _address(text: str, before: str | None) -> str | None:
    if text and text != before and not is_web_address(text):
        raise BadDescription(
            tr(
                "Web address: “{}” does not begin with http:// or https:// and name a site. "
                "Copy it from the browser, or leave it empty."
            ).format(text)
        )
    return text or None
