"""The nouns of an exported paper: frozen values that say what stands where, in no file format.

Every word passes through `Run`, `Note` or `plain_words`: no control or direction character of a
document reaches a writer; what a format takes for markup is the writer's own to escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rag.packs.types import History, Timeline
from ui.wording.printable import printable


def plain_words(text: str) -> str:
    """`text` on one line without control and direction characters; a space at its ends is kept."""
    plain = printable(text)
    if text.isspace():
        return " "  # it parts two runs
    before = " " if text[:1].isspace() and plain else ""
    after = " " if text[-1:].isspace() and plain else ""
    return f"{before}{plain}{after}"


def _make_plain(value: object, *fields: str) -> None:
    """Keep no control character in the fields of a frozen value that is being made."""
    for field in fields:
        object.__setattr__(value, field, plain_words(getattr(value, field)))


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike, and the notes (numbers from 1) whose marks stand after them."""

    text: str
    notes: tuple[int, ...] = ()
    strong: bool = False

    def __post_init__(self) -> None:
        """No control character is kept."""
        _make_plain(self, "text")


PaperWords = tuple[Run, ...]


def paper_words(text: str, *notes: int, strong: bool = False) -> PaperWords:
    """One run as words; no words where there is no text."""
    return (Run(text, notes, strong),) if text or notes else ()


def text_of(words: PaperWords) -> str:
    """The words alone, without their notes."""
    return "".join([run.text for run in words])


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: where the words stand, and the words themselves where the line has others."""

    citation: str
    quote: str = ""

    def __post_init__(self) -> None:
        """No control character is kept."""
        _make_plain(self, "citation", "quote")

    @property
    def text(self) -> str:
        """The whole note in one line."""
        return f"{self.citation} {self.quote}".strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a quiet one says something about those around it, one that leads stays on the
    page of what follows."""

    words: PaperWords
    quiet: bool = False
    leads: bool = False


def paragraph(text: str, *, quiet: bool = False, leads: bool = False) -> Paragraph:
    """A paragraph of words that look alike and have no notes."""
    return Paragraph(paper_words(text), quiet, leads)


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[PaperWords, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; `widths` are shares of the width, one for each column."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[PaperWords, ...], ...]
    widths: tuple[int, ...]

    def __post_init__(self) -> None:
        """Every row has a cell for each column."""
        _make_plain(self, "caption")
        object.__setattr__(self, "header", tuple(map(plain_words, self.header)))
        if any(len(row) != len(self.header) for row in (*self.rows, self.widths)):
            raise ValueError(f"A row of {self.caption!r} has not as many cells as its header.")


def text_table(
    caption: str, header: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]
) -> Table:
    """A table of plain words, as a spreadsheet holds it."""
    cells = [tuple(map(paper_words, row)) for row in rows]
    return Table(caption, tuple(header), tuple(cells), tuple(widths))


@dataclass(frozen=True, slots=True)
class PaperFigure:
    """A chart of `drawing`, and everything that it shows in words."""

    drawing: History | Timeline
    caption: str
    text: str

    def __post_init__(self) -> None:
        """No control character is kept."""
        _make_plain(self, "caption", "text")


PaperBlock = Paragraph | Items | Table | PaperFigure


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A heading of level 1, 2 or 3 and what stands under it before the next heading."""

    heading: str
    blocks: tuple[PaperBlock, ...] = ()
    level: int = 1

    def __post_init__(self) -> None:
        """No control character is kept; a heading has words."""
        object.__setattr__(self, "heading", plain_words(self.heading).strip() or "Untitled")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is read: title, what it is, sections, and the notes that the lines rest on.

    `made` is UTC. `spreadsheet` is what a CSV file holds of it; without one there is none.
    """

    title: str
    subtitle: str
    made: datetime
    about: tuple[PaperBlock, ...]
    sections: tuple[PaperSection, ...]
    notes: tuple[Note, ...] = ()
    spreadsheet: Table | None = None
    contents: int = 0
    """Down to which level of headings a list of the sections stands before them; 0 for none."""

    def __post_init__(self) -> None:
        """No control character is kept; levels of headings begin with 1 and skip none."""
        object.__setattr__(self, "made", self.made.astimezone(UTC).replace(microsecond=0))
        object.__setattr__(self, "title", plain_words(self.title).strip() or "Untitled")
        _make_plain(self, "subtitle")
        level = 0
        for section in self.sections:
            if not 1 <= section.level <= min(level + 1, 3):
                raise ValueError(f"The heading {section.heading!r} skips a level.")
            level = section.level
