"""Lines of enquiry: questions for a cabinet member or a director, resting on the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b

import numpy as np

from rag.bearing import Remembered
from rag.embed import Embedder
from rag.evidence import Words, covered, weigh
from rag.packs.causes import (
    Reason,
    after,
    criticisms,
    fallen,
    not_known,
    still_open,
    unanswered,
)
from rag.packs.changes import aspect_terms, changes, succeeding
from rag.packs.history import history
from rag.packs.matter import matter_of
from rag.packs.overdue import promises
from rag.packs.themes import newest_of_each, themes_in
from rag.packs.types import Cause, Changes, History, LineOfEnquiry
from rag.packs.wording import follow_ups, good_answer
from rag.packs.worsened import differing, worse
from rag.scope import share_council
from rag.types import Document
from rag.view import View
from rag.vocabulary import concepts
from rag.words import content_terms, squash, terms

MOST = 12
SAME_MATTER = 0.55
"""The cosine of two matters from which they are taken for one."""
SAME_WORDS = 0.5
"""The share of the telling words of the shorter of two matters by which they are one."""
AGAIN = 1.2
"""What each question already chosen on a theme takes from the weight of another."""
LIKE_IT = 0.4
"""... and each that was chosen for the same cause."""
ON_TOPIC = 0.5
"""The share of a topic that a reason must name, by weight."""


def lines_of_enquiry(
    library: View,
    embedder: Embedder,
    council: str,
    *,
    topic: str = "",
    inspection: str = "",
    changed: Sequence[Changes] | None = None,
    today: date | None = None,
    most: int = MOST,
) -> tuple[LineOfEnquiry, ...]:
    """What to ask about a council, the weightiest first, spread over the themes.

    `topic` keeps to one matter ("care leavers"), `inspection` to what one report found. `changed`
    are the changes between its inspections where they are known already; `today` tells which dates
    have passed.
    """
    remembered = Remembered(embedder)
    found = [
        reason
        for reason in _reasons(library, remembered, council, inspection, changed, today)
        if not topic or _is_on(library, topic, reason)
    ]
    return tuple(_line(reason) for reason in _chosen(found, remembered, most))


def _reasons(
    library: View,
    embedder: Remembered,
    council: str,
    inspection: str,
    changed: Sequence[Changes] | None,
    today: date | None,
) -> Iterator[Reason]:
    record = history(library, council)
    held = [d for d in library.documents() if share_council((council,), d)]
    asked = [d for d in held if d.name == inspection] if inspection else newest_of_each(held)
    if changed is None:
        changed = _changed(library, embedder, record, asked)
    for report in asked:
        yield from _of_report(library, embedder, report, held)
    for each in changed:
        if each.later.document in {report.name for report in asked}:
            yield from unanswered(library, each)
    if not inspection:
        yield from _of_papers(library, record, held, today or date.today())


def _of_report(
    library: View, embedder: Remembered, report: Document, held: Sequence[Document]
) -> Iterator[Reason]:
    yield from still_open(library, embedder, report, after(report, held))
    yield from not_known(library, report)
    yield from criticisms(library, report)


def _of_papers(
    library: View, record: History, held: Sequence[Document], today: date
) -> Iterator[Reason]:
    yield from fallen(library, record)
    yield from promises(library, held, today)
    yield from worse(library, held)
    yield from differing(library, held)


def _changed(
    library: View, embedder: Remembered, record: History, asked: Iterable[Document]
) -> list[Changes]:
    """The changes up to each of the reports asked about."""
    names = {report.name for report in asked}
    return [
        changes(library, embedder, library.entry(one).document, library.entry(other).document)
        for one, other in succeeding(record)
        if other in names
    ]


# ---------------------------------------------------------------- which to ask


def _is_on(library: View, topic: str, reason: Reason) -> bool:
    """Whether a reason is on a topic: by its words, or by a theme that the topic names."""
    if reason.theme and reason.theme in themes_in(topic):
        return True
    frequencies = library.document_frequencies()
    weighed = weigh(concepts(topic, frequencies), frequencies, library.passage_count(), frozenset())
    said = " ".join((reason.matter, *(line.text for line in reason.why)))
    return covered(weighed, Words.of(terms(said))) >= ON_TOPIC


def _chosen(found: Sequence[Reason], embedder: Remembered, most: int) -> list[Reason]:
    """The weightiest reasons, no two about one matter, spread over themes and causes."""
    names = {reason.matter: matter_of(reason.matter).name for reason in found}
    embedder.prepare(names.values())
    chosen: list[Reason] = []
    left = list(found)
    while left and len(chosen) < most:
        best = max(left, key=lambda reason: _worth(reason, chosen))
        left = [r for r in left if r is not best]
        if not any(_same(best, other, names, embedder) for other in chosen):
            chosen.append(best)
    return sorted(chosen, key=lambda reason: -reason.weight)


def _worth(reason: Reason, chosen: Sequence[Reason]) -> float:
    themes = sum(other.theme == reason.theme for other in chosen)
    causes = sum(other.cause is reason.cause for other in chosen)
    return reason.weight - AGAIN * themes - LIKE_IT * causes


def _same(one: Reason, other: Reason, names: dict[str, str], embedder: Remembered) -> bool:
    """Whether two reasons are about one matter; a grade is none of its findings."""
    if Cause.GRADE_FELL in (one.cause, other.cause):
        return one.matter == other.matter
    mine, theirs = names[one.matter], names[other.matter]
    vectors = embedder.encode([mine, theirs])
    if float(np.dot(vectors[0], vectors[1])) >= SAME_MATTER:
        return True
    own, others = (set(content_terms(text)) - aspect_terms() for text in (mine, theirs))
    return bool(own and others) and len(own & others) >= SAME_WORDS * min(len(own), len(others))


def _line(reason: Reason) -> LineOfEnquiry:
    return LineOfEnquiry(
        _key(reason),
        reason.theme,
        reason.cause,
        reason.question,
        reason.why,
        good_answer(reason.cause, reason.theme, reason.matter),
        follow_ups(reason.theme, reason.item, reason.then),
    )


def _key(reason: Reason) -> str:
    """The same for the same finding of the same document, whatever else is held."""
    told = f"{reason.cause.name}|{reason.source}|{squash(reason.matter)}"
    return blake2b(told.encode(), digest_size=8).hexdigest()
