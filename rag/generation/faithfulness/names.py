"""Pure: whether the names of a statement are those of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag.generation.faithfulness.source import SourceSpan
from rag.question.expansion import expansions
from rag.text.councils import find_councils
from rag.text.lexicon import cue, lists, words
from rag.text.parse import Token, parse
from rag.text.people import bodies
from rag.text.tokens import stem

_VERB = (
    r"(?:\w+ed|\w+s|have|had|did|must|should|need|can|could|will|would|may|might|not|and|or|to)\b"
)
"""What a name is the subject of, and not the quality of a noun ("Croydon care leavers")."""
_CUT = re.compile(r"(?<![\w'\u2019-])((?:[\w'\u2019-]+ ){1,8})\(([A-Z][A-Za-z]{1,7})\)")
_CAPITAL = re.compile(r"(?<![.!?:\u201c\"]\s)(?<!^)(?<!^[\u201c\"])\b[A-Z][\w\u2019'-]+")


def spelt_out(statement: str, said: str) -> frozenset[str]:
    """The stems of a name that a statement gives both in full and in brackets cut to its letters
    ("serious case reviews (SCRs)"), where a source has either."""
    held = frozenset(token.stem for token in parse(said).tokens)
    found: set[str] = set()
    for match in _CUT.finditer(statement):
        short = stem(match[2].casefold())
        full = _in_full(parse(match[1]).tokens, match[2])
        if full and (short in held or full <= held):
            found |= {short, *full}
    return frozenset(found)


def _in_full(words_before: Sequence[Token], short: str) -> frozenset[str]:
    """The stems of the last words whose first letters a short form has; none where they differ."""
    letters = short.rstrip("s").casefold()
    for count in range(len(letters), len(words_before) + 1):
        last = words_before[-count:]
        initials = "".join(t.word[0] for t in last if t.carries)
        if initials == letters or "".join(t.word[0] for t in last) == letters:
            return frozenset(t.stem for t in last if t.carries)
    return frozenset()


def stray_names(statement: str, unit: SourceSpan) -> int:
    """How many names the source does not have."""
    calendar = frozenset(map(stem, words(lists.Words.CALENDAR)))
    above = frozenset(token.stem for token in parse(unit.heading).tokens)
    own = spelt_out(statement, unit.said)
    return len(_named(statement) - known(unit) - own - above - calendar)


def unplaced(statement: str, unit: SourceSpan) -> str:
    """A statement without the name of the council that its source is about and does not name:
    "Wirral's carers" for "carers"."""
    if _places(unit.said):
        return statement
    for name in unit.about.councils:
        plain = re.escape(name)
        for pattern, instead in (
            (rf"^(?:In|Across|For|At|Within) {plain}, ", ""),
            (rf" (?:in|for|of|on|across|within) {plain}\b(?!'s|\u2019s| [A-Z])", ""),
            (rf"\b{plain}(?:'s|\u2019s) ", ""),
            (rf"\b{plain} (?!{_VERB})(?=[a-z])", ""),
            (rf"\b{plain}\b(?!'s|\u2019s| [A-Z])", "the council"),
        ):
            statement = re.sub(pattern, instead, statement)
    return statement


@lru_cache(maxsize=4096)
def _places(text: str) -> tuple[str, ...]:
    """The councils that a text names."""
    return find_councils(text)


def stray_bodies(statement: str, unit: SourceSpan) -> int:
    """Whether a statement speaks of the council where its source speaks of other bodies alone."""
    if not cue(lists.Backing.COUNCIL).search(statement) or not bodies(unit.said):
        return 0
    return not cue(lists.Backing.COUNCIL, lists.Backing.COUNCIL_LEANT_ON).search(unit.said)


@lru_cache(maxsize=4096)
def _named(text: str) -> frozenset[str]:
    """The words written with a capital, but for the first of each sentence."""
    return frozenset(
        token.stem
        for word in _CAPITAL.findall(text)
        for token in parse(word).tokens
        if token.carries
    )


@lru_cache(maxsize=4096)
def known(unit: SourceSpan) -> frozenset[str]:
    """The stems that a source brings along: of its words, and of whom it is by."""
    about = unit.about
    named = (" ".join(_CAPITAL.findall(f"- {about.title}")), about.publisher or "")
    labels = (*named, about.agency or "", *about.councils)
    forms = (form for _, forms in expansions(unit.said) for form in forms)
    stems = {token.stem for text in (unit.said, *labels, *forms) for token in parse(text).tokens}
    initials = _initials(f"{unit.said}. {about.publisher or ''}. {about.agency or ''}")
    stems |= {stem(each.casefold()) for each in initials}
    return frozenset(
        stems | {stem(w) for w in words(lists.Words(f"words.speaks_{about.kind.value}"))}
    )


def _initials(text: str) -> Iterator[str]:
    """What the names in a text may be cut to: "ICB" for "Integrated Care Board"."""
    for name in bodies(text):
        letters = "".join(word[0] for word in name.name.split() if word[0].isupper())
        for start in range(len(letters) - 1):
            yield from (letters[start:end] for end in range(start + 2, len(letters) + 1))
