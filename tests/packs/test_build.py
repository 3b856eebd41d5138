"""A whole pack of the invented documents: every line backed, step by step, stopped at will."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import exported
import pytest
from cited import assert_cited

from rag.citation.line import Line, citations_of, unverified_lines, values_of_type
from rag.errors import PackStopped, UnclearSubject
from rag.library.library import Library
from rag.packs.build import PackProgress, Step, build_pack
from rag.packs.report_pairs import report_pairs
from rag.packs.request import read_subject
from rag.packs.types import EventKind, Pack
from rag.types import Voice

TODAY = date(2026, 11, 22)


def made(library: Library, words: str, **how: Callable[..., object]) -> Pack:
    return build_pack(library, read_subject(library.documents(), words), TODAY, **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def pack(library: Library) -> Pack:
    return made(library, "Fallowmere")


def test_a_pack_holds_a_part_of_each_sort_and_its_sources(pack: Pack) -> None:
    assert (pack.subject, pack.council, pack.topic) == ("Fallowmere", "Fallowmere", "")
    assert [each.document for each in pack.history.inspections] == ["f2017.pdf", "f2024.pdf"]
    assert pack.enquiries
    assert pack.timeline.events
    assert pack.briefing.findings
    assert [(each.earlier.document, each.later.document) for each in pack.changes] == [
        ("f2017.pdf", "f2024.pdf")
    ]
    assert {each.document for each in pack.sources} == {
        "f2017.pdf", "f2024.pdf", "plan.docx", "article.html",
    }  # fmt: skip


def test_every_line_is_backed_and_the_citations_are_numbered_through(
    pack: Pack, library: Library
) -> None:
    assert list(values_of_type(pack, Line))
    assert_cited(library, pack)
    numbers = [each.n for each in citations_of(pack)]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_a_line_that_no_page_bears_out_is_found(pack: Pack, library: Library) -> None:
    line = next(each for each in values_of_type(pack, Line) if each.voice is Voice.INSPECTOR)
    (cited, *_) = line.citations
    wrong = (
        replace(line, text="Other words than those of the page."),
        replace(line, citations=()),
        replace(line, citations=(replace(cited, page=99),)),
        replace(line, voice=Voice.PROGRAM, citations=(replace(cited, quote="not there"),)),
    )
    assert unverified_lines(library, wrong) == wrong


def test_a_topic_narrows_questions_and_events_but_keeps_the_inspections(library: Library) -> None:
    whole, narrow = made(library, "Fallowmere"), made(library, "care leavers in Fallowmere")
    assert narrow.topic == "care leavers"
    assert len(narrow.history.inspections) == len(whole.history.inspections) == 2
    dated = [each.kind for each in narrow.timeline.events]
    assert EventKind.INSPECTION in dated
    assert len(dated) <= len(whole.timeline.events)


def test_a_topic_that_nothing_tells_of_says_so(library: Library) -> None:
    with pytest.raises(UnclearSubject, match="No sentence about “swimming pools” was found"):
        made(library, "swimming pools in Fallowmere")


def test_one_inspection_narrows_to_its_report(library: Library) -> None:
    early = made(library, "the 2017 report on Fallowmere")
    assert early.inspection == "f2017.pdf"
    assert {c.document for c in citations_of(early.briefing)} <= {"f2017.pdf"}
    assert len(early.history.inspections) == 2


def test_the_steps_are_told_in_order_and_end(library: Library) -> None:
    told: list[PackProgress] = []
    made(library, "Fallowmere", progress=told.append)
    assert list(dict.fromkeys(each.step for each in told)) == list(Step)
    assert [each.done for each in told] == list(range(len(told)))
    assert told[-1].done < told[-1].total


@pytest.mark.parametrize("at", range(6))
def test_it_stops_between_steps(library: Library, at: int) -> None:
    told: list[PackProgress] = []
    with pytest.raises(PackStopped):
        made(library, "Fallowmere", progress=told.append, stop=lambda: len(told) > at)
    assert len(told) == at + 1


def test_made_twice_a_pack_has_the_same_questions_under_the_same_keys(
    pack: Pack, library: Library
) -> None:
    again = made(library, "Fallowmere")
    assert [each.key for each in again.enquiries] == [each.key for each in pack.enquiries]
    assert len({each.key for each in pack.enquiries}) == len(pack.enquiries)


# ---------------------------------------------------------------- which inspections are compared

RECORD = exported.history()
NAMES = [each.document for each in RECORD.inspections]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, [(0, 1), (1, 2), (2, 3)]),
        (2019, None, [(1, 2)]),
        (None, 2026, [(2, 3)]),
        (2015, 2026, [(0, 3)]),
    ],
)
def test_reports_are_compared_with_the_next_or_as_chosen(
    first: int | None, last: int | None, expected: list[tuple[int, int]]
) -> None:
    told = [(NAMES[one], NAMES[other]) for one, other in expected]
    assert list(report_pairs(RECORD, first, last)) == told


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (2016, None, "of 2016 is held. Those held are of 2015, 2019, 2023, 2026"),
        (2026, None, "No inspection after that of 2026"),
        (None, 2015, "No inspection before that of 2015"),
        (2023, 2019, "give the earlier year first"),
        (2019, 2019, "give the earlier year first"),
    ],
)
def test_reports_that_cannot_be_compared_say_why(
    first: int | None, last: int | None, says: str
) -> None:
    with pytest.raises(UnclearSubject, match=says):
        report_pairs(RECORD, first, last)
