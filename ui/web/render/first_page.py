"""Pure: the one page that a pack opens with, on the screen."""

from __future__ import annotations

from rag.packs.first_page import FirstPage, NewestGrades, SpokenQuestion
from rag.packs.types import AreaGrade
from ui.export.documents.first_page_document import (
    CHANGED,
    GRADES,
    NO_CHANGE,
    NO_GRADE,
    NO_QUESTION,
    QUESTIONS,
    grade_heads,
    pair_words,
    why_words,
)
from ui.export.documents.history_document import NOT_JUDGED, area_name, capital
from ui.web.render.chips import Chips
from ui.web.render.html import Html, note_html, table_html
from ui.web.render.lines import line_html, lines_html, marks_html
from ui.wording.translation import tr


def first_page_html(page: FirstPage, chips: Chips) -> Html:
    """The questions with why, the grades, and what changed."""
    return Html(
        '<section class="first-page"><h3>{}</h3>{}<h3>{}</h3>{}<h3>{}</h3>{}</section>'
    ).format(
        tr(QUESTIONS), _questions(page, chips), tr(GRADES), _grades(page, chips), tr(CHANGED),
        _changed(page, chips),
    )  # fmt: skip


def _questions(page: FirstPage, chips: Chips) -> Html:
    if not page.questions:
        return note_html(tr(NO_QUESTION))
    items = Html().join(_question(question, chips) for question in page.questions)
    return Html('<ol class="spoken">{}</ol>').format(items)


def _question(question: SpokenQuestion, chips: Chips) -> Html:
    return Html('<li><p class="speak">{}</p><p class="note">{}&nbsp;{}</p></li>').format(
        question.text, why_words(question), marks_html(question.why.citations, chips)
    )


def _grades(page: FirstPage, chips: Chips) -> Html:
    if not page.grades:
        return note_html(tr(NO_GRADE))
    return Html().join(_table(grades, chips) for grades in page.grades)


def _table(grades: NewestGrades, chips: Chips) -> Html:
    framework = grades.inspection.framework
    rows = Html()
    for now, before in grades.grades:
        cells = _grade(now, chips) + (_grade(before, chips) if grades.before else Html())
        name = capital(area_name(now.area, framework))
        rows += Html('<tr><th scope="row">{}</th>{}</tr>').format(name, cells)
    caption = tr("Newest grades, {}").format(framework)
    return table_html(caption, grade_heads(grades), rows)


def _grade(grade: AreaGrade | None, chips: Chips) -> Html:
    if grade is None:
        return Html("<td></td>")
    words = capital(grade.grade or tr(NOT_JUDGED))
    return Html("<td>{} {}</td>").format(words, marks_html(grade.citations, chips))


def _changed(page: FirstPage, chips: Chips) -> Html:
    if not (page.changes or page.movements):
        return note_html(tr(NO_CHANGE))
    pair = Html("<p>{}</p>").format(pair_words(page.changes)) if page.changes else Html()
    concerns = Html()
    for concern in page.concerns:
        concerns += Html("<li>{}{}</li>").format(
            tr("Still a concern: "), line_html(concern.item, chips)
        )
    listed = Html('<ul class="lines">{}</ul>').format(concerns) if concerns else Html()
    return lines_html(page.movements, chips) + pair + listed
