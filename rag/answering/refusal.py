"""An answer, or a refusal: every reason to refuse, each saying which part was not found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answering.compose import AnswerDraft, ComposedAnswer
from rag.answering.matters import names_matter, names_nothing, names_one
from rag.answering.own_replies import (
    councils_named,
    is_of_nothing_held,
    own_reply,
)
from rag.answering.presuppositions import (
    future_years,
    is_act_told,
    is_given_nowhere,
    is_own_paper,
    is_resignation_told,
    is_statement_told,
    is_wrong_grade,
    unheld_years,
    unknown_names,
)
from rag.answering.selection import judged_answers
from rag.answering.strategies import answer_draft, composed_answer
from rag.inspection.grades import NAMED_GRADE, tells_outcome
from rag.inspection.movement import of_one_scale
from rag.inspection.reports import grades_of
from rag.judge.port import Polarity
from rag.judge.thresholds import ANSWERS
from rag.library.corpus import Corpus
from rag.listing import listed
from rag.question.filters import Filters, among, filter_words, none_left
from rag.question.held import held_documents
from rag.question.intent import AnswerType, Intent
from rag.question.scope import documents_about, time_order
from rag.question.sentiment import praises
from rag.retrieval.search import Retrieved, answers_of, fitting_reports, polarities_of
from rag.text.lexicon import lists
from rag.text.tokens import terms
from rag.types import Answer, Citation, Document, Kind, Searched

NOTHING = "Nothing in them bears on this question."
NOT_SAID = "The documents do not say."
OUT_OF_TIME = "The time allowed for an answer was over before everything was read."
EMPTY = "The library is empty: add documents with `scrutiny ingest`, then ask again."
_UNGRADED = "They give no judgement of this."
_CRITICAL = "They do not report the praise that the question supposes."
_THINGS = {
    AnswerType.PERCENT: "percentage",
    AnswerType.MONEY: "sum of money",
    AnswerType.DURATION: "length of time",
    AnswerType.NUMBER: "figure",
    AnswerType.DATE: "date",
    AnswerType.PERSON: "name",
    AnswerType.COMING: "date to come",
}
_OF_SEVERAL_GRADES = (
    Intent.REASONS, Intent.COUNCILS, Intent.WHICH_AREAS, Intent.BETTER, Intent.WORSE,
    Intent.OTHER_GRADES, Intent.EXTREME,
)  # fmt: skip
_REPLIES = frozenset({lists.Told.REPLIED, lists.Told.REACTED, lists.Told.ANSWERED})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered, in one sentence."""

    reason: str
    of_all: bool = True
    """Whether all that was found was read, so that the documents can be said not to tell."""
    choices: tuple[str, ...] = ()
    """The councils of which one is to be named."""

    def text(self, searched: Searched) -> str:
        """The refusal as shown, with what was searched; the reason alone where nothing was."""
        if not (searched.documents and self.of_all):
            return self.reason
        noun, verb = ("document", "was") if searched.documents == 1 else ("documents", "were")
        years = ""
        if searched.earliest and searched.latest:
            years = f" of {searched.earliest.year} to {searched.latest.year}"
        return f"{NOT_SAID} {self.reason} {searched.documents} {noun}{years} {verb} searched."

    def answer(self, searched: Searched, nearest: tuple[Citation, ...] = ()) -> Answer:
        """The answer that says so, with the passages `nearest` to the question."""
        text = self.text(searched)
        return Answer("", False, text, (), (), searched, nearest, choices=self.choices)


def out_of_time() -> Refusal:
    """What is told where no answer was found in the time allowed."""
    ask = "Ask of one council or one year, or keep to one document."
    return Refusal(f"{OUT_OF_TIME} {ask}", of_all=False)


def nothing_to_search(filters: Filters, documents: Sequence[Document]) -> Answer:
    """The refusal where no document may be looked at: none of those held (`documents`) passes the
    filter, or none is held."""
    refusal = Refusal(none_left(filters) if documents else EMPTY)
    return refusal.answer(Searched(0, None, None, "", filters=filter_words(filters)))


def answer_or_refusal(library: Corpus, retrieved: Retrieved) -> ComposedAnswer | Refusal:
    """The answer in quotes, or why there is none."""
    refusal = _refusal_before_evidence(library, retrieved)
    if refusal:
        return refusal
    draft = answer_draft(library, retrieved)
    refusal = _refusal_of_draft(library, retrieved, draft)
    if refusal:
        return refusal
    composed = composed_answer(library, draft)
    # A quote that does not stand on its page is left out, and that may have been the last.
    return composed if composed.citations else Refusal(NOTHING)


# ---------------------------------------------------------------- before any evidence is read


def _refusal_before_evidence(library: Corpus, retrieved: Retrieved) -> Refusal | None:
    """Reasons that stand before any evidence is read: an absent council, person or year."""
    scope, supposed = retrieved.scope, retrieved.question.presuppositions
    where = among(retrieved.filters)
    if reply := own_reply(retrieved):
        return Refusal(reply, of_all=False)
    if is_of_nothing_held(library, retrieved):
        return Refusal(NOTHING)
    if scope.absent and (not scope.councils or retrieved.question.wants(Intent.COMPARISON)):
        return Refusal(f"No document {where} is about {listed(scope.absent)}.")

    def is_mentioned(name: str) -> bool:
        return bool(library.matching([" ".join(terms(name))], 1))

    strangers = unknown_names(supposed.names, is_mentioned)
    strangers += _unheld_words(library, retrieved, supposed.lone_names)
    if strangers:
        return Refusal(f"No document {where} mentions {listed(strangers)}.")
    if names_nothing(library, retrieved):
        return _which_council(retrieved)
    future = future_years(
        scope.years, retrieved.documents, date.today(), to_come=supposed.years_to_come
    )
    if future:
        return Refusal(f"No document {where} is from {future[0]} or looks that far ahead.")
    return None


def _which_council(retrieved: Retrieved) -> Refusal:
    """What is asked back where a question of the whole does not say of which council."""
    councils = tuple(sorted(held_documents(retrieved.documents).councils))
    told = f"There are documents {among(retrieved.filters)} about {councils_named(councils)}."
    return Refusal(f"Which council is meant? {told}", of_all=False, choices=councils)


def _unheld_words(library: Corpus, retrieved: Retrieved, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names of one word that stand in no document, nor in what is known of one, and
    are no slip of a word that does."""
    unheld: list[str] = []
    for name in names:
        if not any(library.vocabulary().corrected(term) for term in terms(name)):
            unheld.append(name)
    if not unheld:
        return ()
    about = [document.description for document in retrieved.documents]
    described = " ".join(f"{each.title} {each.publisher} {each.agency}" for each in about)
    return tuple(name for name in unheld if name.casefold() not in described.casefold())


# ---------------------------------------------------------------- in view of the draft


def _refusal_of_draft(library: Corpus, retrieved: Retrieved, draft: AnswerDraft) -> Refusal | None:
    """Reasons that show in the evidence: nothing to quote, for the whole of a question or one side
    of a comparison; a wrong year; a false premise; or nothing to the point."""
    if not draft.quotes:
        return Refusal(draft.lacking or _lacking(retrieved))
    return (
        _wrong_year(retrieved, draft)
        or _false_grade(library, retrieved)
        or _false_praise(library, retrieved, draft)
        or _untold_statement(retrieved)
        or _no_grade(retrieved, draft)
        or _grade_of_another(library, retrieved, draft)
        or _untold_resignation(retrieved)
        or _too_thin(retrieved, draft)
    )


def _wrong_year(retrieved: Retrieved, draft: AnswerDraft) -> Refusal | None:
    """A year of which nothing is held must be told of in what is quoted."""
    quoted = " ".join(quote.passage.text for quote in draft.quotes)
    for year in unheld_years(retrieved.scope, retrieved.documents):
        telling = rf"\b{year}\b|\b\d{{4}}[-\u2013]{year % 100:02d}\b"
        if retrieved.question.asks_for(AnswerType.GRADE):
            # A grade stands near the year: in its sentence, or in the one after.
            grade = NAMED_GRADE.pattern
            telling = rf"\b{year}\b[^.]*(?:\.[^.]*)?{grade}|{grade}[^.]*\b{year}\b"
        if not re.search(telling, quoted, re.IGNORECASE):
            return Refusal(_no_document(retrieved, year))
    return None


def _no_document(retrieved: Retrieved, year: int) -> str:
    councils = retrieved.scope.councils
    about = f" about {listed(councils)}" if councils else ""
    where, holds = "held", "The library holds"
    if retrieved.filters.narrows:
        where, holds = "among those that the filter lets through", "It lets through"
    reason = f"No document{about} of {year} that tells this is {where}."
    held = held_documents(retrieved.documents)
    years = list(map(str, held.years_of(held.about(councils))))
    return f"{reason} {holds} documents{about} of {listed(years)}." if years else reason


def _false_grade(library: Corpus, retrieved: Retrieved) -> Refusal | None:
    """A question may not take for granted a grade that the reports do not give."""
    supposed, area = retrieved.question.presuppositions.grade, retrieved.question.areas_meant[0]
    if supposed is None:
        return None
    graded = _graded(library, retrieved)
    fitting = [document for document in fitting_reports(retrieved) if document in graded]
    if not fitting:
        return None
    latest = graded[-1] if retrieved.scope.since else max(fitting, key=time_order)
    grades, year = grades_of(library, latest), time_order(latest).year
    now = grades.get(area)
    if now is None:
        if is_given_nowhere(supposed.reached, grades.values()):
            return Refusal(f"The report of {year} gives no such grade.")
        every = [row for each in graded for row in grades_of(library, each).values()]
        if is_given_nowhere(supposed.stated, every):
            return Refusal("No report held gives such a grade.")
        return None
    before, was = None, ""
    for document in graded:
        earlier = grades_of(library, document).get(area)
        if earlier is None or not of_one_scale([earlier, now]):
            continue
        if time_order(document) < time_order(latest):
            before = earlier
            was = f"; in {time_order(document).year} it was {before.grade.word}"
    if not is_wrong_grade(supposed, now, before):
        return None
    told = f"the {now.grade.framework.grade_for(area)} in {year} was {now.grade.word}{was}"
    return Refusal(f"They do not bear out the question: {told}.")


def _graded(library: Corpus, retrieved: Retrieved) -> list[Document]:
    """The documents about the question's councils that give grades, oldest first."""
    graded: list[Document] = []
    about = documents_about(retrieved.scope.councils, retrieved.documents)
    for document in sorted(about, key=time_order):
        if grades_of(library, document):
            graded.append(document)
    return graded


def _false_praise(library: Corpus, retrieved: Retrieved, draft: AnswerDraft) -> Refusal | None:
    """A question may not take for granted that something was liked, where no quote praises: by the
    judge, which knows how reports praise, or by its words."""
    if not retrieved.question.presuppositions.praise:
        return None
    held = held_documents(retrieved.documents).by_name
    inspected = [
        quote
        for quote in draft.quotes
        if held[quote.passage.document].description.kind is Kind.INSPECTION_REPORT
    ]
    meant = polarities_of(library, retrieved, inspected)
    if any(polarity in (Polarity.STRENGTH, Polarity.MIXED) for polarity in meant):
        return None
    return None if any(praises(quote.text) for quote in draft.quotes) else Refusal(_CRITICAL)


def _untold_statement(retrieved: Retrieved) -> Refusal | None:
    """A question may not take for granted that someone replied or decided."""
    statement = retrieved.question.presuppositions.statement
    if statement is None or is_statement_told(statement, _texts(retrieved)):
        return None
    held = held_documents(retrieved.documents).by_name
    texts: list[str] = []
    for hit in retrieved.hits:
        if is_own_paper(statement, held[hit.passage.document].description):
            texts.append(hit.passage.text)
    if is_act_told(statement, texts):
        return None
    verb = "replied" if statement.act in _REPLIES else "decided"
    return Refusal(f"They do not report what {' '.join(statement.speaker)} {verb}.")


def _untold_resignation(retrieved: Retrieved) -> Refusal | None:
    """A question may not take for granted that someone gave up a post."""
    name = retrieved.question.presuppositions.resigned
    if not name or is_resignation_told(name, _texts(retrieved)):
        return None
    return Refusal(f"They do not say that {name} gave up a post.")


def _texts(retrieved: Retrieved) -> list[str]:
    return [evidence.sentence.text for evidence in retrieved.quotable]


def _no_grade(retrieved: Retrieved, draft: AnswerDraft) -> Refusal | None:
    """A question of grades is not answered by sentences that give none."""
    question = retrieved.question
    grades_alone = question.answer_types == (AnswerType.GRADE,)
    if draft.sure or not grades_alone or question.wants(Intent.REASONS):
        return None
    quoted = " ".join(quote.text for quote in draft.quotes)
    if NAMED_GRADE.search(quoted) or tells_outcome(quoted):
        return None
    return Refusal(_UNGRADED)


def _grade_of_another(library: Corpus, retrieved: Retrieved, draft: AnswerDraft) -> Refusal | None:
    """The grade of the whole is not that of a matter which is asked about, by the judge's word."""
    question = retrieved.question
    asked = draft.sure and question.asks_for(AnswerType.GRADE)
    if not asked or question.parts_judged or question.wants(*_OF_SEVERAL_GRADES):
        return None
    if len(draft.quotes) > 1 or not names_one(retrieved):
        return None
    if not names_matter(library, retrieved, in_main_clause=True):
        return None
    answers = answers_of(library, retrieved, draft.quotes, question.main_clause)
    return Refusal(_UNGRADED) if answers and max(answers) < ANSWERS else None


def _too_thin(retrieved: Retrieved, draft: AnswerDraft) -> Refusal | None:
    """Sentences chosen by weight must answer, by the judge's word on the best of them."""
    if draft.sure:
        return None
    answers = draft.answers or judged_answers(retrieved.quotable, draft.quotes)
    return Refusal(NOTHING) if answers and max(answers) < ANSWERS else None


def _lacking(retrieved: Retrieved) -> str:
    """The kind of thing that was not found."""
    for kind in retrieved.question.answer_types:
        if kind in _THINGS:
            return f"They give no {_THINGS[kind]} for this."
    return NOTHING
