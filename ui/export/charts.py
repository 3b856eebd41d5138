"""Charts of judgements and of dates, readable without colour: shapes and words tell all.

Vega-Lite charts through Altair, the same for the screen and for paper; a picture of one is drawn
without a browser and without a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any

import altair as alt
import vl_convert

from rag.errors import ExportError
from rag.inspection.frameworks import Framework
from rag.inspection.grades import RANKS, Area
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
SHAPES = {
    Framework.SINGLE: "square",
    Framework.ILACS: "circle",
    Framework.UNGRADED: "diamond",
    Framework.SEND: "triangle-up",
    Framework.VISIT: "cross",
    Framework.OTHER: "triangle-down",
}
INKS = {
    Framework.SINGLE: "#8a4b08",
    Framework.ILACS: "#122b4a",
    Framework.UNGRADED: "#4d4d4d",
    Framework.SEND: "#0b6e4f",
    Framework.VISIT: "#7a1f5c",
    Framework.OTHER: "#333333",
}
_INK = "#122b4a"
MOST_NUMBERED = 60
"""Events that bear their number; more would stand on one another."""
_LINES = 6
"""Heights at which events near one another stand within their row."""
_NEAR = 0.04
"""Of the time shown: a mark and its number take as much."""
_FOUR = ("Outstanding", "Good", "Requires improvement", "Inadequate")
_SEND = frozenset(grade for grade in RANKS if "outcomes" in grade or "failings" in grade)


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
    rows = [row for each in history.inspections for row in _grades(each)]
    order = sorted({row["panel"] for row in rows})
    panels = [
        _panel([row for row in rows if row["panel"] == panel], rows, last=panel == order[-1])
        for panel in order
    ]
    return _dressed(alt.vconcat(*panels, spacing=6).resolve_scale(shape="shared", color="shared"))


def _grades(inspection: Inspection) -> Iterable[dict[str, Any]]:
    day = day_of(inspection)
    for judged in inspection.judged if day else ():
        yield {
            "day": _iso(day),
            "area": capital(area_name(judged.area, inspection.framework)),
            "grade": _short(judged.grade),
            "framework": str(inspection.framework),
            "line": str(inspection.framework) if judged.grade else "",
            # Outcomes of area SEND inspections are no council's grades: a panel of their own.
            "panel": (judged.grade in _SEND, list(Area).index(judged.area)),
        }


def _panel(rows: list[dict[str, Any]], all_rows: list[dict[str, Any]], *, last: bool) -> Any:
    """The panel of one area; only the last has its dates written below it."""
    used = _levels({row["grade"] for row in rows}, outcomes=rows[0]["panel"][0])
    across = _across((row["day"] for row in all_rows), dated=last)
    up = alt.Y("grade:N", title=None, sort=None, scale=alt.Scale(domain=used), axis=alt.Axis(
        labelLimit=220, grid=True))  # fmt: skip
    line = (
        alt.Chart(_data([row for row in rows if row["line"]]))
        .mark_line(strokeWidth=1.2)
        .encode(across, up, detail="line:N", color=_ink(all_rows))
    )
    point = (
        alt.Chart(_data(rows))
        .mark_point(filled=True, size=90, opacity=1)
        .encode(across, up, shape=_shape(all_rows), color=_ink(all_rows))
    )
    return alt.layer(line, point).properties(
        width=WIDTH, height=STEP * len(used), title=rows[0]["area"]
    )


def _levels(given: set[str], *, outcomes: bool) -> list[str]:
    """The grades of one scale from the highest, what is not judged last.

    Of the scale of four every grade is shown; of others those that are `given`.
    """
    ranked = sorted(RANKS, key=lambda grade: -RANKS[grade])
    scale = [_short(each) for each in ranked if (each in _SEND) is outcomes]
    shown = [each for each in scale if each in given or each in _FOUR]
    return [*shown, _short(None)] if _short(None) in given else shown


def _short(grade: str | None) -> str:
    return (grade or NOT_JUDGED).removesuffix(" to be good").capitalize()


def _frameworks(rows: Iterable[dict[str, Any]]) -> list[Framework]:
    used = {row["framework"] for row in rows}
    return [each for each in Framework if str(each) in used]


def _shape(rows: list[dict[str, Any]]) -> alt.Shape:
    used = _frameworks(rows)
    scale = alt.Scale(domain=list(map(str, used)), range=[SHAPES[each] for each in used])
    return alt.Shape("framework:N", scale=scale, title="Framework")


def _ink(rows: list[dict[str, Any]]) -> alt.Color:
    used = _frameworks(rows)
    scale = alt.Scale(domain=list(map(str, used)), range=[INKS[each] for each in used])
    return alt.Color("framework:N", scale=scale, title="Framework")


# ---------------------------------------------------------------- dates


def timeline_chart(timeline: Timeline) -> Any:
    """A row for each kind of event; each event bears its number in the list."""
    rows = list(_dated(timeline.events))
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    lines = 1 + max((row["line"] for row in rows), default=0)
    height = 15 * max(lines, 2) * max(len(kinds), 1)
    across = _across(row["day"] for row in rows)
    up = alt.Y("kind:N", title=None, sort=None, scale=alt.Scale(domain=kinds))
    off = alt.YOffset("line:O", scale=alt.Scale(domain=list(range(lines))))
    base = alt.Chart(_data(rows))
    lasting = base.mark_rule(strokeWidth=3, color=_INK).encode(
        across, up, off, x2=alt.X2("until:T")
    )
    point = base.mark_point(size=55, filled=True, opacity=1, stroke=_INK, strokeWidth=1.2).encode(
        across, up, off,
        fill=alt.Fill("precision:N", title="Dated to the", scale=alt.Scale(
            domain=[str(each) for each in Precision], range=[_INK, "#b5b5b5", "#ffffff"])),
        shape=alt.Shape("precision:N", title="Dated to the", scale=alt.Scale(
            domain=[str(each) for each in Precision], range=["circle", "square", "diamond"])),
    )  # fmt: skip
    number = base.mark_text(align="left", dx=6, fontSize=9).encode(
        _across((row["day"] for row in rows), "until:T"), up, off, text="number:N"
    )
    layers = [lasting, point, *([number] if len(rows) <= MOST_NUMBERED else [])]
    return _dressed(alt.layer(*layers).properties(width=WIDTH, height=height))


def _dated(events: Iterable[TimelineEvent]) -> Iterable[dict[str, Any]]:
    held = [*events]
    days = [event.when for event in held] + [event.until for event in held if event.until]
    near = (max(days) - min(days)) * _NEAR if days else timedelta()
    taken: dict[tuple[str, int], date] = {}
    for number, event in enumerate(held, 1):
        kind = str(event.kind).capitalize()
        line = _line(kind, event.when, taken)
        taken[kind, line] = _later(event.until or event.when, near)
        yield {
            "day": _iso(event.when),
            "until": _iso(event.until or event.when),
            "kind": kind,
            "precision": str(event.precision),
            "number": str(number),
            "line": line,
        }


def _line(kind: str, day: date, taken: Mapping[tuple[str, int], date]) -> int:
    """The first height of a row where nothing is near; else the one that is free the soonest."""
    free = [taken.get((kind, line), date.min) for line in range(_LINES)]
    return next((n for n, until in enumerate(free) if until <= day), free.index(min(free)))


def _later(day: date, by: timedelta) -> date:
    return day + by if date.max - day > by else date.max


# ---------------------------------------------------------------- both


def _across(days: Iterable[str], field: str = "day:T", *, dated: bool = True) -> alt.X:
    axis = alt.Axis(format="%b %Y", labelAngle=0, tickCount=6, labels=dated, ticks=dated)
    return alt.X(field, title=None, scale=alt.Scale(domain=_span(days)), axis=axis)


def _iso(day: date | None) -> str:
    # With a time, so that no time zone moves it to the day before.
    return f"{day.isoformat()}T12:00:00" if day else ""


def _span(days: Iterable[str]) -> list[str]:
    """From half a year before the first day to half a year after the last."""
    held = sorted(date.fromisoformat(day[:10]) for day in days) or [date(2000, 1, 1)]
    first, last = held[0], held[-1]
    return [_iso(_months(first, -6)), _iso(_months(last, 6))]


def _months(day: date, by: int) -> date:
    months = min(max(day.year * 12 + day.month - 1 + by, 12), 9999 * 12)
    return date(months // 12, months % 12 + 1, 1)


def _data(rows: list[dict[str, Any]]) -> Any:
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
