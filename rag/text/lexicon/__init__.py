"""The word lists of the `*.toml` beside this file, compiled once: how texts are understood."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain, groupby

from rag.text.lexicon import lists

SINGLE_WORDS = frozenset({"words", "other_names", "rewording", "opposites"})
"""The tables whose lists are of single words, with white space between them."""
_INCLUDED = re.compile(r"\{(\w+\.\w+)\}")
UNBOUNDED = "^$%"
"""An alternative that begins or ends so has no word there to be whole."""


@cache
def cue(*names: str) -> re.Pattern[str]:
    """The cues of one or more lists as one pattern: whole words, in upper or lower case.

    Raises KeyError for a list that is not there.
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
    return {key: words(lists.OtherNames(f"other_names.{key}")) for key in _tables()["other_names"]}


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """A list of single words, one group a line."""
    table, key = name.split(".")
    return tuple(tuple(line.split()) for line in _tables()[table][key].splitlines() if line.strip())


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
    return tuple(f"{table}.{key}" for table, lists in _tables().items() for key in lists)


def included() -> frozenset[str]:
    """The names of the lists that others include."""
    lines = chain.from_iterable(_lines(name, _tables()) for name in names())
    return frozenset(match[1] for match in map(_INCLUDED.fullmatch, lines) if match)


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
    return tuple(alternatives(name, _tables()))


def alternatives(
    name: str, tables: Mapping[str, Mapping[str, str]], including: tuple[str, ...] = ()
) -> Iterator[str]:
    """The alternatives of a list, in place of each `{table.list}` all those of that list.

    Raises KeyError for a list that is not there and ValueError for one that includes itself.
    """
    if name in including:
        raise ValueError(f"A word list includes itself: {' > '.join((*including, name))}")
    for line in _lines(name, tables):
        included = _INCLUDED.fullmatch(line)
        if included:
            yield from alternatives(included[1], tables, (*including, name))
        else:
            yield line


def _lines(name: str, tables: Mapping[str, Mapping[str, str]]) -> list[str]:
    table, key = name.split(".")
    text = tables[table][key]
    return text.split() if table in SINGLE_WORDS else list(filter(None, text.splitlines()))


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    tables: dict[str, Mapping[str, str]] = {}
    for file in sorted(files("rag.text.lexicon").iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        if twice := tables.keys() & read.keys():
            raise ValueError(f"{file.name} has tables that another file has: {sorted(twice)}")
        tables |= read
    return tables
