"""Names and posts: whether the claim names the person or body that the sentence does."""

from __future__ import annotations

from collections.abc import Iterator

from rag.text.lexicon import cue, lists, words
from rag.text.parse import ParsedSource, ParsedText, adds, agrees, differs
from rag.text.people import PersonMention, bodies, people
from rag.types import Comparison

_ASPECT = "name"


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Compare every person and body that the claim names."""
    made: list[Comparison] = []
    for name in people(claim.text):
        made += _person(name, claim, source)
    for name in bodies(claim.text):
        made += _body(name, source)
    return tuple(made)


def _person(name: PersonMention, claim: ParsedText, source: ParsedSource) -> Iterator[Comparison]:
    said = people(source.said.text)
    same = next((n for n in said if n.last == name.last), None)
    if same:
        yield agrees(_ASPECT, name.mark, same.mark)
    elif said and _posts(claim.text) & _posts(source.said.text):
        words = f"the source names {said[0].name}, the claim {name.name}"
        yield differs(_ASPECT, name.mark, said[0].mark, words)
    elif name.last in source.around.text.casefold():
        yield agrees(_ASPECT, name.mark, None)
    else:
        yield adds(_ASPECT, name.mark, f"the passage does not name {name.name}")


_POST_OF_VERB = {"lead inspector": "lead", "led": "lead"}
"""Words that tell of one post."""


def _posts(text: str) -> frozenset[str]:
    """The posts and parts that a text names, in the words of the list."""
    if cue(lists.Names.FORMER).search(text):
        return frozenset()
    found = {match.group().casefold() for match in cue(lists.Names.POST).finditer(text)}
    return frozenset(_POST_OF_VERB.get(post, post) for post in found)


def _body(name: PersonMention, source: ParsedSource) -> Iterator[Comparison]:
    if name.name.casefold() in source.around.text.casefold():
        yield agrees(_ASPECT, name.mark, None)
        return
    rival = next((n for n in bodies(source.said.text) if _rivals(name, n)), None)
    if rival:
        words = f"the source names {rival.name}, the claim {name.name}"
        yield differs(_ASPECT, name.mark, rival.mark, words)


def _rivals(one: PersonMention, other: PersonMention) -> bool:
    """Whether two names are of things of one sort and not of one thing: "Adoption Tees Valley",
    "Adoption North East"."""
    ours, theirs = _telling(one), _telling(other)
    shared = ours & theirs
    alike = len(shared) > 1 or one.name.split()[0].casefold() == other.name.split()[0].casefold()
    return bool(shared) and alike and bool(ours - theirs) and bool(theirs - ours)


def _telling(name: PersonMention) -> frozenset[str]:
    return frozenset(w.casefold() for w in name.name.split()) - words(lists.Words.OF_BODIES)
