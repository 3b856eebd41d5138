"""What a question takes for granted, held against what the documents say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import numpy as np

from rag.inspection.grades import Judgement
from rag.question.held import NOWHERE, held_documents
from rag.question.presuppositions import Movement, SupposedGrade, SupposedStatement
from rag.question.scope import Scope, places_in_scope
from rag.text.lexicon import any_of, cue, lists
from rag.text.people import untitled
from rag.text.tokens import content_terms
from rag.types import Description, Document, Kind

_POSSESSIVE = re.compile(r"['\u2019]s$")


def unknown_names(names: Iterable[str], is_mentioned: Callable[[str], bool]) -> tuple[str, ...]:
    """Those of the people and bodies that no document mentions.

    `is_mentioned` tells whether some passage has some words side by side. A body may be called by
    words that documents set apart; a person may not.
    """
    return tuple(name for name in names if not _is_known(_POSSESSIVE.sub("", name), is_mentioned))


def _is_known(name: str, is_mentioned: Callable[[str], bool]) -> bool:
    if is_mentioned(untitled(name)):
        return True
    is_body = cue(lists.Names.NO_PERSON).search(name) is not None
    return is_body and all(map(is_mentioned, name.split()))


def unheld_years(scope: Scope, documents: Sequence[Document]) -> tuple[int, ...]:
    """The years asked about of which no document in the scope's councils is."""
    if not scope.years:
        return ()
    held = held_documents(documents)
    about = places_in_scope(scope, held)
    of_year = {year: held.of_year.get(year, NOWHERE) for year in scope.years}
    return tuple(year for year in scope.years if not np.isin(of_year[year], about).any())


def future_years(
    years: Iterable[int], documents: Sequence[Document], today: date, *, to_come: bool
) -> tuple[int, ...]:
    """Those of the years that lie after every document held and are yet to come, or that a question
    speaks of as `to_come`."""
    newest = (held_documents(documents).latest or today).year
    first = newest + 1 if to_come else max(newest + 1, today.year)
    return tuple(year for year in years if year >= first)


def is_wrong_grade(supposed: SupposedGrade, now: Judgement, before: Judgement | None) -> bool:
    """Whether a grade, or a rise or fall, that is taken for granted did not happen.

    `now` is the grade of the area asked about in the document asked about, `before` that of the
    inspection it is measured against.
    """
    if supposed.moved is None:
        stated = supposed.stated
        return stated is not None and before is None and not now.grade.is_called(stated)
    if before and _did_not_move(supposed, now, before):
        return True
    return supposed.reached is not None and not now.grade.is_called(supposed.reached)


def _did_not_move(supposed: SupposedGrade, now: Judgement, before: Judgement) -> bool:
    if now.rank == before.rank:
        return supposed.names_grade
    return (now.rank < before.rank) is not (supposed.moved is Movement.DOWN)


def is_given_nowhere(grade: str | None, judgements: Iterable[Judgement]) -> bool:
    """Whether a grade is taken for granted that none of the judgements gives."""
    return grade is not None and not any(row.grade.is_called(grade) for row in judgements)


def is_resignation_told(name: str, texts: Iterable[str]) -> bool:
    """Whether a text says that someone gave up a post, and none that tells of it denies it."""
    surname = re.compile(rf"\b{re.escape(name.split()[-1])}\b")
    for text in texts:
        telling = surname.search(text) and cue(lists.Premises.RESIGNED).search(text)
        if telling and not cue(lists.Premises.NOT_SO).search(text):
            return True
    return False


def is_own_paper(statement: SupposedStatement, about: Description) -> bool:
    """Whether a document is the speaker's own, as its title or publisher tells: the minutes of a
    committee name the committee there and nowhere else."""
    named = set(content_terms(f"{about.title} {about.publisher or ''}"))
    return about.kind is not Kind.NEWS and named.issuperset(content_terms(statement.speaker[-1]))


def is_act_told(statement: SupposedStatement, texts: Iterable[str]) -> bool:
    """Whether a text of the speaker's own tells of the act, whoever is named beside it."""
    act = re.compile(rf"\b{any_of(statement.act)}\b", re.IGNORECASE)
    return any(act.search(text) for text in texts)


def is_statement_told(statement: SupposedStatement, texts: Iterable[str]) -> bool:
    """Whether a text tells of what someone said or decided: the speaker's name must come before
    the act in the same sentence."""
    telling = re.compile(
        rf"\b{re.escape(statement.speaker[-1])}\b.{{0,80}}?\b{any_of(statement.act)}\b",
        re.IGNORECASE,
    )
    return any(telling.search(text) for text in texts)
