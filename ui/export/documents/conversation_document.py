"""Pure: a conversation as a paper: its questions in order, each with what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rag.question.older import older_reports
from rag.saved.conversations import Conversation, ConversationTurn
from rag.types import Document
from ui.export.documents.answer_document import answer_sections, searched_section
from ui.export.footnotes import Notes
from ui.export.front_matter import KINDS_DIFFER, RESTS, engine_lines, made_by
from ui.export.paper import Paper, PaperSection, paragraph
from ui.export.sources import source_files, sources_section
from ui.wording.dates import spoken_moment
from ui.wording.lists import count_words


def conversation_paper(
    conversation: Conversation, documents: Sequence[Document], made: datetime
) -> Paper:
    """The paper of a conversation; `documents` are the library's, `made` the moment now."""
    older = older_reports(documents)
    notes = Notes(older)
    sections: list[PaperSection] = []
    for number, turn in enumerate(conversation.turns, 1):
        sections += _turn(turn, number, notes)
    answers = [turn.answer for turn in conversation.turns if turn.answer]
    about = [*_about(conversation, made), *engine_lines(answers), RESTS, KINDS_DIFFER]
    return Paper(
        conversation.name,
        "Questions and answers from the documents",
        made,
        tuple(map(paragraph, about)),
        (*sections, *sources_section(source_files(notes.cited.values(), documents), older)),
        notes.all(),
        contents=1 if len(conversation.turns) > 2 else 0,
    )


def _about(conversation: Conversation, made: datetime) -> list[str]:
    questions = count_words(len(conversation.turns), "question", "questions")
    begun, touched = spoken_moment(conversation.begun), spoken_moment(conversation.touched)
    when = f"on {begun}" if begun == touched else f"between {begun} and {touched}"
    return [
        made_by("A conversation with the documents", made),
        f"It holds {questions}, asked {when}; each answer is as it was given then.",
    ]


def _turn(turn: ConversationTurn, number: int, notes: Notes) -> tuple[PaperSection, ...]:
    notes.begin_part()
    heading = f"Question {number}: {turn.question}"
    if turn.answer is None:
        return (PaperSection(heading, (paragraph(f"There was a problem: {turn.problem}"),)),)
    sections = answer_sections(turn.answer, notes, 2)
    return (PaperSection(heading), *sections, searched_section(turn.answer, 2))
