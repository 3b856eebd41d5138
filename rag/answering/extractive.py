"""Answers in the words of the documents: the sentences that answer, from the sources in scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rag.answering.compose import AnswerDraft
from rag.answering.presuppositions import unheld_years
from rag.answering.replies import with_replies
from rag.answering.selection import Candidate, candidates_among, in_turn, selected_quotes
from rag.citation.quote import QUOTED_WORDS, Quote, join_neighbours
from rag.library.corpus import Corpus
from rag.question.held import held_documents
from rag.question.intent import FIGURES, Intent
from rag.question.scope import Scope, is_about, places_in_scope
from rag.retrieval.judged import Place
from rag.retrieval.search import Retrieved, retrieved_for_part
from rag.retrieval.sentence_features import Evidence
from rag.types import Document, Kind

SAME_TIME = 0.12
"""Documents whose fit is within this of the best are of the time asked about."""
OLDER_WINS = 0.5
"""A question in the present tense is answered from the newest report alone unless an older one has
a sentence that is better by this, in log odds."""
MOST_CANDIDATES = 24
"""How many sentences are offered to whoever else may choose."""
SURELY = 1.0
"""... or unless the newest has none of which the judge says more than this, in log odds."""
MOST_FOR_PART = 2
MOST_OF_VOICE = 2
OTHER_VOICE = 1.0
"""Another kind of source is heard when its best sentence is within this of the best of all."""


def extractive_answer(library: Corpus, retrieved: Retrieved) -> AnswerDraft:
    """The sentences that answer; for a question of several parts, the best of each part first."""
    parts = retrieved.question.parts
    if len(parts) < 2:
        quotes = _by_voice(retrieved)
        return AnswerDraft(tuple(with_replies(library, retrieved, quotes)), by_weight=True)
    room = QUOTED_WORDS // len(parts)
    groups: list[list[Quote]] = []
    for text in parts:
        part = retrieved_for_part(retrieved, text)
        groups.append(selected_quotes(in_scope(part), room, most=MOST_FOR_PART))
    quotes = join_neighbours(in_turn(groups))
    return AnswerDraft(tuple(with_replies(library, retrieved, quotes)), by_weight=True)


def candidates(retrieved: Retrieved) -> list[Candidate]:
    """What an extractive answer is chosen from, the likeliest first, for another to choose from: at
    most MOST_CANDIDATES; for a question of several parts some of each."""
    parts = retrieved.question.parts
    if len(parts) < 2:
        return candidates_among(in_scope(retrieved), MOST_CANDIDATES)
    found: dict[Place, Candidate] = {}
    for text in parts:
        part = in_scope(retrieved_for_part(retrieved, text))
        for each in candidates_among(part, MOST_CANDIDATES // len(parts)):
            found.setdefault(each.place, each)
    return list(found.values())


def _by_voice(retrieved: Retrieved) -> list[Quote]:
    """The best sentences; where inspectors, the council and the press all have something nearly as
    good to say, some of each, so that a reader sees where they differ."""
    evidence = in_scope(retrieved)
    documents = held_documents(retrieved.documents).by_name
    by_kind: dict[Kind, list[Evidence]] = {}
    for sentence in evidence:
        kind = documents[sentence.passage.document].description.kind
        by_kind.setdefault(kind, []).append(sentence)
    figures = retrieved.question.asks_for(*FIGURES)
    heard = [own for own in by_kind.values() if _is_heard(own[0], evidence[0], figures)]
    if len(heard) < 2:
        return selected_quotes(evidence)
    room = QUOTED_WORDS // len(heard)
    groups: list[list[Quote]] = []
    for own in heard:
        groups.append(selected_quotes(own, room, most=MOST_OF_VOICE, leaning=not groups))
    return join_neighbours(in_turn(groups))


def _is_heard(evidence: Evidence, best: Evidence, figures: bool) -> bool:
    """Whether a voice's best sentence is nearly as good as the best of all; for a figure, also as
    much to the point: that of one thing says nothing to that of another."""
    nearly = evidence.score > best.score - OTHER_VOICE
    return nearly and (not figures or evidence.features["covered"] >= best.features["covered"])


def of_answer_type(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The sentences that hold every kind of thing asked for."""
    return [sentence for sentence in evidence if sentence.features["typed"] == 1.0]


# ---------------------------------------------------------------- in scope


def in_scope(retrieved: Retrieved) -> list[Evidence]:
    """Evidence from documents of the council and time asked about, or that tells of that time."""
    scope = retrieved.scope
    held = held_documents(retrieved.documents)
    quotable = [e for e in retrieved.quotable if is_about(scope, held.by_name[e.passage.document])]
    evidence = _of_kind(retrieved, quotable)
    fitting = retrieved.best_fitting(places_in_scope(scope, held), SAME_TIME)
    timely = _of_documents(evidence, fitting)
    if scope.years:
        return list(_telling_of(unheld_years(scope, retrieved.documents), evidence)) or timely
    return timely if _newest_will_do(scope, timely, evidence) else evidence


def _telling_of(years: Iterable[int], evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    written = [str(year) for year in years]
    for sentence in evidence:
        if any(year in sentence.passage.text for year in written):
            yield sentence


def _of_documents(evidence: Iterable[Evidence], documents: Iterable[Document]) -> list[Evidence]:
    names = {document.name for document in documents}
    return [sentence for sentence in evidence if sentence.passage.document in names]


def _of_kind(retrieved: Retrieved, evidence: list[Evidence]) -> list[Evidence]:
    """Where the question names a council's paper or the press, what those say, if anything."""
    if retrieved.question.wants(Intent.INSPECTORS_TOO):
        return evidence
    kinds = retrieved.scope.kinds - {Kind.INSPECTION_REPORT}
    held = held_documents(retrieved.documents).by_name
    of_kind = [e for e in evidence if held[e.passage.document].description.kind in kinds]
    return of_kind or evidence


def _newest_will_do(scope: Scope, timely: Sequence[Evidence], evidence: Sequence[Evidence]) -> bool:
    """Whether the newest source is enough; the evidence comes best first."""
    if scope.latest or not (scope.present and scope.councils):
        return scope.latest
    if any(sentence.answers is not None and sentence.answers > SURELY for sentence in timely[:1]):
        return True
    best = evidence[0].score if evidence else 0.0
    return (timely[0].score if timely else 0.0) > best - OLDER_WINS
