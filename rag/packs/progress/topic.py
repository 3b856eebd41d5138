"""What an area for improvement is about, and how to ask after it: "Improve the quality of plans, so
that ..." is about "the quality of plans"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.text.lexicon import any_of, lists

_SHORTEST = 20
"""Characters before which a matter is not cut: what would be left says too little."""
_ASIDE = re.compile(r"\s*\([^)]*\)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_LOOSE_END = re.compile(r"[\s.,;:]+(?:(?:and|or|also|the)\s*)*$|\s+(?:and|or)$")
_QUALITY = re.compile(r"(?!the\b)\w+(?: and \w+)? of\b|waiting times?\b", re.IGNORECASE)
_MEANS = re.compile(r"(?:work|use|take)\b", re.IGNORECASE)
"""Verbs whose purpose is the matter: "work with schools to cut suspensions"."""
_ASKS = re.compile(rf"^[A-Z][\w\u2019', -]{{2,90}}? {any_of(lists.Items.OBLIGES)}\s+")
"""Who is asked: "Leaders across the partnership should"."""
_OPENS = re.compile(
    rf"(?:to\s+)?(?:{any_of(lists.Items.HOW)},?\s+(?:and\s+)?)*(?:to\s+)?"
    rf"(?P<verb>{any_of(lists.Items.OPENS_CLAUSE)}|{any_of(lists.Items.OPENS_NOUN)})\s+",
    re.IGNORECASE,
)
_FINITE = re.compile(rf"\b{any_of(lists.Grammar.ENDS_ITEM)}\b")
_RELATIVE = re.compile(rf"\b{any_of(lists.Grammar.OPENS_RELATIVE)}\b")
_PURPOSE = re.compile(rf",?\s+{any_of(lists.Items.PURPOSE)}\b|[;:]", re.IGNORECASE)
_CUT_SHORT = re.compile(r"\b(?:of|to|for|with|in|on|by|from|at|and|or)$")
_BETWEEN_PHRASES = re.compile(
    r"[,;:()]|\b(?:of|for|to|in|on|with|by|from|at|across|when|where|which|who|that|so|including|and|or|is"
    r"|are|be|has|have|receives?)\b",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r"\b(?:its|their|this|these|those|such|it|itself)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RecommendationTopic:
    """The matter of an item: `name` is what to look for in another report, `request` what to ask
    with ("about the quality of plans", "to reduce caseloads"; empty when its grammar allows none).
    """

    name: str
    request: str


def recommendation_topic(item: str) -> RecommendationTopic:
    """The matter of an item, without whom it asks and what for."""
    first = first_sentence(item)
    asks = None if _OPENS.match(first) else _ASKS.match(first)
    rest = first[asks.end() :] if asks else first
    opened = _OPENS.match(rest)
    if opened:
        name = without_purpose(rest[opened.end() :])
        return RecommendationTopic(name, _action(rest[opened.start("verb") :]))
    name = without_purpose(rest)
    if asks or not _is_name(name):
        return RecommendationTopic(name, "")
    the = "the " if _QUALITY.match(name) else ""
    return RecommendationTopic(name, f"about {the}{_lowered(name)}")


def _action(text: str) -> str:
    """What is asked to be done, as "to ..." has it; nothing where it leans on words before it."""
    action = _LOOSE_END.sub("", text) if _MEANS.match(text) else without_purpose(text)
    leans = _OF_ANOTHER.search(" ".join(action.split()[1:3])) or _CUT_SHORT.search(action)
    return "" if leans else f"to {_lowered(action)}"


def phrases(name: str) -> list[str]:
    """The phrases that a matter is made of: "plans for children in need" has three."""
    return [phrase.strip() for phrase in _BETWEEN_PHRASES.split(name) if phrase.strip()]


def first_sentence(item: str) -> str:
    """The first sentence of an item, without what stands in brackets."""
    return _ASIDE.sub("", _SENTENCE.split(item)[0]).strip()


def opens_with_request(text: str) -> bool:
    """Whether a text opens with a verb that asks: "Improve", "Urgently ensure that"."""
    return bool(_OPENS.match(text))


def without_purpose(text: str) -> str:
    """A text up to where it says what for: "so that ...", "to ensure ..."."""
    purpose = _PURPOSE.search(text, _SHORTEST)
    return _LOOSE_END.sub("", text[: purpose.start()] if purpose else text)


def _is_name(text: str) -> bool:
    """Whether a text names a matter and tells nothing of it."""
    if not text[:1].isupper() or _OF_ANOTHER.match(text):
        return False
    return not tells_something(text)


def tells_something(text: str) -> bool:
    """Whether a text says something of a matter, and does not only name it."""
    tells, within = _FINITE.search(text), _RELATIVE.search(text)
    return tells is not None and not (within is not None and within.start() < tells.start())


def _lowered(text: str) -> str:
    """Without the capital of a sentence's first word; an abbreviation keeps its own, and so does a
    name of several words."""
    is_name = re.match(r"\S+ [A-Z]", text) or text[:2].isupper()
    return text if is_name else text[:1].lower() + text[1:]
