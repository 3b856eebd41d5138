"""Pure: the words of a statement that its source has in no form."""

from __future__ import annotations

from collections.abc import Iterator

from rag.generation.faithfulness.context_words import Place, borne_out
from rag.generation.faithfulness.figures import dated, figures, kept_changes
from rag.generation.faithfulness.names import known, spelt_out
from rag.generation.faithfulness.negation import denials, tells
from rag.generation.faithfulness.rewording import kin, opposite, puts
from rag.generation.faithfulness.source import SourceSpan
from rag.text.lexicon import cue, lists, words
from rag.text.parse import ParsedText, Token, parse


def foreign(statement: str, unit: SourceSpan) -> tuple[Token, ...]:
    """The telling words of a statement that the source has in no form."""
    stems = known(unit) | _denied_by_prefix(statement, unit.said)
    stems |= spelt_out(statement, unit.said)
    borne, _ = borne_out(statement, kept_changes(statement, unit.said))
    shown = [place.start for place in borne]
    told = (t for t in telling(parse(statement)) if t.start not in shown)
    above = [t.stem for t in parse(unit.heading).tokens]
    lacking = (t for t in told if not is_among(t, stems))
    return tuple(t for t in lacking if not any(kin(t.stem, other) for other in above))


def far_from(statement: str, unit: SourceSpan) -> int:
    """Whether most of what a statement says is in other words than the source's: each of them may
    say the same, all of them together seldom do."""
    told = tuple(telling(parse(statement)))
    own = [t for t in told if any(kin(t.stem, other) for other in known(unit))]
    return len(own) * 2 < len(told)


def _denied_by_prefix(statement: str, said: str) -> frozenset[str]:
    """The words that one of the two denies by a prefix and the other by "not", as a statement has
    them: "unregistered" for "not registered", and the other way about."""
    ours = [t for d in denials(parse(statement)) for t in d.words]
    theirs = {t.stem for d in denials(parse(said)) for t in d.words}
    bare = {parse(o).tokens[0].stem for t in parse(said).tokens if (o := opposite(t.word))}
    without = [t for t in parse(statement).tokens if (o := opposite(t.word)) and _stem(o) in theirs]
    return frozenset(t.stem for t in [*without, *(t for t in ours if t.stem in bare)])


def _stem(word: str) -> str:
    return parse(word).tokens[0].stem


def telling(reading: ParsedText) -> Iterator[Token]:
    """The words that carry meaning and that no other look minds."""
    minded = [(t.start, t.end) for t in _minded(reading.text)]
    for token in reading.tokens:
        if _tells(token) and not any(a <= token.start < b for a, b in minded):
            yield token


def _minded(text: str) -> Iterator[Place]:
    yield from figures(text)
    yield from dated(text)
    both = cue(lists.Backing.OF_TIME, lists.Backing.CAUSE, lists.Negation.DENIES)
    yield from (Place(None, *match.span()) for match in both.finditer(text))


def _tells(token: Token) -> bool:
    return (
        tells(token)
        and not token.word[0].isdigit()
        and token.word not in words(lists.Words.REPORTING)
        and token.word not in words(lists.Words.LIGHT)
    )


def is_among(token: Token, stems: frozenset[str]) -> bool:
    """Whether a word is among some, in that form or in one that says the same."""
    return token.stem in stems or any(puts(token.stem, other) for other in stems)
