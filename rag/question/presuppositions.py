"""What a question takes for granted: who there is, what is to come, how it was judged, who said it.

Read out of its words here; whether the documents bear it out is for `rag.answering` to say.
"""

from __future__ import annotations

import re
from calendar import day_name
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rag.inspection.grades import GRADE, NAMED_GRADE, grades_named, plain_grade
from rag.text.calendar import SHORT_MONTHS
from rag.text.councils import council_mentions
from rag.text.lexicon import any_of, cue, lists, words
from rag.text.tokens import STOP

_POSSESSIVE = re.compile(r"['\u2019]s?$")
_CAPITAL = r"(?:[A-Z][a-z\u2019'-]{2,}|Mc[A-Z][a-z]+|O['\u2019][A-Z][a-z]+)"
_NAME = re.compile(rf"\b{_CAPITAL}(?: {_CAPITAL})+")
_LONE_NAME = re.compile(r"(?<=[a-z0-9,] )[A-Z][a-z]{3,}\b(?![-.\d])")
"""A word with a capital within a sentence: a place, somebody's surname, a scheme."""
_TO_GRADE = re.compile(rf"\bto (?:an? )?{GRADE}\b", re.IGNORECASE)
_AT_GRADE = re.compile(
    rf"\b(?:to|as|is|was|became|become|be|at|found|judged|rated|now|an?)\s+(?:an?\s+)?{GRADE}\b"
    rf"|\b(?:call|find|judge|rate|grade|mark)(?:ed|d|s)?\b.{{0,60}}?\b{GRADE}\b",
    re.IGNORECASE,
)
_WHOSE_POST = re.compile(
    r"\b(?:why|when|how)\b.{0,12}"
    rf"\b(?P<name>{_CAPITAL}(?: {_CAPITAL})*) {any_of(lists.Premises.RESIGNED)}\b",
    re.IGNORECASE,
)
_VERBS: Mapping[lists.Told, str] = {
    lists.Told.RULED: r"rule[ds]?",
    lists.Told.REPLIED: r"repl(?:y|ied)|respon(?:d|ded)",
    lists.Told.DECIDED: r"decide[ds]?",
    lists.Told.CONCLUDED: r"conclude[ds]?",
    lists.Told.PROMISED: r"promise[ds]?",
    lists.Told.ANNOUNCED: r"announce[ds]?",
}
"""What someone is said to have done, by the list of the words that tell of it."""
_NOUNS: Mapping[lists.Told, str] = {
    lists.Told.REPLIED: "reply|response",
    lists.Told.REACTED: "reaction",
    lists.Told.RULED: "ruling",
    lists.Told.DECIDED: "decision",
    lists.Told.ANSWERED: "answer",
    lists.Told.JUDGED: "verdict",
}
"""What is said to be someone's, by the list of the words that tell of it."""
_DONE = re.compile(
    r"\bwhat (?:did|does|has|have) (?:the )?(?P<speaker>.{3,50}?) "
    rf"(?P<act>{'|'.join(_VERBS.values())})\b",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\bwhat (?:was|were|is) (?:the )?(?P<speaker>.{3,50}?)(?:'s|\u2019s|') "
    rf"(?P<act>{'|'.join(_NOUNS.values())})\b",
    re.IGNORECASE,
)


class Movement(StrEnum):
    """Which way a grade is taken to have gone."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class SupposedGrade:
    """What a question that asks why takes for granted of a grade.

    `moved` is the way it went, `reached` the grade that it went to and `stated` the one that was
    given; `names_grade` says that some grade is named at all.
    """

    moved: Movement | None
    reached: str | None
    stated: str | None
    names_grade: bool


@dataclass(frozen=True, slots=True)
class SupposedStatement:
    """That someone said or decided something: the speaker's words, and the list of those that tell
    of such an act."""

    speaker: tuple[str, ...]
    act: lists.Told


@dataclass(frozen=True, slots=True)
class Presuppositions:
    """What a question takes for granted.

    `names` are the people and bodies that it names, `lone_names` those of one word,
    `years_to_come` that it speaks of what is yet to be, `praise` that something was liked,
    `obstacle` that something stood in the way of what was aimed at,
    `resigned` who gave up a post.
    """

    names: tuple[str, ...] = ()
    lone_names: tuple[str, ...] = ()
    years_to_come: bool = False
    praise: bool = False
    obstacle: bool = False
    resigned: str = ""
    grade: SupposedGrade | None = None
    statement: SupposedStatement | None = None


def presuppositions(question: str, councils: Collection[str]) -> Presuppositions:
    """What a question takes for granted; `councils` are no names of people and bodies."""
    liked = cue(lists.Premises.LIKED).search(question)
    post = _WHOSE_POST.search(question)
    obstacle = bool(cue(lists.Premises.OBSTACLE).search(question))
    # What stood in the way of a grade was met: the grade is not taken for granted.
    supposes_grade = not obstacle and cue(lists.Premises.WHY).search(question)
    return Presuppositions(
        names=tuple(_names(question, councils)),
        lone_names=tuple(_lone_names(question, councils)),
        years_to_come=bool(cue(lists.Premises.FUTURE).search(question)),
        praise=bool(liked) and not cue(lists.Premises.DISLIKED).search(question),
        obstacle=obstacle,
        resigned=post["name"] if post else "",
        grade=_grade(question) if supposes_grade else None,
        statement=_statement(question),
    )


def _names(question: str, councils: Collection[str]) -> Iterator[str]:
    """The names, without titles, councils and a question's first word at their ends."""
    of_councils = re.findall(r"\w+", " ".join(councils).casefold())
    around = words(lists.Words.TITLES).union(of_councils)
    for match in _NAME.finditer(question):
        name = match.group().split()
        if match.start() == 0 and name[0].casefold() in STOP:
            name = name[1:]
        plain = [_POSSESSIVE.sub("", word.casefold()) for word in name]
        while plain and plain[-1] in around:
            del name[-1], plain[-1]
        while plain and plain[0] in around:
            del name[0], plain[0]
        if len(name) > 1:
            yield " ".join(name)


def _lone_names(question: str, councils: Collection[str]) -> Iterator[str]:
    """The names of one word, councils and words of asking left out."""
    known = words(lists.Words.TITLES).union(re.findall(r"\w+", " ".join(councils).casefold()))
    known |= {"sept", *map(str.casefold, (*SHORT_MONTHS, *day_name))}
    within = [range(*match.span()) for match in _NAME.finditer(question)]
    within += [range(named.start, named.end) for named in council_mentions(question)]
    for match in _LONE_NAME.finditer(question):
        in_name = any(match.start() in span for span in within)
        if not in_name and match.group().casefold() not in known | STOP:
            yield match.group()


def _grade(question: str) -> SupposedGrade:
    moved = None
    # "Requires improvement" is no movement.
    told = NAMED_GRADE.sub(" ", question)
    if cue(lists.Premises.DOWN).search(told):
        moved = Movement.DOWN
    elif cue(lists.Premises.UP).search(told):
        moved = Movement.UP
    reached = _TO_GRADE.search(question)
    grades = grades_named(question)
    return SupposedGrade(
        moved=moved,
        reached=plain_grade(reached[1]) if reached else None,
        stated=grades[-1] if grades and _AT_GRADE.search(question) else None,
        names_grade=bool(grades),
    )


def _statement(question: str) -> SupposedStatement | None:
    """What someone is taken to have said; not inspectors, whose words reports always hold."""
    matches = filter(None, (_DONE.search(question), _OWNED.search(question)))
    match = min(matches, key=re.Match.start, default=None)
    if match is None or cue(lists.Premises.INSPECTORS).search(match.group()):
        return None
    acts = _VERBS if match.re is _DONE else _NOUNS
    for act, forms in acts.items():
        if re.fullmatch(forms, match["act"], re.IGNORECASE):
            return SupposedStatement(tuple(match["speaker"].split()), act)
    return None
