"""Pure: the one page that a pack opens with, as a section of its paper."""

from __future__ import annotations

from rag.citation.source_label import in_quotation_marks
from rag.packs.first_page import FirstPage, NewestGrades, SpokenQuestion
from rag.packs.types import Changes
from rag.text.tokens import shortened
from ui.export.documents.changes_document import counted_changes
from ui.export.documents.history_document import NOT_JUDGED, area_name, capital, uncapital, when
from ui.export.footnotes import Notes, line_words
from ui.export.paper import (
    Items,
    PaperBlock,
    PaperSection,
    PaperWords,
    Table,
    paper_words,
    paragraph,
)
from ui.wording.translation import N_, tr

HEADING = N_("On one page")
QUESTIONS, GRADES, CHANGED = N_("Five questions to ask"), N_("Grades"), N_("What changed")
LONGEST_WHY = 110
"""Characters of a reason that stand beside its question; the whole of it stands behind."""
NO_QUESTION = N_("No ground for a question was found in the documents.")
NO_GRADE = N_("No inspection report with grades was found in the library.")
NO_CHANGE = N_("No two reports that can be set side by side were found in the library.")


def why_words(question: SpokenQuestion) -> str:
    """Why to ask, in a line."""
    source = f" ({question.why.source})" if question.why.source else ""
    quote = in_quotation_marks(shortened(" ".join(question.why.text.split()), LONGEST_WHY))
    return tr("Why: {}{}: {}").format(question.cause, source, quote)


def pair_words(changes: Changes) -> str:
    """Which two reports are compared, and what became of how many items."""
    pair = tr("{}, then {}").format(when(changes.earlier), uncapital(when(changes.later)))
    found = counted_changes(changes) if changes.items else tr("no list of items was found.")
    return f"{pair}: {found}"


def grade_heads(grades: NewestGrades) -> tuple[str, ...]:
    """The heads of a table of grades: what is judged, now, and before where that is known."""
    before = (uncapital(when(grades.before)),) if grades.before else ()
    return (tr("Judged"), when(grades.inspection), *map(capital, before))


def first_page_sections(page: FirstPage, notes: Notes) -> tuple[PaperSection, ...]:
    """The questions with why, the grades, and what changed."""
    notes.begin_part()
    questions: list[PaperWords] = []
    for question in page.questions:
        marks = notes.numbers(question.why.citations, repeat=True)
        spoken = paper_words(f"{question.text} ", strong=True)
        questions.append((*spoken, *paper_words(why_words(question), *marks)))
    tables: list[PaperBlock] = [_table(grades, notes) for grades in page.grades]
    return (
        PaperSection(HEADING),
        PaperSection(
            QUESTIONS, (Items(tuple(questions)) if questions else paragraph(NO_QUESTION),), 2
        ),
        PaperSection(GRADES, tuple(tables) or (paragraph(NO_GRADE),), 2),
        PaperSection(CHANGED, _changed(page, notes), 2),
    )


def _table(grades: NewestGrades, notes: Notes) -> Table:
    rows: list[tuple[PaperWords, ...]] = []
    for now, before in grades.grades:
        name = capital(area_name(now.area, grades.inspection.framework))
        cells = [paper_words(name)]
        for grade in (now, before) if grades.before else (now,):
            marks = notes.numbers(grade.citations, repeat=True) if grade else ()
            words = capital(grade.grade or NOT_JUDGED) if grade else ""
            cells.append(paper_words(words, *marks))
        rows.append(tuple(cells))
    heads = grade_heads(grades)
    return Table(
        tr("Newest grades, {}").format(grades.inspection.framework),
        heads,
        tuple(rows),
        (3,) * len(heads),
    )


def _changed(page: FirstPage, notes: Notes) -> tuple[PaperBlock, ...]:
    lines = [line_words(line, notes) for line in page.movements]
    for concern in page.concerns:
        lines.append((*paper_words(tr("Still a concern: ")), *line_words(concern.item, notes)))
    blocks: list[PaperBlock] = [paragraph(pair_words(page.changes))] if page.changes else []
    if lines:
        blocks.append(Items(tuple(lines)))
    return tuple(blocks) or (paragraph(NO_CHANGE),)
