"""How documents of one series stand to each other: a final and its drafts, one year and the next.

Read from their titles and file names, councils and dates alone, so that it follows what a reader
corrects and costs nothing at ingest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from rag.text.calendar import MONTHS
from rag.text.lexicon import lists
from rag.text.lexicon import words as lexicon_words
from rag.types import Document, Kind, Relation, RelationKind

_WORD = re.compile(r"[^\W\d_]+")
_WORD_OF = r"(?:^|[\W_])(?:{})(?=$|[\W_])"
_DRAFT = re.compile(_WORD_OF.format("draft|for comment|for consultation|not to be quoted"))
_FINAL = re.compile(_WORD_OF.format("final|adopted|approved"))
_CORRECTION = re.compile(_WORD_OF.format(r"correct(?:ed|ions?)|errat(?:um|a)|amended"))
_VERSION = re.compile(r"(?:^|[\W_])v(?:er(?:sion)?)?[ .]?(\d+(?:\.\d+)*)(?=$|[^\w.])")
_MONTHS = frozenset(name[:length].casefold() for name in MONTHS for length in (3, len(name)))
_FEWEST = 2
"""Words that a title must have left for it to name a series."""

Series = tuple[Kind, frozenset[str], frozenset[str]]
"""What documents of one series share: their kind, their councils, the words of their titles."""
_Subject = tuple[Kind, frozenset[str]]


class Relations(Mapping[str, tuple[Relation, ...]]):
    """How documents stand to others of their series, by their names; only those that do.

    Those of one kind about the same councils are looked at when one of them is asked for: no other
    can be of its series.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._subject_of: dict[str, _Subject] = {}
        self._waiting: defaultdict[_Subject, list[Document]] = defaultdict(list)
        self._found: dict[str, tuple[Relation, ...]] = {}
        for document in documents:
            about = document.description
            subject = about.kind, frozenset(about.councils)
            self._subject_of[document.name] = subject
            self._waiting[subject].append(document)

    def __getitem__(self, name: str) -> tuple[Relation, ...]:
        self._look_at(self._subject_of[name])
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        for subject in list(self._waiting):
            self._look_at(subject)
        return iter(self._found)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _look_at(self, subject: _Subject) -> None:
        waiting = self._waiting.get(subject)
        if waiting is not None:
            # Another thread may look at them too: what it finds is the same.
            self._found.update(relations(waiting))
            self._waiting.pop(subject, None)


def relations(documents: Iterable[Document]) -> Mapping[str, tuple[Relation, ...]]:
    """How each document stands to others of its series, by its name; only those that do.

    A final paper supersedes its drafts and a later version an earlier one, a correction corrects
    what bears its title, and the paper of one year follows that of the year before.
    """
    series: defaultdict[Series, list[Document]] = defaultdict(list)
    for document in documents:
        key = _series(document)
        if len(key[2]) >= _FEWEST:
            series[key].append(document)
    found: defaultdict[str, list[Relation]] = defaultdict(list)
    for members in series.values():
        for earlier, later in pairwise(sorted(members, key=_order)):
            kind = _relation(earlier, later)
            found[later.name].append(Relation(kind, earlier.name))
            if kind is RelationKind.SUPERSEDES:
                found[earlier.name].append(Relation(RelationKind.SUPERSEDED_BY, later.name))
    return {name: tuple(each) for name, each in found.items()}


def superseding(found: Mapping[str, Sequence[Relation]], name: str) -> str | None:
    """The name of the document that took the place of this one, or None when none did."""
    for relation in found.get(name, ()):
        if relation.kind is RelationKind.SUPERSEDED_BY:
            return relation.document
    return None


def _series(document: Document) -> Series:
    about = document.description
    words = _WORD.findall(about.title.casefold())
    telling = frozenset(words) - lexicon_words(lists.Words.SERIES) - _MONTHS
    return about.kind, frozenset(about.councils), telling


def _labels(document: Document) -> str:
    """What the names of a document may say of its standing."""
    return f"{document.description.title} {document.name}".casefold()


def is_draft(document: Document) -> bool:
    """Whether a document calls itself a draft, in its title or its file name."""
    labels = _labels(document)
    return bool(_DRAFT.search(labels)) and not _FINAL.search(labels)


def asks_for_draft(question: str) -> bool:
    """Whether a question is about what a draft said."""
    return bool(_DRAFT.search(question.casefold()))


def _order(document: Document) -> tuple[bool, date, tuple[int, ...]]:
    """Drafts first, then by date, then by the number of the version."""
    version = _VERSION.search(_labels(document))
    number = tuple(map(int, version[1].split("."))) if version else ()
    day = document.description.speaks_for or date.min
    return not is_draft(document), day, number


def _relation(earlier: Document, later: Document) -> RelationKind:
    if _CORRECTION.search(_labels(later)):
        return RelationKind.CORRECTS
    versions = all(_VERSION.search(_labels(document)) for document in (earlier, later))
    if is_draft(earlier) or versions:
        return RelationKind.SUPERSEDES
    return RelationKind.FOLLOWS
