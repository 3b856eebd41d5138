"""A quote, and its limits: which neighbouring sentences of a passage are quoted together, and how
many words there is room for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rag.text.injection import is_addressed
from rag.text.lexicon import cue, lists
from rag.types import Kind, Passage, Sentence

QUOTED_WORDS = 95
"""Room for quoted words; the rest of an answer goes to the names of sources and the markers."""
_FEW = 2
"""Words that tell nothing by themselves."""
_LONG = 35
"""Words from which a neighbouring sentence is too long to be brought along."""
_UNCLOSED = re.compile(r"\u201c[^\u201d]*$|(?<!\w)\u2018(?:[^\u2019]|\u2019(?=\w))*$")
"""Words that somebody is quoted as saying, up to where a sentence of theirs ends."""
_STOPS = ".!?:;)\u2019\u201d'\""


@dataclass(frozen=True, slots=True)
class Quote:
    """Neighbouring sentences of one passage, to be quoted together."""

    passage: Passage
    first: int
    last: int
    score: float = 0.0

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What is quoted."""
        return self.passage.sentences[self.first : self.last + 1]

    @property
    def text(self) -> str:
        """The quoted words."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def place(self) -> tuple[str, int]:
        """The passage that it stands in: its document and number."""
        return self.passage.document, self.passage.number

    @property
    def with_next(self) -> Quote:
        """This with the sentence after it, which must be there."""
        return replace(self, last=self.last + 1)

    @property
    def places(self) -> range:
        """Where its sentences stand in the passage."""
        return range(self.first, self.last + 1)

    def overlaps(self, other: Quote) -> bool:
        """Whether some sentence stands in both."""
        return self.place == other.place and self.first <= other.last and other.first <= self.last


def sentence_quotes(passages: Iterable[Passage]) -> Iterator[Quote]:
    """Each sentence of the passages as a quote by itself."""
    for passage in passages:
        for n in range(len(passage.sentences)):
            yield Quote(passage, n, n)


def with_neighbours(
    passage: Passage, index: int, score: float = 0.0, *, turning: bool = True, more: str = ""
) -> Quote | None:
    """A sentence with what it leans on, the end of what somebody says in it and, if `turning`, what
    takes it back; None when it leans on what cannot be brought along: "This is a decrease from
    1,839" says nothing true by itself.

    `more` names a further list of cues by which a sentence leans.
    """
    sentences = passage.sentences
    first = index
    leans = cue(lists.Grammar.LEANS_BACK, more) if more else cue(lists.Grammar.LEANS_BACK)
    if leans.match(sentences[first].text) or _is_outcome(sentences[first].text):
        first -= 1
        if first < 0 or not _may_come_along(sentences[first]):
            return None
        if not adjoin(sentences[first], sentences[first + 1]):
            return None
    quote = Quote(passage, first, index, score)
    if turning and runs_on(quote):
        turns = cue(lists.Grammar.TURNS_BACK).match(sentences[index + 1].text)
        quote = quote.with_next if turns else quote
    return quote.with_next if _UNCLOSED.search(quote.text) and runs_on(quote) else quote


def _is_outcome(text: str) -> bool:
    """Whether a sentence but says what became of the one before it: "Rejected." A row of a table is
    none, however short: it ends without a stop."""
    return text.endswith((".", "!")) and (len(text.split()) <= _FEW or text.isupper())


def runs_on(quote: Quote) -> bool:
    """Whether the sentence after a quote may be quoted with it: it stands in the same paragraph, is
    brief and is not put to a machine."""
    following = quote.passage.sentences[quote.last + 1 :][:1]
    return bool(following) and (
        adjoin(quote.sentences[-1], following[0]) and _may_come_along(following[0])
    )


def _may_come_along(sentence: Sentence) -> bool:
    """Whether a neighbour is brief and not put to a machine, whatever document it stands in."""
    ends = sentence.text.rstrip("\u2019\u201d'\"").endswith((".", "!", "?", ":"))
    brief = ends and len(sentence.text.split()) <= _LONG
    return brief and not is_addressed(sentence.text, Kind.INSPECTION_REPORT)


def adjoin(sentence: Sentence, following: Sentence) -> bool:
    """Whether two sentences stand in one paragraph of one page, with nothing but a space between:
    only then do they stand on the page as they are quoted. A heading or a table row, which ends
    without a stop, runs on into nothing."""
    end, start = sentence.spans[-1], following.spans[0]
    touching = end.page == start.page and start.start - end.end <= 1
    return touching and sentence.text[-1:] in _STOPS


def join_neighbours(quotes: Iterable[Quote]) -> list[Quote]:
    """Make one quote of quotes that adjoin in a passage, in the place of the better one."""
    joined: list[Quote] = []
    for quote in quotes:
        for at, other in enumerate(joined):
            if _meet(other, quote):
                first, last = min(other.first, quote.first), max(other.last, quote.last)
                joined[at] = Quote(other.passage, first, last, max(other.score, quote.score))
                break
        else:
            joined.append(quote)
    return joined


def _meet(one: Quote, other: Quote) -> bool:
    if one.place != other.place:
        return False
    first, second = sorted((one, other), key=lambda quote: quote.first)
    if second.first <= first.last:
        return True
    return second.first == first.last + 1 and adjoin(first.sentences[-1], second.sentences[0])


def quotes_within(quotes: Iterable[Quote], words: int = QUOTED_WORDS) -> list[Quote]:
    """The first quotes, as many as there is room for, and one at the least."""
    within: list[Quote] = []
    for quote in quotes:
        if within and word_count([*within, quote]) > words:
            break
        within.append(quote)
    return within


def word_count(quotes: Iterable[Quote]) -> int:
    """How many words the quotes have in all."""
    return sum(len(quote.text.split()) for quote in quotes)
