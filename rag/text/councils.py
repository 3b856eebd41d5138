"""Which councils a text names: by gazetteer, by the form of official names, by small misspellings.

Names are short and canonical ("Croydon", "Stockton-on-Tees"). Everything here is pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from rapidfuzz.distance import OSA

from rag.text.gazetteer import (
    LetterRun,
    Mention,
    council_mentions,
    gazetteer,
    in_gazetteer,
    opens_sentence,
    plain_word,
    spellings_of,
    stem,
    tokens_of,
    whose_spelling,
)

__all__ = [
    "Mention",
    "council_mentions",
    "council_named",
    "find_absent_councils",
    "find_council_patterns",
    "find_councils",
    "find_councils_fuzzy",
    "in_gazetteer",
    "known_mentions",
    "misspelt_councils",
    "pattern_mentions",
]


def find_councils(text: str) -> tuple[str, ...]:
    """The councils of the gazetteer that `text` names, each once, in order of mention."""
    return _names(council_mentions(text))


def council_named(name: str) -> str:
    """The short name of a council from a name that somebody typed for it: "Derby" for "Derby City",
    "Hull" for "Kingston upon Hull City Council"; a name that is none comes back as it is."""
    name = " ".join(name.split())
    short = _TIER_AT_END.sub("", _TIER_AT_START.sub("", name)).strip()
    return whose_spelling(short.lower()) or whose_spelling(name.lower()) or short or name


def find_councils_fuzzy(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The names of `known` that `text` mentions, exactly or slightly misspelt, in order of mention.

    `known` may hold names that the gazetteer lacks. One slip is allowed in a name of 5 to 7
    letters and two in a longer one, never in the first letter; the right name of one council is
    never taken for a misspelling of another.
    """
    return _names(known_mentions(text, known))


def known_mentions(text: str, known: Sequence[str]) -> tuple[Mention, ...]:
    """Where `text` names councils of `known`, exactly or slightly misspelt, in order."""
    return _known_mentions(text, tuple(known))


# What kind of question one is and what its scope is are read of the same words.
@lru_cache(maxsize=32)
def _known_mentions(text: str, known: tuple[str, ...]) -> tuple[Mention, ...]:
    exact = council_mentions(text)
    found = [mention for mention in exact if mention.name in known]
    free = _outside(tokens_of(text), exact)
    for name in known:
        for spelling in spellings_of(name):
            found += _near(spelling, name, free, text)
    longest = (mention for mention in found if not _is_within(mention, found))
    return tuple(sorted(longest, key=lambda mention: mention.start))


def misspelt_councils(text: str, known: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What `text` says for councils of `known` that it misspells, each with the name meant."""
    found: dict[str, str] = {}
    for mention in known_mentions(text, known):
        said = text[mention.start : mention.end]
        spellings = {_in_words(spelling) for spelling in spellings_of(mention.name)}
        if _in_words(said) not in spellings:
            found.setdefault(said, mention.name)
    return tuple(found.items())


def _in_words(text: str) -> str:
    return " ".join(stem(token.word) for token in tokens_of(text))


def _is_within(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether a name is part of a longer one: "Ashmere" in "Ashmere-under-Wold"."""
    return any(
        other.start <= mention.start
        and mention.end <= other.end
        and other.end - other.start > mention.end - mention.start
        for other in others
    )


def find_absent_councils(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Councils that `text` names and that are not among `known`, misspellings of those apart."""
    named = sorted([*council_mentions(text), *pattern_mentions(text)], key=lambda m: m.start)
    strangers = (mention.name for mention in named if mention.name not in known)
    return tuple(dict.fromkeys(name for name in strangers if not _slip_of_known(name, known)))


def _slip_of_known(name: str, known: Sequence[str]) -> bool:
    return not in_gazetteer(name) and bool(find_councils_fuzzy(f"in {name}", known))


def find_council_patterns(text: str) -> tuple[str, ...]:
    """Councils named in official form ("X City Council", "Inspection of X local authority").

    Finds those that the gazetteer lacks, an invented one for instance; those that it has come
    back under their short names. Each once, in order of mention.
    """
    return _names(pattern_mentions(text))


def pattern_mentions(text: str) -> tuple[Mention, ...]:
    """Every mention of a council in official form, in order."""
    found: dict[int, Mention] = {}
    listed = council_mentions(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            mention = _from_pattern(match)
            if mention:
                whole = next((one for one in listed if _is_within(mention, [one])), mention)
                found.setdefault(whole.start, whole)
    return tuple(found[start] for start in sorted(found))


# --- misspellings --------------------------------------------------------------------------------


def _outside(tokens: Sequence[LetterRun], mentions: Sequence[Mention]) -> list[LetterRun]:
    taken = {at for mention in mentions for at in range(mention.start, mention.end)}
    return [token for token in tokens if token.start not in taken]


def _near(spelling: str, name: str, tokens: Sequence[LetterRun], text: str) -> list[Mention]:
    wanted = " ".join(token.word for token in tokens_of(spelling))
    size = wanted.count(" ") + 1
    windows = (tokens[at : at + size] for at in range(len(tokens) - size + 1))
    return [
        Mention(name, window[0].start, window[-1].end)
        for window in windows
        if _is_near(wanted, " ".join(stem(token.word) for token in window))
        and _may_be_meant(wanted, name, window, text)
    ]


def _is_near(wanted: str, said: str) -> bool:
    if said[:1] != wanted[:1]:
        return False
    letters = len(wanted.replace(" ", ""))
    close = abs(len(said) - len(wanted)) < 2
    slips = 0 if letters < 5 else 2 if letters >= 10 or (letters >= 8 and close) else 1
    return OSA.distance(wanted, said, score_cutoff=slips) <= slips


def _may_be_meant(wanted: str, name: str, window: Sequence[LetterRun], text: str) -> bool:
    """Whether a near match is a slip, not an ordinary word that happens to be near."""
    lists = gazetteer()
    said = " ".join(stem(token.word) for token in window)
    if said == wanted:  # a listed name that stands as it should was judged no place
        return not in_gazetteer(name)
    if wanted in lists.ordinary_words or whose_spelling(said):
        return False
    capital = text[window[0].start].isupper()
    if capital and not opens_sentence(text[: window[0].start][-4:]):
        return True
    return len(wanted) >= 6 and said not in lists.not_misspellings


# --- official forms ------------------------------------------------------------------------------

_PART = r"[A-Z][^\W\d_]+(?:['’][^\W\d_]+)?"
_WORD_OF_NAME = rf"{_PART}(?:-\n?(?:[a-z]+-\n?)*{_PART})*"
_JOINED = r"(?:(?:and|upon|on|of|under|with|in|&)[ \t]+(?:the[ \t]+)?)?"
# A name may run on over one line's end, never over a blank line.
_SPACE = r"(?:[ \t]+(?:\n[ \t]*)?|\n[ \t]*)"
_NAME = rf"(?<![^\W\d_])(?P<name>{_WORD_OF_NAME}(?:{_SPACE}{_JOINED}{_WORD_OF_NAME}){{0,4}}?)"
_NAME_TO_LINE_END = rf"(?P<rest>{_WORD_OF_NAME}(?:[ \t]+{_JOINED}{_WORD_OF_NAME}){{0,4}})"
_TIER = (
    r"(?:(?:City|County|Borough|District|Metropolitan|Unitary|Royal\s+Borough|London\s+Borough|"
    r"Town\s+and\s+District)\s+)"
)
_TIER_AT_START = re.compile(
    r"^(?:the\s+)?(?:(?:London|Royal|Metropolitan|City|County)\s+)*"
    r"(?:(?:borough|city|county|council|district)\s+of\s+)(?:the\s+)?(?!London$)", re.IGNORECASE
)  # fmt: skip
_TIER_AT_END = re.compile(rf"\s+{_TIER}*Council$|(?:\s+(?:City|County|Borough|District))+$", re.I)
# In group "name" what leads up to the name may be caught with it; in group "rest" what follows.
_PATTERNS = (
    re.compile(
        rf"[Ii]nspection\s+of\s+(?:the\s+)?{_NAME}{_SPACE}(?:{_TIER}*Council\s+)?"
        r"(?:[Ll]ocal\s+[Aa]uthority|[Ll]ocal\s+[Aa]rea|[Cc]hildren['’]s)"
    ),
    re.compile(
        rf"{_NAME}{_SPACE}[Ll]ocal\s+(?:[Aa]uthority\s+[Cc]hildren|[Aa]rea\s+[Pp]artnership)"
    ),
    re.compile(
        rf"{_NAME}{_SPACE}{_TIER}{{0,3}}[Cc]ouncil\b"
        r"(?!\s+(?:(?:of|for)\s+(?:the\s+)?[A-Z]|[Tt]ax|[Hh]ous))"
    ),
    re.compile(rf"(?:London|Royal|Metropolitan)\s+Borough\s+of\s+{_NAME_TO_LINE_END}"),
    re.compile(rf"\bCouncil\s+of\s+{_NAME_TO_LINE_END}"),
)


def _from_pattern(match: re.Match[str]) -> Mention | None:
    group = match.lastgroup or "name"
    said = " ".join(match.group(group).replace("-\n", "-").split())
    listed = council_mentions(said + " Council")
    if listed:
        return Mention(listed[-1].name, match.start(group), match.end(group))
    words = said.split()
    words[-1] = re.sub(r"['’]s$", "", words[-1])
    words = _until_edge(words) if group == "rest" else _until_edge(words[::-1])[::-1]
    while words and _edge(words[0], joins=True):
        words.pop(0)
    while words and _edge(words[-1], joins=True):
        words.pop()
    if not words or {plain_word(word) for word in words} & gazetteer().other_councils:
        return None
    start = match.start(group) + said.rindex(" ".join(words))
    return Mention(" ".join(words), start, match.end(group))


def _until_edge(words: Sequence[str]) -> list[str]:
    return list(takewhile(lambda word: not _edge(word), words))


def _edge(word: str, *, joins: bool = False) -> bool:
    """Whether a word cannot be part of a name; with `joins`, whether it cannot end one."""
    if not joins and word in ("The", "In", "On", "And", "Of"):
        return True  # the beginning of something else
    word = stem(plain_word(word))
    return (joins or word not in gazetteer().joins) and word in gazetteer().not_of_a_name


def _names(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.name for mention in mentions))
