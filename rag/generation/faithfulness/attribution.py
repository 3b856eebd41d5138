"""Pure: whether those who are said to say, feel or find something do so in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.generation.faithfulness.rewording import puts
from rag.generation.faithfulness.source import SourceSpan
from rag.text.lexicon import cue, lists, words
from rag.text.parse import ParsedText, Token, parse
from rag.text.sentences import segments
from rag.types import Kind

_KINDS = (Kind.INSPECTION_REPORT, Kind.COUNCIL_DOCUMENT, Kind.NEWS)
_BEFORE = 9
"""How many words before a verb of saying may name who says it."""
APPOSED = 16
"""... where commas part them from it, in a source."""
_AFTER = 6
"""... and after one that comes last ("said the leader"), or after "according to"."""
_BREAKS = frozenset(',;:()\u2013\u201c\u201d"')


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Who is said to say something: the telling words that name them, by the verb that tells."""

    who: tuple[Token, ...]
    opines: bool
    """Whether the verb gives an opinion or a word of theirs, which is no fact by itself."""


def stray_voices(statement: str, unit: SourceSpan) -> int:
    """How many are said to say what the source has another say, or leaves unsaid; and whether what
    somebody says in the source is told as a fact."""
    kinds = sum(
        bool(cue(lists.Speakers(f"speakers.{kind.value}")).search(statement))
        and not _speaks(kind, statement, unit)
        for kind in _KINDS
    )
    told = nearest(statement, unit.said)
    framed = unframed(statement, unit.about.kind) != statement
    lost = any(_lost(voice, statement, unit, framed) for voice in voices(told))
    return kinds + sum(not _heard(v, statement, unit) for v in voices(statement)) + lost


@lru_cache(maxsize=4096)
def unframed(statement: str, kind: Kind) -> str:
    """What a statement says of an inspection report without that the report says it; the year that
    it gives is kept."""
    if kind is not Kind.INSPECTION_REPORT:
        return statement
    for match in reversed(tuple(cue(lists.Speakers.FRAMED).finditer(statement))):
        dated = cue(lists.Speakers.WHEN).search(match.group())
        when = f" in {dated.group()}" if dated else ""
        statement = f"{statement[: match.start()]}{when} {statement[match.end() :]}"
    return re.sub(r" +([.,])", r"\1", " ".join(statement.split()))


@lru_cache(maxsize=4096)
def voices(text: str) -> tuple[SpeakerMention, ...]:
    """Those who say something in a text, apart from pronouns."""
    return tuple(v for v in _voices(parse(text)) if v.who)


def _voices(reading: ParsedText) -> Iterator[SpeakerMention]:
    for match in _says(reading):
        opines = bool(cue(lists.Speakers.OPINES).fullmatch(match.group()))
        yield SpeakerMention(_telling(_before(reading, match.start())), opines)
    for match in cue(lists.Speakers.SAYS_NEXT).finditer(reading.text):
        yield SpeakerMention(_telling(_after(reading, match.end())), True)


def _says(reading: ParsedText) -> Iterator[re.Match[str]]:
    """The verbs of saying that have a subject before them."""
    found = cue(lists.Speakers.SAYS).finditer(reading.text)
    return (match for match in found if not _is_done_to(reading, match.start()))


def _is_done_to(reading: ParsedText, at: int) -> bool:
    """Whether a verb is in the passive or has no subject: "needs not been identified", "to say"."""
    last = [t.word for t in reading.tokens if t.end <= at][-2:]
    return last[-1:] == ["to"] or any(word in words(lists.Words.BE) for word in last)


def _before(reading: ParsedText, at: int) -> list[Token]:
    """The words of the clause before a place, the nearest last."""
    near = reversed([t for t in reading.tokens if t.end <= at][-_BEFORE:])
    return list(_outward(reading, near, at))[::-1]


def _after(reading: ParsedText, at: int) -> list[Token]:
    """The words of the clause after a place."""
    return list(_outward(reading, [t for t in reading.tokens if t.start >= at][:_AFTER], at))


def _outward(reading: ParsedText, tokens: Iterable[Token], at: int) -> Iterator[Token]:
    """Words one way from a place, the nearest first, as far as its clause goes."""
    for token in tokens:
        between = reading.text[token.end : at] or reading.text[at : token.start]
        if _BREAKS & set(between) or token.word in words(lists.Words.CLAUSE_OPENS):
            return
        yield token
        at = token.start if token.end <= at else token.end


def _telling(tokens: list[Token]) -> tuple[Token, ...]:
    light = words(lists.Words.REPORTING) | words(lists.Words.NO_VOICE) | words(lists.Words.CALENDAR)
    return tuple(t for t in tokens if t.carries and t.word not in light and t.word[0].isalpha())


def _heard(voice: SpeakerMention, statement: str, unit: SourceSpan) -> bool:
    """Whether a source lets the same ones speak, or is their own."""
    if unit.about.kind is Kind.INSPECTION_REPORT and any(_inspects(t) for t in voice.who):
        return True
    own = {t.stem for t in parse(_own(unit)).tokens}
    told = nearest(statement, unit.said)
    theirs = [t.stem for other in voices(told) for t in other.who]
    theirs += [t.stem for t in (*_apposed(parse(told)), *_near_views(parse(told)))]
    # "They also said": who they are stands before.
    if any(cue(lists.Speakers.THEY).match(sentence) for sentence in segments(unit.said)):
        theirs += [t.stem for t in parse(unit.said).tokens]
    return all(t.stem in own or any(puts(t.stem, o) for o in theirs) for t in voice.who)


def _inspects(token: Token) -> bool:
    return token.word.removesuffix("'s") in words(lists.Words.INSPECTS)


def _own(unit: SourceSpan) -> str:
    """The names of those who speak in a document themselves."""
    about = unit.about
    mine = [about.publisher or "", about.agency or ""]
    if about.kind is Kind.COUNCIL_DOCUMENT:
        mine += [*about.councils, *words(lists.Words.SPEAKS_COUNCIL_DOCUMENT)]
    return " ".join(mine)


def _near_views(reading: ParsedText) -> Iterator[Token]:
    """The words around those for what somebody thinks ("the views of parents")."""
    for match in cue(lists.Speakers.VIEWS).finditer(reading.text):
        yield from _telling(_before(reading, match.start())[-3:] + _after(reading, match.end())[:5])


def _apposed(reading: ParsedText) -> Iterator[Token]:
    """The words before a verb of saying, commas or no: "Ann Bell, the leader, said"."""
    for match in _says(reading):
        yield from _telling([t for t in reading.tokens if t.end <= match.start()][-APPOSED:])


def _lost(voice: SpeakerMention, statement: str, unit: SourceSpan, framed: bool) -> bool:
    """Whether a statement tells somebody's opinion and not that it is theirs, or, `framed` as what
    inspectors found, what somebody else found."""
    if not (voice.opines or framed) or unit.about.kind is Kind.COUNCIL_DOCUMENT:
        return False
    if any(_inspects(t) for t in voice.who):
        return False
    said = [t.stem for t in parse(statement).tokens]
    return not any(puts(s, t.stem) for t in voice.who for s in said)


def _speaks(kind: Kind, statement: str, unit: SourceSpan) -> bool:
    """Whether the sentence that a statement rests on is said by that kind of source: it says so, or
    its document is of that kind and it gives nobody else's survey or audit."""
    told = nearest(statement, unit.said)
    if unit.about.kind is kind:
        return not cue(lists.Speakers.ANOTHER).search(told)
    return bool(cue(lists.Speakers(f"speakers.{kind.value}")).search(told))


@lru_cache(maxsize=4096)
def nearest(statement: str, said: str) -> str:
    """The sentence of a source that has most of a statement's words."""
    ours = parse(statement).stems
    return max(segments(said), key=lambda sentence: len(ours & parse(sentence).stems), default=said)
