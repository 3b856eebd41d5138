"""Pure: the descriptions that a person should look at first, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rag.library.tables import LibraryEntry
from rag.types import Description
from ui.wording.translation import tr


@dataclass(frozen=True, slots=True)
class DocumentToCheck:
    """A document whose description may be wrong; `reasons` say in what, the weightiest first."""

    name: str
    title: str
    reasons: tuple[str, ...]


def documents_to_check(entries: Iterable[LibraryEntry]) -> tuple[DocumentToCheck, ...]:
    """The documents of whose description the rules were unsure and that nobody has looked at, those
    first whose faults would mislead most."""
    found = []
    for entry in entries:
        about = entry.document.description
        reasons = reasons_to_check(about)
        if reasons:
            weight = sum(_WEIGHTS[field] for field in about.unsure & _WEIGHTS.keys())
            found.append((-weight, about.title.casefold(), entry.document.name, reasons, about))
    found.sort(key=lambda one: one[:3])
    return tuple(
        DocumentToCheck(name, about.title.strip() or name, reasons)
        for _, _, name, reasons, about in found
    )


def reasons_to_check(about: Description) -> tuple[str, ...]:
    """Why a description should be looked at, one sentence for each doubtful field."""
    fields = sorted(about.unsure & _WEIGHTS.keys(), key=lambda field: -_WEIGHTS[field])
    return tuple(_REASONS[field](about) for field in fields)


def _kind(about: Description) -> str:
    return tr("Nothing shows clearly that its kind is “{}”.").format(tr(about.kind.words))


def _publisher(about: Description) -> str:
    if not about.publisher:
        return tr("Who published it was not found.")
    return tr("Its publisher may not be {}.").format(about.publisher)


def _published(about: Description) -> str:
    if not about.published:
        return tr("No date of publication was found.")
    return tr("Its date may be that of something else that it tells of.")


def _councils(about: Description) -> str:
    if not about.councils:
        return tr("No council that it is about was found.")
    return tr("It may not be about {}.").format(", ".join(about.councils))


_WEIGHTS: Mapping[str, int] = {"kind": 4, "councils": 3, "published": 2, "publisher": 1}
"""How much a fault in a field misleads: a kind says whose words are quoted."""
_REASONS: Mapping[str, Callable[[Description], str]] = {
    "kind": _kind,
    "councils": _councils,
    "published": _published,
    "publisher": _publisher,
}
