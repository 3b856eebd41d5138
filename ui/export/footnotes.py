"""Citations as the numbered notes of a paper, and the words that rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.citation.line import Line
from rag.citation.source_label import in_quotation_marks
from rag.question.older import NO_OLDER, Older
from rag.text.tokens import shortened
from rag.types import Citation
from ui.export.paper import Note, PaperWords, paper_words
from ui.wording.sources import committee_citation, one_line_quote, speaker, verbatim

LONGEST_QUOTE = 600
"""Of the words that a note repeats, in characters; the page that it names holds them all."""
_Key = tuple[str, int, str | None, str]


class Notes:
    """The notes of a paper in the making: within a part of it a citation has one number.

    A new part numbers its citations anew, so that a note stands near every line that rests on it.
    A note tells that its source is an `older` report.
    """

    def __init__(self, older: Older = NO_OLDER) -> None:
        self._older = older
        self._notes: list[Note] = []
        self._numbers: dict[_Key, int] = {}
        self.cited: dict[str, Citation] = {}
        """The first citation of each file, by its hash."""

    def begin_part(self) -> None:
        """From here on citations are numbered anew."""
        self._numbers = {}

    def numbers(self, citations: Iterable[Citation], *, repeat: bool = False) -> tuple[int, ...]:
        """The numbers of citations; `repeat` has their notes repeat the words quoted, for a line
        that does not itself hold them."""
        return tuple(dict.fromkeys([self._number(citation, repeat) for citation in citations]))

    def all(self) -> tuple[Note, ...]:
        """Every note, in the order of its number."""
        return tuple(self._notes)

    def _number(self, citation: Citation, repeat: bool) -> int:
        self.cited.setdefault(citation.sha256, citation)
        key = (citation.sha256, citation.page, citation.paragraph, citation.quote)
        if key not in self._numbers:
            self._notes.append(Note(committee_citation(citation, self._older)))
            self._numbers[key] = len(self._notes)
        number = self._numbers[key]
        if repeat and not self._notes[number - 1].quote:
            quote = shortened(" ".join(citation.quote.split()), LONGEST_QUOTE)
            note = self._notes[number - 1]
            self._notes[number - 1] = replace(note, quote=in_quotation_marks(quote))
        return number


def attributed_words(source: str, text: str, cited: Sequence[Citation], notes: Notes) -> PaperWords:
    """A line under the name of its source: in quotation marks where the words are the source's
    own, else with notes that repeat the words that it rests on."""
    opening = paper_words(f"{source}: ") if source else ()
    if verbatim(text, cited):
        return (*opening, *paper_words(one_line_quote(text), *notes.numbers(cited)))
    return (*opening, *paper_words(text, *notes.numbers(cited, repeat=True)))


def line_words(line: Line, notes: Notes) -> PaperWords:
    """A line of a pack with its notes."""
    return attributed_words(line.source, line.text, line.citations, notes)


def quotation(citation: Citation, notes: Notes) -> PaperWords:
    """Who says something and when, the words in quotation marks, with their note."""
    words = f"{speaker(citation)}: {one_line_quote(citation.quote)}"
    return paper_words(words, *notes.numbers([citation]))


def source_cell(citations: Iterable[Citation], older: Older = NO_OLDER) -> str:
    """Citations with the names and fingerprints of their files, for a cell of a spreadsheet."""
    sentences = []
    for citation in citations:
        file = f"File {citation.document}, SHA-256 {citation.sha256}."
        sentences.append(f"{committee_citation(citation, older)} {file}")
    return " ".join(sentences)
