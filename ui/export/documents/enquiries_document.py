"""Pure: lines of enquiry as sections of a paper: the question, why, and what to listen for."""

from __future__ import annotations

from collections.abc import Sequence

from rag.packs.types import LineOfEnquiry
from ui.export.documents.history_document import line_words
from ui.export.footnotes import Notes
from ui.export.paper import Items, PaperBlock, PaperSection, Paragraph, paper_words

HEADING = "Questions to ask"
HOW = (
    "Each question comes with why to ask it, in the documents' own words. What a good answer would "
    "show, and what to ask if the answer is thin, are prompts and say nothing about the service."
)
REWORDED = "This question was put into these words by whoever prepared the pack."
NONE = "The documents gave no ground for a question."


def enquiries_sections(
    enquiries: Sequence[LineOfEnquiry], notes: Notes
) -> tuple[PaperSection, ...]:
    """Every question in the order given."""
    opening = PaperSection(HEADING, (Paragraph(paper_words(HOW if enquiries else NONE)),))
    return (
        opening,
        *(
            section
            for number, each in enumerate(enquiries, 1)
            for section in _enquiry(each, number, notes)
        ),
    )


def _enquiry(enquiry: LineOfEnquiry, number: int, notes: Notes) -> tuple[PaperSection, ...]:
    notes.begin_part()
    asked = enquiry.question
    # Words that stand under the question anyhow are not repeated in its note.
    below = {each.quote for line in enquiry.why for each in line.citations}
    repeat = not below.issuperset(each.quote for each in asked.citations)
    question = paper_words(asked.text, *notes.numbers(asked.citations, repeat=repeat), strong=True)
    why = Items(tuple(line_words(line, notes) for line in enquiry.why))
    asking: list[PaperBlock] = [Paragraph(question, leads=True)]
    if enquiry.reworded:
        asking.append(Paragraph(paper_words(REWORDED), quiet=True, leads=True))
    found = [
        PaperSection(f"Question {number}: {enquiry.theme}", tuple(asking), 2),
        PaperSection(f"Why to ask: {enquiry.cause}", (why,) if why.items else (), 3),
        _prompts("What a good answer would show", enquiry.good_answer),
        _prompts("If the answer is thin", enquiry.follow_ups),
    ]
    return tuple(section for section in found if section.blocks)


def _prompts(heading: str, prompts: Sequence[str]) -> PaperSection:
    items = tuple(paper_words(each) for each in prompts)
    return PaperSection(heading, (Items(items),) if items else (), 3)
