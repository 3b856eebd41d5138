"""Pages of blocks -> passages of whole sentences, each with its offsets into the stored pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter

from ingest.cleaning.clean import CleanPage, TextBlock
from ingest.types import LineRole
from rag.batches import batches
from rag.bounds import LONGEST_SENTENCE as MOST_CHARACTERS
from rag.text.injection import orders_machine
from rag.text.sentences import segments
from rag.types import Passage, Sentence, Span

MOST_WORDS = 120
"""A passage is closed before it passes this: so it stays under the encoder's 256 tokens."""
LONGEST_SENTENCE = 240
"""Words after which a run of text without a stop (a table laid out as text) is cut all the same."""
TITLE_DOT = re.compile(
    r"(?:^|\s)(?:Coun|Cllr|Cllrs|Clr|Supt|Insp|Det|Hon|Rt|Messrs|Prof|Revd?|Gov)\.\s*$"
)
# In plain text, which came without the size and place of its characters.
NOTE_MARK = re.compile(r"(?<=[a-z)\u2019\u201d][.!?])\d{1,2}\s+(?=[A-Z\u2018\u201c])")


_Run = list[tuple[CleanPage, TextBlock]]
"""A block with the blocks on later pages that go on with it."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text and where each of its parts stands: (offset in text, page, offset in page)."""

    text: str
    anchors: tuple[tuple[int, int, int], ...]

    def sentence(self, start: int, end: int) -> Sentence:
        """The sentence at `start` to `end` of the run, with a span for each page it touches."""
        spans = []
        stops = [a[0] for a in self.anchors[1:]] + [len(self.text) + 1]
        for (begin, page, offset), stop in zip(self.anchors, stops, strict=True):
            low, high = max(start, begin), min(end, stop - 1)
            if low < high:
                spans.append(Span(page, offset + low - begin, offset + high - begin))
        return Sentence(self.text[start:end], tuple(spans))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block's sentences, with the block's heading and paragraph number."""

    sentences: tuple[Sentence, ...]
    heading: str | None
    paragraph: str | None
    role: LineRole


def split(name: str, pages: Sequence[CleanPage]) -> tuple[Passage, ...]:
    """Cut a document into passages that cross no heading, numbered paragraph or page end.

    A sentence that runs over a page belongs to the passage on the page where it starts.
    """
    passages: list[Passage] = []
    for group in _groups(_units(pages)):
        sentences = tuple(s for unit in group for s in unit.sentences)
        passages.append(
            Passage(name, len(passages), sentences, group[-1].heading, group[-1].paragraph)
        )
    return tuple(passages)


# ---------------------------------------------------------------- blocks -> units of sentences


def _units(pages: Sequence[CleanPage]) -> Iterator[_Unit]:
    heading: str | None = None
    paragraph: str | None = None
    heading_of_table = False
    for run in _told_runs(pages):
        page, block = run[0]
        text = page.text_of(block)
        if heading and heading_of_table and block.role is not LineRole.ROW:
            heading, heading_of_table = None, False
        if block.role is LineRole.ROW:
            heading_of_table = True
        if block.role is LineRole.HEADING:
            text = text[:MOST_CHARACTERS]
            heading, paragraph = text, None
            end = block.start + len(text)
            title = Sentence(text, (Span(page.page.number, block.start, end),))
            yield _Unit((title,), text, None, LineRole.HEADING)
            continue
        if block.role is LineRole.NOTE:
            # A note explains its mark, wherever that is, and not the last heading of its page.
            for _, on_page in groupby(_sentences(run), attrgetter("page")):
                yield _Unit(tuple(on_page), None, None, LineRole.NOTE)
            continue
        paragraph = block.paragraph or (paragraph if block.role is LineRole.ITEM else None)
        for _, on_page in groupby(_sentences(run), attrgetter("page")):
            yield _Unit(tuple(on_page), heading, paragraph, block.role)


def ordering_paragraphs(pages: Sequence[CleanPage]) -> int:
    """How many paragraphs order a machine about: they stay on their pages and are no passages."""
    return sum(orders_machine(_words_of(run)) for run in _chains(pages))


def _told_runs(pages: Sequence[CleanPage]) -> list[_Run]:
    """The blocks that tell something: an order to a machine that ends in a colon takes the next."""
    told: list[_Run] = []
    led = False
    for run in _chains(pages):
        words = _words_of(run)
        orders = orders_machine(words)
        if not (orders or led):
            told.append(run)
        led = orders and words.endswith(":")
    return told


def _words_of(run: _Run) -> str:
    return " ".join(page.text_of(block) for page, block in run)


def _chains(pages: Sequence[CleanPage]) -> list[_Run]:
    """Each block with the blocks on later pages that go on with it."""
    chains: list[_Run] = []
    open_chain: _Run = []
    for page in pages:
        for block in page.blocks:
            if block.goes_on and open_chain:
                open_chain.append((page, block))
                continue
            chains.append([(page, block)])
            if not block.note:
                open_chain = chains[-1]
    return chains


def _sentences(run: _Run) -> tuple[Sentence, ...]:
    text, anchors = "", []
    for page, block in run:
        text = f"{text} " if text else ""
        anchors.append((len(text), page.page.number, block.start))
        text += page.text_of(block)
    piece = _Piece(text, tuple(anchors))
    if run[0][1].role is LineRole.ROW:
        whole = _at_spaces(text, 0, len(text))
        return tuple(piece.sentence(start, end) for start, end in whole)
    return tuple(piece.sentence(start, end) for start, end in sentence_bounds(text))


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Where each sentence of `text` starts and ends, white space trimmed (half open)."""
    bounds: list[tuple[int, int]] = []
    at = 0
    for part in _parts(text):
        start, end = at + len(part) - len(part.lstrip()), at + len(part.rstrip())
        at += len(part)
        if start >= end:
            continue
        last_start, last_end = bounds[-1] if bounds else (0, 0)
        # A title's dot ends no sentence, and a lone mark begins none.
        titled = TITLE_DOT.search(text, max(0, last_end - 20), last_end)
        if bounds and (titled or not re.search(r"\w", text[start:end])):
            bounds[-1] = (last_start, end)
        else:
            bounds.append((start, end))
    return [cut for start, end in bounds for cut in _cut(text, start, end)]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = [match.span() for match in re.finditer(r"\S+", text[start:end])]
    if len(words) <= LONGEST_SENTENCE:
        yield from _at_spaces(text, start, end)
        return
    for part in batches(words, MOST_WORDS):
        yield from _at_spaces(text, start + part[0][0], start + part[-1][1])


def _at_spaces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a run of text that are no longer than a sentence may be, cut between words."""
    while end - start > MOST_CHARACTERS:
        space = text.rfind(" ", start + 1, start + MOST_CHARACTERS + 1)
        stop = space if space > 0 else start + MOST_CHARACTERS
        yield start, stop
        start = stop + (space > 0)
    if start < end:
        yield start, end


def _parts(text: str) -> Iterator[str]:
    for segment in segments(text):
        at = 0
        for mark in NOTE_MARK.finditer(segment):
            yield segment[at : mark.end()]
            at = mark.end()
        yield segment[at:]


# ---------------------------------------------------------------- units -> passages


def _groups(units: Iterable[_Unit]) -> Iterator[list[_Unit]]:
    group: list[_Unit] = []
    for unit in chain.from_iterable(map(_short_enough, units)):
        if group and not _belongs(group, unit):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _belongs(group: Sequence[_Unit], unit: _Unit) -> bool:
    last = group[-1]
    if unit.role is LineRole.HEADING or unit.sentences[0].page != last.sentences[0].page:
        # A run of headings (a title and its subtitle) stays together.
        return (
            unit.role is last.role is LineRole.HEADING
            and unit.sentences[0].page == last.sentences[0].page
        )
    if LineRole.NOTE in (unit.role, last.role) and unit.role is not last.role:
        return False
    if unit.paragraph and unit.paragraph != last.paragraph:
        return last.role is LineRole.HEADING
    return sum(map(_words, group)) + _words(unit) <= MOST_WORDS


def _words(unit: _Unit) -> int:
    return sum(len(sentence.text.split()) for sentence in unit.sentences)


def _short_enough(unit: _Unit) -> Iterator[_Unit]:
    """Cut a long paragraph into evenly filled parts at sentence ends."""
    parts = -(-_words(unit) // MOST_WORDS)
    if parts <= 1:
        yield unit
        return
    target = _words(unit) / parts
    group: list[Sentence] = []
    count = 0
    for sentence in unit.sentences:
        size = len(sentence.text.split())
        if group and (count + size / 2 > target or count + size > MOST_WORDS):
            yield _Unit(tuple(group), unit.heading, unit.paragraph, unit.role)
            group, count = [], 0
        group.append(sentence)
        count += size
    if group:
        yield _Unit(tuple(group), unit.heading, unit.paragraph, unit.role)
