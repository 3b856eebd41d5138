"""The clauses of a sentence, and whether it claims, asks, quotes or thinks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.lexicon import cue, lists
from rag.types import PartKind

_HALVES = re.compile(
    r"(?:;|(?P<comma>,)?(?<!\s)\s+(?:and|but|while|whereas))\s+(?=\S)", re.IGNORECASE
)
_HEAD = re.compile(r"\s*(?:\S+\s+){0,12}\S*")
"""The words of a piece in which its subject and its verb must stand."""
_QUOTED = re.compile(r"^[\"\u201c\u2018'](?P<words>[^\"\u201d]+)[\"\u201d\u2019']")


OPENINGS = re.compile(
    r"^(?:(?:and|but|so|then|also|indeed|chair|colleagues|members|friends),?\s+)+", re.IGNORECASE
)


def kind_of(sentence: str) -> PartKind:
    """What a sentence is: a claim unless its form tells otherwise."""
    plain = OPENINGS.sub("", sentence.strip())
    quoted = _QUOTED.match(plain)
    if quoted and len(quoted["words"]) * 2 > len(plain):
        return PartKind.QUOTATION
    if plain.endswith("?"):
        return PartKind.QUESTION
    opinion = cue(lists.Speech.OPINION).search(plain)
    if opinion and not cue(lists.Speech.REPORTS).search(plain, 0, opinion.start()):
        return PartKind.OPINION
    if cue(lists.Speech.INSTRUCTION).match(plain):
        return PartKind.INSTRUCTION
    tells = cue(lists.Speech.TELLS).search(plain) or (len(plain.split()) > 4 and plain[-1:] != "!")
    return PartKind.CLAIM if tells else PartKind.OPINION


def halves(sentence: str) -> Iterator[tuple[int, str]]:
    """The halves of a sentence where each has a verb of its own and its own subject; else all."""
    for match in _HALVES.finditer(sentence):
        first, second = sentence[: match.start()], sentence[match.end() :]
        apart = match["comma"] or match.group().startswith(";") or _opens_subject(second)
        if apart and _stands(first, first=True) and _stands(second, first=False):
            yield 0, first
            for at, piece in halves(second):
                yield match.end() + at, piece
            return
    yield 0, sentence


def _opens_subject(piece: str) -> bool:
    """Whether a half that no comma parts from the first begins with a subject of its own."""
    return not piece[0].islower() or bool(cue(lists.Speech.OPENS_SUBJECT).match(piece))


def _stands(piece: str, *, first: bool) -> bool:
    """Whether a piece says something by itself: a subject, then a verb that tells."""
    head = _HEAD.match(piece)
    piece = head.group() if head else ""
    verb = cue(lists.Speech.TELLS).search(piece)
    if verb is None or len(piece.split()) < 4:
        return False
    subject = piece[: verb.start()].split()
    return 0 < len(subject) <= 9 and (first or not cue(lists.Speech.LEANING).match(piece))
