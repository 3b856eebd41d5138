"""Rows of tables as they stand on a page: "row heading | column heading: value | ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.question.expansion import expanded, expansions
from rag.text.dates import moments
from rag.text.parse import parse
from rag.text.quantities import quantities
from rag.text.synonyms import same_stem
from rag.types import Agreement, Comparison, TextSpan

CELL = "cell"
"""The aspect of the row and column of a table that a claim names."""
_CELL = re.compile(r"[^|]+")
_HEADED = re.compile(r"^\s*(?P<heading>[^|]+?): +(?P<value>\S.*?)\s*$")
_UNIT = re.compile(
    r"\W*(?:(?P<currency>[£$€])(?P<scale>m|k|bn|million)?|(?P<share>%))\W*$", re.IGNORECASE
)
_MEASURES = ("over", "under", "above", "below", "than", "against")
_BARE = re.compile(r"[-\u2212\u2013]?(?P<figure>\d[\d,]*(?:\.\d+)?)$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a row under its heading, and where both stand in the row."""

    heading: str
    value: str
    place: TextSpan


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table."""

    text: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row as far as a claim means it."""

    text: str
    """The row with the other cells blank, each word in its place."""
    named: Agreement | None = None
    """AGREES where the claim names this row and one column of it, ADDS where it names another row
    or column, or none; None where it names several columns, and for what is no row."""
    of_another_row: bool = False
    """Whether it is the row that the claim does not name."""

    @property
    def comparison(self) -> tuple[Comparison, ...]:
        """What a reader is told of it."""
        if self.named is None:
            return ()
        words = "" if self.named is Agreement.AGREES else "the table has no such row and column"
        return (Comparison(CELL, self.named, (), (), words),)


def table_row(text: str) -> TableRow | None:
    """The row that a text is; None where it is none, or heads the columns."""
    parts = list(_CELL.finditer(text))
    if len(parts) < 2:
        return None
    headed = [(part, _HEADED.match(part.group())) for part in parts[1:]]
    cells = tuple(
        Cell(match["heading"], match["value"], TextSpan(part.start(), part.end()))
        for part, match in headed
        if match
    )
    return TableRow(text, parts[0].group().strip(), cells) if cells else None


def read_row(claim: str, text: str, beside: Iterable[str] = ()) -> RowReading:
    """A row with the cells blank that a claim does not mean; `beside` are the texts of the rows of
    its table."""
    row = table_row(text)
    if row is None:
        return RowReading(text)
    said = _Said.of(claim)
    labels = [other.label for other in map(table_row, beside) if other]
    is_named = row.label in said.most_telling([row.label, *labels])
    meant = _columns(said, row)
    if not meant:
        return RowReading(text, Agreement.ADDS)
    left = _only(row, meant)
    if not is_named:
        return RowReading(left, Agreement.ADDS, of_another_row=True)
    return RowReading(left, Agreement.AGREES if len(meant) == 1 else None)


def unsaid(claim: str, words: Iterable[str], said: str) -> tuple[str, ...]:
    """Those of some stems of a claim that a text says neither so nor written out."""
    stems = [token.stem for token in parse(said).tokens]
    meant = {
        token.stem
        for written, forms in expansions(claim)
        if any(_all_in(_key(form), stems) for form in forms)
        for token in parse(written).tokens
    }
    return tuple(word for word in words if word not in meant and not _is_in(word, stems))


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim as the headings of a table are held against it."""

    stems: tuple[str, ...]
    times: bool
    claim: str

    @classmethod
    def of(cls, claim: str) -> _Said:
        parsed = parse(expanded(claim))
        measured = _measured(claim)
        stems = [t.stem for t in parsed.tokens if t.start not in measured]
        return cls(tuple(stems), bool(moments(claim)), claim)

    def says(self, key: Sequence[str]) -> bool:
        """Whether the claim has all of some words."""
        return _all_in(key, self.stems)

    def names(self, heading: str) -> bool:
        """Whether the claim names what a heading heads: all of its words, and its time."""
        dated = moments(heading)
        claimed = moments(self.claim)
        if not all(any(d.meets(c) for c in claimed) for d in dated):
            return False
        telling = _key(heading)
        return self.says(telling) if telling else bool(dated)

    def most_telling(self, headings: Sequence[str]) -> list[str]:
        """The headings that the claim names, without those that another one says more than:
        "2023/24" beside "England 2023/24"."""
        named = [heading for heading in dict.fromkeys(headings) if self.names(heading)]
        return [
            heading
            for heading in named
            if not any(_says_more(_key(other), _key(heading)) for other in named)
        ]


def _columns(said: _Said, row: TableRow) -> list[Cell]:
    """The cells under the headings that a claim names; where it names none and no time either, the
    newest of those that are headed by a time alone, or the only one."""
    named = said.most_telling([cell.heading for cell in row.cells])
    if named:
        meant = [cell for cell in row.cells if cell.heading in named]
        within = [stem for cell in meant for stem in _key(cell.heading)] + list(_key(row.label))
        others = [_key(cell.heading) for cell in row.cells if cell not in meant]
        # Of England in a year that only the council has: no cell is meant.
        return [] if any(said.says(key) and not _all_in(key, within) for key in others) else meant
    timed = [cell for cell in row.cells if moments(cell.heading)]
    if not timed:
        return list(row.cells) if len(row.cells) == 1 else []
    if said.times:
        return []
    plain = [cell for cell in timed if not _key(cell.heading)]
    return [max(plain, key=lambda cell: _end(cell.heading))] if plain else []


def _end(heading: str) -> int:
    return max(moment.year * 12 + moment.last for moment in moments(heading))


def _key(heading: str) -> tuple[str, ...]:
    """The stems of the words of a heading that tell something, its time and unit aside."""
    unit = _UNIT.search(heading)
    text = heading[: unit.start()] if unit else heading
    dated = [moment.mark for moment in moments(text)]
    return tuple(
        token.stem
        for token in parse(text).tokens
        if token.carries and not any(m.start <= token.start < m.end for m in dated)
    )


def _measured(claim: str) -> frozenset[int]:
    """Where the words start that a figure is only measured against: "£3m over budget" gives no
    budget."""
    tokens = parse(expanded(claim)).tokens
    ends = {q.mark.end for q in quantities(expanded(claim))}
    found: set[int] = set()
    for before, word, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.end in ends and word.word in _MEASURES:
            found.add(after.start)
    return frozenset(found)


def _is_in(stem: str, stems: Iterable[str]) -> bool:
    return any(same_stem(stem, other) for other in stems)


def _all_in(key: Sequence[str], stems: Sequence[str]) -> bool:
    return bool(key) and all(_is_in(stem, stems) for stem in key)


def _says_more(key: Sequence[str], other: Sequence[str]) -> bool:
    return len(set(key)) > len(set(other)) and all(_is_in(stem, key) for stem in other)


def _only(row: TableRow, meant: Sequence[Cell]) -> str:
    """The row with the other cells blank, and a figure with the unit of its column."""
    left = list(row.text)
    for cell in row.cells:
        start, end = cell.place.start, cell.place.end
        if cell not in meant:
            left[start:end] = " " * (end - start)
        else:
            left[start:end] = _with_unit(row.text[start:end], cell)
    return "".join(left)


def _with_unit(text: str, cell: Cell) -> str:
    """A cell with its unit at its figure, in as many letters: "Cost £m: 3.1" as "Cost:   £3.1m"."""
    unit, bare = _UNIT.search(cell.heading), _BARE.match(cell.value)
    if unit is None or bare is None:
        return text
    sign = unit["currency"] or ""
    written = f"{sign}{bare['figure']}{unit['scale'] or ''}{unit['share'] or ''}"
    heading = text[: len(text) - len(text.lstrip())] + cell.heading[: unit.start()] + ":"
    trailing = text[len(text.rstrip()) :]
    room = len(text) - len(heading) - len(written) - len(trailing)
    return f"{heading}{' ' * room}{written}{trailing}" if room > 0 else text
