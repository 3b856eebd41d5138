"""Lines of enquiry: questions for a cabinet member or a director, resting on the documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from rag.library.corpus import Corpus
from rag.library.encoder import Embedder
from rag.library.encoder.word_encoder import WordEncoder
from rag.packs.briefing.themes import newest_reports, themes_named
from rag.packs.enquiry.declines import source_disagreements, worsened_figures
from rag.packs.enquiry.missed_deadlines import missed_promises
from rag.packs.enquiry.reasons import (
    Reason,
    criticisms,
    criticisms_on_topic,
    fallen_grades,
    open_recommendations,
    papers_after,
    unanswered_recommendations,
    unknown_to_leaders,
)
from rag.packs.enquiry.templates import follow_ups, good_answer
from rag.packs.progress.changes import aspect_terms
from rag.packs.progress.topic import recommendation_topic
from rag.packs.request import PackSubject, about_council
from rag.packs.types import Cause, Changes, History, LineOfEnquiry
from rag.question.expansion import concepts
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
    subject: PackSubject,
    record: History,
    changed: Sequence[Changes],
    today: date,
) -> tuple[LineOfEnquiry, ...]:
    """What to ask on a subject, the weightiest first, spread over the themes.

    `record` has the council's inspections, `changed` what changed between those asked about;
    `today` tells which dates have passed.
    """
    encoder = embedder if isinstance(embedder, WordEncoder) else WordEncoder(embedder)
    topic = subject.topic
    about = about_council(library.documents(), subject.council)
    if subject.inspection:
        reports = [d for d in about if d.name == subject.inspection]
    else:
        reports = newest_reports(about)
    reasons: list[Reason] = []
    for report in reports:
        reasons += _of_report(library, encoder, report, about, changed)
    if not subject.inspection:
        reasons += fallen_grades(library, record)
        reasons += missed_promises(library, about, today)
        reasons += worsened_figures(library, about)
        reasons += source_disagreements(library, about)
    if topic:
        reasons += criticisms_on_topic(library, encoder, reports, topic)
        reasons = [reason for reason in reasons if _is_on(library, topic, reason)]
    return tuple(map(_line, _Choice(encoder, topic).chosen(reasons)))


def _of_report(
    library: Corpus,
    embedder: WordEncoder,
    report: Document,
    about: Sequence[Document],
    changed: Sequence[Changes],
) -> Iterator[Reason]:
    """What one report gives reason to ask: what it asks for, unless the next report answers that,
    what it says of what was asked for before, and what it finds."""
    answered = False
    for changes in changed:
        if report.name in (changes.earlier.document, changes.later.document):
            answered = answered or changes.earlier.document == report.name
            yield from unanswered_recommendations(changes)
    if not answered:
        yield from open_recommendations(library, embedder, report, papers_after(report, about))
    yield from unknown_to_leaders(library, report)
    yield from criticisms(library, report)


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
    text = " ".join((reason.matter, *(line.text for line in reason.why)))
    return coverage(weighed, TermSet.of(terms(text))) >= ON_TOPIC


@dataclass(frozen=True, slots=True)
class _Choice:
    """Chooses reasons: the weightiest, no two about one matter, spread over themes and causes.

    What is all on one topic is alike, so its own words do not tell that two matters are one.
    """

    embedder: WordEncoder
    topic: str

    def chosen(self, reasons: Sequence[Reason]) -> list[Reason]:
        """At most so many reasons as a committee has time for, the weightiest first."""
        self.embedder.prepare_words(
            (reason.source, recommendation_topic(reason.matter).name) for reason in reasons
        )
        chosen: list[Reason] = []
        left = list(reasons)
        while left and len(chosen) < MOST:
            best = max(left, key=lambda reason: _worth(reason, chosen))
            left = [reason for reason in left if reason is not best]
            if not any(self._are_one(best, other) for other in chosen):
                chosen.append(best)
        return sorted(chosen, key=lambda reason: -reason.weight)

    def _are_one(self, one: Reason, other: Reason) -> bool:
        """Whether two reasons are about one matter; a grade is none of its findings."""
        if Cause.GRADE_FELL in (one.cause, other.cause):
            return one.matter == other.matter
        name = recommendation_topic(one.matter).name
        other_name = recommendation_topic(other.matter).name
        vector, other_vector = self.embedder.encode([name, other_name])
        if float(vector @ other_vector) >= (SAME_ON_TOPIC if self.topic else SAME_MATTER):
            return True
        idle = aspect_terms() | set(terms(self.topic))
        telling = set(content_terms(name)) - idle
        others_telling = set(content_terms(other_name)) - idle
        least = min(len(telling), len(others_telling))
        return len(telling & others_telling) >= SAME_WORDS * max(least, 1)


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
    finding = f"{reason.cause.name}|{reason.source}|{squash(reason.matter)}"
    return blake2b(finding.encode(), digest_size=8).hexdigest()
