"""A pack comes back from JSON as it was, or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import exported
import fakes
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citation.line import Line, citations_of, values_of_type
from rag.packs.numbering import with_numbered_citations
from rag.packs.types import Changes, EventKind, History, Pack, Precision, Timeline, TimelineEvent
from rag.records.answers import BadRecord
from rag.records.packs import from_record, to_record
from rag.types import Citation, Kind, Voice

WHOLES = (
    (Pack, exported.pack()),
    (History, exported.history()),
    (Changes, exported.changes()),
    (Timeline, exported.timeline()),
)
texts = st.text(max_size=40)
days = st.none() | st.dates()
cited = st.builds(
    Citation, st.just(0), texts, texts, st.none() | texts, st.sampled_from(Kind), days,
    st.integers(1, 900), st.none() | texts, texts, texts, st.just(""),
)  # fmt: skip
lines = st.builds(
    Line, texts, st.lists(cited, max_size=3).map(tuple), st.sampled_from(Voice), texts
)
events = st.builds(
    TimelineEvent, st.dates(), st.sampled_from(Precision),
    st.sampled_from(EventKind), lines, days, days,
    st.lists(lines, max_size=2).map(tuple),
)  # fmt: skip


def through_json(record: dict[str, object]) -> dict[str, object]:
    read: dict[str, object] = json.loads(json.dumps(record))
    return read


@pytest.mark.parametrize(("kind", "whole"), WHOLES)
def test_a_whole_comes_back_as_it_was_its_citations_numbered(
    kind: type[object], whole: object
) -> None:
    assert from_record(kind, through_json(to_record(whole))) == with_numbered_citations(whole)


@given(st.builds(Timeline, texts, st.lists(events, max_size=4).map(tuple)))
def test_whatever_a_timeline_holds_comes_back(timeline: Timeline) -> None:
    assert from_record(Timeline, through_json(to_record(timeline))) == with_numbered_citations(
        timeline
    )


def test_citations_are_numbered_through_from_the_first_question_on() -> None:
    made = with_numbered_citations(exported.pack())
    assert citations_of(made.enquiries)[0].n == 1
    assert sorted(each.n for each in citations_of(made)) == list(
        range(1, len(citations_of(made)) + 1)
    )
    by_number = {each.n: each.quote for each in values_of_type(made, Citation)}
    assert len(by_number) == len(citations_of(made))


def test_a_citation_stands_in_a_record_once() -> None:
    record = to_record(exported.pack())
    (cited,) = [each for each in record["citations"] if each["quote"] == fakes.PLAN.quote]
    assert record["briefing"]["doing"][0]["citations"] == [cited["n"]]


def test_the_keys_of_a_record_are_the_contract() -> None:
    assert set(to_record(exported.pack())) >= {
        "subject", "council", "made", "history", "changes", "enquiries", "timeline", "briefing",
        "sources", "topic", "inspection", "citations",
    }  # fmt: skip
    event = to_record(exported.timeline())["events"][0]
    assert event["when"] == date(2015, 1, 1).isoformat()
    assert set(event) >= {"when", "until", "precision", "kind", "line", "reported", "also"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("subject", 3), ("history", None), ("changes", "no list"), ("citations", [{}]),
        ("citations", []), ("enquiries", [{}]), ("timeline", {"subject": "x", "events": [1]}),
    ],
)  # fmt: skip
def test_a_damaged_record_says_so(key: str, value: object) -> None:
    with pytest.raises(BadRecord, match="make it again"):
        from_record(Pack, {**to_record(exported.pack()), key: value})


def test_a_record_of_before_a_field_was_added_is_read() -> None:
    record = to_record(exported.pack())
    del record["topic"], record["enquiries"][0]["reworded"]
    assert from_record(Pack, record) == with_numbered_citations(exported.pack())


def test_what_is_no_text_is_kept_as_text() -> None:
    odd = replace(exported.pack(), subject=fakes.HOSTILE)
    assert from_record(Pack, through_json(to_record(odd))).subject == fakes.HOSTILE
