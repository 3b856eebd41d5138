"""Pure: judgements over time, what changed between inspections, and dated events."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from rag.inspection.frameworks import framework_named
from rag.packs.types import (
    Changes,
    History,
    Inspection,
    RecommendationChange,
    Timeline,
    TimelineEvent,
)
from ui.export.documents import timeline_document
from ui.export.documents.changes_document import LATER, NO_ITEMS, SILENT, counted_changes
from ui.export.documents.history_document import (
    KEY,
    NO_GRADE,
    NONE,
    NOT_JUDGED,
    area_name,
    areas_of,
    by_framework,
    capital,
    history_in_words,
    uncapital,
    when,
)
from ui.export.documents.timeline_document import spoken, timeline_in_words
from ui.web.render.chips import Chips
from ui.web.render.html import Html, note_html, table_html
from ui.web.render.lines import line_html, lines_html, marks_html
from ui.wording.dates import spoken_date
from ui.wording.translation import tr


def judgements_html(history: History, chips: Chips) -> Html:
    """What follows from the grades, and a table for each framework, an inspection a column."""
    if not history.inspections:
        return note_html(tr(NONE))
    graded = [inspection for inspection in history.inspections if inspection.judged]
    tables = Html()
    for framework, inspections in by_framework(graded):
        table = _table(framework, inspections, chips)
        heading = framework_named(framework).heading
        tables += Html("<h3>{}</h3>{}").format(heading, table)
    return lines_html(history.movements, chips) + tables + note_html(tr(KEY))


def _table(framework: str, inspections: Sequence[Inspection], chips: Chips) -> Html:
    rows = Html()
    for area in areas_of(inspections):
        grades = Html().join(_grade(inspection, area, chips) for inspection in inspections)
        name = capital(area_name(area, framework))
        rows += Html('<tr><th scope="row">{}</th>{}</tr>').format(name, grades)
    caption = tr("Grades, {}").format(framework)
    return table_html(caption, (tr("Judged"), *map(when, inspections)), rows)


def _grade(inspection: Inspection, area: str, chips: Chips) -> Html:
    judgement = next((grade for grade in inspection.judged if grade.area == area), None)
    if judgement is None:
        return Html('<td class="none">{}</td>').format(tr(NO_GRADE))
    marks = marks_html(judgement.line.citations if judgement.line else (), chips)
    if not judgement.grade:
        return Html('<td class="none">{} {}</td>').format(tr(NOT_JUDGED), marks)
    return Html("<td>{} {}</td>").format(capital(judgement.grade), marks)


def figure_html(picture: bytes, caption: str, words: str) -> Html:
    """A chart with its caption, and everything that it shows in words."""
    return Html(
        '<figure class="chart"><img src="data:image/png;base64,{0}" alt="{1}"><figcaption>{1}'
        '</figcaption><details class="folded"><summary>{2}</summary><div><p>{3}</p>'
        "</div></details></figure>"
    ).format(base64.b64encode(picture).decode("ascii"), caption, tr("The chart in words"), words)


def history_figure_html(picture: bytes, history: History) -> Html:
    """The chart of judgements."""
    caption = tr(
        "Grades of {} over time, an area a row. A shape stands for the framework; a "
        "line joins grades of one framework."
    ).format(history.council)
    return figure_html(picture, caption, history_in_words(history))


def timeline_figure_html(picture: bytes, timeline: Timeline) -> Html:
    """The chart of dated events."""
    caption = tr("Dated events by kind. The numbers are those of the list below.")
    return figure_html(picture, caption, timeline_in_words(timeline))


def changes_html(changes: Changes, chips: Chips) -> Html:
    """Every item that the earlier report asked for, and what the later one says of it."""
    heading = tr("{}, then {}").format(when(changes.earlier), uncapital(when(changes.later)))
    counted, items = Html(), note_html(tr(NO_ITEMS))
    if changes.items:
        counted = note_html(counted_changes(changes))
        items = Html().join(_change(change, chips) for change in changes.items)
    return Html('<h3>{}</h3>{}<ul class="changes">{}</ul>').format(heading, counted, items)


def _change(change: RecommendationChange, chips: Chips) -> Html:
    later = lines_html(change.later, chips, tr("No words about it were found in the later report."))
    return Html(
        '<li class="change since-{}"><p class="since">{}</p>'
        '<div class="sides"><div><p class="side">{}</p>{}</div>'
        '<div><p class="side">{}</p>{}</div></div></li>'
    ).format(
        change.since.name.casefold().replace("_", "-"),
        tr(LATER[change.since]),
        tr("Asked for"),
        line_html(change.item, chips),
        tr("Later"),
        later,
    )


def silent_html() -> Html:
    """What "not mentioned" means."""
    return note_html(tr(SILENT))


def events_html(timeline: Timeline, chips: Chips) -> Html:
    """The events, oldest first, numbered as in the chart."""
    if not timeline.events:
        return note_html(tr(timeline_document.NONE))
    events = Html().join(_event(*row, chips) for row in enumerate(timeline.events, 1))
    return Html('{}<ol class="events">{}</ol>').format(note_html(tr(timeline_document.KEY)), events)


def _event(number: int, event: TimelineEvent, chips: Chips) -> Html:
    also = Html().join(line_html(line, chips) for line in event.also)
    return Html(
        '<li><p class="event"><span class="number">{}</span> <strong>{}</strong> '
        '<span class="meta">{}, {}</span></p>{}{}</li>'
    ).format(
        number,
        spoken(event),
        event.kind,
        tr("reported {}").format(spoken_date(event.reported))
        if event.reported
        else tr("undated source"),
        line_html(event.line, chips),
        also,
    )
