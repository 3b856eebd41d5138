"""Citations as the numbered notes of a paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.citation.source_label import in_quotation_marks
from rag.text.tokens import shortened
from rag.types import Citation
from ui.export.paper import Note, PaperWords, paper_words
from ui.wording.sources import committee_citation, speaker, verbatim

LONGEST_QUOTE = 600
"""Of the words that a note repeats, in characters; the page that it names holds them all."""
_Key = tuple[str, int, str | None, str]


class Notes:
    """The notes of a paper in the making: within a part of it a citation has one number.

    A new part numbers its citations anew, so that a note stands near every line that rests on it.
    """

    def __init__(self) -> None:
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
        return tuple(dict.fromkeys(self._number(each, repeat) for each in citations))

    def all(self) -> tuple[Note, ...]:
        """Every note, in the order of its number."""
        return tuple(self._notes)

    def _number(self, citation: Citation, repeat: bool) -> int:
        self.cited.setdefault(citation.sha256, citation)
        key = (citation.sha256, citation.page, citation.paragraph, citation.quote)
        number = self._numbers.get(key)
        if number is None:
            self._notes.append(Note(committee_citation(citation)))
            number = self._numbers[key] = len(self._notes)
        if repeat and not self._notes[number - 1].quote:
            self._notes[number - 1] = Note(committee_citation(citation), _repeated(citation))
        return number


def told_by(source: str, text: str, cited: Sequence[Citation], notes: Notes) -> PaperWords:
    """A line under the name of its source: in quotation marks where the words are the source's
    own, else with notes that repeat the words that it rests on."""
    named = paper_words(f"{source}: ") if source else ()
    if verbatim(text, cited):
        return (
            *named,
            *paper_words(in_quotation_marks(" ".join(text.split())), *notes.numbers(cited)),
        )
    return (*named, *paper_words(text, *notes.numbers(cited, repeat=True)))


def quotation(citation: Citation, notes: Notes) -> PaperWords:
    """Who says something and when, the words in quotation marks, with their note."""
    said = in_quotation_marks(" ".join(citation.quote.split()))
    return paper_words(f"{speaker(citation)}: {said}", *notes.numbers([citation]))


def named_files(citations: Iterable[Citation]) -> str:
    """Citations with the names and fingerprints of their files, for a cell of a spreadsheet."""
    return " ".join(
        f"{committee_citation(each)} File {each.document}, SHA-256 {each.sha256}."
        for each in citations
    )


def _repeated(citation: Citation) -> str:
    return in_quotation_marks(shortened(" ".join(citation.quote.split()), LONGEST_QUOTE))
