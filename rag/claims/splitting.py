"""Pure: a pasted speech -> its pieces, those that can be checked told from those that cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.bounds import parted
from rag.text.clauses import OPENINGS, halves, kind_of
from rag.text.councils import council_mentions, pattern_mentions
from rag.text.people import people
from rag.text.sentences import segments
from rag.types import ClaimPart, PartKind

LONGEST = 20_000
"""How many characters of a speech are read."""
UNCHECKED = {
    PartKind.QUOTATION: "A quotation: write who said what, without quotation marks, to have it "
    "checked that they said it.",
    PartKind.OPINION: "An opinion, a wish or a promise: no document can decide it.",
    PartKind.QUESTION: "A question, not a claim: ask it instead.",
    PartKind.INSTRUCTION: "A call to do something: there is nothing in it to check.",
}
"""Why a piece that is no claim is not checked."""
_IT = re.compile(
    r"^(?:it|they|the council|this council|the borough|the county|our council)\b", re.IGNORECASE
)


def split_claims(text: str, councils: Iterable[str] = ()) -> tuple[ClaimPart, ...]:
    """Split a text into sentences, and sentences that say two things into halves that each stand.

    Only what tells how something is or was is a claim; a claim that begins with "it" or "the
    council" is completed with the council that was named last: one that everybody knows, or one
    of `councils`.
    """
    found: list[ClaimPart] = []
    council, known = "", tuple(councils)
    for start, sentence in _sentences(parted(text[:LONGEST])):
        kind = kind_of(sentence)
        pieces = halves(sentence) if kind is PartKind.CLAIM else ((0, sentence),)
        for at, piece in pieces:
            claim = _completed(piece, council, known) if kind is PartKind.CLAIM else ""
            found.append(ClaimPart(piece, start + at, kind, claim))
            council = _council(piece, known) or council
    return tuple(found)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in segments(text):
        words = line.strip()
        if words and any(char.isalnum() for char in words):
            at = max(text.find(words, at), at)
            yield at, words
            at += len(words)


def _council(piece: str, known: Sequence[str]) -> str:
    """The council that is named last in a piece."""
    named = [(m.start, m.name) for m in (*council_mentions(piece), *pattern_mentions(piece))]
    named += [
        (match.start(), name)
        for name in known
        for match in re.finditer(rf"\b{re.escape(name)}\b", piece)
    ]
    return max(named, default=(0, ""))[1]


def _completed(piece: str, council: str, known: Sequence[str]) -> str:
    """The piece with the council that it is about, where it only points back to it."""
    plain = OPENINGS.sub("", piece.strip())
    plain = plain[:1].upper() + plain[1:]
    if not council or _council(plain, known) or people(plain):
        return plain
    if _IT.match(plain):
        return _IT.sub(council, plain, count=1)
    return f"In {council}, {plain if plain[1:2].isupper() else plain[:1].lower() + plain[1:]}"
