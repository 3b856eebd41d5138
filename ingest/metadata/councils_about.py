"""Which councils a document is about, as against those that it mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import filterfalse

from rag.text.councils import (
    council_mentions,
    find_council_patterns,
    find_councils,
    in_gazetteer,
    pattern_mentions,
)
from rag.types import Kind

_TIER = r"(?:City|County|Borough|District|Metropolitan|Unitary|Royal|London)"
_IN_FULL = re.compile(
    rf"(?P<name>(?:(?:London|Royal)\s+Borough\s+of\s+|City\s+of\s+)?"
    rf"(?:[A-Z][\w'’]+(?:-[a-z]+)*(?:-[A-Z]\w+)*[ \t]+(?:(?:and|upon|on|of|&)[ \t]+)?){{1,4}}?"
    rf"(?:{_TIER}[ \t]+){{0,3}}Council)\b"
)
_PLACE_ALONE = re.compile(
    r"^(?P<name>(?:[A-Z][\w'’-]+)(?:\s+(?:and|upon|on|of|[A-Z][\w'’-]+)){0,3}):"
)


def councils_about(title: str, head: Sequence[str], text: str, kind: Kind) -> tuple[str, ...]:
    """The councils that the document is about, by short name, in order of mention.

    Those that its title names; else, for an inspection report, those of its first lines; else
    those that it names most, so that a council mentioned in passing is none.
    """
    titled = _in_title(title, text)
    if titled:
        return titled
    if kind is Kind.OTHER:
        return ()
    if kind is Kind.INSPECTION_REPORT:
        place = _PLACE_ALONE.match(title)
        first = _both("\n".join(head[:6])) or ((place["name"],) if place else ())
        if first:
            return first
    return _most_named("\n".join((*head[:3], text)))


def council_in_full(text: str) -> str | None:
    """The first council named in full ("Doncaster Metropolitan Borough Council"), or None."""
    for match in _IN_FULL.finditer(text):
        name = " ".join(match["name"].split())
        short = find_council_patterns(name)
        if short:
            return name[name.index(short[0].split()[0]) :] if short[0] in name else name
    return None


def _both(text: str) -> tuple[str, ...]:
    """Councils of the gazetteer and those named in official form, in order of mention."""
    mentions = sorted((*council_mentions(text), *pattern_mentions(text)), key=lambda m: m.start)
    return tuple(dict.fromkeys(mention.name for mention in mentions))


def _in_title(title: str, text: str) -> tuple[str, ...]:
    """Councils in the title; an unlisted name counts if the text calls it a council."""
    councils = _both(title)
    if councils:
        return councils
    unlisted = filterfalse(in_gazetteer, find_council_patterns(text))
    return tuple(name for name in unlisted if _count(name, title))


def _most_named(text: str) -> tuple[str, ...]:
    counts = Counter(mention.name for mention in council_mentions(text))
    for name in filterfalse(in_gazetteer, find_council_patterns(text)):
        counts[name] = _count(name, text)
    most = max(counts.values(), default=0)
    enough = max(2, (most + 1) // 2)
    councils = dict.fromkeys((*find_councils(text), *counts))
    return tuple(name for name in councils if counts[name] >= enough)[:3]


def _count(name: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(name)}\b", text))
