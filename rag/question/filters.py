"""Filters that a reader sets: hard limits on which documents are looked at for a question.

A scope is read out of the question and prefers documents; a filter is chosen and hides the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process, utils

from rag.errors import ScrutinyError
from rag.listing import listed
from rag.question.held import kept
from rag.question.scope import Scope, held_councils, read_scope, share_council
from rag.types import Document, Kind

FEW = 2
"""Up to so many chosen documents are told by name."""
_NEAR = 60
"""How like a mistyped name, 0 to 100, a held one must be to be offered in its place."""
MOST_OFFERED = 3
_SINGULAR = {
    Kind.INSPECTION_REPORT: "an inspection report",
    Kind.COUNCIL_DOCUMENT: "a council document",
    Kind.NEWS: "a press report",
    Kind.OTHER: "a document of another kind",
}


class BadFilter(ScrutinyError):
    """A filter names what the library does not hold, or years in the wrong order."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader chose; an empty field lets everything through.

    `first_year` and `last_year` are both within. `without` holds the keys of the parts of the
    question's scope that the reader took away: they hide nothing, and are only not read.
    """

    kinds: frozenset[Kind] = frozenset()
    councils: frozenset[str] = frozenset()
    first_year: int | None = None
    last_year: int | None = None
    documents: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    @property
    def narrows(self) -> bool:
        """Whether some document may not pass."""
        return replace(self, without=frozenset()) != EVERYTHING


EVERYTHING = Filters()
"""Lets every document through."""


def lets_through(filters: Filters, document: Document) -> bool:
    """Whether a document is looked at; one without a date passes no filter on years."""
    return (
        (not filters.kinds or document.description.kind in filters.kinds)
        and (not filters.councils or share_council(filters.councils, document))
        and (not filters.documents or document.name in filters.documents)
        and _in_years(filters, document.description.years)
    )


def has_year(filters: Filters, year: int) -> bool:
    """Whether a year lies within those chosen."""
    first, last = filters.first_year, filters.last_year
    return (first is None or first <= year) and (last is None or year <= last)


def _in_years(filters: Filters, years: Iterable[int]) -> bool:
    if filters.first_year is None and filters.last_year is None:
        return True
    return any(has_year(filters, year) for year in years)


# ---------------------------------------------------------------- what a filter leaves


@dataclass(frozen=True, slots=True)
class FilteredDocuments:
    """What a filter leaves of a library: `documents`, and the councils `outside`, which only
    documents shut out are about. A question that names no council is about those `implied`."""

    filters: Filters
    documents: tuple[Document, ...]
    outside: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()


def filtered_documents(filters: Filters, documents: Sequence[Document]) -> FilteredDocuments:
    """What the filter leaves of the documents of a library."""
    if not filters.narrows:
        return FilteredDocuments(filters, tuple(documents))
    return kept(documents, filters, lambda: _filtered(filters, documents))


def _filtered(filters: Filters, documents: Sequence[Document]) -> FilteredDocuments:
    within = tuple(d for d in documents if lets_through(filters, d))
    left = held_councils(within)
    outside = tuple(name for name in held_councils(documents) if name not in left)
    # The one council that is chosen, or that the chosen documents are about.
    implied = tuple(filters.councils)
    if len(implied) != 1:
        implied = left if filters.documents and len(left) == 1 else ()
    return FilteredDocuments(filters, within, outside, implied)


def scope_of(question: str, within: FilteredDocuments) -> Scope:
    """The scope of a question in what a filter leaves."""
    scope = read_scope(
        question, within.documents, outside=within.outside, without=within.filters.without
    )
    if scope.councils or scope.absent or not within.implied:
        return scope
    return replace(scope, councils=within.implied, from_filter=within.implied)


# ---------------------------------------------------------------- filters in words


def filter_words(filters: Filters) -> str:
    """A filter as a reader is told it: "press reports about Croydon, 2015 to 2018"; "" for none.

    What was taken away from the question's scope is told apart from it.
    """
    what = listed(kind.plural for kind in _kinds(filters))
    if filters.councils:
        what = f"{what or 'documents'} {_about(filters)}"
    return ", ".join(filter(None, (what, _span(filters), _chosen(filters))))


def none_left(filters: Filters) -> str:
    """Says that the library holds nothing that passes a filter, and what to do."""
    what = listed([_SINGULAR[kind] for kind in _kinds(filters)], "or")
    dated = f"dated {_span(filters)}" if _span(filters) else ""
    verb = "one of" if len(filters.documents) > FEW else "called"
    called = f"{verb} {_chosen(filters)}" if filters.documents else ""
    described = " ".join(filter(None, (what, _about(filters), dated, called)))
    return f"No document in the library is {described}: choose another filter."


def among(filters: Filters) -> str:
    """Where a document is looked for, in words that follow "no document"."""
    return "that the filter lets through" if filters.narrows else "in the library"


def _span(filters: Filters) -> str:
    first, last = filters.first_year, filters.last_year
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f"up to {last}" if first is None else f"from {first}"
    return f"{first}" if first == last else f"{first} to {last}"


def _kinds(filters: Filters) -> list[Kind]:
    return sorted(filters.kinds, key=list(Kind).index)


def _about(filters: Filters) -> str:
    return f"about {listed(sorted(filters.councils), 'or')}" if filters.councils else ""


def _chosen(filters: Filters) -> str:
    names = sorted(filters.documents)
    return f"{len(names)} chosen documents" if len(names) > FEW else listed(names, "or")


# ---------------------------------------------------------------- filters as they are typed


def resolved_filters(filters: Filters, documents: Sequence[Document]) -> Filters:
    """The filter with its councils and documents called as the library calls them.

    Raises BadFilter, which names near ones, for one that the library does not hold.
    """
    first, last = filters.first_year, filters.last_year
    if first is not None and last is not None and first > last:
        raise BadFilter(f"No year is from {first} up to {last}: give the earlier one first.")
    if not documents:
        return filters  # an empty library says so when it is asked
    councils, names = held_councils(documents), [document.name for document in documents]
    return replace(
        filters,
        councils=frozenset(_as_held(name, councils, "about") for name in filters.councils),
        documents=frozenset(_as_held(name, names, "called") for name in filters.documents),
    )


def _as_held(name: str, known: Sequence[str], relation: str) -> str:
    """A typed name as the library writes it. Raises BadFilter."""
    if name in known:
        return name
    for other in known:
        if other.casefold() == name.strip().casefold():
            return other
    near = process.extract(
        name,
        known,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=MOST_OFFERED,
        score_cutoff=_NEAR,
    )
    remedy = "`scrutiny library list` shows what is held."
    if near:
        remedy = f"Did you mean {listed([other for other, _, _ in near], 'or')}?"
    raise BadFilter(f"No document in the library is {relation} {name!r}. {remedy}")
