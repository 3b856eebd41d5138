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
    first = _ASIDE.sub("", _SENTENCE.split(item)[0]).strip()
    asks = None if _OPENS.match(first) else _ASKS.match(first)
    rest = first[asks.end() :] if asks else first
    opened = _OPENS.match(rest)
    if opened:
        name = _without_purpose(rest[opened.end() :])
        return RecommendationTopic(name, _action(rest[opened.start("verb") :]))
    name = _without_purpose(rest)
    if asks or not _is_name(name):
        return RecommendationTopic(name, "")
    the = "the " if _QUALITY.match(name) else ""
    return RecommendationTopic(name, f"about {the}{_lowered(name)}")


def _action(text: str) -> str:
    """What is asked to be done, as "to ..." has it; nothing where it leans on words before it."""
    action = _LOOSE_END.sub("", text) if _MEANS.match(text) else _without_purpose(text)
    leans = _OF_ANOTHER.search(" ".join(action.split()[1:3]))
    return "" if leans else f"to {_lowered(action)}"


def _without_purpose(text: str) -> str:
    purpose = _PURPOSE.search(text, _SHORTEST)
    return _LOOSE_END.sub("", text[: purpose.start()] if purpose else text)


def _is_name(text: str) -> bool:
    """Whether a text names a matter and tells nothing of it."""
    if not text[:1].isupper() or _OF_ANOTHER.match(text):
        return False
    tells, within = _FINITE.search(text), _RELATIVE.search(text)
    return tells is None or (within is not None and within.start() < tells.start())


def _lowered(text: str) -> str:
    """Without the capital of a sentence's first word; an abbreviation keeps its own."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
