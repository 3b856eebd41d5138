"""Pure: judgements over time, what changed between inspections, and dated events."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from rag.inspection.frameworks import Framework
from rag.packs.types import (
    Changes,
    History,
    Inspection,
    RecommendationChange,
    Timeline,
    TimelineEvent,
)
from ui.export.documents import timeline_document
from ui.export.documents.changes_document import LATER, SILENT, counted_changes
from ui.export.documents.history_document import (
    HEADINGS,
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
from ui.web.render.html import escaped, note_html
from ui.web.render.lines import line_html, lines_html, marks_html
from ui.wording.dates import spoken_date


def judgements_html(history: History, chips: Chips, level: int = 3) -> str:
    """What follows from the grades, and a table for each framework, an inspection a column."""
    if not history.inspections:
        return note_html(NONE)
    graded = [each for each in history.inspections if each.judged]
    tables = "".join(
        f"<h{level}>{escaped(HEADINGS[framework])}</h{level}>{_table(framework, held, chips)}"
        for framework, held in by_framework(graded)
    )
    return f"{lines_html(history.movements, chips)}{tables}{note_html(KEY)}"


def _table(framework: Framework, held: Sequence[Inspection], chips: Chips) -> str:
    heads = "".join(f'<th scope="col">{escaped(when(each))}</th>' for each in held)
    rows = "".join(
        f'<tr><th scope="row">{escaped(capital(area_name(area, framework)))}</th>'
        f"{''.join(_grade(each, area, chips) for each in held)}</tr>"
        for area in areas_of(held)
    )
    return (
        '<div class="wide" tabindex="0" role="group" '
        f'aria-label="{escaped(f"Grades, {framework}")}"><table class="grades">'
        f'<caption class="unseen">{escaped(f"Grades, {framework}")}</caption>'
        f'<thead><tr><th scope="col">Judged</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</div>"
    )


def _grade(inspection: Inspection, area: object, chips: Chips) -> str:
    judged = next((each for each in inspection.judged if each.area is area), None)
    if judged is None:
        return f'<td class="none">{NO_GRADE}</td>'
    cited = judged.line.citations if judged.line else ()
    grade = escaped(capital(judged.grade)) if judged.grade else NOT_JUDGED
    look = "" if judged.grade else ' class="none"'
    return f"<td{look}>{grade} {marks_html(cited, chips)}</td>"


# ---------------------------------------------------------------- figures


def figure_html(picture: bytes, caption: str, told: str) -> str:
    """A chart with its caption, and everything that it shows in words."""
    image = base64.b64encode(picture).decode("ascii")
    return (
        f'<figure class="chart"><img src="data:image/png;base64,{image}" alt="{escaped(caption)}">'
        f"<figcaption>{escaped(caption)}</figcaption>"
        f'<details class="folded"><summary>The chart in words</summary><div><p>{escaped(told)}</p>'
        "</div></details></figure>"
    )


def history_figure_html(picture: bytes, history: History) -> str:
    """The chart of judgements."""
    caption = (
        f"Grades of {history.council} over time, an area a row. A shape stands for the framework; "
        "a line joins grades of one framework."
    )
    return figure_html(picture, caption, history_in_words(history))


def timeline_figure_html(picture: bytes, timeline: Timeline) -> str:
    """The chart of dated events."""
    caption = "Dated events by kind. The numbers are those of the list below."
    return figure_html(picture, caption, timeline_in_words(timeline))


# ---------------------------------------------------------------- what changed


def changes_html(changes: Changes, chips: Chips, level: int = 3) -> str:
    """Every item that the earlier report asked for, and what the later one says of it."""
    heading = f"{when(changes.earlier)}, then {uncapital(when(changes.later))}"
    told = (
        "".join(_change(each, chips) for each in changes.items)
        if changes.items
        else note_html("The earlier report lists no items.")
    )
    counted = note_html(counted_changes(changes)) if changes.items else ""
    return f'<h{level}>{escaped(heading)}</h{level}>{counted}<ul class="changes">{told}</ul>'


def _change(change: RecommendationChange, chips: Chips) -> str:
    later = lines_html(change.later, chips, "No words about it were found in the later report.")
    item = line_html(change.item, chips)
    return (
        f'<li class="change since-{change.since.name.casefold().replace("_", "-")}">'
        f'<p class="since">{escaped(LATER[change.since])}</p>'
        f'<div class="sides"><div><p class="side">Asked for</p>{item}</div>'
        f'<div><p class="side">Later</p>{later}</div></div></li>'
    )


def silent_html() -> str:
    """What "not mentioned" means."""
    return note_html(SILENT)


# ---------------------------------------------------------------- timeline


def events_html(timeline: Timeline, chips: Chips) -> str:
    """The events, oldest first, numbered as in the chart."""
    if not timeline.events:
        return note_html(timeline_document.NONE)
    events = _events(timeline.events, chips)
    return f'{note_html(timeline_document.KEY)}<ol class="events">{events}</ol>'


def _events(events: Iterable[TimelineEvent], chips: Chips) -> str:
    return "".join(_event(number, each, chips) for number, each in enumerate(events, 1))


def _event(number: int, event: TimelineEvent, chips: Chips) -> str:
    reported = f"reported {spoken_date(event.reported)}" if event.reported else "undated source"
    also = "".join(line_html(each, chips) for each in event.also)
    return (
        f'<li><p class="event"><span class="number">{number}</span> '
        f'<strong>{escaped(spoken(event))}</strong> <span class="meta">{escaped(event.kind)}, '
        f"{escaped(reported)}</span></p>{line_html(event.line, chips)}{also}</li>"
    )
