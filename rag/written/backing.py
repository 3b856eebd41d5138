"""Pure: what a statement says that words of a source do not; backed is where there is nothing.

What a statement adds is looked for in every respect in which a language model has been seen to
stray: figures, dates, names, who speaks, denials, how many, causes, whether a thing is so or only
planned, words that the source neither has nor has in other words, and words that it has elsewhere.
Strict on purpose: what is left out is quoted, and a wrong sentence with a citation under it costs
more than a lost one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace

from rag.comparators import grades
from rag.comparators.compare import compare
from rag.comparators.grades import judges
from rag.comparators.reading import Reading, Source, Token, read
from rag.cues import cue, words
from rag.judgements import NAMED_GRADE, full_grade
from rag.segment import segments
from rag.types import Finding, Kind
from rag.vocabulary import expansions
from rag.written.company import Place, borne_out, strayed
from rag.written.denials import denials, tells, unlike
from rag.written.names import known, stray_bodies, stray_names, unplaced
from rag.written.opposites import reversed_words
from rag.written.order import crossed, unexplained
from rag.written.rewording import in_one_form, kin, opposite, puts
from rag.written.slots import exchanged, others
from rag.written.unit import Unit
from rag.written.values import (
    dated,
    figures,
    kept_changes,
    misplaced_values,
    stray_dates,
    stray_figures,
)
from rag.written.voices import nearest, stray_voices, unframed

_MINDED = frozenset({"number", "date", "grade", "name", "attribution", "council", "direction"})
"""The aspects in which a comparator's difference is one; the finer looks here mind the rest."""

AHEAD = 3
"""From how many words of one sentence a single one of the next is put in where it was not."""


def backs(statement: str, unit: Unit) -> bool:
    """Whether a source says all that a statement says."""
    told, source = _in_one_form(statement, unit)
    return not any(look(told, source) for look in _LOOKS.values()) and not stray_voices(
        statement, unit
    )


def strays(statement: str, unit: Unit) -> dict[str, int]:
    """In which respects, and how often, a statement says what the source does not; empty where the
    source backs it."""
    told, source = _in_one_form(statement, unit)
    found = {name: look(told, source) for name, look in _LOOKS.items()}
    found["speaker"] = stray_voices(unplaced(statement, unit), unit)
    return {name: count for name, count in found.items() if count}


def _in_one_form(statement: str, unit: Unit) -> tuple[str, Unit]:
    told = in_one_form(unframed(unplaced(statement, unit), unit.about.kind))
    return told, replace(unit, said=in_one_form(unit.said))


def _differences(statement: str, unit: Unit) -> int:
    source = Source(read(unit.said), read(f"{unit.heading}. {unit.said}"), unit.about)
    found = compare(read(statement), source)
    return sum(c.finding is Finding.DIFFERS and c.aspect in _MINDED for c in found)


def _wishes(statement: str, unit: Unit) -> int:
    """Whether what a report asks to be improved ("Consistency of service") is told as a fact."""
    asked = cue("printed.improvements_heading").search(unit.heading)
    if not asked or cue("backing.is_so").search(unit.said):
        return 0
    return not cue("backing.wished").search(statement)


def _causes(statement: str, unit: Unit) -> int:
    """Whether a cause is told for which the source tells neither cause nor purpose."""
    told = cue("backing.cause").search(statement)
    if told and not cue("backing.cause", "backing.purpose").search(unit.said):
        return 1
    return unexplained(statement, unit.said)


def _turned(statement: str, unit: Unit) -> int:
    turned = strayed(statement, unit.said, kept_changes(statement, unit.said))
    if not cue("backing.calls").search(unit.said):
        return len(turned)
    # "Ensure that plans are clear" is told as what should be, and not otherwise.
    called = cue("turns.ought").search(statement)
    return sum(name != "ought" for name in turned) + (not called)


def _grades(statement: str, unit: Unit) -> int:
    """Whether a statement gives a grade that the source does not give."""
    if not judges(statement):
        return 0
    source = Source(read(unit.said), read(unit.said), unit.about)
    agree = any(c.finding is Finding.AGREES for c in grades.compare(read(statement), source))
    return not agree and not _graded(statement) <= _graded(unit.said)


def _graded(text: str) -> frozenset[str]:
    return frozenset(full_grade(match.group(1)) for match in NAMED_GRADE.finditer(text))


def _agents(statement: str, unit: Unit) -> int:
    """Whether something is said to be done by another than in the source."""
    inspected = unit.about.kind is Kind.INSPECTION_REPORT
    told = cue("backing.by_inspectors").sub("", statement) if inspected else statement
    ours, theirs = _by(told), _by(unit.said)
    around = f"{unit.heading}. {nearest(statement, unit.said)}"
    held = theirs or [t.stem for t in read(around).tokens]
    forms = (form for _, forms in expansions(unit.said) for form in forms)
    held += [t.stem for form in forms for t in read(form).tokens]
    return bool(ours) and not any(puts(a, b) for a in ours for b in held)


def _by(text: str) -> list[str]:
    """The first telling word after each "by" that names who did something."""
    reading = read(text)
    found = []
    for match in cue("backing.by").finditer(text):
        after = [t for t in reading.tokens if t.start >= match.end() and t.carries][:1]
        found += [t.stem for t in after if not t.word[0].isdigit()]
    return found


# ---------------------------------------------------------------- words that the source lacks


def foreign(statement: str, unit: Unit) -> tuple[Token, ...]:
    """The telling words of a statement that the source has in no form."""
    stems = known(unit) | _denied_by_prefix(statement, unit.said)
    borne, _ = borne_out(statement, kept_changes(statement, unit.said))
    shown = [place.start for place in borne]
    telling = (t for t in _telling(read(statement)) if t.start not in shown)
    above = [t.stem for t in read(unit.heading).tokens]
    lacking = (t for t in telling if not _is_among(t, stems))
    return tuple(t for t in lacking if not any(kin(t.stem, other) for other in above))


def _far_from(statement: str, unit: Unit) -> int:
    """Whether most of what a statement says is in other words than the source's: each of them may
    say the same, all of them together seldom do."""
    telling = tuple(_telling(read(statement)))
    own = [t for t in telling if any(kin(t.stem, other) for other in known(unit))]
    return len(own) * 2 < len(telling)


def _joined(statement: str, said: str) -> int:
    """Whether a statement puts a single word of the second of two sentences into the first, or a
    single figure of either into the other."""
    sentences = tuple(segments(said))
    if len(sentences) != 2:
        return 0
    ours = tuple(_telling(read(statement)))
    first, second = (frozenset(t.stem for t in read(s).tokens) for s in sentences)
    ahead = [t for t in ours if _is_among(t, first) and not _is_among(t, second)]
    after = [t for t in ours if _is_among(t, second) and not _is_among(t, first)]
    told, held, other = (_values(text) for text in (statement, *sentences))
    ours_alone, theirs_alone = bool(told & held - other), bool(told & other - held)
    if len(ahead) >= AHEAD and not theirs_alone:
        return len(after) > 0 and AHEAD * len(after) <= len(ahead)
    if len(ahead) >= AHEAD:
        return not after
    return len(after) >= AHEAD and not ahead and ours_alone


def _values(text: str) -> frozenset[Hashable]:
    """The figures and dates of a text."""
    return frozenset(place.what for place in (*figures(text), *dated(text)))


def _denied_by_prefix(statement: str, said: str) -> frozenset[str]:
    """The words that one of the two denies by a prefix and the other by "not", as a statement has
    them: "unregistered" for "not registered", and the other way about."""
    ours = [t for d in denials(read(statement)) for t in d.words]
    theirs = {t.stem for d in denials(read(said)) for t in d.words}
    bare = {read(o).tokens[0].stem for t in read(said).tokens if (o := opposite(t.word))}
    without = [t for t in read(statement).tokens if (o := opposite(t.word)) and _stem(o) in theirs]
    return frozenset(t.stem for t in [*without, *(t for t in ours if t.stem in bare)])


def _stem(word: str) -> str:
    return read(word).tokens[0].stem


def _telling(reading: Reading) -> Iterator[Token]:
    """The words that carry meaning and that no other look minds."""
    minded = [(t.start, t.end) for t in _minded(reading.text)]
    for token in reading.tokens:
        if _tells(token) and not any(a <= token.start < b for a, b in minded):
            yield token


def _minded(text: str) -> Iterator[Place]:
    yield from figures(text)
    yield from dated(text)
    both = cue("backing.of_time", "backing.cause", "negation.denies")
    yield from (Place(None, *match.span()) for match in both.finditer(text))


def _tells(token: Token) -> bool:
    return (
        tells(token)
        and not token.word[0].isdigit()
        and token.word not in words("words.reporting")
        and token.word not in words("words.light")
    )


def _is_among(token: Token, stems: frozenset[str]) -> bool:
    return token.stem in stems or any(puts(token.stem, other) for other in stems)


# The quickest to find fault come first: most statements are said by none of most sources.
_LOOKS: Mapping[str, Callable[[str, Unit], int]] = {
    "word": lambda statement, unit: len(foreign(statement, unit)),
    "figure": stray_figures,
    "place of a figure": misplaced_values,
    "date": stray_dates,
    "name": stray_names,
    "body": stray_bodies,
    "difference": _differences,
    "cause": _causes,
    "turn": _turned,
    "denial": lambda statement, unit: unlike(statement, unit.said),
    "opposite": lambda statement, unit: len(reversed_words(statement, unit.said)),
    "grade": _grades,
    "agent": _agents,
    "wish": _wishes,
    "other words": _far_from,
    "place of a word": lambda statement, unit: len(exchanged(statement, unit.said)),
    "joined": lambda statement, unit: _joined(statement, unit.said),
    "who": lambda statement, unit: others(statement, unit.said),
    "order": lambda statement, unit: crossed(statement, unit.said),
}
