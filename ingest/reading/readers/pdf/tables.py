"""Pure: the ruled tables of a page, from its rules and the places of its words.

A table is made of rules that cross: where a rule between two places is wanting, they are one cell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from ingest.reading.readers.pdf.covers import Box
from ingest.reading.readers.pdf.marks import LaidOutLine, without_marks
from ingest.reading.readers.visible_text import visible_line
from ingest.reading.tables import Grid, has_headings, heading_rows, is_figure, table_lines
from ingest.types import ExtractedLine
from rag.inspection.grades import PRINTED_GRADE

THIN = 2.5
"""Points: what is drawn no thicker is a rule."""
SHORTEST = 5.0
MOST_RULES = 4000
_SAME = 2.5
"""Points apart up to which two rules lie on one line, or touch."""
_MOST_OF = 0.6
"""The share of a side that a rule must run along to part two cells."""
_MOST_CELLS = 5000
LONGEST_CELL = 30
"""Words from which on a cell is running text, whose sentences are read one by one."""
_LONGEST_LIST = 80
"""The same of a cell without sentences: an address, or several."""
_SENTENCE = re.compile(r"\w{2}[.!?;](?:\s+[^\W\d_]|$)")
_GRADE = re.compile(rf"^{PRINTED_GRADE}\.?$", re.IGNORECASE)
_HYPHEN_MARK = "\ufffe\u0002"
_REST_OF_ADDRESS = re.compile(r"^[./][a-z]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_LONGEST_ADDRESS = 200
_PREFIX = re.compile(r"^(?:re|pre|post|non|co|self|multi|sub|under|over)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, across the page or down it: `at` is its height, or how far right it is."""

    across: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page, where it is, the number of its line, and whether it is set in bold."""

    text: str
    box: Box
    line: int
    bold: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """How far right and up its middle is."""
        return (self.box.left + self.box.right) / 2, (self.box.bottom + self.box.top) / 2


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: its cells, where its columns begin and end, and the words in it."""

    grid: Grid
    box: Box
    columns: tuple[float, ...]
    words: frozenset[int]
    """The numbers of the words that stand in its cells."""
    size: float | None = None
    """The size of its type, in points."""
    bold: tuple[bool, ...] = ()
    """Which of its rows are set in bold as headings are; none where all are or no row is."""


PagePart = ExtractedLine | PageTable
"""A line of a page, or a table in place of its lines."""


def rules_of(box: Box) -> Iterator[Rule]:
    """The rule that something thin is, by its place."""
    width, height = box.right - box.left, box.top - box.bottom
    if height <= THIN and width >= SHORTEST:
        yield Rule(True, (box.bottom + box.top) / 2, box.left, box.right)
    elif width <= THIN and height >= SHORTEST:
        yield Rule(False, (box.left + box.right) / 2, box.bottom, box.top)


def may_have_table(rules: Sequence[Rule]) -> bool:
    """Whether there are rules enough, both ways, for a table of two rows and columns."""
    across = {round(rule.at / _SAME) for rule in rules if rule.across}
    down = {round(rule.at / _SAME) for rule in rules if not rule.across}
    return len(across) >= 2 and len(down) >= 1 and len(across) + len(down) >= 4


def find_tables(
    rules: Sequence[Rule], words: Sequence[Word]
) -> tuple[tuple[PageTable, ...], frozenset[int]]:
    """The tables of a page, from the top, and the numbers of all words that stand between rules
    that cross; a frame around running text is no table."""
    found = []
    framed: set[int] = set()
    for group in _crossing(_joined(rules[:MOST_RULES])):
        laid = _laid(group, words)
        if laid is not None:
            framed |= laid.words
            if _is_table(laid.grid):
                found.append(replace(laid, grid=tuple(_without_empty(laid.grid))))
    tables = sorted(found, key=lambda table: (-table.box.top, table.box.left))
    return tuple(tables), frozenset(framed)


# ---------------------------------------------------------------- tables among lines


def parts(
    lines: Sequence[LaidOutLine], words: Sequence[Word], tables: Sequence[PageTable]
) -> Iterator[PagePart]:
    """The lines of a page, each table in place of the first line that has words of it."""
    table_of = {n: table for table in tables for n in table.words}
    by_line: dict[int, list[int]] = defaultdict(list)
    for n, word in enumerate(words):
        by_line[word.line].append(n)
    given: list[PageTable] = []
    waiting: list[LaidOutLine] = []
    marks: dict[str, float] = {}
    for number, line in enumerate(lines):
        inside = [table_of[n] for n in by_line[number] if n in table_of]
        if not inside:
            waiting.append(line)
            continue
        outside = [words[n] for n in by_line[number] if n not in table_of]
        if outside:
            waiting.append(_rest(line, outside))
        for table in inside:
            if table not in given:
                yield from without_marks(waiting, marks)
                waiting = []
                given.append(table)
                yield replace(table, size=line.line.size)
    yield from without_marks(waiting, marks)


def _rest(line: LaidOutLine, words: Sequence[Word]) -> LaidOutLine:
    """What of a line stands beside a table."""
    text = visible_line(" ".join(word.text for word in words))
    box = words[0].box
    return replace(
        line,
        line=replace(line.line, text=text, left=round(box.left, 1)),
        pieces=(("", text),),
        right=words[-1].box.right,
    )


_MOST_HEADS = 3
_MOST_BETWEEN = 4
"""Lines at a page's foot, and as many at the next one's head, over which a table may go on."""


def told(pages: Sequence[Sequence[PagePart]]) -> tuple[tuple[ExtractedLine, ...], ...]:
    """The pages with the rows of each table as lines; one that goes on from the page before has
    the headings of its columns from there."""
    done: list[tuple[ExtractedLine, ...]] = []
    open_table: PageTable | None = None
    heads: Grid = ()
    for page in pages:
        lines: list[ExtractedLine] = []
        last: PageTable | None = None
        for at, part in enumerate(page):
            if isinstance(part, ExtractedLine):
                lines.append(part)
                continue
            first = last is None and at <= _MOST_BETWEEN
            goes_on = first and _goes_on(open_table, part) and not has_headings(part.grid)
            heads = heads if goes_on else ()
            for section in _sections(part):
                for row in section.lines(heads):
                    lines.append(replace(row, size=part.size))
                heads = section.heads or heads
            last = part
        after = len(page) - 1 - page.index(last) if last is not None else 0
        open_table = last if after <= _MOST_BETWEEN else None
        done.append(tuple(lines))
    return tuple(done)


@dataclass(frozen=True, slots=True)
class _Section:
    """Rows of a table under one set of headings; `bold` is how many rows at its top are bold."""

    grid: Grid
    bold: int

    def lines(self, above: Grid) -> tuple[ExtractedLine, ...]:
        """Its rows as lines; those without headings of their own stand under those `above`."""
        if not self.bold:
            return table_lines(self.grid, above=above)
        return table_lines(self.grid, len(self.heads), first_is_value=self._is_of_words)

    @property
    def heads(self) -> Grid:
        """Its heading rows."""
        if self.bold and self._is_of_words:
            return self.grid[: self.bold]
        return self.grid[: max(self.bold, heading_rows(self.grid))]

    @property
    def _is_of_words(self) -> bool:
        return not any(is_figure(cell) for row in self.grid[self.bold :] for cell in row)


def _sections(table: PageTable) -> Iterator[_Section]:
    """The rows of a table, parted where bold headings stand again."""
    bold = table.bold if any(table.bold) and not all(table.bold) else (False,) * len(table.grid)
    heads = [flag and not any(map(is_figure, row))
             for flag, row in zip(bold, table.grid, strict=True)]  # fmt: skip
    starts = [n for n, flag in enumerate(heads) if flag and (n == 0 or not heads[n - 1])]
    # Bold rows at the end head nothing.
    starts = [n for n in starts if not all(heads[n:])]
    for start, end in pairwise(sorted({0, *starts, len(table.grid)})):
        grid = table.grid[start:end]
        count = len(list(takewhile(bool, heads[start:end]))) if start in starts else 0
        yield _Section(grid, min(count, _MOST_HEADS))


def _goes_on(above: PageTable | None, below: PageTable) -> bool:
    """Whether a table has the columns of one on the page before."""
    if above is None or len(above.columns) != len(below.columns):
        return False
    places = zip(above.columns, below.columns, strict=True)
    return all(abs(a - b) <= 2 * _SAME for a, b in places)


# ---------------------------------------------------------------- rules


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """The rules with those that go on in one line made one."""
    whole: list[Rule] = []
    for across in (True, False):
        for row in _clusters([rule for rule in rules if rule.across is across], _height):
            at = sum(map(_height, row)) / len(row)
            start, end = 0.0, -1.0
            for rule in sorted(row, key=lambda rule: rule.start):
                if end >= start and rule.start <= end + _SAME:
                    end = max(end, rule.end)
                    continue
                if end > start:
                    whole.append(Rule(across, at, start, end))
                start, end = rule.start, rule.end
            if end > start:
                whole.append(Rule(across, at, start, end))
    return whole


def _height(rule: Rule) -> float:
    return rule.at


def _clusters(rules: list[Rule], key: Callable[[Rule], float]) -> Iterator[list[Rule]]:
    cluster: list[Rule] = []
    for rule in sorted(rules, key=key):
        if cluster and key(rule) - key(cluster[-1]) > _SAME:
            yield cluster
            cluster = []
        cluster.append(rule)
    if cluster:
        yield cluster


def _crossing(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules in groups that touch each other."""
    across = [rule for rule in rules if rule.across]
    down = [rule for rule in rules if not rule.across]
    groups = _Groups(len(rules))
    for n, flat in enumerate(across):
        for m, upright in enumerate(down, len(across)):
            if _touch(flat, upright):
                groups.join(n, m)
    members: dict[int, list[Rule]] = defaultdict(list)
    for n, rule in enumerate((*across, *down)):
        members[groups.of(n)].append(rule)
    yield from members.values()


def _touch(flat: Rule, upright: Rule) -> bool:
    return (
        flat.start - _SAME <= upright.at <= flat.end + _SAME
        and upright.start - _SAME <= flat.at <= upright.end + _SAME
    )


class _Groups:
    """Which of a number of things belong together."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def of(self, n: int) -> int:
        """The first of the group of a thing."""
        while self._parent[n] != n:
            self._parent[n] = self._parent[self._parent[n]]
            n = self._parent[n]
        return n

    def join(self, a: int, b: int) -> None:
        """Put two things, and all that belong with them, into one group."""
        a, b = sorted((self.of(a), self.of(b)))
        self._parent[b] = a


# ---------------------------------------------------------------- cells


def _laid(rules: Sequence[Rule], words: Sequence[Word]) -> PageTable | None:
    """The words between rules, laid on the grid that the rules make."""
    xs = _positions(rules, across=False)
    ys = _positions(rules, across=True)[::-1]
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 2 or columns < 2 or rows * columns > _MOST_CELLS:
        return None
    cells = _cells(rules, xs, ys)
    inside: dict[int, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        x, y = word.middle
        column, row = _slot(xs, x), _slot([-y for y in ys], -y)
        if column is not None and row is not None:
            inside[cells.of(row * columns + column)].append(number)
    texts = {cell: cell_text([words[n] for n in numbers]) for cell, numbers in inside.items()}
    grid = []
    for row in range(rows):
        grid.append([texts.get(cells.of(row * columns + at), "") for at in range(columns)])
    bold = {cell for cell, some in inside.items() if all(words[n].bold for n in some)}
    return PageTable(
        grid=tuple(map(tuple, grid)),
        box=Box(xs[0], ys[-1], xs[-1], ys[0]),
        columns=tuple(xs),
        words=frozenset(n for numbers in inside.values() for n in numbers),
        bold=_bold_rows(
            [[cells.of(row * columns + at) for at in range(columns)] for row in range(rows)],
            inside.keys(),
            bold,
        ),
    )


def _bold_rows(rows: Sequence[Sequence[int]], filled: Set[int], bold: Set[int]) -> tuple[bool, ...]:
    """Which rows are of bold cells alone, two or more side by side."""
    told = []
    for row in rows:
        cells = {cell for cell in row if cell in filled}
        told.append(len(cells) >= 2 and cells <= bold)
    return tuple(told)


def _positions(rules: Sequence[Rule], *, across: bool) -> list[float]:
    """Where rows or columns begin and end; the outer rules of a table may be wanting."""
    places = [rule.at for rule in rules if rule.across is across]
    for rule in rules:
        if rule.across is not across:
            places += (rule.start, rule.end)
    apart: list[float] = []
    for place in sorted(places):
        if not apart or place - apart[-1] > 2 * _SAME:
            apart.append(place)
    return apart


def _cells(rules: Sequence[Rule], xs: Sequence[float], ys: Sequence[float]) -> _Groups:
    """The places of the grid, those joined between which no rule runs."""
    columns = len(xs) - 1
    cells = _Groups((len(ys) - 1) * columns)
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            here = row * columns + column
            if column + 1 < columns and not _runs(rules, False, right, bottom, top):
                cells.join(here, here + 1)
            if row + 2 < len(ys) and not _runs(rules, True, bottom, left, right):
                cells.join(here, here + columns)
    return cells


def _runs(rules: Iterable[Rule], across: bool, at: float, start: float, end: float) -> bool:
    """Whether a rule runs along a side."""
    for rule in rules:
        if rule.across is across and abs(rule.at - at) <= 2 * _SAME:
            shared = min(rule.end, end) - max(rule.start, start)
            if shared >= _MOST_OF * (end - start):
                return True
    return False


def _slot(edges: Sequence[float], place: float) -> int | None:
    for n, (before, after) in enumerate(pairwise(edges)):
        if before <= place < after:
            return n
    return None


def cell_text(words: Iterable[Word]) -> str:
    """The words of a cell as one text, a word or web address broken over its lines joined."""
    text = ""
    for word in words:
        broken = text[-1:] and text[-1] in _HYPHEN_MARK
        if broken:
            half = text[:-1]
            last = half.split(" ")[-1]
            kept = "-" in last or _PREFIX.match(last) or not word.text[:1].islower()
            text = f"{half}{'-' if kept else ''}{word.text}"
        elif _REST_OF_ADDRESS.match(word.text) and _ADDRESS.search(text[-_LONGEST_ADDRESS:]):
            # A web address too long for its column.
            text += word.text
        else:
            text = f"{text} {word.text}" if text else word.text
    return visible_line(text)


def _is_table(grid: Sequence[Sequence[str]]) -> bool:
    """Whether cells stand side by side, and hold no running text and no grades of inspections.

    Tables of judgements are read line by line: `ingest.cleaning.layout` knows their rows.
    """
    filled = [len({cell for cell in row if cell}) for row in grid]
    if sum(count >= 2 for count in filled) < 2:
        return False
    for row in grid:
        for cell in row:
            if is_running(cell) or is_grade(cell):
                return False
    return True


def is_running(cell: str) -> bool:
    """Whether a cell holds running text: more than a value, in sentences or without end."""
    words = len(cell.split())
    return words > _LONGEST_LIST or (words > LONGEST_CELL and bool(_SENTENCE.search(cell)))


def is_grade(cell: str) -> bool:
    """Whether a cell is a grade of an inspection."""
    return _GRADE.match(cell) is not None


def _without_empty(grid: Grid) -> Iterator[tuple[str, ...]]:
    used = [at for at in range(len(grid[0])) if any(row[at] for row in grid)]
    for row in grid:
        yield tuple(row[at] for at in used)
