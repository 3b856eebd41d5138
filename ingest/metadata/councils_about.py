"""Which councils a document is about, as against those that it mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import filterfalse

from ingest.metadata.face import DocumentFace
from rag.text.calendar import MONTHS
from rag.text.councils import (
    council_mentions,
    council_named,
    find_council_patterns,
    find_councils,
    in_gazetteer,
    pattern_mentions,
)
from rag.types import Kind

_TIER = r"(?:City|County|Borough|District|Metropolitan|Unitary|Royal|London)"
_IN_FULL = re.compile(
    rf"(?P<name>(?:(?:London|Royal)\s+Borough\s+of\s+|City\s+of\s+)?"
    rf"(?:\b[A-Z][\w'’]+(?:-[a-z]+)*(?:-[A-Z]\w+)*[ \t]+(?:(?:and|upon|on|of|&)[ \t]+)?){{1,4}}?"
    rf"(?:{_TIER}[ \t]+){{0,3}}Council)\b"
)
_FORCE = re.compile(
    r"\b(?P<name>[A-Z][\w'’-]+(?:\s+(?:and|upon|on|of|[A-Z][\w'’-]+)){0,3}?)\s+"
    r"(?:Constabulary|Police|Fire\s+and\s+Rescue\s+Service)\b"
)
_PLACE_ALONE = re.compile(
    r"^(?P<name>(?:[A-Z][\w'’-]+)(?:\s+(?:and|upon|on|of|[A-Z][\w'’-]+)){0,3}):"
)


_PART_OF_COUNTRY = frozenset(
    ("North", "South", "East", "West", "Mid", "Central", "Great", "Upper", "Lower", "New", "Old")
)
_PLACE = r"[A-Z][a-z’']+(?:(?:-[a-z]+)*-[A-Z][a-z]+)?(?: [A-Z][a-z]+)?"
_THE_COUNCIL = re.compile(r"\b[Tt]he (?:[Cc]ouncil|[Ll]ocal [Aa]uthority)\b")
_LIST = re.compile(rf"\b{_PLACE}(?:, {_PLACE})+,? and {_PLACE}\b")
_PAIR = re.compile(rf"\b({_PLACE}) (?:and|nor|or) ({_PLACE})\b")
_INSPECTED_IN = re.compile(
    rf"\b(?:[Ii]nspection|[Vv]isit|[Rr]eview|[Aa]ssessment)\b.{{0,80}}\b(?:in|of) "
    rf"(?P<name>{_PLACE})$"
)
_NO_PLACE = frozenset((*map(str.capitalize, MONTHS), "The", "In", "At", "By", "Of", "And")) | {
    f"{day}day" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
}


def councils_about(face: DocumentFace, title: str, kind: Kind, publisher: str) -> tuple[str, ...]:
    """The councils that the document is about, by short name, in order of mention.

    Those that its title names, or the title of its site; else the one whose own paper it is, or,
    for an inspection report, those of its first lines; else those that it names most, so that a
    council mentioned in passing is none.
    """
    text = without_capitals(f"{face.head_text}\n\n{face.blocks}")
    titled = _in_title(without_capitals(title), text)
    if titled:
        return titled
    for line in (*face.site_names, face.hints.page_title or ""):
        named = _both(without_capitals(line))
        if named:
            return named
    if kind is Kind.COUNCIL_DOCUMENT:
        own = _both(publisher)
        if own:
            return own
    if kind is Kind.INSPECTION_REPORT:
        first = _both("\n".join(face.head[:6])) or _place_inspected((title, *face.head[:6]))
        if first:
            return first
    return (
        _most_named(text, whole_names=kind is Kind.OTHER)
        or _listed_together(text)
        or _place_in_title(title, text)
    )


def council_called(name: str) -> str | None:
    """The council whose name in full a short text is, and nothing besides; or None."""
    name = " ".join(without_capitals(name).split()).strip(" .,:")
    match = _IN_FULL.fullmatch(re.sub(r"^The\s+", "", name))
    found = council_in_full(name) if match else None
    return found if found and len(name) - len(found) <= len("The ") else None


def without_capitals(text: str) -> str:
    """The text, its lines that are all in capitals written with initial ones."""
    return "\n".join(_initials(line) if line.isupper() else line for line in text.split("\n"))


def _initials(line: str) -> str:
    return re.sub(r"[^\W\d_]+(?:['’]S\b)?", _initial, line)


def _initial(match: re.Match[str]) -> str:
    word = match.group().lower()
    return word if word in ("and", "of", "on", "upon", "the", "in", "with") else word.capitalize()


def council_in_full(text: str) -> str | None:
    """The first council named in full ("Doncaster Metropolitan Borough Council"), or None."""
    for match in _IN_FULL.finditer(without_capitals(text)):
        name = re.sub(r"^(?:(?:Dear|To|From|The)\s+)+", "", " ".join(match["name"].split()))
        short = find_council_patterns(name)
        if short:
            return name[name.index(short[0].split()[0]) :] if short[0] in name else name
    return None


def _both(text: str) -> tuple[str, ...]:
    """Councils of the gazetteer and those named in official form, in order of mention."""
    mentions = sorted((*council_mentions(text), *pattern_mentions(text)), key=lambda m: m.start)
    return _without_forewords(tuple(dict.fromkeys(mention.name for mention in mentions)), text)


def _without_forewords(names: Iterable[str], text: str) -> tuple[str, ...]:
    """Names found by their form, without a word that stands before one by chance: one that is a
    council's without it on a line of its own, or far oftener ("Learning" over "Moor Council").
    A point of the compass makes another council of it."""
    lines = text.split("\n")
    flat = " ".join(lines)
    called = {name for line in lines for name in find_council_patterns(line)}
    return tuple(dict.fromkeys(_alone(name, called, flat) for name in names))


def _alone(name: str, called: Collection[str], text: str) -> str:
    words = name.split()
    for at in range(1, len(words) if not in_gazetteer(name) else 0):
        rest = " ".join(words[at:])
        alone = _count_alone(rest, text)
        oftener = alone > _count(name, text) or (alone and rest in called)
        if oftener and words[at - 1] not in _PART_OF_COUNTRY:
            return rest
    return name


def _count_alone(name: str, text: str) -> int:
    """How often a text has a name that is no part of a longer one ("Vale House", "Wray Arms")."""
    count = 0
    for match in re.finditer(rf"\b{re.escape(name)}\b", text):
        before = text[: match.start()].split(" ")[-2:-1]
        after = text[match.end() :].split(" ")[1:2]
        beside = [word for word in (*before, *after) if word[:1].isupper() or word == "and"]
        count += not beside or beside == ["Council"]
    return count


def _in_title(title: str, text: str) -> tuple[str, ...]:
    """Councils in the title; an unlisted name counts if the text calls it a council."""
    councils = _both(title)
    if councils:
        return councils
    unlisted = filterfalse(in_gazetteer, find_council_patterns(text))
    return tuple(name for name in _without_forewords(unlisted, text) if _count(name, title))


def _most_named(text: str, *, whole_names: bool) -> tuple[str, ...]:
    """The councils that a text names most; with `whole_names` only such as it calls councils."""
    named = council_mentions(text)
    called = set(find_council_patterns(text))
    counts = Counter(m.name for m in named if m.name in called or not whole_names)
    for name in filterfalse(in_gazetteer, called):
        counts[name] = _count(name, text)
    most = max(counts.values(), default=0)
    alone = len(counts) == 1 and not called.isdisjoint(counts)
    enough = 1 if alone else max(2, (most + 1) // 2)
    councils = dict.fromkeys((*find_councils(text), *find_council_patterns(text)))
    return _without_forewords(tuple(n for n in councils if counts[n] >= enough)[:3], text)


def _listed_together(text: str) -> tuple[str, ...]:
    """The places that a round-up of councils lists together, where it names none of them a council:
    those of a sentence that speaks of councils, or that it names again and again."""
    if len(re.findall(r"\b(?:councils|authorities)\b", text)) < 2:
        return ()
    names: dict[str, None] = {}
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        of_councils = re.search(r"\b(?:councils|authorities|services in)\b", sentence)
        for match in _LIST.finditer(sentence):
            places = re.split(r", | and ", match.group().replace(", and ", " and "))
            known = of_councils or not names.keys().isdisjoint(places)
            for place in places:
                if place not in _NO_PLACE and (known or _count(place, text) > 2):
                    names[place] = None
    for one, other in _PAIR.findall(text):
        if {one, other} & names.keys() and min(_count(one, text), _count(other, text)) > 2:
            names.update({one: None, other: None})
    return tuple(names)


def _place_inspected(lines: Sequence[str]) -> tuple[str, ...]:
    """The place or the force that a report is titled by, in the first of some lines."""
    for line in lines:
        place = _PLACE_ALONE.match(line) or _FORCE.search(line) or _INSPECTED_IN.search(line)
        if place:
            return (council_named(place["name"]),)
    return ()


def _place_in_title(title: str, text: str) -> tuple[str, ...]:
    """The place that a title ends with ("transport in Fernhithe"), in a paper that speaks of its
    council without naming it in full."""
    place = re.search(rf"\bin (?P<name>{_PLACE})(?:$|[:,;(.])", title)
    if place and _THE_COUNCIL.search(text) and _count(place["name"], text) > 1:
        return (place["name"],)
    return ()


def _count(name: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(name)}\b", text))
