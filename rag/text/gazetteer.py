"""The gazetteer: which words of a text name a principal council of the United Kingdom.

`councils.toml` holds the names. Everything here is pure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters `start` to `end` of a text name the council `name`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LetterRun:
    """A word in lower case, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What `councils.toml` says.

    `spellings` maps a first word to pairs of the words of a spelling and its council, the longest
    spelling first.
    """

    spellings: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    ordinary_words: frozenset[str]
    seldom_ordinary: frozenset[str]
    surnames: frozenset[str]
    abbreviations: frozenset[str]
    districts: frozenset[str]
    not_before: tuple[str, ...]
    not_forenames: frozenset[str]
    not_misspellings: frozenset[str]
    not_of_a_name: frozenset[str]
    joins: frozenset[str]
    other_councils: frozenset[str]


_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|&")
_GAP = re.compile(r"[\s,\-\u2010\u2011\u2013]+|\.\s+|")
_CALLED_A_COUNCIL = re.compile(
    r"(?:['’]s)?\s+(?:(?:city|county|borough|metropolitan|district|unitary|royal|mbc|cc|bc|dc)\s+)*"
    r"(?:councils?|councillors?|borough|local\s+authority|local\s+area|children['’]?s|"
    r"social\s+services|social\s+care|safeguarding|mbc|cc|bc|dc)\b",
    re.IGNORECASE,
)
_CALLED_BEFORE = re.compile(
    r"(?:borough|city|county|council|district|inspection)\s+of\s+$", re.IGNORECASE
)
_OPENED_AS_A_PLACE = re.compile(
    r"['’]s\b|\s*:|\s+(?:19|20)\d\d\b|\s+(?:City|County|Borough)\b|\s*(?:\n|$)"
)
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:;\n•]\s*|[\"'“‘(]\s*)$")
_AFTER_ARTICLE = re.compile(r"\b(?:an?|the)\s$", re.IGNORECASE)
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2}")
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)\s$")


def council_mentions(text: str) -> tuple[Mention, ...]:
    """Every mention of a council of the gazetteer, in order; longer names win over shorter."""
    tokens = tokens_of(text)
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        words, name = _longest(tokens, at, text)
        if name:
            mention = Mention(name, tokens[at].start, tokens[at + words - 1].end)
            if _is_place(mention, tokens[at : at + words], text):
                found.append(mention)
        at += max(words, 1)
    return tuple(found)


def in_gazetteer(name: str) -> bool:
    """Whether `name` is the short name of a council that the gazetteer lists."""
    return name in _councils()


# --- the gazetteer -------------------------------------------------------------------------------


_WORD_LISTS = (
    "ordinary_words",
    "seldom_ordinary",
    "surnames",
    "abbreviations",
    "not_forenames",
    "not_misspellings",
    "not_of_a_name",
    "joins",
    "other_councils",
)


_TIERS = (
    "english_counties",
    "english_unitaries",
    "metropolitan_boroughs",
    "london_boroughs",
    "former",
    "wales",
    "scotland",
    "northern_ireland",
)
"""The tables of councils other than districts."""


@lru_cache(maxsize=1)
def _data() -> Mapping[str, object]:
    return tomllib.loads(files("rag.text").joinpath("councils.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _councils() -> Mapping[str, tuple[str, ...]]:
    """Short name -> other spellings, of every council including the districts."""
    councils = {name: tuple(others) for tier in _TIERS for name, others in _table(tier)}
    return councils | {name: () for _, names in _table("districts") for name in names}


def _table(key: str) -> list[tuple[str, list[str]]]:
    table = _data()[key]
    assert isinstance(table, dict)
    return list(table.items())


def _words_of(key: str) -> list[str]:
    """A list of words or phrases; a long list of single words may be one string."""
    words = _data()[key]
    assert isinstance(words, list | str)
    return words.split() if isinstance(words, str) else words


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The lists, read once."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    pairs = [(s, name) for name, others in _councils().items() for s in (name, *others)]
    # An empty name masks what only looks like a council ("Greater Manchester").
    pairs += [(place, "") for place in _words_of("not_places")]
    for spelling, name in pairs:
        words = tuple(token.word for token in tokens_of(spelling))
        by_first.setdefault(stem(words[0]), []).append((words, name))
    longest_first = {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in by_first.items()
    }
    sets = {key: frozenset(_words_of(key)) for key in _WORD_LISTS}
    return Gazetteer(
        spellings=longest_first,
        districts=frozenset(name for _, names in _table("districts") for name in names),
        not_before=tuple(_words_of("not_before")),
        **sets,
    )


def whose_spelling(said: str) -> str | None:
    """The council that `said`, in lower case, is a spelling of, or None."""
    words = tuple(token.word for token in tokens_of(said))
    entries = gazetteer().spellings.get(stem(words[0]), ()) if words else ()
    return next((name for spelling, name in entries if spelling == words), None)


def spellings_of(name: str) -> tuple[str, ...]:
    """The name itself and the other spellings that the gazetteer has for it."""
    return (name, *_councils().get(name, ()))


def tokens_of(text: str) -> list[LetterRun]:
    """The words of `text` in lower case, "&" as "and", with their places."""
    return [
        LetterRun(plain_word(match.group()), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def plain_word(word: str) -> str:
    """A word in lower case with a straight apostrophe; "&" is "and"."""
    word = word.lower().replace("’", "'")
    return "and" if word == "&" else word


def _longest(tokens: Sequence[LetterRun], at: int, text: str) -> tuple[int, str]:
    """How many tokens from `at` make a spelling (0: none), and whose it is."""
    for words, name in gazetteer().spellings.get(stem(tokens[at].word), ()):
        if _stands(words, tokens[at : at + len(words)], text):
            return len(words), name
    return 0, ""


def stem(word: str) -> str:
    """A word without its possessive."""
    return word.removesuffix("'s")


def _stands(words: tuple[str, ...], tokens: Sequence[LetterRun], text: str) -> bool:
    if len(tokens) < len(words):
        return False
    said = [token.word for token in tokens]
    if said != list(words) and [*said[:-1], stem(said[-1])] != list(words):
        return False
    gaps = (text[a.end : b.start] for a, b in pairwise(tokens))
    return all(_GAP.fullmatch(gap) for gap in gaps)


# --- is it a place? ------------------------------------------------------------------------------


def _is_place(mention: Mention, tokens: Sequence[LetterRun], text: str) -> bool:
    before, after = text[: mention.start][-40:], text[_name_end(mention, text) :][:60]
    lists = gazetteer()
    if after.lstrip().startswith(lists.not_before):
        return False
    if _CALLED_A_COUNCIL.match(after) or _CALLED_BEFORE.search(before):
        return True
    said = " ".join(token.word for token in tokens)
    if mention.name in lists.districts or said in lists.abbreviations:
        return False
    word = stem(tokens[0].word) if len(tokens) == 1 else ""
    if word in lists.ordinary_words and not _ordinary_as_place(mention, before, after, text):
        return False
    return word not in lists.surnames or not _after_forename(before)


def _name_end(mention: Mention, text: str) -> int:
    """The end of the name itself, without a possessive 's."""
    said = text[mention.start : mention.end]
    return mention.end - 2 if said[-2:].lower() in ("'s", "’s") else mention.end


def _ordinary_as_place(mention: Mention, before: str, after: str, text: str) -> bool:
    if not text[mention.start].isupper():
        said = stem(plain_word(text[mention.start : mention.end]))
        in_notes = not (_CAPITALISED.search(text) or _AFTER_ARTICLE.search(before))
        return in_notes and said in gazetteer().seldom_ordinary
    return bool(not opens_sentence(before) or _OPENED_AS_A_PLACE.match(after))


def opens_sentence(before: str) -> bool:
    """Whether what comes after `before` opens a sentence, a line or a quotation."""
    return bool(_SENTENCE_BEFORE.search(before))


def _after_forename(before: str) -> bool:
    """Whether the word before is capitalised as a forename or title is ("Jane", "Lord").

    A word that opens its sentence tells nothing: it has its capital in any case.
    """
    match = _WORD_BEFORE.search(before)
    if not match or opens_sentence(before[: match.start()]):
        return False
    word = match.group(1)
    titled = word[0].isupper() and word[1:].islower()
    return titled and not (word.lower() in gazetteer().not_forenames or council_mentions(word))
