"""When the documents do not say: the reasons to refuse, each saying which part was not found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.answering.compose import AnswerDraft
from rag.answering.presuppositions import (
    future_years,
    given_nowhere,
    unheld_years,
    unknown_names,
    unresigned,
    unspoken,
    wrong_grade,
)
from rag.inspection.grades import Area, areas_meant, tells_outcome
from rag.inspection.reports import grades_of
from rag.library.corpus import Corpus
from rag.question.filters import among
from rag.question.intent import SPECIFIC, AnswerType
from rag.question.scope import share_council, time_order
from rag.question.sentiment import presumes_praise
from rag.retrieval.search import Retrieved, fitting_reports
from rag.retrieval.sentence_features import Evidence
from rag.text.lexicon import cue, lists
from rag.text.tokens import terms
from rag.types import Document, Searched

NOT_SAID = "The documents do not say."
NOTHING = "Nothing in them bears on this question."
CRITICAL = "They do not report the praise that the question supposes."
THIN = 0.12
"""Below this share of the question's weight in every quoted sentence, all are beside the point."""
THIN_SUM = 0.4
"""The same for sums of money, of which a report names few and a wrong one does most harm."""
NEAR_ENOUGH = 0.7
"""A cosine from which a passage bears on the question though it shares no words with it."""
THINGS = {
    AnswerType.PERCENT: "percentage",
    AnswerType.MONEY: "sum of money",
    AnswerType.DURATION: "length of time",
    AnswerType.NUMBER: "figure",
    AnswerType.DATE: "date",
    AnswerType.PERSON: "name",
    AnswerType.COMING: "date to come",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered, in one sentence."""

    reason: str

    def text(self, searched: Searched) -> str:
        """The refusal as shown, with what was searched."""
        noun, verb = ("document", "was") if searched.documents == 1 else ("documents", "were")
        years = ""
        if searched.earliest and searched.latest:
            years = f" of {searched.earliest.year} to {searched.latest.year}"
        return f"{NOT_SAID} {self.reason} {searched.documents} {noun}{years} {verb} searched."


# ---------------------------------------------------------------- before any evidence is read


def refusal_before_search(library: Corpus, found: Retrieved) -> Refusal | None:
    """Reasons that stand before any evidence is read: an absent council, person or year."""
    scope, where = found.scope, among(found.filters)
    if scope.absent and not scope.councils:
        return Refusal(f"No document {where} is about {_listed(scope.absent)}.")
    strangers = _strangers(library, found)
    if strangers:
        return Refusal(f"No document {where} mentions {_listed(strangers)}.")
    future = future_years(found.question, scope, found.documents, date.today())
    if future:
        return Refusal(f"No document {where} is from {future[0]} or looks that far ahead.")
    return None


def _strangers(library: Corpus, found: Retrieved) -> tuple[str, ...]:
    held = (c for d in found.documents for c in d.description.councils)
    councils = [*held, *found.scope.aside_names]

    def spoken(name: str) -> bool:
        return bool(library.matching([" ".join(terms(name))], 1))

    return unknown_names(found.question, spoken, councils)


# ---------------------------------------------------------------- in view of the draft


def refusal_after_search(library: Corpus, found: Retrieved, made: AnswerDraft) -> Refusal | None:
    """Reasons that show in the evidence: a wrong year, a false premise, or nothing to the point."""
    if not made.quotes:
        return Refusal(_lacking(found))
    return (
        _wrong_year(found, made)
        or _false_grade(library, found)
        or _false_liking(found, made)
        or _untold(found)
        or _no_grade(found, made)
        or _did_not_resign(found)
        or _too_thin(found, made)
    )


def _wrong_year(found: Retrieved, made: AnswerDraft) -> Refusal | None:
    quoted = " ".join(quote.passage.text for quote in made.quotes)
    for year in unheld_years(found.scope, found.documents):
        told = _tells_grade_of if AnswerType.GRADE in found.asked else _tells_of
        if not told(year, quoted):
            return Refusal(_no_document(found, year))
    return None


def _tells_of(year: int, text: str) -> bool:
    return bool(re.search(rf"\b{year}\b|\b\d{{4}}[-\u2013]{year % 100:02d}\b", text))


_ANY_GRADE = r"\b(?:outstanding|good|adequate|inadequate|requir\w+ improvement)\b"


def _tells_grade_of(year: int, text: str) -> bool:
    """Whether a grade stands near the year: in its sentence, or in the one after."""
    near = rf"\b{year}\b[^.]*(?:\.[^.]*)?{_ANY_GRADE}|{_ANY_GRADE}[^.]*\b{year}\b"
    return bool(re.search(near, text, re.IGNORECASE))


def _no_document(found: Retrieved, year: int) -> str:
    councils = found.scope.councils
    about = f" about {_listed(councils)}" if councils else ""
    of_councils = (d for d in found.documents if share_council(councils, d))
    held = sorted({day.year for d in of_councils if (day := d.description.speaks_for)})
    where, holds = "held", "The library holds"
    if found.filters.narrows:
        where, holds = "among those that the filter lets through", "It lets through"
    told = f"No document{about} of {year} that tells this is {where}."
    years = _listed([str(each) for each in held]) if held else ""
    return f"{told} {holds} documents{about} of {years}." if held else told


def _false_grade(library: Corpus, found: Retrieved) -> Refusal | None:
    """A question may not take for granted a grade that the reports do not give."""
    graded = _graded(library, found)
    fitting = [d for d in fitting_reports(found) if d in graded]
    if not fitting:
        return None
    area = areas_meant(found.question)[0]
    latest = graded[-1] if found.scope.since else fitting[-1]
    earlier = [d for d in graded if time_order(d) < time_order(latest)]
    now = grades_of(library, latest).get(area)
    past = grades_of(library, earlier[-1]).get(area) if earlier else None
    if now is None and given_nowhere(found.question, grades_of(library, latest).values()):
        return Refusal(f"The report of {time_order(latest).year} gives no such grade.")
    if now is None or not wrong_grade(found.question, now, past):
        return None
    name = "overall grade" if area is Area.OVERALL else f"grade for {area.value}"
    was = f"; in {time_order(earlier[-1]).year} it was {past.grade}" if past else ""
    told = f"the {name} in {time_order(latest).year} was {now.grade}{was}"
    return Refusal(f"They do not bear out the question: {told}.")


def _graded(library: Corpus, found: Retrieved) -> list[Document]:
    """The documents about the question's councils that give grades, oldest first."""
    about = (d for d in found.documents if share_council(found.scope.councils, d))
    return sorted((d for d in about if grades_of(library, d)), key=time_order)


def _false_liking(found: Retrieved, made: AnswerDraft) -> Refusal | None:
    if presumes_praise(found.question, [quote.text for quote in made.quotes]):
        return Refusal(CRITICAL)
    return None


def _no_grade(found: Retrieved, made: AnswerDraft) -> Refusal | None:
    """A question of grades is not answered by sentences that give none."""
    if (
        made.sure
        or found.asked != (AnswerType.GRADE,)
        or cue(lists.Premises.WHY).search(found.question)
    ):
        return None
    quoted = " ".join(quote.text for quote in made.quotes)
    given = re.search(_ANY_GRADE, quoted, re.IGNORECASE) or tells_outcome(quoted)
    return None if given else Refusal("They give no judgement of this.")


def _did_not_resign(found: Retrieved) -> Refusal | None:
    """A question may not take for granted that someone gave up a post."""
    name = unresigned(found.question, (e.sentence.text for e in found.quotable))
    return Refusal(f"They do not say that {name} gave up a post.") if name else None


def _untold(found: Retrieved) -> Refusal | None:
    untold = unspoken(found.question, (e.sentence.text for e in found.quotable))
    return Refusal(f"They do not report {untold}.") if untold else None


def _too_thin(found: Retrieved, made: AnswerDraft) -> Refusal | None:
    """Sentences chosen by weight must hold what was asked for, and bear on the question."""
    chosen = _chosen(found, made)
    if made.sure or not chosen or SPECIFIC.isdisjoint(found.asked):
        return None
    if all(e.features["typed"] == 0 for e in chosen):
        return Refusal(_lacking(found))
    if all(e.features["counted"] == 0 for e in chosen):
        return Refusal("They give no figure for this.")
    if AnswerType.MONEY in found.asked and all(e.features["around"] < THIN_SUM for e in chosen):
        return Refusal("They give no sum of money for this.")
    if all(_is_beside_the_point(e) for e in chosen):
        return Refusal(_lacking(found))
    return None


def _is_beside_the_point(evidence: Evidence) -> bool:
    return evidence.features["covered"] < THIN and evidence.features["cosine"] < NEAR_ENOUGH


def _lacking(found: Retrieved) -> str:
    """The kind of thing that was not found."""
    thing = next((THINGS[kind] for kind in found.asked if kind in THINGS), None)
    return f"They give no {thing} for this." if thing else NOTHING


def _chosen(found: Retrieved, made: AnswerDraft) -> list[Evidence]:
    """The evidence that was quoted; empty when the quotes are grades or lists, not evidence."""
    places = {(*q.place, n) for q in made.quotes for n in range(q.first, q.last + 1)}
    return [e for e in found.quotable if (e.passage.document, e.passage.number, e.index) in places]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"
