"""Pure: lines of enquiry as sections of a paper: the question, why, and what to listen for."""

from __future__ import annotations

from collections.abc import Sequence

from rag.packs.types import LineOfEnquiry
from ui.export.footnotes import Notes, line_words
from ui.export.paper import Items, PaperSection, Paragraph, paper_words, paragraph
from ui.wording.translation import N_

HEADING = N_("Questions to ask, in full")
HOW = N_(
    "Each question comes with why to ask it, in the documents' own words. What a good answer would "
    "show, and what to ask if the answer is thin, are prompts and say nothing about the service."
)
REWORDED = N_("This question was put into these words by whoever prepared the pack.")
NONE = N_("No ground for a question was found in the documents.")


def enquiries_sections(
    enquiries: Sequence[LineOfEnquiry], notes: Notes
) -> tuple[PaperSection, ...]:
    """Every question in the order given."""
    sections = [PaperSection(HEADING, (paragraph(HOW if enquiries else NONE),))]
    for number, enquiry in enumerate(enquiries, 1):
        sections += _enquiry(enquiry, number, notes)
    return tuple(sections)


def _enquiry(enquiry: LineOfEnquiry, number: int, notes: Notes) -> list[PaperSection]:
    notes.begin_part()
    sections = [PaperSection(f"Question {number}: {enquiry.theme}", _question(enquiry, notes), 2)]
    under = (
        (f"Why to ask: {enquiry.cause}", [line_words(line, notes) for line in enquiry.why]),
        ("What a good answer would show", list(map(paper_words, enquiry.good_answer))),
        ("If the answer is thin", list(map(paper_words, enquiry.follow_ups))),
    )
    for heading, items in under:
        if items:
            sections.append(PaperSection(heading, (Items(tuple(items)),), 3))
    return sections


def _question(enquiry: LineOfEnquiry, notes: Notes) -> tuple[Paragraph, ...]:
    line = enquiry.question
    # Words that stand under the question anyhow are not repeated in its note.
    below = {citation.quote for why in enquiry.why for citation in why.citations}
    repeat = not below.issuperset([citation.quote for citation in line.citations])
    words = paper_words(line.text, *notes.numbers(line.citations, repeat=repeat), strong=True)
    question = Paragraph(words, leads=True)
    return (
        (question, paragraph(REWORDED, quiet=True, leads=True)) if enquiry.reworded else (question,)
    )
