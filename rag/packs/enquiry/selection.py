"""Lines of enquiry: questions for a cabinet member or a director, resting on the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np

from rag.library.corpus import Corpus
from rag.library.encoder import CachedEncoder, Embedder
from rag.packs.briefing.themes import newest_of_each, themes_named
from rag.packs.enquiry.declines import differing, worse
from rag.packs.enquiry.missed_deadlines import promises
from rag.packs.enquiry.reasons import (
    Reason,
    after,
    criticisms,
    fallen,
    faults_on,
    not_known,
    still_open,
    unanswered,
)
from rag.packs.enquiry.templates import follow_ups, good_answer
from rag.packs.progress.changes import aspect_terms, changes, succeeding
from rag.packs.progress.topic import matter_of
from rag.packs.record.judgement_history import history
from rag.packs.types import Cause, Changes, History, LineOfEnquiry
from rag.question.expansion import concepts
from rag.question.scope import share_council
from rag.retrieval.sentence_features import TermSet, coverage, weighted_concepts
from rag.text.tokens import content_terms, squash, terms
from rag.types import Document

MOST = 12
SAME_MATTER, SAME_ON_TOPIC = 0.55, 0.7
"""The cosine of two matters from which they are taken for one, the latter of those on one topic."""
SAME_WORDS = 0.5
"""The share of the telling words of the shorter of two matters by which they are one."""
ACROSS = "Across the service"
"""The theme of what is of no other."""
AGAIN = 1.2
"""What each question already chosen on a theme takes from the weight of another."""
LIKE_IT = 0.6
"""... and each that was chosen for the same cause."""
ON_TOPIC = 0.5
"""The share of a topic that a reason must name, by weight."""


def lines_of_enquiry(
    library: Corpus,
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
    remembered = CachedEncoder(embedder)
    record = history(library, council)
    held = [d for d in library.documents() if share_council((council,), d)]
    asked = [d for d in held if d.name == inspection] if inspection else newest_of_each(held)
    if changed is None:
        changed = _changed(library, remembered, record, asked)
    found = [r for d in asked for r in _of_report(library, remembered, d, held, changed)]
    if not inspection:
        found += _of_papers(library, record, held, today or date.today())
    if topic:
        found += faults_on(library, remembered, asked, topic)
    on_topic = [reason for reason in found if not topic or _is_on(library, topic, reason)]
    return tuple(_line(reason) for reason in _Choice(remembered, topic).chosen(on_topic, most))


def _of_report(
    library: Corpus,
    embedder: CachedEncoder,
    report: Document,
    held: Sequence[Document],
    changed: Iterable[Changes],
) -> Iterator[Reason]:
    """What one report gives reason to ask: what it asks for, unless the next report answers that,
    what it says of what was asked for before, and what it finds."""
    answered = False
    for each in changed:
        if report.name in (each.earlier.document, each.later.document):
            answered = answered or each.earlier.document == report.name
            yield from unanswered(each)
    if not answered:
        yield from still_open(library, embedder, report, after(report, held))
    yield from not_known(library, report)
    yield from criticisms(library, report)


def _of_papers(
    library: Corpus, record: History, held: Sequence[Document], today: date
) -> Iterator[Reason]:
    yield from fallen(library, record)
    yield from promises(library, held, today)
    yield from worse(library, held)
    yield from differing(library, held)


def _changed(
    library: Corpus, embedder: CachedEncoder, record: History, asked: Iterable[Document]
) -> list[Changes]:
    """The changes up to each of the reports asked about, and from it to the next."""
    names = {report.name for report in asked}
    return [
        changes(library, embedder, library.entry(one).document, library.entry(other).document)
        for one, other in succeeding(record)
        if not names.isdisjoint((one, other))
    ]


# ---------------------------------------------------------------- which to ask


def _is_on(library: Corpus, topic: str, reason: Reason) -> bool:
    """Whether a reason is on a topic: by its words, or by its theme where that is the topic."""
    if reason.theme and reason.theme in themes_named(topic):
        return True
    vocabulary = library.vocabulary()
    weighed = weighted_concepts(
        concepts(topic, vocabulary),
        vocabulary.frequencies,
        library.passage_count(),
        frozenset(),
    )
    said = " ".join((reason.matter, *(line.text for line in reason.why)))
    return coverage(weighed, TermSet.of(terms(said))) >= ON_TOPIC


@dataclass(frozen=True, slots=True)
class _Choice:
    """Chooses reasons: the weightiest, no two about one matter, spread over themes and causes.

    What is all on one topic is alike, so its own words do not tell that two matters are one.
    """

    embedder: CachedEncoder
    topic: str

    def chosen(self, found: Sequence[Reason], most: int) -> list[Reason]:
        """At most so many reasons, the weightiest first."""
        self.embedder.prepare(matter_of(reason.matter).name for reason in found)
        chosen: list[Reason] = []
        left = list(found)
        while left and len(chosen) < most:
            best = max(left, key=lambda reason: _worth(reason, chosen))
            left = [reason for reason in left if reason is not best]
            if not any(self._same(best, other) for other in chosen):
                chosen.append(best)
        return sorted(chosen, key=lambda reason: -reason.weight)

    def _same(self, one: Reason, other: Reason) -> bool:
        """Whether two reasons are about one matter; a grade is none of its findings."""
        if Cause.GRADE_FELL in (one.cause, other.cause):
            return one.matter == other.matter
        names = [matter_of(reason.matter).name for reason in (one, other)]
        vectors = self.embedder.encode(names)
        if float(np.dot(*vectors)) >= (SAME_ON_TOPIC if self.topic else SAME_MATTER):
            return True
        idle = aspect_terms() | set(terms(self.topic))
        own, others = (set(content_terms(name)) - idle for name in names)
        return len(own & others) >= SAME_WORDS * max(min(len(own), len(others)), 1)


def _worth(reason: Reason, chosen: Sequence[Reason]) -> float:
    themes = sum(other.theme == reason.theme for other in chosen)
    causes = sum(other.cause is reason.cause for other in chosen)
    return reason.weight - AGAIN * themes - LIKE_IT * causes


def _line(reason: Reason) -> LineOfEnquiry:
    theme = reason.theme or ACROSS
    return LineOfEnquiry(
        _key(reason),
        theme,
        reason.cause,
        reason.question,
        reason.why,
        good_answer(reason.cause, theme, reason.matter),
        follow_ups(theme, reason.item, reason.then),
    )


def _key(reason: Reason) -> str:
    """The same for the same finding of the same document, whatever else is held."""
    told = f"{reason.cause.name}|{reason.source}|{squash(reason.matter)}"
    return blake2b(told.encode(), digest_size=8).hexdigest()
