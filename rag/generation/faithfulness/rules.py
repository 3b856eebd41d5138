"""Pure: what a statement says that words of a source do not; backed is where there is nothing.

What a statement adds is looked for in every respect in which a language model has been seen to
stray. Some are exact: figures, dates, names, grades, who speaks, denials, and whether it is of the
same matter at all; what they object to no judge of meaning overrules. The others go by words, and
stand for meaning where nobody judges it: causes, whether a thing is so or only planned, words that
the source neither has nor has in other words, and words that it has elsewhere. Strict on purpose:
what is left out is quoted, and a wrong sentence with a citation under it costs more than a lost
one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

from rag.claims.comparators import grades
from rag.claims.comparators.compare import compare
from rag.generation.faithfulness.attribution import stray_voices, unframed
from rag.generation.faithfulness.benchmarks import untold
from rag.generation.faithfulness.causes import crossed, unexplained
from rag.generation.faithfulness.context_words import strayed
from rag.generation.faithfulness.figures import (
    kept_changes,
    misplaced_values,
    stray_dates,
    stray_figures,
)
from rag.generation.faithfulness.merged_sentences import joined
from rag.generation.faithfulness.names import stray_bodies, stray_names, unplaced
from rag.generation.faithfulness.negation import unlike
from rag.generation.faithfulness.opposites import reversed_words
from rag.generation.faithfulness.rewording import in_one_form
from rag.generation.faithfulness.source import SourceSpan
from rag.generation.faithfulness.substitutions import exchanged, others
from rag.generation.faithfulness.unsupported_words import far_from, foreign
from rag.inspection.grades import grades_named, judges
from rag.text.lexicon import cue, lists
from rag.text.parse import ParsedSource, parse
from rag.types import Agreement

_MINDED = frozenset({"number", "date", "grade", "name", "attribution", "council", "direction"})
"""The aspects in which a comparator's difference is one; the finer looks here mind the rest."""


class Fit(Enum):
    """How the words of a source fit a statement."""

    DIFFERS = auto()
    """They speak of another matter, or something exact differs."""
    AGREES = auto()
    """Nothing exact differs, but by themselves they do not say all of it."""
    SAYS = auto()
    """They say all of it, as far as words by themselves can tell."""


def fit_of(statement: str, unit: SourceSpan) -> Fit:
    """How the words of a source fit a statement."""
    plain = unplaced(statement, unit)
    told, source = _in_one_form(plain, unit)
    if any(look(told, source) for look in _EXACT.values()) or stray_voices(plain, unit):
        return Fit.DIFFERS
    return Fit.AGREES if any(look(told, source) for look in _OF_WORDS.values()) else Fit.SAYS


def _in_one_form(statement: str, unit: SourceSpan) -> tuple[str, SourceSpan]:
    told = in_one_form(unframed(statement, unit.about.kind))
    return told, replace(unit, said=in_one_form(unit.said))


def _differences(statement: str, unit: SourceSpan) -> int:
    source = ParsedSource(parse(unit.said), parse(f"{unit.heading}. {unit.said}"), unit.about)
    found = compare(parse(statement), source)
    return sum(c.finding is Agreement.DIFFERS and c.aspect in _MINDED for c in found)


def told_as_fact(statement: str, unit: SourceSpan) -> int:
    """Whether what a report asks to be improved ("Consistency of service") is told as a fact."""
    asked = cue(lists.Printed.IMPROVEMENTS_HEADING).search(unit.heading)
    if not asked or cue(lists.Backing.IS_SO).search(unit.said):
        return 0
    return not cue(lists.Backing.WISHED).search(statement)


def _causes(statement: str, unit: SourceSpan) -> int:
    """Whether a cause is told for which the source tells neither cause nor purpose."""
    told = cue(lists.Backing.CAUSE).search(statement)
    if told and not cue(lists.Backing.CAUSE, lists.Backing.PURPOSE).search(unit.said):
        return 1
    return unexplained(statement, unit.said)


def _turned(statement: str, unit: SourceSpan) -> int:
    turned = strayed(statement, unit.said, kept_changes(statement, unit.said))
    if not cue(lists.Backing.CALLS).search(unit.said):
        return len(turned)
    # "Ensure that plans are clear" is told as what should be, and not otherwise.
    called = cue(lists.Turns.OUGHT).search(statement)
    return sum(name != "ought" for name in turned) + (not called)


def _grades(statement: str, unit: SourceSpan) -> int:
    """Whether a statement gives a grade that the source does not give."""
    if not judges(statement):
        return 0
    source = ParsedSource(parse(unit.said), parse(unit.said), unit.about)
    agree = any(c.finding is Agreement.AGREES for c in grades.compare(parse(statement), source))
    return not agree and not set(grades_named(statement)) <= set(grades_named(unit.said))


# The quickest to find fault come first: most statements are said by none of most sources.
_EXACT: dict[str, Callable[[str, SourceSpan], int]] = {
    "other words": far_from,
    "figure": stray_figures,
    "place of a figure": misplaced_values,
    "date": stray_dates,
    "name": stray_names,
    "body": stray_bodies,
    "difference": _differences,
    "grade": _grades,
    "denial": lambda statement, unit: unlike(statement, unit.said),
    "opposite": lambda statement, unit: len(reversed_words(statement, unit.said)),
    "who": lambda statement, unit: others(statement, unit.said),
}
_OF_WORDS: dict[str, Callable[[str, SourceSpan], int]] = {
    "word": lambda statement, unit: len(foreign(statement, unit)),
    "benchmark": lambda statement, unit: untold(statement, unit.said),
    "cause": _causes,
    "turn": _turned,
    "wish": told_as_fact,
    "place of a word": lambda statement, unit: len(exchanged(statement, unit.said)),
    "joined": lambda statement, unit: joined(statement, unit.said),
    "order": lambda statement, unit: crossed(statement, unit.said),
}
