"""The word lists of the `cues.toml` files, compiled once: how texts are understood."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby

from rag.text.lexicon import lists

FILES = ("cues.toml", "written.toml", "rewording.toml", "packs.toml")
"""Of questions, claims and answers; of what a language model writes; of committee packs."""
SINGLE_WORDS = frozenset(
    {"words", "other_names", "not_in_a_name", "alike", "aspects", "rewording", "opposites"}
)
"""The tables whose lists are of single words, with white space between them."""
UNBOUNDED = "^$%"
"""An alternative that begins or ends so has no word there to be whole."""


@cache
def cue(*names: str) -> re.Pattern[str]:
    """The cues of one or more lists as one pattern: whole words, in upper or lower case.

    Raises KeyError for a list that is not in `cues.toml`.
    """
    return re.compile(bounded(line for name in names for line in _listed(name)), re.IGNORECASE)


@cache
def any_of(name: str) -> str:
    """The alternatives of a list as one group, to be part of a longer expression."""
    return f"(?:{'|'.join(_curled(line) for line in _listed(name))})"


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list of single words."""
    return frozenset(_listed(name))


@cache
def other_names() -> Mapping[str, frozenset[str]]:
    """What documents call things, by the word that a question has for them."""
    return {key: words(lists.OtherNames(f"other_names.{key}")) for key in _lists()["other_names"]}


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """A list of single words, one group a line."""
    table, key = name.split(".")
    return tuple(tuple(line.split()) for line in _lists()[table][key].splitlines() if line.strip())


@cache
def swaps(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A list of "pattern => words" as pairs: whole words, in upper or lower case, and what is put
    in their place."""
    lines = (line.split(" => ") for line in _listed(name))
    return tuple(
        (re.compile(rf"(?<!\w)(?:{_curled(old)})(?!\w)", re.IGNORECASE), new) for old, new in lines
    )


def names() -> tuple[str, ...]:
    """The names of all lists: "asks.person"."""
    return tuple(f"{table}.{key}" for table, lists in _lists().items() for key in lists)


def bounded(alternatives: Iterable[str]) -> str:
    """Alternatives as one expression that matches any of them as whole words."""
    sided = ((_sides(line), _curled(line)) for line in alternatives)
    return "|".join(
        f"{before}(?:{'|'.join(line for _, line in lines)}){after}"
        for (before, after), lines in groupby(sided, key=lambda row: row[0])
    )


def _sides(line: str) -> tuple[str, str]:
    before = "" if line[0] in UNBOUNDED else r"\b"
    after = "" if line[-1] in UNBOUNDED else r"\b"
    return before, after


def _curled(line: str) -> str:
    """An apostrophe stands for the curly one too; within [...] it is left as it is."""
    return re.sub(r"(\[[^\]]*\])|'", lambda match: match[1] or "['\u2019]", line)


def _listed(name: str) -> tuple[str, ...]:
    table, key = name.split(".")
    text = _lists()[table][key]
    return tuple(text.split() if table in SINGLE_WORDS else filter(None, text.splitlines()))


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    tables: dict[str, Mapping[str, str]] = {}
    for name in FILES:
        held = tomllib.loads(files("rag.text.lexicon").joinpath(name).read_text(encoding="utf-8"))
        if twice := tables.keys() & held.keys():
            raise ValueError(f"{name} has tables that another file of cues has: {sorted(twice)}")
        tables |= held
    return tables
