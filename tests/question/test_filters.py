"""What a filter lets through, and how it is told."""

from __future__ import annotations

from datetime import date

import pytest
from invented import SOURCES, source

from rag.question.filters import (
    EVERYTHING,
    BadFilter,
    Filters,
    among,
    filter_words,
    filtered_documents,
    lets_through,
    none_left,
    resolved_filters,
    scope_of,
)
from rag.types import Description, Document, Kind

NEWS = frozenset({Kind.NEWS})
FALLOWMERE, THORNBECK = frozenset({"Fallowmere"}), frozenset({"Thornbeck"})
BOTH = source("both.html", "Fallowmere", "Thornbeck", kind=Kind.NEWS, when="2021-05-02")
UNDATED = source("undated.html", "Fallowmere", kind=Kind.NEWS)
LATE = Document(
    "late.pdf",
    "0" * 64,
    Description("Late", published=date(2018, 1, 9), inspected_to=date(2017, 12, 8)),
    (),
)
HELD = (*SOURCES, BOTH, UNDATED, LATE)


def left(filters: Filters) -> list[str]:
    return [d.name for d in HELD if lets_through(filters, d)]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (EVERYTHING, [d.name for d in HELD]),
        (Filters(without=frozenset({"year:2017"})), [d.name for d in HELD]),
        (Filters(kinds=NEWS), ["news.html", "both.html", "undated.html"]),
        (Filters(councils=THORNBECK), ["t2023.pdf", "both.html"]),
        (Filters(documents=frozenset({"late.pdf", "gone.pdf"})), ["late.pdf"]),
        (Filters(first_year=2024), ["f2024.pdf", "news.html"]),
        (Filters(last_year=2017), ["f2017.pdf", "late.pdf"]),
        (Filters(first_year=2018, last_year=2018), ["late.pdf"]),
        (Filters(kinds=NEWS, councils=THORNBECK, last_year=2022), ["both.html"]),
        (Filters(councils=frozenset({"Leeds"})), []),
    ],
)
def test_a_filter_lets_through_what_fits_all_of_it(filters: Filters, names: list[str]) -> None:
    assert left(filters) == names
    assert [d.name for d in filtered_documents(filters, HELD).documents] == names


def test_a_document_without_a_date_passes_no_filter_on_years() -> None:
    assert not lets_through(Filters(first_year=1900), UNDATED)
    assert lets_through(EVERYTHING, UNDATED)


def test_only_a_filter_on_documents_narrows() -> None:
    assert not EVERYTHING.narrows
    assert not Filters(without=frozenset({"latest"})).narrows
    assert Filters(last_year=2020).narrows
    assert among(EVERYTHING) == "in the library"
    assert among(Filters(kinds=NEWS)) == "that the filter lets through"


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (EVERYTHING, ""),
        (Filters(without=frozenset({"year:2017"})), ""),
        (Filters(kinds=NEWS), "press reports"),
        (Filters(councils=FALLOWMERE | THORNBECK), "documents about Fallowmere or Thornbeck"),
        (Filters(first_year=2015, last_year=2018), "2015 to 2018"),
        (Filters(first_year=2015), "from 2015"),
        (Filters(last_year=2018, documents=frozenset({"a.pdf"})), "up to 2018, a.pdf"),
        (Filters(documents=frozenset("abc")), "3 chosen documents"),
        (
            Filters(NEWS | {Kind.INSPECTION_REPORT}, FALLOWMERE, 2015, 2015),
            "inspection reports and press reports about Fallowmere, 2015",
        ),
    ],
)
def test_a_filter_is_told_in_words(filters: Filters, told: str) -> None:
    assert filter_words(filters) == told


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(NEWS, frozenset({"Leeds"})), "is a press report about Leeds:"),
        (Filters(councils=frozenset({"Leeds", "York"})), "is about Leeds or York:"),
        (Filters(first_year=1999, last_year=2001), "is dated 1999 to 2001:"),
        (Filters(documents=frozenset({"gone.pdf"})), "is called gone.pdf:"),
        (Filters(documents=frozenset("xyz")), "is one of 3 chosen documents:"),
        (Filters(NEWS | {Kind.OTHER}), "is a press report or a document of another kind:"),
    ],
)
def test_a_filter_that_leaves_nothing_says_what_to_do(filters: Filters, told: str) -> None:
    assert none_left(filters) == f"No document in the library {told} choose another filter."


# ---------------------------------------------------------------- scope within a filter


def test_one_council_chosen_is_the_one_that_a_question_is_about() -> None:
    within = filtered_documents(Filters(councils=FALLOWMERE), HELD)
    scope = scope_of("How were care leavers judged?", within)
    assert (scope.councils, scope.words, scope.parts) == (("Fallowmere",), "", ())
    assert scope_of("How was Fallowmere judged?", within).words == "Fallowmere"


def test_the_council_of_the_documents_chosen_is_meant() -> None:
    one = Filters(documents=frozenset({"t2023.pdf"}))
    assert scope_of("How many were late?", filtered_documents(one, HELD)).councils == ("Thornbeck",)
    two = Filters(documents=frozenset({"t2023.pdf", "f2024.pdf"}))
    assert scope_of("How many were late?", filtered_documents(two, HELD)).councils == ()
    assert (
        scope_of("How many were late?", filtered_documents(Filters(kinds=NEWS), HELD)).councils
        == ()
    )


def test_a_council_that_is_shut_out_is_absent_and_not_taken_for_the_one_chosen() -> None:
    within = filtered_documents(Filters(councils=FALLOWMERE, last_year=2020), HELD)
    assert within.outside == ("Thornbeck",)
    scope = scope_of("How was Thornbeck judged?", within)
    assert (scope.councils, scope.absent) == ((), ("Thornbeck",))


def test_the_latest_is_the_latest_let_through() -> None:
    within = filtered_documents(Filters(last_year=2020), HELD)
    assert max(d.name for d in within.documents if d.name.startswith("f")) == "f2020.pdf"


# ---------------------------------------------------------------- as typed


def test_names_are_found_whatever_their_capitals() -> None:
    typed = Filters(councils=frozenset({"fallowmere "}), documents=frozenset({"F2017.pdf"}))
    found = resolved_filters(typed, HELD)
    assert (found.councils, found.documents) == (FALLOWMERE, frozenset({"f2017.pdf"}))


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(councils=frozenset({"Falowmere"})), "Did you mean Fallowmere?"),
        (Filters(councils=frozenset({"xqzzy"})), "`scrutiny library list` shows"),
        (Filters(documents=frozenset({"f2018.pdf"})), "f2017.pdf"),
        (Filters(first_year=2018, last_year=2015), "the earlier one first"),
    ],
)
def test_what_is_not_held_is_an_error_that_names_near_ones(filters: Filters, told: str) -> None:
    with pytest.raises(BadFilter) as error:
        resolved_filters(filters, HELD)
    assert told in str(error.value)


def test_an_empty_library_is_asked_and_says_so_itself() -> None:
    typed = Filters(councils=frozenset({"Fallowmere"}))
    assert resolved_filters(typed, ()) == typed
