"""Small edits of a sentence, and the lists of `lists.toml` that they take their words from."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TypeVar

from rag.text.councils import council_mentions
from rag.text.sentences import segments
from rag.text.tokens import STOP

_T = TypeVar("_T")
Span = tuple[int, int]
_TELLS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|do|can|will|would|rose|fell|grew|took|came|led)\b"
)
_NO_MAIN_VERB = re.compile(r"\b(?:who|which|that|whose|where|when|if|as|although|while)\b", re.I)
_A_LIST_OR_HEADING = re.compile(r"^(?:\d|[a-z])|[:;]$|: (?:good|inadequate|outstanding|requires)\b")


def is_sentence(text: str) -> bool:
    """Whether a text surely tells something by itself: no heading, row or part of a sentence."""
    verb = _TELLS.search(text)
    if verb is None or _A_LIST_OR_HEADING.search(text) or len(text.split()) < 5:
        return False
    return not _NO_MAIN_VERB.search(text, 0, verb.start())


def first_sentence(text: str) -> str:
    """The first sentence of a text on one line."""
    plain = " ".join(text.split())
    return next((line.strip() for line in segments(plain) if " " in line.strip()), plain)


def put(text: str, span: Span, word: str) -> str:
    """The text with another word at a place of it."""
    return text[: span[0]] + word + text[span[1] :]


def places(words: str, text: str) -> list[Span]:
    """Where words stand in a text as whole words, in lower case or at its opening."""
    pattern = re.escape(words).replace("'", "['\u2019]")
    pattern = rf"(?<![\w-]){pattern}(?![\w-]|['\u2019])"
    opened = text[:1].lower() + text[1:]
    return [match.span() for match in re.finditer(pattern, opened)]


def cased(word: str, like: str) -> str:
    """The word with a capital where the one whose place it takes has one."""
    return word[0].upper() + word[1:] if like.isupper() else word


def uncapitalised(text: str) -> str:
    """A sentence as it goes on after other words: a first word that is no name in lower case."""
    first, _, rest = text.partition(" ")
    if first.casefold() in STOP and first != "I":
        return text[:1].lower() + text[1:]
    named = any(mention.start == 0 for mention in council_mentions(text))
    named = named or not first[1:].islower() or rest[:1].isupper() or first == "Ofsted"
    return text if named else text[:1].lower() + text[1:]


def chosen(options: Sequence[_T], text: str) -> _T:
    """One of the options: of one text always the same."""
    digest = hashlib.sha256(text.encode()).digest()
    return options[int.from_bytes(digest[:4], "big") % len(options)]


@cache
def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """A list of words, each with the one that takes its place."""
    parts = (line.partition(" = ") for line in listed(name))
    return tuple((old, new) for old, _, new in parts)


@cache
def listed(name: str) -> tuple[str, ...]:
    """A list of `lists.toml` by its name ("swaps.people"); raises KeyError for one not there."""
    table, key = name.split(".")
    text = files("rag.evaluation.perturb").joinpath("lists.toml").read_text(encoding="utf-8")
    return tuple(line for line in tomllib.loads(text)[table][key].splitlines() if line)
