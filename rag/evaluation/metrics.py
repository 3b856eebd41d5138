"""How one answer, search or verdict is scored against labels; pure functions, no rates yet.

Words are compared in lower case with straight quote marks and single spaces, and for containment
without spaces and hyphens, as lines break words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.citation.verify import stands_on
from rag.types import Answer, Citation, Hit

_MOST_WORDS = 120
_MARKS = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "´": "'", "`": "'"}
)
_HYPHENS = re.compile("[ \\-\u00ad\u2010-\u2015\u2212]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class LabelledEvidence:
    """Words that bear an answer out, and the page that they stand on."""

    document: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A labelled question; one turn of a conversation is one too."""

    id: str
    text: str
    category: str
    answerable: bool
    accept: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[LabelledEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A labelled claim: supported, contradicted or not_found."""

    id: str
    text: str
    label: str
    evidence: tuple[LabelledEvidence, ...] = ()
    alteration: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionOutcome:
    """How one question went; the ranks count from 1, None where nothing fitting was found."""

    id: str
    question: str
    category: str
    answerable: bool
    abstained: bool
    right: bool
    cited: bool
    both_sided: bool
    quotes: int
    verbatim: int
    words: int
    seconds: float
    answer: str
    page_rank: int | None = None
    passage_rank: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimOutcome:
    """How one claim went."""

    id: str
    claim: str
    label: str
    verdict: str
    cited: bool


def normalised_text(text: str) -> str:
    """Lower case, straight quote marks, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_MARKS).lower().split())


def squashed(text: str) -> str:
    """`normalised_text` without spaces and hyphens."""
    return _HYPHENS.sub("", normalised_text(text))


def accepts(answer: str, accept: Sequence[Sequence[str]]) -> bool:
    """Whether every group has a string that occurs in the answer.

    "To be good" goes first: the grade "requires improvement to be good" is not "good".
    """
    said = normalised_text(answer).replace("to be good", "")
    return all(any(normalised_text(string) in said for string in group) for group in accept)


def on_page(document: str, page: int, evidence: Sequence[LabelledEvidence]) -> bool:
    """Whether the page is that of any of the evidence."""
    return any((document, page) == (each.document, each.page) for each in evidence)


def holds(text: str, quote: str) -> bool:
    """Whether a text contains a quote, is contained in it, or shares half of its words."""
    ours, theirs = squashed(text), squashed(quote)
    if not ours or not theirs:
        return False
    if ours in theirs or theirs in ours:
        return True
    wanted = Counter(_WORD.findall(normalised_text(quote)))
    shared = wanted & Counter(_WORD.findall(normalised_text(text)))
    return shared.total() * 2 >= wanted.total()


def bears_out(text: str, document: str, page: int, evidence: Sequence[LabelledEvidence]) -> bool:
    """Whether a text on a page is, by `holds`, any of the evidence on that page."""
    here = (each for each in evidence if (each.document, each.page) == (document, page))
    return any(holds(text, each.quote) for each in here)


def is_cited(citations: Sequence[Citation], evidence: Sequence[LabelledEvidence]) -> bool:
    """Whether a citation hits any of the evidence."""
    return any(bears_out(c.quote, c.document, c.page, evidence) for c in citations)


def is_both_sided(citations: Sequence[Citation], evidence: Sequence[LabelledEvidence]) -> bool:
    """Whether every document named in the evidence has a citation that hits it."""
    documents = {each.document for each in evidence}
    return bool(documents) and all(
        is_cited([c for c in citations if c.document == document], evidence)
        for document in documents
    )


def stands(quote: str, page_text: str | None) -> bool:
    """Whether a quote stands on a page word for word, white space aside."""
    return page_text is not None and stands_on(quote, page_text)


def page_rank(hits: Sequence[Hit], evidence: Sequence[LabelledEvidence]) -> int | None:
    """The rank of the first hit on a page of the evidence, from 1."""
    return _first(on_page(h.passage.document, h.passage.page, evidence) for h in hits)


def passage_rank(hits: Sequence[Hit], evidence: Sequence[LabelledEvidence]) -> int | None:
    """The rank of the first hit whose words are evidence, from 1."""
    passages = (hit.passage for hit in hits)
    return _first(bears_out(p.text, p.document, p.page, evidence) for p in passages)


def is_right(question: LabelledQuestion, answer: Answer) -> bool:
    """Whether an answer is as labelled: accepted within 120 words, or a refusal where due."""
    if not question.answerable:
        return not answer.answered
    within = len(answer.text.split()) <= _MOST_WORDS
    return answer.answered and within and accepts(answer.text, question.accept)


def _first(found: Iterable[bool]) -> int | None:
    return next((rank for rank, good in enumerate(found, 1) if good), None)
