"""Grades and sub-judgements: whether the claim gives the grade that a report gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.claims.table_rows import table_row
from rag.inspection.frameworks import OVERALL, Grade
from rag.inspection.grades import NAMED_GRADE, areas_in, areas_judged, judges, read_grade
from rag.text.dates import is_of, moments
from rag.text.lexicon import cue, lists
from rag.text.negation_scope import negated_at
from rag.text.parse import ParsedSource, ParsedText, agrees, differs
from rag.types import Comparison, TextSpan

_ASPECT = "grade"


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Compare the grade that the sentence gives with the claim's for the same area."""
    if not judges(claim.text):
        return ()
    given = read_grade(_line(source.said.text))
    if given is None:
        return tuple(_ungraded(claim, source))
    return tuple(c for match in _of_time(claim, source) for c in _one(match, given, claim, source))


def _line(text: str) -> str:
    """A row of a table of which one cell is left as a line that ends in its value."""
    row = table_row(text)
    return f"{row.label}: {row.cells[0].value}" if row and len(row.cells) == 1 else text


def _one(
    match: re.Match[str],
    given: tuple[frozenset[str], Grade],
    claim: ParsedText,
    source: ParsedSource,
) -> Iterator[Comparison]:
    areas, grade = given
    if areas.isdisjoint(areas_judged(claim.text)):
        return
    mark = TextSpan(*match.span())
    stated = NAMED_GRADE.search(source.said.text)
    there = TextSpan(*list(NAMED_GRADE.finditer(source.said.text))[-1].span()) if stated else None
    same = grade.is_called(match.group()) is not negated_at(claim, match.start())
    if same:
        yield agrees(_ASPECT, mark, there, f"both say {grade.word}")
    else:
        yield differs(
            _ASPECT, mark, there, f"the source says {grade.word}, the claim says {match.group()}"
        )


def _of_time(claim: ParsedText, source: ParsedSource) -> list[re.Match[str]]:
    """The grades of the claim that are of the document's time: in "from inadequate in 2017 to good
    in 2019", one for each year."""
    found = list(NAMED_GRADE.finditer(claim.text))
    dated = [(m, is_of(m, source.about)) for m in moments(claim.text)]
    if len(found) < 2 or not any(of for _, of in dated) or all(of for _, of in dated):
        return found
    kept = []
    for match in found:
        near = min(dated, key=lambda row: abs(row[0].mark.start - match.end()))
        if near[1]:
            kept.append(match)
    return kept


def _ungraded(claim: ParsedText, source: ParsedSource) -> Iterator[Comparison]:
    """Where a report says that it gives no overall grade, and the claim gives one."""
    said = cue(lists.Printed.NO_OVERALL).search(source.said.text)
    overall = OVERALL in areas_in(claim.text)
    match = NAMED_GRADE.search(claim.text)
    if said and overall and match:
        words = f"the source gives no overall grade, the claim says {match.group()}"
        yield differs(_ASPECT, TextSpan(*match.span()), TextSpan(*said.span()), words)
