"""Pure: a true sentence -> the same in slightly other words, so that it is seen what is kept.

Each rephrasing says what the sentence says, or less; none says more. The same sentence is always
rephrased in the same ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.evaluation.perturb.edits import (  # fmt: skip
    cased,
    first_sentence,
    is_sentence,
    listed,
    pairs,
    places,
    put,
    uncapitalised,
)
from rag.types import Kind

_NUMBERS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_WORDED = re.compile(rf"(?<![\w-])(?:{'|'.join(_NUMBERS)})(?![\w-])(?! (?:hundred|th|mill))")
_DIGITS = re.compile(
    r"(?<![\w.,/£(\u2013-])(?:[2-9]|1\d|20)(?= [a-z]{3,})"
    r"(?! (?:per|pm|am|million|thousand|and|to|or)\b)"
)
_NAMED = re.compile(
    r"\b(?:aged?|ages|years?|stage|section|part|grade|to|and|or|over|under|between|day|outcome|enabler"
    r"|[A-Z][a-z]+) $"
)
_PER_CENT = re.compile(r"(?<=\d)%(?!\w)|(?<=\d) per ?cent\b")
_BRACKETED = re.compile(r" \([^()]{2,60}\)")
_ASIDE_AT_END = re.compile(
    r", (?:which|including|such as|for example|particularly|in particular|especially)"
    r" [^,;:]{4,120}(?P<end>[.])$"
)
_SPOKEN = re.compile(
    r"\b(?:said|says?|told|according|inspectors?|ofsted|watchdog|we|our|us|my|I)\b|[\u201c\u201d\"?:]",
    re.IGNORECASE,
)
_OPENINGS = {
    Kind.INSPECTION_REPORT: ("Inspectors found that", "The report says that"),
    Kind.COUNCIL_DOCUMENT: ("The council's paper says that",),
    Kind.NEWS: ("The article says that",),
    Kind.OTHER: ("The document says that",),
}


def rephrase(sentence: str, source: Kind = Kind.INSPECTION_REPORT) -> tuple[str, ...]:
    """The rephrasings for which a sentence of a source of that kind offers a hold.

    Of several sentences the first is rephrased, and it alone is given.
    """
    text = first_sentence(sentence)
    made = [other for change in _CHANGES for other in change(text)]
    if is_sentence(text) and not _SPOKEN.search(text) and not _opening(text):
        made += [f"{words} {uncapitalised(text)}" for words in _OPENINGS[source]]
    return tuple(other for other in dict.fromkeys(made) if other != text)


def _opening(text: str) -> str:
    found = (word for word in listed("rephrased.connectives") if text.startswith(f"{word}, "))
    return next(found, "")


def _without_connective(text: str) -> Iterator[str]:
    if opening := _opening(text):
        rest = text.removeprefix(f"{opening}, ")
        yield rest[:1].upper() + rest[1:]


def _numbers(text: str) -> Iterator[str]:
    """A number from two to twenty in words for one in digits, or the other way about."""
    words = {word: str(number) for number, word in enumerate(_NUMBERS, 2)}
    for match in _WORDED.finditer(text):
        if not re.match(r" (?:to|or|and|of the)\b", text[match.end() :]):
            yield put(text, match.span(), words[match.group()])
    for match in _DIGITS.finditer(text):
        if not _NAMED.search(text[: match.start()]):
            yield put(text, match.span(), _NUMBERS[int(match.group()) - 2])


def _shares(text: str) -> Iterator[str]:
    if _PER_CENT.search(text):
        yield _PER_CENT.sub(lambda match: " per cent" if match.group() == "%" else "%", text)


def _shorter(text: str) -> Iterator[str]:
    """Without what is only set beside: a bracket, an aside at the end."""
    if _BRACKETED.search(text) and is_sentence(text):
        yield _BRACKETED.sub("", text)
    if (match := _ASIDE_AT_END.search(text)) and is_sentence(text[: match.start()]):
        yield text[: match.start()] + match["end"]


def _other_words(text: str) -> Iterator[str]:
    for old, new in pairs("rephrased.words"):
        for span in places(old, text)[:1]:
            yield put(text, span, cased(new, text[span[0]]))


_CHANGES = (_without_connective, _numbers, _shares, _shorter, _other_words)
