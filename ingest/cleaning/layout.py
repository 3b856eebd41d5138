"""Lines as they lie on a page -> drafts of blocks. Pure functions over lines of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from statistics import median

from ingest.types import ExtractedLine, LineRole
from rag.inspection.grades import PRINTED_GRADE

BULLETS = (
    "\u2022\u25a0\u25aa\u25ab\u25cf\u25cb\u25e6\u25fc\u25fe"
    "\u2043\u2219\u2023\uf0a7\uf0b7\u27a2\u2713"
)
BULLET = re.compile(rf"^[{BULLETS}o\u2013\u2014*-]\s+(?=\S)|^[\u25fc\u2022\uf0b7\uf0a7](?=\S)")
NUMBERED = re.compile(r"^(\d{1,3})\.\s*(?=[A-Z\u2018\u201c'\"(])")
OUTLINE = re.compile(r"^\d{1,2}(?:\.\d{1,2})?\.?\s+(?=[A-Z])")
GRADE_END = re.compile(
    rf"(?:^|\s)(?:{PRINTED_GRADE}|not (?:judged|inspected|graded))\.?$", re.IGNORECASE
)
TABLE_HEAD = re.compile(
    r"^(?:judgements?|area|service)\s+(?:grade|judgement|rating)s?\b", re.IGNORECASE
)
PAGE_NUMBER = re.compile(
    r"^(?:page\s+)?[-\u2013|]?\s*\d{1,4}\s*[-\u2013|]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.!?:;][\u2019\u201d'\")\]]*$")
TO_BE_GOOD = re.compile(r"^(?:improvement )?to be good\b", re.IGNORECASE)
EDGE = 4
"""How many lines at the head and foot of a page may be a running head."""


@dataclass(frozen=True, slots=True)
class BlockDraft:
    """A block in the making."""

    text: str
    role: LineRole
    paragraph: str | None = None
    goes_on: bool = False
    small: bool = False
    """Set in smaller type than the page: a footnote."""
    full: bool = True
    """Its last line fills the measure, so that the text may well go on."""


# ---------------------------------------------------------------- running heads


def without_running_heads(pages: Sequence[list[ExtractedLine]]) -> list[list[ExtractedLine]]:
    """Drop lines that stand at the edge of several pages alike (digits aside), and page numbers."""
    pages_with: Counter[str] = Counter()
    for page in pages:
        edges = page[:EDGE] + page[-EDGE:] if len(page) > 2 * EDGE else page
        pages_with.update(set(map(_mask, edges)))
    often = max(2, min(4, len(pages) // 3))
    heads = {mask for mask, count in pages_with.items() if mask and count >= often}
    if len(pages) <= 2:
        heads = set()
    return [_without_heads(page, heads, first=n == 0) for n, page in enumerate(pages)]


def _mask(line: ExtractedLine) -> str:
    return re.sub(r"\d+", "#", line.text).casefold().strip("# |-\u2013")


def _without_heads(
    page: list[ExtractedLine], heads: set[str], *, first: bool
) -> list[ExtractedLine]:
    numbers = _page_numbers(page, heads) | _page_numbers(page[::-1], heads)
    body: list[ExtractedLine] = []
    for n, line in enumerate(page):
        at_edge = n < EDGE or n >= len(page) - EDGE
        if at_edge and (id(line) in numbers or (not first and _mask(line) in heads)):
            continue
        body.append(line)
    return body


def _page_numbers(edge: Sequence[ExtractedLine], heads: set[str]) -> set[int]:
    """The ids of the page numbers that stand outside the text: a figure further in is a figure."""
    numbers: set[int] = set()
    for line in edge[:EDGE]:
        if PAGE_NUMBER.match(line.text):
            numbers.add(id(line))
        elif line.text and _mask(line) not in heads:
            break
    return numbers


# ---------------------------------------------------------------- blocks


def blocks(lines: Sequence[ExtractedLine]) -> list[BlockDraft]:
    """Group the lines of one page into blocks; lines that a reader gave a role stand alone."""
    page = _PageShape.of(lines)
    drafts: list[BlockDraft] = []
    group: list[ExtractedLine] = []

    def flush() -> None:
        if group:
            drafts.append(_draft(group, page))
            group.clear()

    for run, is_row in _runs(lines):
        if is_row:
            flush()
            drafts.append(BlockDraft(" ".join(line.text for line in run), LineRole.ROW))
            continue
        line = run[0]
        if not line.text:
            flush()
        elif line.role is not LineRole.LINE and (line.role is not LineRole.NOTE or not line.size):
            flush()
            drafts.append(BlockDraft(line.text, line.role))
        else:
            if group and page.breaks(group, line):
                flush()
            group.append(line)
    flush()
    return [draft for draft in drafts if draft.text]


def _runs(lines: Sequence[ExtractedLine]) -> Iterable[tuple[Sequence[ExtractedLine], bool]]:
    """Single lines, except that the lines of one judgement-table row come together."""
    n = 0
    in_table = False
    while n < len(lines):
        # Old reports list their grades without a table head: "2. Children looked after ... Good".
        may_be_row = in_table or OUTLINE.match(lines[n].text)
        width = _row_length(lines, n) if may_be_row else 0
        if width:
            in_table = True
            yield lines[n : n + width], True
            n += width
            continue
        in_table = bool(TABLE_HEAD.match(lines[n].text))
        yield lines[n : n + 1], False
        n += 1


def _row_length(lines: Sequence[ExtractedLine], n: int, longest: int = 4, words: int = 22) -> int:
    """How many lines from `n` make one row that ends in a grade; 0 when they make none."""
    text = ""
    for width, line in enumerate(lines[n : n + longest], 1):
        if not line.text or line.role is not LineRole.LINE or SENTENCE_END.search(text):
            return 0
        if width > 1 and OUTLINE.match(line.text):
            return 0
        text = f"{text} {line.text}".strip()
        if len(text.split()) > words:
            return 0
        following = lines[n + width].text if n + width < len(lines) else ""
        if GRADE_END.search(text) and len(text.split()) > 2 and not TO_BE_GOOD.match(following):
            return 0 if following[:1].islower() else width
    return 0


@dataclass(frozen=True, slots=True)
class _PageShape:
    """What is usual on a page: the size of its type, its leading and the length of its lines."""

    size: float | None
    leading: float | None
    width: int

    @classmethod
    def of(cls, lines: Sequence[ExtractedLine]) -> _PageShape:
        words = [line for line in lines if len(line.text) > 30]
        sizes = [line.size for line in words if line.size]
        gaps = []
        for above, below in pairwise(lines):
            if above.top is not None and below.top is not None and 0 < above.top - below.top < 40:
                gaps.append(above.top - below.top)
        lengths = sorted(len(line.text) for line in words)
        return cls(
            size=median(sizes) if sizes else None,
            leading=median(gaps) if gaps else None,
            width=lengths[int(len(lengths) * 0.8)] if lengths else 0,
        )

    def breaks(self, group: Sequence[ExtractedLine], line: ExtractedLine) -> bool:
        """Whether `line` begins a new block after the lines of `group`."""
        last = group[-1]
        if line.role is LineRole.NOTE:
            return True
        if group[0].role is LineRole.NOTE and line.size != group[0].size:
            return True
        if BULLET.match(line.text) or NUMBERED.match(line.text) or _begins_entry(last, line):
            return True
        if TABLE_HEAD.match(line.text) or self._style(last) != self._style(line):
            return True
        if self._gap(last, line):
            return True
        if self._style(line) == "heading":
            return False
        return bool(SENTENCE_END.search(last.text)) and len(last.text) < 0.72 * self.width

    def _gap(self, above: ExtractedLine, below: ExtractedLine) -> bool:
        if above.top is None or below.top is None or not self.leading:
            return False
        usual = self.leading
        if self.is_heading(above) and self.is_heading(below) and above.size:
            usual = max(usual, 1.3 * above.size)
        return above.top - below.top > 1.35 * usual or above.top < below.top - usual

    def _style(self, line: ExtractedLine) -> str:
        return "heading" if self.is_heading(line) else "small" if self.is_small(line) else "body"

    def is_small(self, line: ExtractedLine) -> bool:
        """Whether the line is set clearly smaller than the page: a footnote."""
        return bool(line.size and self.size and line.size < 0.9 * self.size)

    def is_heading(self, line: ExtractedLine) -> bool:
        """Whether the line is set as a heading: larger or bolder than the page's text."""
        if line.role is LineRole.HEADING:
            return True
        larger = bool(line.size and self.size and line.size > 1.12 * self.size)
        return (larger or line.bold) and not BULLET.match(line.text)


LABEL = re.compile(r"^[A-Z][A-Za-z ]{2,30}: ")
NAME_AND_POST = re.compile(r"^(?:[A-Z][\w'\u2019-]+ ){1,3}[A-Z][\w'\u2019-]+, [A-Z]")


def _begins_entry(above: ExtractedLine, below: ExtractedLine) -> bool:
    """Whether two lines are entries of a list set without bullets: labels, or names and posts."""
    if LABEL.match(below.text):
        return not SENTENCE_END.search(above.text) and len(above.text) < 70
    return bool(NAME_AND_POST.match(below.text) and NAME_AND_POST.match(above.text))


LONGEST_LABEL = 6
"""Words of a heading that may end in a colon."""


def _draft(group: Sequence[ExtractedLine], page: _PageShape) -> BlockDraft:
    text = _join(line.text for line in group)
    if group[0].role is LineRole.NOTE:
        return BlockDraft(text, LineRole.NOTE, small=True)
    if BULLET.match(text):
        return BlockDraft(BULLET.sub("", text), LineRole.ITEM)
    heading = all(page.is_heading(line) for line in group) and len(text.split()) <= 40
    # "What needs to improve:" is a heading; a longer text that ends so leads on to what follows.
    stops = ".!;" if len(text.split()) <= LONGEST_LABEL else ".!:;"
    role = LineRole.HEADING if heading and text[-1:] not in stops else LineRole.PARAGRAPH
    small = all(page.is_small(line) for line in group)
    return BlockDraft(text, role, small=small, full=len(group[-1].text) > 0.6 * page.width)


SOFT_BREAK = "\u00ad\n"
"""Stands where a line ended in a hyphen, until `join_hyphens` has seen the whole document."""


def _join(texts: Iterable[str]) -> str:
    parts: list[str] = []
    for text in texts:
        if parts and re.search(r"[A-Za-z]-$", parts[-1]) and re.match(r"[A-Za-z]", text):
            parts[-1] = parts[-1][:-1]
            parts.append(SOFT_BREAK)
        elif parts:
            parts.append(" ")
        parts.append(text)
    return "".join(parts)


BROKEN = re.compile(r"([A-Za-z\u2019'-]+)\u00ad\n([A-Za-z\u2019']+)")
WORD = re.compile(r"[a-z][a-z'\u2019-]*")
PREFIX = re.compile(
    r"(?:pre|re|post|non|co|self|multi|well|out|inter|sub|under|over|semi|anti|ex|mid|high|low|"
    r"long|short|part|full|year)$", re.IGNORECASE
)  # fmt: skip


def join_hyphens(pages: Sequence[Sequence[BlockDraft]]) -> list[list[BlockDraft]]:
    """Join words broken over lines: the hyphen stays where the document elsewhere writes it, or
    where both halves are words of the document and the whole is not."""
    words: Counter[str] = Counter()
    for page in pages:
        for draft in page:
            words.update(WORD.findall(draft.text.casefold()))

    def join(match: re.Match[str]) -> str:
        left, right = match.groups()
        whole, hyphened = f"{left}{right}", f"{left}-{right}"
        if words[hyphened.casefold()]:
            return hyphened
        if words[whole.casefold()]:
            return whole
        halves = words[left.casefold().split("-")[-1]] > 1 and words[right.casefold()] > 1
        prefixed = "-" in left or PREFIX.match(left) is not None
        return hyphened if halves or right[0].isupper() or prefixed else whole

    def joined(draft: BlockDraft) -> BlockDraft:
        # Twice, for a word broken twice: its middle part belongs to both breaks.
        text = BROKEN.sub(join, BROKEN.sub(join, draft.text))
        return replace(draft, text=text.replace(SOFT_BREAK, "-"))

    return [list(map(joined, page)) for page in pages]


# ---------------------------------------------------------------- the whole document


def number_paragraphs(pages: Sequence[Sequence[BlockDraft]]) -> list[list[BlockDraft]]:
    """Read printed paragraph numbers ("23. Leaders ...") where they count up through a document.

    "1. Introduction" stays a heading; amid numbered paragraphs, bold type alone makes none.
    """
    expected = 1
    numbered: list[list[BlockDraft]] = []
    for page in pages:
        drafts: list[BlockDraft] = []
        for draft in page:
            match = None if draft.role is LineRole.ROW else NUMBERED.match(draft.text)
            number = int(match[1]) if match else 0
            if match and _counts_up(number, expected, draft):
                expected = number + 1
                text = draft.text[match.end() :]
                draft = replace(draft, text=text, paragraph=str(number), role=LineRole.PARAGRAPH)
            drafts.append(draft)
        numbered.append(drafts)
    return numbered


def _counts_up(number: int, expected: int, draft: BlockDraft) -> bool:
    # A skipped number or two is a heading that swallowed one; a fresh 1 is a new list.
    follows = 0 <= number - expected <= 3
    return (follows and expected > 1) if draft.role is LineRole.HEADING else follows or number == 1


def mark_run_overs(pages: Sequence[Sequence[BlockDraft]]) -> list[list[BlockDraft]]:
    """Mark a page's first block as going on where the page before broke off mid-sentence.

    Footnotes at the foot of a page are passed over.
    """
    marked: list[list[BlockDraft]] = []
    last: BlockDraft | None = None
    for page in pages:
        page = list(page)
        if page and _goes_on(last, page[0]):
            page[0] = replace(page[0], goes_on=True)
        body = [draft for draft in page if not draft.small]
        page.sort(key=attrgetter("small"))
        last = body[-1] if body else last
        marked.append(page)
    return marked


FINISHED = re.compile(r"[.!?][\u2019\u201d'\")\]]*$")


def _goes_on(last: BlockDraft | None, first: BlockDraft) -> bool:
    if last is None or last.role not in (LineRole.PARAGRAPH, LineRole.ITEM):
        return False
    if FINISHED.search(last.text):
        return False
    if first.small or first.role is not LineRole.PARAGRAPH or first.paragraph:
        return False
    # An item of a list may end without a stop: only a small letter tells that it goes on.
    return first.text[:1].islower() or (last.full and last.role is LineRole.PARAGRAPH)
