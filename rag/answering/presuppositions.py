"""What a question takes for granted, held against what the library knows: the reasons to refuse."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from rag.inspection.grades import GRADE, RANKS, Judgement, full_grade, grades_named
from rag.question.scope import Scope, is_about
from rag.text.lexicon import any_of, cue, lists, words
from rag.text.tokens import STOP
from rag.types import Document

# ---------------------------------------------------------------- people and bodies

_CAPITAL = r"(?:[A-Z][a-z\u2019'-]{2,}|Mc[A-Z][a-z]+|O['\u2019][A-Z][a-z]+)"
_NAME = re.compile(rf"\b{_CAPITAL}(?: {_CAPITAL})+")
_POSSESSIVE = re.compile(r"['\u2019]s$")


def unknown_names(
    question: str, spoken: Callable[[str], bool], councils: Sequence[str]
) -> tuple[str, ...]:
    """People and bodies that the question names and no document does.

    `spoken` tells whether some passage has the name's words side by side.
    """
    known = {word.casefold() for council in councils for word in re.findall(r"\w+", council)}
    names = (_name_in(match, known) for match in _NAME.finditer(question))
    return tuple(name for name in names if name and not spoken(_POSSESSIVE.sub("", name)))


def _name_in(match: re.Match[str], councils: Collection[str]) -> str | None:
    """The words of a name, without titles, councils and a question's first word at its ends."""
    named = match.group().split()
    if match.start() == 0 and named[0].casefold() in STOP:
        named = named[1:]
    around = words(lists.Words.TITLES).union(councils)
    while named and named[-1].casefold() in around:
        named = named[:-1]
    while named and named[0].casefold() in around:
        named = named[1:]
    return " ".join(named) if len(named) > 1 else None


# ---------------------------------------------------------------- years


def unheld_years(scope: Scope, documents: Sequence[Document]) -> tuple[int, ...]:
    """The years asked about of which no document in the scope's councils is."""
    held = {year for d in documents if is_about(scope, d) for year in d.description.years}
    return tuple(year for year in scope.years if year not in held)


def future_years(
    question: str, scope: Scope, documents: Iterable[Document], today: date
) -> tuple[int, ...]:
    """The years asked about that lie after every document held and are yet to come, or that the
    question speaks of as to come."""
    newest = max(
        (day.year for d in documents if (day := d.description.speaks_for)), default=today.year
    )
    spoken_of = bool(cue(lists.Premises.FUTURE).search(question))
    return tuple(
        year for year in scope.years if year > newest and (spoken_of or year >= today.year)
    )


# ---------------------------------------------------------------- grades

_TO_GRADE = re.compile(rf"\bto (?:an? )?{GRADE}\b", re.IGNORECASE)
_AT_GRADE = re.compile(
    rf"\b(?:to|as|is|was|became|become|be|at|found|judged|rated|now|an?)\s+(?:an?\s+)?{GRADE}\b",
    re.IGNORECASE,
)


def wrong_grade(question: str, now: Judgement | None, before: Judgement | None) -> bool:
    """Whether the question takes for granted a grade, or a rise or fall, that did not happen.

    `now` is the grade of the area asked about in the document asked about, `before` that of the
    inspection it is measured against. A question takes something for granted when it asks why.
    """
    if now is None or not cue(lists.Premises.WHY).search(question):
        return False
    fell = bool(cue(lists.Premises.DOWN).search(question))
    if fell or cue(lists.Premises.UP).search(question):
        return _did_not_move(question, now, before, fell) or _not_moved_to(question, now)
    named = grades_named(question)
    stated = bool(named and _AT_GRADE.search(question))
    return stated and before is None and RANKS.get(named[-1]) != now.rank


def _did_not_move(question: str, now: Judgement, before: Judgement | None, fell: bool) -> bool:
    if before is None:
        return False
    if now.rank == before.rank:
        return bool(grades_named(question))
    return (now.rank < before.rank) != fell


def _not_moved_to(question: str, now: Judgement) -> bool:
    target = _TO_GRADE.search(question)
    return bool(target and full_grade(target.group(1)) != now.grade)


def given_nowhere(question: str, given: Iterable[Judgement]) -> bool:
    """Whether the question asks why a grade was reached that a report gives to nothing at all."""
    if not cue(lists.Premises.WHY).search(question):
        return False
    target = _TO_GRADE.search(question)
    return target is not None and full_grade(target.group(1)) not in {row.grade for row in given}


# ---------------------------------------------------------------- posts given up

_WHOSE_POST = re.compile(
    r"\b(?:why|when|how)\b.{0,12}"
    rf"\b(?P<name>{_CAPITAL}(?: {_CAPITAL})*) {any_of(lists.Premises.RESIGNED)}\b",
    re.IGNORECASE,
)


def unresigned(question: str, texts: Iterable[str]) -> str | None:
    """Who the question says gave up a post, when no text says so; else None."""
    match = _WHOSE_POST.search(question)
    if not match:
        return None
    name = match.group("name")
    surname = name.split()[-1]
    told = (
        text
        for text in texts
        if re.search(rf"\b{re.escape(surname)}\b", text)
        and cue(lists.Premises.RESIGNED).search(text)
    )
    return None if any(not cue(lists.Premises.NOT_SO).search(text) for text in told) else name


# ---------------------------------------------------------------- replies and rulings

_TOLD = re.compile(
    r"""
    \bwhat\ (?:did|does|has|have)\ (?:the\ )?(?P<who>.{3,50}?)\ (?P<act>
        rule[ds]? | repl(?:y|ied) | respon(?:d|ded) | decide[ds]? | conclude[ds]? | promise[ds]?
      | announce[ds]?
    )\b
    |
    \bwhat\ (?:was|were|is)\ (?:the\ )?(?P<whose>.{3,50}?)(?:'s|\u2019s|')\ (?P<thing>
        reply | response | reaction | ruling | decision | answer | verdict
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REPLIES = ("rep", "res", "ans", "rea")
ACT = 3
"""By how many letters an act is looked up in the cues: "ruled" and "ruling" are one."""


def unspoken(question: str, texts: Iterable[str]) -> str | None:
    """What the question says that someone said or decided, when no text tells of it; else None.

    The speaker's name must come before the act in the same sentence.
    """
    match = _TOLD.search(question)
    if not match or cue(lists.Premises.INSPECTORS).search(match.group()):
        return None
    who = (match.group("who") or match.group("whose")).split()
    act = (match.group("act") or match.group("thing")).casefold()[:ACT]
    telling = re.compile(
        rf"\b{re.escape(who[-1])}\b.{{0,80}}?\b{any_of(lists.Told(f'told.{act}'))}\b", re.IGNORECASE
    )
    if any(telling.search(text) for text in texts):
        return None
    return f"what {' '.join(who)} {'replied' if act in _REPLIES else 'decided'}"
