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


def ordered_enquiries(pack: Pack, edits: PackEdits) -> tuple[LineOfEnquiry, ...]:
    """Every question in the reader's order and words, those left out too; one that the reader has
    not seen yet comes last."""
    places = {key: place for place, key in enumerate(edits.order)}
    wording = dict(edits.wording)
    enquiries: list[LineOfEnquiry] = []
    for enquiry in sorted(pack.enquiries, key=lambda line: places.get(line.key, len(places))):
        words = wording.get(enquiry.key)
        if words:
            question = replace(enquiry.question, text=words)
            enquiry = replace(enquiry, question=question, reworded=True)
        enquiries.append(enquiry)
    return tuple(enquiries)


def edited_pack(pack: Pack, edits: PackEdits) -> Pack:
    """The pack as the reader takes it into the room."""
    enquiries = ordered_enquiries(pack, edits)
    return replace(pack, enquiries=tuple(e for e in enquiries if e.key not in edits.left_out))


# ---------------------------------------------------------------- what a reader does


def moved(pack: Pack, edits: PackEdits, key: str, by: int) -> PackEdits:
    """With a question moved `by` places among those that are not left out."""
    hidden = [e.key for e in ordered_enquiries(pack, edits) if e.key in edits.left_out]
    shown = [e.key for e in edited_pack(pack, edits).enquiries]
    if key not in shown:
        return edits
    place = shown.index(key)
    shown.insert(min(max(place + by, 0), len(shown) - 1), shown.pop(place))
    return replace(edits, order=(*shown, *hidden))


def reworded(pack: Pack, edits: PackEdits, key: str, words: str) -> PackEdits:
    """With a question in the reader's words; no words, or those as made, undo it."""
    words = " ".join(words.split())[:LONGEST]
    wording = dict(edits.wording)
    wording.pop(key, None)
    as_made = {enquiry.key: enquiry.question.text for enquiry in pack.enquiries}
    if key in as_made and words not in ("", as_made[key]):
        wording[key] = words
    return replace(edits, wording=tuple(wording.items()))


def left_out(edits: PackEdits, key: str) -> PackEdits:
    """With a question left out."""
    return replace(edits, left_out=(*put_back(edits, key).left_out, key))


def put_back(edits: PackEdits, key: str) -> PackEdits:
    """With a question that was left out back in its place."""
    return replace(edits, left_out=tuple(other for other in edits.left_out if other != key))
