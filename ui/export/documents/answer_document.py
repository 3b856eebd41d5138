"""Pure: an answer or a refusal as a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rag.citation.source_label import in_quotation_marks
from rag.question.older import older_reports
from rag.types import Answer, Document
from ui.export.footnotes import Notes, attributed_words, quotation
from ui.export.front_matter import KINDS_DIFFER, RESTS, engine_lines, made_by
from ui.export.paper import Items, Paper, PaperSection, paragraph
from ui.export.sources import source_files, sources_section
from ui.wording.answers import (
    ASKED_BACK,
    HEADINGS,
    REFUSED,
    citations_of,
    searched_line,
    statements_by_voice,
    understood_as,
)
from ui.wording.attribution_note import who_wrote
from ui.wording.lists import listed

NEAREST = "The nearest that was found: related words, not an answer"
_NOT_TOLD = "That the documents searched do not tell it does not mean that it did not happen."


def answer_paper(answer: Answer, documents: Sequence[Document], made: datetime) -> Paper:
    """The paper of one answer; `documents` are the library's, `made` the moment now."""
    older = older_reports(documents)
    notes = Notes(older)
    sections = (*answer_sections(answer, notes), searched_section(answer))
    what = "An answer from the documents" if answer.answered else "A question not answered"
    about = [made_by(what, made), *engine_lines([answer]), RESTS, KINDS_DIFFER]
    return Paper(
        answer.question,
        what if answer.answered else _heading(answer),
        made,
        tuple(map(paragraph, about)),
        (*sections, *sources_section(source_files(notes.cited.values(), documents), older)),
        notes.all(),
    )


def answer_sections(answer: Answer, notes: Notes, level: int = 1) -> tuple[PaperSection, ...]:
    """What an answer says, by who says it; or that it is refused, and what stands nearest."""
    if not answer.answered:
        return _refused(answer, notes, level)
    sections = []
    for voice, statements in statements_by_voice(answer.statements):
        items = []
        for statement in statements:
            cited = citations_of(statement, answer)
            items.append(attributed_words(statement.source, statement.text, cited, notes))
        sections.append(PaperSection(HEADINGS[voice], (Items(tuple(items)),), level))
    return tuple(sections)


def searched_section(answer: Answer, level: int = 1) -> PaperSection:
    """What was searched for an answer, and how the question was understood."""
    lines = []
    if understood := understood_as(answer):
        lines.append(f"The question was understood as: {in_quotation_marks(understood)}")
    lines.append(searched_line(answer.searched))
    if answer.searched.left_out:
        parts = listed([part.words for part in answer.searched.left_out])
        lines.append(f"Left out of the question's scope at the reader's wish: {parts}.")
    if answer.checked or answer.pointed_by or answer.notice:  # a language model was asked
        lines += filter(None, [answer.notice, who_wrote(answer)])
    if not (answer.answered or answer.choices):
        lines.append(_NOT_TOLD)
    return PaperSection("What was searched", tuple(map(paragraph, lines)), level)


def _heading(refusal: Answer) -> str:
    return ASKED_BACK if refusal.choices else REFUSED


def _refused(answer: Answer, notes: Notes, level: int) -> tuple[PaperSection, ...]:
    refusal = PaperSection(_heading(answer), (paragraph(answer.text),), level)
    if answer.choices or not answer.nearest:
        return (refusal,)
    near = Items(tuple([quotation(citation, notes) for citation in answer.nearest]))
    return (refusal, PaperSection(NEAREST, (near,), level + 1))
