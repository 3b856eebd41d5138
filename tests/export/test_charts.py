"""Charts of judgements and of dates: what they join, what they keep apart, and in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import exported
import pytest
from ofsted import OVERALL, SEND

from rag.packs.types import History, Timeline
from ui.export.charts import chart_picture, history_chart, timeline_chart
from ui.export.documents.history_document import history_in_words
from ui.export.documents.timeline_document import timeline_in_words


def test_a_chart_of_judgements_joins_no_two_frameworks() -> None:
    spec = history_chart(exported.history()).to_dict()
    panels = spec["vconcat"]
    assert panels[0]["title"] == "Overall effectiveness"
    for panel in panels:
        line, point = panel["layer"]
        assert line["encoding"]["detail"]["field"] == "line"
        assert point["encoding"]["shape"]["field"] == "framework"


def test_what_is_not_judged_stands_below_the_grades_and_on_no_line() -> None:
    spec = history_chart(exported.history()).to_dict()
    panel = spec["vconcat"][0]
    assert panel["layer"][1]["encoding"]["y"]["scale"]["domain"][-1] == "Not judged"
    values = panel["layer"][0]["data"]
    rows = spec["datasets"][values["name"]] if "name" in values else values["values"]
    assert "Not judged" not in {row["grade"] for row in rows}


def test_a_chart_of_dates_numbers_its_events_as_the_list_does() -> None:
    spec = timeline_chart(exported.timeline(3)).to_dict()
    assert len(spec["layer"]) == 3
    crowded = timeline_chart(exported.timeline(80)).to_dict()
    assert len(crowded["layer"]) == 2


def test_every_grade_and_every_date_of_a_figure_is_told_in_words() -> None:
    words = history_in_words(exported.history())
    assert "Inspected 4 June 2026 (ILACS without an overall judgement)" in words
    assert "overall effectiveness not judged" in words
    assert timeline_in_words(exported.timeline(2)) == (
        "1, inspection, 1 to 20 January 2015; 2, appointment, February 2016."
    )


@pytest.mark.parametrize("drawing", [exported.history(), exported.timeline(9)])
def test_a_chart_is_drawn_without_a_browser(drawing: History | Timeline) -> None:
    assert chart_picture(drawing).startswith(b"\x89PNG")


def test_a_timeline_of_one_day_can_be_drawn() -> None:
    assert chart_picture(exported.timeline(1))


def test_outcomes_of_area_inspections_stand_apart_from_a_councils_grades() -> None:
    area = exported.inspection(
        SEND, date(2025, 3, 1), [(OVERALL, "inconsistent experiences and outcomes")]
    )
    history = exported.history()
    history = replace(history, inspections=(*history.inspections, area))
    panels = history_chart(history).to_dict()["vconcat"]
    assert panels[-1]["title"] == "The area's SEND arrangements"
    assert "arrangements inconsistent experiences and outcomes" in history_in_words(history)


def test_events_of_one_day_stand_side_by_side_and_not_on_one_another() -> None:
    (event,) = exported.timeline(1).events
    same = replace(exported.timeline(1), events=(event,) * 5)
    spec = timeline_chart(same).to_dict()
    data = spec["layer"][1].get("data") or spec["data"]
    rows = data.get("values") or spec["datasets"][data["name"]]
    assert sorted(row["line"] for row in rows) == [0, 1, 2, 3, 4]
