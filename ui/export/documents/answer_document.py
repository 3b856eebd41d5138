"""Pure: an answer or a refusal as a paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rag.citation.source_label import in_quotation_marks
from rag.types import Answer, Document, Searched, Statement
from ui.export.footnotes import Notes, quotation, told_by
from ui.export.front_matter import KINDS_DIFFER, RESTS, engine_lines, made_by
from ui.export.paper import (
    Items,
    Paper,
    PaperBlock,
    PaperSection,
    PaperWords,
    Paragraph,
    paper_words,
)
from ui.export.sources import source_files, sources_section
from ui.wording.answers import HEADINGS, searched_line, statements_by_voice
from ui.wording.attribution_note import who_wrote
from ui.wording.lists import listed

REFUSED = "Not in the documents"
NEAREST = "Nearest passages: related words, not an answer"
_NOT_TOLD = "That the documents searched do not tell it does not mean that it did not happen."


def answer_paper(answer: Answer, held: Iterable[Document], made: datetime) -> Paper:
    """The paper of one answer; `held` are the library's documents, `made` the moment now."""
    notes = Notes()
    sections = (*answer_sections(answer, notes), searched_section(answer))
    what = "An answer from the documents" if answer.answered else "A question not answered"
    about = [made_by(what, made), *engine_lines([answer.engine]), RESTS]
    return Paper(
        answer.question,
        "An answer from the documents" if answer.answered else REFUSED,
        made,
        tuple(Paragraph(paper_words(line)) for line in (*about, KINDS_DIFFER)),
        (*sections, *sources_section(source_files(notes.cited.values(), held))),
        notes.all(),
    )


def answer_sections(answer: Answer, notes: Notes, level: int = 1) -> tuple[PaperSection, ...]:
    """What an answer says, by who says it; or that it is refused, and what stands nearest."""
    if not answer.answered:
        return _refused(answer, notes, level)
    by_number = {citation.n: citation for citation in answer.citations}

    def told(statement: Statement) -> PaperWords:
        cited = [by_number[n] for n in statement.citations if n in by_number]
        return told_by(statement.source, statement.text, cited, notes)

    return tuple(
        PaperSection(HEADINGS[voice], (Items(tuple(map(told, statements))),), level)
        for voice, statements in statements_by_voice(answer.statements)
    )


def searched_section(answer: Answer, level: int = 1) -> PaperSection:
    """What was searched for an answer, and how the question was understood."""
    lines: list[PaperBlock] = [Paragraph(paper_words(line)) for line in _searched(answer)]
    return PaperSection("What was searched", tuple(lines), level)


def _refused(answer: Answer, notes: Notes, level: int) -> tuple[PaperSection, ...]:
    refusal = PaperSection(REFUSED, (Paragraph(paper_words(answer.text)),), level)
    if not answer.nearest:
        return (refusal,)
    near = Items(tuple(quotation(citation, notes) for citation in answer.nearest))
    return (refusal, PaperSection(NEAREST, (near,), level + 1))


def _searched(answer: Answer) -> list[str]:
    lines = []
    if answer.understood and answer.understood.strip() != answer.question.strip():
        lines.append(f"The question was understood as: {in_quotation_marks(answer.understood)}")
    lines += [searched_line(answer.searched), *_left_out(answer.searched), *_of_a_model(answer)]
    return lines if answer.answered else [*lines, _NOT_TOLD]


def _of_a_model(answer: Answer) -> list[str]:
    """What came of asking a language model, where one was asked."""
    asked = answer.checked or answer.notice
    return [line for line in (answer.notice, who_wrote(answer)) if line] if asked else []


def _left_out(searched: Searched) -> list[str]:
    if not searched.left_out:
        return []
    parts = listed([part.words for part in searched.left_out])
    return [f"Left out of the question's scope at the reader's wish: {parts}."]
