"""The people and bodies that a text names, and who speaks in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rag.text.lexicon import any_of, cue, lists, words
from rag.text.patterns import NAME_WORD
from rag.types import TextSpan

_TITLE = rf"(?:{any_of(lists.Names.TITLE)})\.?\s"
_TITLES = re.compile(rf"^(?:{_TITLE})+")
_PERSON = re.compile(
    rf"(?<![\w\u2019'-])(?:(?P<title>{_TITLE})(?P<titled>{NAME_WORD}(?:\s{NAME_WORD})?)"
    rf"|(?P<full>{NAME_WORD}\s(?:[A-Z]\.?\s)?{NAME_WORD}))"
)
_BODY = re.compile(
    r"(?<![\w\u2019'-])[A-Z][\w\u2019'-]*(?:\s(?:of|and|for|the|&)(?=\s[A-Z])|\s[A-Z][\w\u2019'-]*)+"
)

_GROUPS = (
    lists.Tellers.CHILDREN, lists.Tellers.FOSTER_CARERS, lists.Tellers.FAMILIES,
    lists.Tellers.STAFF, lists.Tellers.ADVISERS, lists.Tellers.SCHOOLS, lists.Tellers.COUNCIL,
    lists.Tellers.PARTNERS, lists.Tellers.POLICE, lists.Tellers.ELECTED,
)  # fmt: skip
# Who is told something does not tell it.
_BEING = ("is", "are", "was", "were", "be", "been", "being")
_NOT_PASSIVE = "".join(rf"(?<!\b{be} )" for be in _BEING)


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A name as written at `mark`, without titles."""

    name: str
    mark: TextSpan

    @property
    def last(self) -> str:
        """The last word of the name, in lower case: how a person is named again."""
        return re.sub(r"['\u2019]s?$", "", self.name.split()[-1]).casefold()


def untitled(name: str) -> str:
    """A name without the titles before it: "Professor Ann Hale" is named "Ann Hale" elsewhere."""
    return _TITLES.sub("", name)


@lru_cache(maxsize=4096)
def people(text: str) -> tuple[PersonMention, ...]:
    """The people that a text names, in order, each as often as it does."""
    found = []
    for match in _PERSON.finditer(text):
        name = match["titled"] or match["full"]
        if cue(lists.Names.NO_PERSON).search(name):
            continue
        start = match.start("titled") if match["titled"] else match.start("full")
        found.append(PersonMention(" ".join(name.split()), TextSpan(start, match.end())))
    return tuple(found)


@lru_cache(maxsize=4096)
def bodies(text: str) -> tuple[PersonMention, ...]:
    """The names of two words or more that are no person's: of trusts, homes, schemes."""
    persons = {name.mark.start for name in people(text)}
    found = []
    for match in _BODY.finditer(text):
        name = _trimmed(match.group())
        start = match.start() + match.group().find(name) if name else 0
        if name.count(" ") and start not in persons:
            found.append(PersonMention(name, TextSpan(start, start + len(name))))
    return tuple(found)


def _trimmed(name: str) -> str:
    parts = name.split()
    while parts and parts[0].casefold() in words(lists.Words.OPENS_SENTENCE):
        parts.pop(0)
    return " ".join(parts)


@lru_cache(maxsize=4096)
def speakers(text: str) -> tuple[PersonMention, ...]:
    """Those whose words or wishes a text gives: "Councillor Wood, leader of ..., has said"."""
    persons = people(text)
    found = []
    for said in cue(lists.Speech.GIVEN).finditer(text):
        before = [
            n for n in persons if n.mark.end <= said.start() and said.start() - n.mark.end < 110
        ]
        after = [n for n in persons if 0 <= n.mark.start - said.end() < 20]
        if re.match(r"\s*:?\s*$", text[said.end() :]) and before:
            found.append(before[-1])
        elif before:
            found.append(_subject(before, text, said.start()))
        elif after:
            found.append(after[0])
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def tellers(text: str) -> Mapping[lists.Tellers, TextSpan]:
    """The groups of people whose words a text gives, by what they are to a service, each with the
    words that name it: "Foster carers told inspectors that children ...". Of several before one
    verb it is the first."""
    by_verb: dict[int, tuple[int, lists.Tellers, TextSpan]] = {}
    for group in _GROUPS:
        if match := _teller(group).search(text):
            found = (match.start(), group, TextSpan(*match.span(1)))
            by_verb[match.end()] = min(by_verb.get(match.end(), found), found)
    return {group: mark for _, group, mark in by_verb.values()}


@cache
def _teller(group: lists.Tellers) -> re.Pattern[str]:
    return re.compile(
        rf"\b({any_of(group)})\b(?:(?! (?:that|which)\b)[^.;:,]){{0,45}}?"
        rf"{_NOT_PASSIVE}\b{any_of(lists.Tellers.TELLING)}\b",
        re.IGNORECASE,
    )


def _subject(before: list[PersonMention], text: str, at: int) -> PersonMention:
    """The first name of the clause before a verb of saying: who says, not who is spoken of."""
    clause = max(text.rfind(". ", 0, at), text.rfind("\u201d", 0, at), -1)
    within = [name for name in before if name.mark.start > clause]
    return (within or before)[0]
