"""Pure: whether one word may put what another says, and phrases that say the same in one form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from rag.text.lexicon import groups, lists, swaps
from rag.text.tokens import stem

ROOT = 4
"""Two stems must begin with at least this many letters in common to be of one family."""
_ENDING = re.compile(
    r"(?:[teiysr]|is|u?r|[ui]?al|at|a?t?ion|ment|[eao]r|[ae]n[tc]|iv|[ai]bl|ic|is?t|ship|ful|ti?y?"
    r"|iti|ness|at?ori|ari|ator|ed|ing)"
)
"""What a word of a family may have after the stem of another ("introduc", "introduct")."""
_TURNED = (("d", "s"), ("b", "pt"), ("v", "pt"), ("t", "ss"), ("i", "ys"), ("i", "yt"))
"""Ends of stems that change within a family: "decid" and "decis", "describ" and "descript"."""
_PREFIX = re.compile(r"^(?:un|in|im|ir|il|non-?|dis)(?=[a-z]{4})")


@lru_cache(maxsize=200_000)
def puts(one: str, other: str) -> bool:
    """Whether one stem may stand, in a statement, for another that its source has."""
    if one == other:
        return True
    if not (one[:1].isalpha() and other[:1].isalpha()):
        return False
    return kin(one, other) or _grouped(one, other)


def opposite(word: str) -> str:
    """A word without the prefix that denies it ("registered" for "unregistered"), or nothing."""
    bare = _PREFIX.sub("", word)
    return bare if bare != word else ""


@lru_cache(maxsize=4096)
def in_one_form(text: str) -> str:
    """A text with each phrase that others put otherwise in the one form that is compared."""
    text = " ".join(text.replace("\u2019", "'").split())
    for pattern, instead in swaps(lists.Phrases.SAME):
        text = pattern.sub(instead, text)
    return text


@lru_cache(maxsize=400_000)
def kin(one: str, other: str) -> bool:
    """Whether two stems are of one family: one goes on from the other by an ending."""
    if one == other:
        return True
    short, long = sorted((one.rstrip("ei"), other.rstrip("ei")), key=len)
    if len(short) >= ROOT and long.startswith(short):
        return long == short or bool(_ENDING.fullmatch(long[len(short) :]))
    return any(_turned(short, long, *ends) or _turned(long, short, *ends) for ends in _TURNED)


def _turned(one: str, other: str, end: str, turned: str) -> bool:
    root = one.removesuffix(end)
    return (
        one.endswith(end)
        and len(root) >= ROOT - 1
        and root[-1] in "aeiour"
        and other == root + turned
    )


def _grouped(one: str, other: str) -> bool:
    same, wider, narrower = _groups()
    ours, theirs = same.get(one, frozenset()), same.get(other, frozenset())
    if not ours.isdisjoint(theirs):
        return True
    return not wider.get(one, frozenset()).isdisjoint(narrower.get(other, frozenset()))


@cache
def _groups() -> tuple[Mapping[str, frozenset[int]], ...]:
    """By the stem of each word, the groups that it is in: as one that says the same, as a wider
    one, and as a narrower one."""
    same: dict[str, set[int]] = {}
    wider: dict[str, set[int]] = {}
    narrower: dict[str, set[int]] = {}
    for n, group in enumerate(groups(lists.Rewording.SAME)):
        cut = group.index(">") if ">" in group else 0
        sides = ((wider, group[:cut]), (narrower, group[cut + 1 :])) if cut else ((same, group),)
        for side, members in sides:
            for word in members:
                side.setdefault(stem(word), set()).add(n)
    return tuple({k: frozenset(v) for k, v in one.items()} for one in (same, wider, narrower))
