"""Whether a sentence holds the kind of thing that a question asks for: a figure, a date, a name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.question.intent import AnswerType
from rag.text.calendar import MONTH
from rag.text.lexicon import any_of, lists, other_names
from rag.text.patterns import NAME_WORD, NUMBERS

_PERCENT = r"""
      \d%
    | \bper\ ?cent\b
    | \b(?:half|third|quarter|fifth|one\ in\ \w+)\b
    | \b\w+\ of\ \d+\b                                              # "six of 20"
    | \b\d+\ (?:\(\d+\)\ )?(?:of|out\ of)\ (?:its\ |the\ |their\ )?\d+\b
    | \b(?:al)?most\b | \bmajority\b
"""
_MONEY = r"[£$€]\s?\d | \b(?:million|billion|thousand)\ pounds\b"
_DURATION = rf"""
      \b(?:\d[\d.,]*|{NUMBERS}|a|an|several|many|few)[\s-]+
        (?:\w+[\s-]+)?(?:hour|day|week|month|year|term)s?\b
    | too\ long | \blengthy\b
"""
_NUMBER = rf"(?<![\w.])\d[\d,.]*%?(?!\d) | \b{NUMBERS}\b | \bone\b"
_DATE = rf"""
      \b(?:19|20)\d\d\b
    | \b{MONTH}\b
    | \b(?:{NUMBERS}|one\ in|\d+)\s+(?:day|week|month|year)s?\b
"""
_COMING = r"""
      \bwill\ (?:be|take|carry|return|have|inspect)\b
    | \bnext\ (?:full|inspection|ilacs)\b
    | \bis\ due\b | \bdue\ (?:in|by)\b
"""
_PERSON = rf"""
      (?<![\w\u2019'-]){NAME_WORD}\ (?:[A-Z]\.?\ )?{NAME_WORD}
    | \b(?:Coun|Cllr|Mr|Mrs|Ms|Dr|Sir|Dame|Councillor)\.?\ [A-Z][a-z]
"""
_ANY_CASE = re.IGNORECASE | re.VERBOSE
_HOLDS: Mapping[AnswerType, re.Pattern[str]] = {
    AnswerType.PERCENT: re.compile(_PERCENT, _ANY_CASE),
    AnswerType.MONEY: re.compile(_MONEY, _ANY_CASE),
    AnswerType.DURATION: re.compile(_DURATION, _ANY_CASE),
    AnswerType.NUMBER: re.compile(_NUMBER, _ANY_CASE),
    AnswerType.DATE: re.compile(_DATE, _ANY_CASE),
    AnswerType.COMING: re.compile(_COMING, _ANY_CASE),
    AnswerType.PERSON: re.compile(_PERSON, re.VERBOSE),
}
_NO_COUNT = re.compile(
    rf"""
      \b(?: (?:aged?|ages|age\ of)\ \d{{1,2}} | (?:over|under|at)\ (?:1\d|2[0-5])(?![%,.\d]) )
        (?: [,\ ]+(?:and\ |to\ |or\ |up\ to\ |the\ age\ of\ )*\d{{1,2}} )?\b(?!%)       # ages
    | \b\d{{1,2}}(?:-|\ |to|and)+\d{{0,2}}-?year-olds?
    | \boutcome\ \d\b | \bkey\ stage\ \d\b
    | \(\d{{1,2}}\)
    | \b(?:19|20)\d\d\b(?:\s?[-\u2013/]\s?\d{{2,4}})?                                  # years
    | \b\d{{1,2}}\ (?:(?:to|and|[-\u2013])\ \d{{1,2}}\ )?{MONTH}\b                    # days
    """,
    _ANY_CASE,
)


def holds_type(kind: AnswerType, text: str) -> bool:
    """Whether `text` holds a thing of that kind; a year or an age is no figure."""
    pattern = _HOLDS.get(kind)
    if pattern is None:
        return True
    return bool(pattern.search(_NO_COUNT.sub(" ", text) if kind is AnswerType.NUMBER else text))


# ---------------------------------------------------------------- how many of what

_NEAR = 6
"""How many words a figure may stand from the word for what it counts."""
_COUNTED = re.compile(
    rf"""
    \bhow\ many\ (?: more\ | other\ | of\ (?:the\ |its\ |their\ |[A-Z][\w-]*(?:['\u2019]s)?\ )? )?
    (?P<what>(?:[\w\u2019'&-]+\ ){{0,4}}?[\w\u2019'&-]+?)(?:['\u2019]s)?
    (?:\ {any_of(lists.Grammar.ENDS_COUNTED)}\b | \? | , | $)
    """,
    _ANY_CASE,
)
_LIST_NUMBER = re.compile(r"^\d{1,2}(?:\.\d)?\.? (?=[A-Z])")
_SHARE = re.compile(r"\b\d[\d.,]*(?:%| ?per ?cent\b)(?! \()", re.IGNORECASE)
_WORD = re.compile(r"[\w%\u2019'-]+")
_FIGURE = re.compile(rf"\d|(?:{NUMBERS}|one|none)(?:-|$)", re.IGNORECASE)


def counted_stems(question: str) -> tuple[str, ...]:
    """How the words begin that stand for what "how many X" counts; none for other questions."""
    match = _COUNTED.search(question)
    if not match:
        return ()
    thing = match["what"].split()[-1].casefold()
    if re.fullmatch(any_of(lists.Grammar.ENDS_COUNTED), thing):
        return ()  # "how many were there": of what, another part of the question says
    return (thing[: max(4, len(thing) - 2)], *sorted(other_names().get(thing, ())))


def counts_the_thing(stems: tuple[str, ...], text: str) -> float:
    """Whether a figure stands near a word for what is counted in `text`; 0.5 where nothing is."""
    if not stems:
        return 0.5
    plain = _SHARE.sub(" ", _NO_COUNT.sub(" ", _LIST_NUMBER.sub("", text)))
    words = _WORD.findall(plain.casefold())
    for n, word in enumerate(words):
        around = words[max(0, n - _NEAR) : n + _NEAR + 1]
        if word.startswith(stems) and any(map(_FIGURE.match, around)):
            return 1.0
    return 0.0
