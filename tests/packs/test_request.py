"""What is typed for a pack is read as one council, a topic and a report."""

from __future__ import annotations

import pytest
from invented import SOURCES, source

from rag.errors import UnclearSubject
from rag.packs.request import LONGEST, read_subject, until_the_next
from rag.question.filters import BadFilter
from rag.types import Kind

FALLOWMERE = [d for d in SOURCES if "Fallowmere" in d.description.councils]


@pytest.mark.parametrize(
    ("words", "council", "topic", "inspection"),
    [
        ("Fallowmere", "Fallowmere", "", ""),
        ("fallowmere", "Fallowmere", "", ""),
        ("care leavers in Fallowmere", "Fallowmere", "care leavers", ""),
        ("Fallowmere's care leavers", "Fallowmere", "care leavers", ""),
        ("Care leavers in Falowmere", "Fallowmere", "Care leavers", ""),
        ("the 2024 report on Fallowmere", "Fallowmere", "", "f2024.pdf"),
        ("Fallowmere children's services inspection 2020", "Fallowmere", "", "f2020.pdf"),
        ("the latest Ofsted report on Fallowmere", "Fallowmere", "", "f2024.pdf"),
        ("neglect in the 2017 report about Fallowmere", "Fallowmere", "neglect", "f2017.pdf"),
        ("A briefing pack on Thornbeck Council", "Thornbeck", "", ""),
        ("school transport in Thornbeck", "Thornbeck", "school transport", ""),
    ],
)
def test_words_are_read(words: str, council: str, topic: str, inspection: str) -> None:
    subject = read_subject(SOURCES, words)
    assert (subject.council, subject.topic, subject.inspection) == (council, topic, inspection)
    assert subject.words == words


def test_what_is_chosen_wins_over_what_is_typed() -> None:
    subject = read_subject(
        SOURCES, "", council="thornbeck", topic="care  leavers", inspection="t2023.pdf"
    )
    assert (subject.council, subject.topic, subject.inspection) == (
        "Thornbeck", "care leavers", "t2023.pdf",
    )  # fmt: skip
    assert subject.words == "care leavers in Thornbeck, inspected November 2023"
    assert read_subject(SOURCES, "Fallowmere", year=2017).inspection == "f2017.pdf"


def test_the_only_council_held_need_not_be_named() -> None:
    assert read_subject(FALLOWMERE, "care leavers").council == "Fallowmere"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("care leavers", "Name one council. The library is about Fallowmere, Thornbeck"),
        ("", "type for instance “Fallowmere”, or “care leavers in Fallowmere”"),
        ("care leavers in Croydon", "No document is about Croydon. The library is about"),
        ("Fallowmere and Thornbeck", "about one council: name Fallowmere or Thornbeck alone"),
        ("the 2019 report on Fallowmere", "held are of 2017, 2020, 2024: name one of these"),
        ("Fallowmere in 2017 and 2020", "name the year of one report, or no year"),
        ("Fallowmere since 2020", "name the year of one report, or no year"),
    ],
)
def test_what_is_not_clear_says_what_to_type(words: str, says: str) -> None:
    with pytest.raises(UnclearSubject) as told:
        read_subject(SOURCES, words)
    assert says in str(told.value)


def test_a_year_without_any_report_says_so() -> None:
    news = [d for d in FALLOWMERE if d.description.kind is Kind.NEWS]
    with pytest.raises(UnclearSubject, match="No dated inspection report about this council"):
        read_subject(news, "Fallowmere 2025")
    assert read_subject(news, "Fallowmere").inspection == ""


def test_of_two_reports_of_a_year_the_one_that_fits_is_taken_or_both_are_named() -> None:
    late = source("late.pdf", "Fallowmere", when="2020-01-20")
    published_then = source("early.pdf", "Fallowmere", when="2019-12-01", until="2020-01-10")
    assert read_subject([late, SOURCES[0]], "Fallowmere 2020").inspection == "late.pdf"
    with pytest.raises(UnclearSubject, match=r"choose early\.pdf or late\.pdf"):
        read_subject([published_then, late], "Fallowmere 2020")


def test_what_is_chosen_and_not_held_is_a_bad_filter() -> None:
    with pytest.raises(BadFilter, match="Did you mean Thornbeck"):
        read_subject(SOURCES, council="Thornbek")
    with pytest.raises(UnclearSubject, match="no inspection report about this council"):
        read_subject(SOURCES, council="Thornbeck", inspection="f2017.pdf")


def test_an_empty_library_says_so() -> None:
    with pytest.raises(UnclearSubject, match="library is empty"):
        read_subject((), "Fallowmere")


def test_words_have_an_end() -> None:
    assert len(read_subject(SOURCES, f"Fallowmere {'x' * 999}").words) == LONGEST


@pytest.mark.parametrize(
    ("topic", "text", "tells"),
    [
        ("", "Anything.", True),
        ("care leavers", "Pathway plans are good.", True),
        ("care leavers", "Agency staff are many.", False),
        ("school transport", "Home to school transport costs more.", True),
        ("school transport", "Transport costs more.", False),
    ],
)
def test_a_text_is_on_a_topic_by_its_theme_or_its_words(topic: str, text: str, tells: bool) -> None:
    assert read_subject(SOURCES, "Fallowmere", topic=topic).covers(text) is tells


def test_papers_stand_with_a_report_from_its_inspection_until_the_next() -> None:
    papers = [
        source(f"p{n}", "Fallowmere", kind=Kind.NEWS, when=day)
        for n, day in enumerate(("2017-03-05", "2017-03-06", "2019-05-05", "2020-03-02", None))
    ]
    held = until_the_next([*SOURCES[:3], *papers], "f2017.pdf")
    assert [d.name for d in held] == ["f2017.pdf", "p1", "p2"]
    assert [d.name for d in until_the_next([*SOURCES[:3], *papers], "f2024.pdf")] == ["f2024.pdf"]


def test_an_inspection_of_special_needs_does_not_end_the_time_of_another() -> None:
    send = source("send.pdf", "Fallowmere", when="2018-03-02", title="Area SEND inspection")
    press = source("press", "Fallowmere", kind=Kind.NEWS, when="2019-01-01")
    held = until_the_next([SOURCES[0], send, press], "f2017.pdf")
    assert [d.name for d in held] == ["f2017.pdf", "press"]
