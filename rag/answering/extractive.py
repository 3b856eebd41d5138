"""Answers in the words of the documents: the sentences that answer, from the sources in scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rag.answering.compose import AnswerDraft
from rag.answering.presuppositions import unheld_years
from rag.answering.selection import selected_quotes
from rag.citation.quote import QUOTED_WORDS, Quote, join_neighbours
from rag.library.corpus import Corpus
from rag.question.intent import SPECIFIC, AnswerType, question_parts
from rag.question.scope import Scope, is_about
from rag.retrieval.search import Retrieved, retrieved_for_part
from rag.retrieval.sentence_features import Evidence
from rag.text.lexicon import cue, lists
from rag.types import Kind

SAME_TIME = 0.12
"""Documents whose fit is within this of the best are of the time asked about."""
OLDER_WINS = 0.5
"""A question in the present tense is answered from the newest report alone unless an older one has
a sentence that is better by this, in log odds."""
MOST_FOR_PART = 2
OTHER_VOICE = 1.0
"""Another kind of source is heard when its best sentence is within this of the best of all."""


def extractive_answer(library: Corpus, found: Retrieved) -> AnswerDraft:
    """The sentences that answer; for a question of several parts, the best of each part first."""
    asked = question_parts(found.question)
    if len(asked) < 2:
        return AnswerDraft(tuple(_by_voice(found, pointed(in_scope(found), found.asked))))
    room = QUOTED_WORDS // len(asked)
    chosen = [_for_part(retrieved_for_part(library, found, text), room) for text in asked]
    first = [quotes[0] for quotes in chosen if quotes]
    more = [quote for quotes in chosen for quote in quotes[1:]]
    return AnswerDraft(tuple(join_neighbours([*first, *more])))


def _by_voice(found: Retrieved, evidence: Sequence[Evidence]) -> list[Quote]:
    """The best sentences; where inspectors, the council and the press all have something nearly as
    good to say, some of each, so that a reader sees where they differ."""
    kinds = {d.name: d.description.kind for d in found.documents}
    best: dict[Kind, Evidence] = {}
    for e in evidence:
        # The evidence comes best first.
        best.setdefault(kinds[e.passage.document], e)
    figures = not {AnswerType.NUMBER, AnswerType.PERCENT}.isdisjoint(found.asked)
    heard = [kind for kind, e in best.items() if _is_heard(e, evidence[0], figures)]
    if len(heard) < 2:
        return selected_quotes(evidence)
    room = QUOTED_WORDS // len(heard)
    chosen = [
        selected_quotes(
            [e for e in evidence if kinds[e.passage.document] is kind],
            room,
            most=2,
            leaning=nth == 0,
        )
        for nth, kind in enumerate(heard)
    ]
    first = [quotes[0] for quotes in chosen if quotes]
    return join_neighbours([*first, *(quote for quotes in chosen for quote in quotes[1:])])


def _is_heard(evidence: Evidence, best: Evidence, figures: bool) -> bool:
    """Whether a voice's best sentence is nearly as good as the best of all; for a figure, also as
    much to the point: that of one thing says nothing to that of another."""
    nearly = evidence.score > best.score - OTHER_VOICE
    return nearly and (not figures or evidence.features["covered"] >= best.features["covered"])


def _for_part(part: Retrieved, room: int) -> list[Quote]:
    return selected_quotes(pointed(in_scope(part), part.asked), room, most=MOST_FOR_PART)


def pointed(evidence: Sequence[Evidence], asked: Iterable[AnswerType]) -> list[Evidence]:
    """The sentences that hold the kind of thing asked for; all of them when nothing special is."""
    kinds = SPECIFIC.intersection(asked)
    if not kinds:
        return list(evidence)
    whole = of_answer_type(evidence)
    if whole or AnswerType.COMING in kinds:
        return whole
    return [e for e in evidence if e.features["typed"] > 0]


def of_answer_type(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The sentences that hold every kind of thing asked for."""
    return [e for e in evidence if e.features["typed"] == 1.0]


def in_scope(found: Retrieved) -> list[Evidence]:
    """Evidence from documents of the council and time asked about, or that tells of that time."""
    about = {d.name for d in found.documents if is_about(found.scope, d)}
    best = max((found.fit.get(name, 0.0) for name in about), default=0.0)
    within = {name for name in about if found.fit.get(name, 0.0) > best - SAME_TIME}
    evidence = _of_kind(found, [e for e in found.quotable if e.passage.document in about])
    timely = [e for e in evidence if e.passage.document in within]
    if found.scope.years:
        unheld = unheld_years(found.scope, found.documents)
        return [e for e in evidence if _tells_of(unheld, e)] or timely
    return timely if _newest_will_do(found.scope, timely, evidence) else evidence


def _of_kind(found: Retrieved, evidence: list[Evidence]) -> list[Evidence]:
    """Where the question names a council's paper or the press, what those say, if anything."""
    named = found.scope.kinds - {Kind.INSPECTION_REPORT}
    if cue(lists.Scope.INSPECTORS_TOO).search(found.question):
        return evidence
    names = {d.name for d in found.documents if d.description.kind in named}
    return [e for e in evidence if e.passage.document in names] or evidence


def _newest_will_do(scope: Scope, timely: Sequence[Evidence], evidence: Sequence[Evidence]) -> bool:
    if scope.latest or not (scope.present and scope.councils):
        return scope.latest
    return _best_score(timely) > _best_score(evidence) - OLDER_WINS


def _best_score(evidence: Sequence[Evidence]) -> float:
    return max((e.score for e in evidence), default=0.0)


def _tells_of(years: Collection[int], evidence: Evidence) -> bool:
    return any(str(year) in evidence.passage.text for year in years)
