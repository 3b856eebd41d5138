"""Which sources a question means, and that none is hidden for it."""

from __future__ import annotations

from datetime import date

import pytest
from invented import source

from rag.question.scope import (
    Scope,
    is_about,
    key_words,
    read_scope,
    scope_fit,
    time_order,
)
from rag.types import Document, Kind

OLD = source("old.pdf", "Fallowmere", when="2017-03-06", until="2017-03-24")
NEW = source("new.pdf", "Fallowmere", when="2024-10-07", until="2024-10-18")
OTHER = source("other.pdf", "Thornbeck", when="2023-11-06")
SEND = source("send.pdf", "Fallowmere", when="2024-02-05", title="Area SEND inspection")
NEWS = source("n.html", "Fallowmere", kind=Kind.NEWS, when="2025-05-02", publisher="The Lantern")
UNDATED = source("undated.txt", kind=Kind.OTHER)
HELD = (OLD, NEW, OTHER, SEND, NEWS, UNDATED)


def best(question: str, held: tuple[Document, ...] = HELD) -> str:
    fit = scope_fit(read_scope(question, held), held)
    return max(fit, key=lambda name: fit[name])


@pytest.mark.parametrize(
    ("question", "councils", "absent"),
    [
        ("How is Fallowmere doing?", ("Fallowmere",), ()),
        ("How is Falowmere doing?", ("Fallowmere",), ()),
        ("Is Thornbeck better than Fallowmere?", ("Thornbeck", "Fallowmere"), ()),
        ("How is Leeds doing?", (), ("Leeds",)),
        ("How are children doing?", (), ()),
    ],
)
def test_councils_are_read(
    question: str, councils: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    scope = read_scope(question, HELD)
    assert (scope.councils, scope.absent) == (councils, absent)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("What was found in 2017?", (2017,)),
        ("What changed between 2017 and 2024?", (2017, 2024)),
        ("What was found in 2019-20?", (2019,)),
        ("Was it fined £2017?", ()),
        ("Were there 2,017 visits?", ()),
        ("Were 2017% more seen?", ()),
        ("What was found?", ()),
        ("It was slow in 2017: was that put right seven years on?", (2017, 2024)),
        ("Are leavers better off in 2024 than seven years before?", (2024, 2017)),
        ("Fallowmere was slow in 2017: was that put right six years on?", (2017, 2024)),
        ("Thornbeck was slow in 2017: was that put right seven years on?", (2017, 2023)),
        ("It was slow in 2017: was that put right three years on?", (2017,)),
        ("What happened in 2017 to 30 children two weeks later?", (2017,)),
        ("Were children of 2017 seen within seven years?", (2017,)),
    ],
)
def test_years_are_read_and_sums_are_not(question: str, years: tuple[int, ...]) -> None:
    assert read_scope(question, HELD).years == years


@pytest.mark.parametrize(
    ("question", "months"),
    [
        ("in March 2017", {(2017, 3)}),
        ("in Oct. 2024", {(2024, 10)}),
        ("in the summer 2017", {(2017, 6), (2017, 7), (2017, 8)}),
        ("in early 2020", {(2020, 1), (2020, 2), (2020, 3), (2020, 4)}),
        ("at the end of 2020", {(2020, 10), (2020, 11), (2020, 12)}),
        ("in 2020", set()),
    ],
)
def test_months_and_seasons_are_read(question: str, months: set[tuple[int, int]]) -> None:
    assert set(read_scope(question, HELD).months) == months


@pytest.mark.parametrize(
    ("question", "latest", "present"),
    [
        ("care leavers in Croydon", False, True),
        ("care leavers kept waiting in Croydon", False, False),
        ("What does the latest report say?", True, True),
        ("What was found at the last inspection?", True, False),
        ("How are things nowadays?", True, True),
        ("Is it safe?", False, True),
        ("Was it safe?", False, False),
        ("Is it safe, as in 2017?", False, False),
    ],
)
def test_now_is_told_from_then(question: str, latest: bool, present: bool) -> None:
    scope = read_scope(question, HELD)
    assert (scope.latest, scope.present) == (latest, present)


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("How has it changed since 2017?", 2017),
        ("since the report of 2017", None),
        ("in 2017", None),
    ],
)
def test_since_is_read(question: str, since: int | None) -> None:
    assert read_scope(question, HELD).since == since


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("What do the papers and news articles say?", {Kind.NEWS}),
        ("What does the council\u2019s own improvement plan say?", {Kind.COUNCIL_DOCUMENT}),
        ("What did Ofsted say?", {Kind.INSPECTION_REPORT}),
        ("Do the press and inspectors agree?", {Kind.NEWS, Kind.INSPECTION_REPORT}),
        ("Are children safe?", set()),
    ],
)
def test_kinds_of_source_are_read(question: str, kinds: set[Kind]) -> None:
    assert read_scope(question, HELD).kinds == kinds


def test_a_publisher_is_read_and_the_scope_told_in_words() -> None:
    scope = read_scope("What did The Lantern say of Fallowmere in 2025?", HELD)
    assert scope.publishers == ("The Lantern",)
    assert scope.words.startswith("Fallowmere, 2025")
    assert scope.words.endswith("The Lantern")
    assert Scope().words == ""


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What was found in Fallowmere in 2017?", "old.pdf"),
        ("What did inspectors find in Fallowmere in March 2017?", "old.pdf"),
        ("What did inspectors find in Fallowmere in the latest report?", "new.pdf"),
        ("What did inspectors find in Thornbeck?", "other.pdf"),
        ("What did inspectors find on SEND in Fallowmere?", "send.pdf"),
        ("What does the press say of Fallowmere?", "n.html"),
    ],
)
def test_the_document_that_is_meant_fits_best(question: str, name: str) -> None:
    assert best(question) == name


def test_the_newest_is_the_newest_of_its_own_kind_and_council() -> None:
    fit = scope_fit(read_scope("What do the latest documents say?", HELD), HELD)
    assert fit["new.pdf"] > fit["old.pdf"]
    assert fit["other.pdf"] == fit["new.pdf"]


def test_minutes_do_not_take_the_place_of_a_plan_as_an_inspection_does_of_another() -> None:
    council = Kind.COUNCIL_DOCUMENT
    held = (
        source("plan.docx", "Leeds", kind=council, when="2025-01-10"),
        source("minutes.docx", "Leeds", kind=council, when="2025-07-01"),
        source("old-plan.docx", "Leeds", kind=council, when="2021-01-10"),
        source("new.pdf", "Leeds", when="2025-03-01"),
        source("older.pdf", "Leeds", when="2024-09-01"),
    )
    fit = scope_fit(read_scope("What is Leeds doing about recruitment?", held), held)
    assert fit["plan.docx"] == fit["minutes.docx"] > fit["old-plan.docx"]
    assert fit["new.pdf"] > fit["older.pdf"]


@pytest.mark.parametrize("question", ["Leeds in 1999, latest press on SEND", "", "Thornbeck"])
def test_every_document_keeps_a_fit_so_that_none_is_hidden(question: str) -> None:
    fit = scope_fit(read_scope(question, HELD), HELD)
    assert fit.keys() == {d.name for d in HELD}
    assert all(0.0 <= value <= 1.0 for value in fit.values())


def test_a_document_speaks_for_its_inspection_before_its_publication() -> None:
    assert time_order(OLD) == date(2017, 3, 24)
    assert time_order(NEWS) == date(2025, 5, 2)
    assert time_order(UNDATED) == date.min
    assert UNDATED.description.years == frozenset()


def test_a_scope_without_councils_is_about_every_document() -> None:
    assert all(is_about(Scope(), d) for d in HELD)
    assert not is_about(Scope(councils=("Fallowmere",)), OTHER)


# ---------------------------------------------------------------- the parts of a scope

ASKED = "What did The Lantern say of Fallowmere in March 2017?"
PARTS = [
    (ASKED, {"council:Fallowmere", "year:2017", "publisher:The Lantern"}),
    ("What does the latest report on Thornbeck say?", {"council:Thornbeck", "latest"}),
    ("What changed since 2017?", {"since:2017"}),
    ("What changed from 2017 to 2024?", {"year:2017", "year:2024"}),
    ("What does the press say of Leeds?", {"council:Leeds", "kind:news", "present"}),
    ("What did the area SEND inspection find?", {"send", "kind:inspection_report"}),
    ("Is it safe?", {"present"}),
    ("What was found?", set()),
]


def keys(scope: Scope) -> set[str]:
    return {part.key for part in scope.parts}


@pytest.mark.parametrize(("question", "parts"), PARTS)
def test_a_scope_is_told_in_parts(question: str, parts: set[str]) -> None:
    found = keys(read_scope(question, HELD)) - {"kind:inspection_report"}
    assert found == parts - {"kind:inspection_report"}


@pytest.mark.parametrize(("question", "parts"), PARTS)
def test_a_part_that_is_taken_away_is_not_read(question: str, parts: set[str]) -> None:
    whole = read_scope(question, HELD)
    for key in keys(whole):
        scope = read_scope(question, HELD, without={key})
        assert keys(scope) == keys(whole) - {key}
        assert {part.key for part in scope.aside} == {key}
    assert keys(read_scope(question, HELD, without=keys(whole))) == set()


def test_the_months_go_with_their_year() -> None:
    assert read_scope(ASKED, HELD).months == ((2017, 3),)
    scope = read_scope(ASKED, HELD, without={"year:2017"})
    assert (scope.years, scope.months) == ((), ())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("in March 2017", "March 2017"),
        ("in the summer 2017", "summer 2017"),
        ("at the end of 2020", "October to December 2020"),
        ("in 2020", "2020"),
        ("since 2020", "2020 and since"),
        ("what did the press say?", "press reports"),
        ("at the last inspection", "latest"),
    ],
)
def test_a_part_is_told_in_words(question: str, told: str) -> None:
    assert told in {part.words for part in read_scope(question, HELD).parts}


def test_what_is_left_of_a_period_is_a_year() -> None:
    question = "What changed from 2017 to 2024?"
    left = read_scope(question, HELD, without={"year:2024"})
    assert (left.years, left.since, left.aside_names) == ((2017,), None, ("2024",))
    gone = read_scope("What changed since 2017?", HELD, without={"since:2017"})
    assert (gone.years, gone.since, gone.aside_names) == ((), None, ("2017",))


def test_an_unknown_key_takes_nothing_away() -> None:
    assert read_scope(ASKED, HELD, without={"colour:blue", "x"}) == read_scope(ASKED, HELD)
    assert (key_words("kind:blue"), key_words("x")) == ("blue", "x")


def test_a_council_outside_is_absent_even_when_no_list_has_it() -> None:
    scope = read_scope("Is Thornbeck or Fallowmere better?", (OLD, NEW), outside=("Thornbeck",))
    assert (scope.councils, scope.absent) == (("Fallowmere",), ("Thornbeck",))
    assert read_scope("Is Thornbeck better?", (OLD, NEW)).absent == ()


def test_years_named_in_turn_with_councils_are_each_councils_own() -> None:
    def beside(question: str) -> tuple[tuple[str, int], ...]:
        return read_scope(question, HELD).years_beside

    pairs = (("Fallowmere", 2017), ("Thornbeck", 2023))
    assert beside("Who did better, Fallowmere 2017 or Thornbeck 2023?") == pairs
    assert beside("In 2017 Fallowmere, in 2023 Thornbeck: whose leavers fared best?") == pairs
    assert beside("Was Fallowmere or Thornbeck better in 2017 and 2023?") == ()
    assert beside("How did Fallowmere change from 2017 to 2024?") == ()
