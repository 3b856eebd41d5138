"""Charts of judgements and of dates, readable without colour: shapes and words tell all.

Vega-Lite charts through Altair, the same for the screen and for paper; a picture of one is drawn
without a browser and without a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any

import altair as alt
import vl_convert

from rag.errors import ExportError
from rag.inspection.frameworks import CATALOGUE, Scale, area_order, framework_named
from rag.packs.types import History, Inspection, Precision, Timeline, TimelineEvent
from ui.export.documents.history_document import NOT_JUDGED, area_name, capital, day_of

# Altair looks at a pandas that is loaded, also at one that another thread has loaded half.
with suppress(ImportError):
    import_module("pandas")

WIDTH = 520
STEP = 15
"""Pixels for one grade."""
SCALE = 3
_FONT = "Liberation Sans, Arial, sans-serif"
_LOOKS = (
    ("cross", "#7a1f5c"), ("stroke", "#333333"), ("triangle-up", "#0b6e4f"),
    ("square", "#8a4b08"), ("diamond", "#4d4d4d"), ("circle", "#122b4a"),
    ("triangle-left", "#5b2a86"), ("triangle-right", "#8b0000"), ("wedge", "#00556b"),
    ("arrow", "#3f4a00"), ("triangle", "#6b3fa0"), ("cross", "#004d40"),
    ("triangle-down", "#333333"),
)  # fmt: skip
"""The shape and the ink of each framework's points, in their order; further ones begin again."""
_Rows = list[dict[str, Any]]
_INK = "#122b4a"
MOST_NUMBERED = 60
"""Events that bear their number; more would stand on one another."""
_LINES = 6
"""Heights at which events near one another stand within their row."""
_NEAR = 0.04
"""Of the time shown: a mark and its number take as much."""
_SCALES = tuple(CATALOGUE.scales.values())
_FRAMEWORKS = tuple(CATALOGUE.frameworks)


@lru_cache(maxsize=32)
def chart_picture(drawing: History | Timeline) -> bytes:
    """A chart as the bytes of a PNG, large enough for print. Raises ExportError."""
    chart = history_chart(drawing) if isinstance(drawing, History) else timeline_chart(drawing)
    try:
        return vl_convert.vegalite_to_png(chart.to_dict(), scale=SCALE, allowed_base_urls=[])
    except ValueError as error:
        raise ExportError(f"A chart could not be drawn ({error}).") from error


# ---------------------------------------------------------------- judgements


def history_chart(history: History) -> Any:
    """A panel for each area: time across, grades up; a line joins grades of one framework alone."""
    rows: _Rows = []
    for inspection in history.inspections:
        rows += _grades(inspection)
    areas: dict[tuple[int, str, int], _Rows] = {}
    for row in rows:
        areas.setdefault(row["panel"], []).append(row)
    order = sorted(areas)
    panels = [_panel(areas[area], rows, last=area == order[-1]) for area in order]
    return _dressed(alt.vconcat(*panels, spacing=6).resolve_scale(shape="shared", color="shared"))


def _grades(inspection: Inspection) -> Iterable[dict[str, Any]]:
    day, framework = day_of(inspection), framework_named(inspection.framework)
    for judged in inspection.judged if day else ():
        scale = framework.scale_of(judged.area) or _SCALES[0]
        yield {
            "day": _iso(day),
            "area": capital(area_name(judged.area, inspection.framework)),
            "grade": _plain(judged.grade, scale),
            "framework": inspection.framework,
            "line": inspection.framework if judged.grade else "",
            # Grades of another scale, or of another service, have a panel of their own.
            "panel": (_SCALES.index(scale), framework.service, area_order(judged.area)),
        }


def _panel(rows: _Rows, all_rows: _Rows, *, last: bool) -> Any:
    """The panel of one area; only the last has its dates written below it."""
    used = _levels({row["grade"] for row in rows}, _SCALES[rows[0]["panel"][0]])
    across = _across(all_rows, dated=last)
    up = alt.Y("grade:N", title=None, sort=None, scale=alt.Scale(domain=used), axis=alt.Axis(
        labelLimit=220, grid=True))  # fmt: skip
    shape, ink = _shape_and_ink(all_rows)
    line = alt.Chart(_data([row for row in rows if row["line"]])).mark_line(strokeWidth=1.2)
    point = alt.Chart(_data(rows)).mark_point(filled=True, size=90, opacity=1)
    layers = (
        line.encode(across, up, detail="line:N", color=ink),
        point.encode(across, up, shape=shape, color=ink),
    )
    height = STEP * len(used)
    return alt.layer(*layers).properties(width=WIDTH, height=height, title=rows[0]["area"])


def _levels(grades: set[str], scale: Scale) -> list[str]:
    """The grades of one scale from the highest, what is not judged last.

    Of a scale of words every grade is shown; of sentences and figures those among `grades`.
    """
    names = [capital(word) for word in reversed(scale.words)]
    shown = [name for name in names if scale.named or name in grades]
    unjudged = _plain(None, scale)
    return [*shown, unjudged] if unjudged in grades else shown


def _plain(grade: str | None, scale: Scale) -> str:
    """A grade by the plain word of its scale: "to be good" takes too much room."""
    step = scale.read(grade) if grade else None
    return capital(scale.words[step[1] - 1] if step else grade or NOT_JUDGED)


def _shape_and_ink(rows: _Rows) -> tuple[alt.Shape, alt.Color]:
    """How points of the frameworks that occur are told apart."""
    names = sorted({row["framework"] for row in rows}, key=_order)
    shapes, inks = zip(*(_LOOKS[_order(name) % len(_LOOKS)] for name in names), strict=True)
    shape = alt.Scale(domain=names, range=list(shapes))
    ink = alt.Scale(domain=names, range=list(inks))
    return (
        alt.Shape("framework:N", scale=shape, title="Framework"),
        alt.Color("framework:N", scale=ink, title="Framework"),
    )


def _order(framework: str) -> int:
    return _FRAMEWORKS.index(framework_named(framework).name)


# ---------------------------------------------------------------- dates


def timeline_chart(timeline: Timeline) -> Any:
    """A row for each kind of event; each event bears its number in the list."""
    rows = list(_dated(timeline.events))
    kinds = list(dict.fromkeys([row["kind"] for row in rows]))
    lines = 1 + max([row["line"] for row in rows], default=0)
    height = 15 * max(lines, 2) * max(len(kinds), 1)
    across = _across(rows)
    up = alt.Y("kind:N", title=None, sort=None, scale=alt.Scale(domain=kinds))
    off = alt.YOffset("line:O", scale=alt.Scale(domain=list(range(lines))))
    base = alt.Chart(_data(rows))
    lasting = base.mark_rule(strokeWidth=3, color=_INK).encode(
        across, up, off, x2=alt.X2("until:T")
    )
    exact = list(map(str, Precision))
    point = base.mark_point(size=55, filled=True, opacity=1, stroke=_INK, strokeWidth=1.2).encode(
        across, up, off,
        fill=alt.Fill("precision:N", title="Dated to the", scale=alt.Scale(
            domain=exact, range=[_INK, "#b5b5b5", "#ffffff"])),
        shape=alt.Shape("precision:N", title="Dated to the", scale=alt.Scale(
            domain=exact, range=["circle", "square", "diamond"])),
    )  # fmt: skip
    number = base.mark_text(align="left", dx=6, fontSize=9).encode(
        _across(rows, "until:T"), up, off, text="number:N"
    )
    layers = [lasting, point, *([number] if len(rows) <= MOST_NUMBERED else [])]
    return _dressed(alt.layer(*layers).properties(width=WIDTH, height=height))


def _dated(events: Sequence[TimelineEvent]) -> Iterable[dict[str, Any]]:
    days = [event.when for event in events] + [event.until for event in events if event.until]
    near = (max(days) - min(days)) * _NEAR if days else timedelta()
    taken: dict[tuple[str, int], date] = {}
    for number, event in enumerate(events, 1):
        kind = str(event.kind).capitalize()
        line = _line(kind, event.when, taken)
        last = event.until or event.when
        taken[kind, line] = last + near if date.max - last > near else date.max
        yield {
            "day": _iso(event.when),
            "until": _iso(last),
            "kind": kind,
            "precision": str(event.precision),
            "number": str(number),
            "line": line,
        }


def _line(kind: str, day: date, taken: Mapping[tuple[str, int], date]) -> int:
    """The first height of a row where nothing is near; else the one that is free the soonest."""
    free = [taken.get((kind, line), date.min) for line in range(_LINES)]
    for line, until in enumerate(free):
        if until <= day:
            return line
    return free.index(min(free))


# ---------------------------------------------------------------- both


def _across(rows: _Rows, field: str = "day:T", *, dated: bool = True) -> alt.X:
    """Time, from half a year before the first day of the rows to half a year after the last."""
    days = sorted([date.fromisoformat(row["day"][:10]) for row in rows]) or [date(2000, 1, 1)]
    span = alt.Scale(domain=[_iso(_months(days[0], -6)), _iso(_months(days[-1], 6))])
    axis = alt.Axis(format="%b %Y", labelAngle=0, tickCount=6, labels=dated, ticks=dated)
    return alt.X(field, title=None, scale=span, axis=axis)


def _iso(day: date | None) -> str:
    # With a time, so that no time zone moves it to the day before.
    return f"{day.isoformat()}T12:00:00" if day else ""


def _months(day: date, by: int) -> date:
    months = min(max(day.year * 12 + day.month - 1 + by, 12), 9999 * 12)
    return date(months // 12, months % 12 + 1, 1)


def _data(rows: _Rows) -> Any:
    make: Any = alt.Data
    return make(values=rows)


def _dressed(chart: Any) -> Any:
    return (
        chart.configure(font=_FONT, background="white")
        .configure_view(stroke="#bbbbbb")
        .configure_axis(labelFontSize=10, gridColor="#e3e3e3", labelColor="#111111")
        .configure_title(fontSize=11, anchor="start", fontWeight="bold")
        .configure_legend(orient="bottom", labelFontSize=10, titleFontSize=10, labelLimit=320)
    )
