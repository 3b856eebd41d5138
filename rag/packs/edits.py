"""What a reader made of the questions of a pack: their order, their wording, what is left out.

It names questions by their keys, so that it still holds when the pack is made again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.packs.types import LineOfEnquiry, Pack

LONGEST = 500
"""Of a question in a reader's words, in characters."""


@dataclass(frozen=True, slots=True)
class PackEdits:
    """The order of the questions, those reworded, and those left out; the others stay as made."""

    order: tuple[str, ...] = ()
    wording: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()


AS_MADE = PackEdits()


def ordered(pack: Pack, arrangement: PackEdits) -> tuple[LineOfEnquiry, ...]:
    """Every question in the reader's order and words, those left out too; one that the reader has
    not seen yet comes last."""
    places = {key: place for place, key in enumerate(arrangement.order)}
    wording = dict(arrangement.wording)
    told = sorted(pack.enquiries, key=lambda each: places.get(each.key, len(places)))
    return tuple(_worded(each, wording.get(each.key, "")) for each in told)


def edited_pack(pack: Pack, arrangement: PackEdits) -> Pack:
    """The pack as the reader takes it into the room."""
    told = ordered(pack, arrangement)
    return replace(
        pack, enquiries=tuple(each for each in told if each.key not in arrangement.left_out)
    )


def _worded(enquiry: LineOfEnquiry, words: str) -> LineOfEnquiry:
    if not words:
        return enquiry
    return replace(enquiry, question=replace(enquiry.question, text=words), reworded=True)


# ---------------------------------------------------------------- what a reader does


def moved(pack: Pack, arrangement: PackEdits, key: str, by: int) -> PackEdits:
    """With a question moved `by` places among those that are not left out."""
    keys = [each.key for each in ordered(pack, arrangement)]
    kept = [each for each in keys if each not in arrangement.left_out]
    if key not in kept:
        return arrangement
    place = kept.index(key)
    kept.insert(min(max(place + by, 0), len(kept) - 1), kept.pop(place))
    return replace(arrangement, order=(*kept, *(k for k in keys if k not in kept)))


def reworded(pack: Pack, arrangement: PackEdits, key: str, words: str) -> PackEdits:
    """With a question in the reader's words; no words, or those as made, undo it."""
    made = {each.key: each.question.text for each in pack.enquiries}
    told = " ".join(words.split())[:LONGEST]
    others = tuple(pair for pair in arrangement.wording if pair[0] != key)
    if key not in made or told in ("", made[key]):
        return replace(arrangement, wording=others)
    return replace(arrangement, wording=(*others, (key, told)))


def left_out(arrangement: PackEdits, key: str) -> PackEdits:
    """With a question left out."""
    return replace(arrangement, left_out=(*put_back(arrangement, key).left_out, key))


def put_back(arrangement: PackEdits, key: str) -> PackEdits:
    """With a question that was left out back in its place."""
    return replace(arrangement, left_out=tuple(k for k in arrangement.left_out if k != key))
