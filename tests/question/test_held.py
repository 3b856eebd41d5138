"""What is asked of all documents at every question is worked out once for each list of them."""

from __future__ import annotations

from datetime import date

from invented import described

from rag.question import held
from rag.question.filters import Filters, filtered_documents
from rag.question.held import held_documents, kept
from rag.types import Document, Kind


def documents(*councils: str) -> tuple[Document, ...]:
    return tuple(
        Document(f"{n}.pdf", str(n), described("Plan", name, published=date(2020 + n, 1, 1)), ())
        for n, name in enumerate(councils)
    )


def test_a_list_is_worked_out_once_while_it_stays_the_same() -> None:
    one = documents("Fallowmere", "Wrenmoor", "Fallowmere")
    assert held_documents(one) is held_documents(one)
    assert held_documents(one).councils == ("Fallowmere", "Wrenmoor")
    assert held_documents(one).latest == date(2022, 1, 1)
    assert held_documents(documents("Fallowmere")).councils == ("Fallowmere",)
    assert held_documents(()).earliest is None


def test_a_filter_over_one_list_is_applied_once_and_another_anew() -> None:
    one = documents("Fallowmere", "Wrenmoor")
    fallowmere, wrenmoor = (Filters(councils=frozenset({c})) for c in ("Fallowmere", "Wrenmoor"))
    assert filtered_documents(fallowmere, one) is filtered_documents(fallowmere, one)
    assert filtered_documents(fallowmere, one).documents == one[:1]
    assert filtered_documents(wrenmoor, one).documents == one[1:]
    assert filtered_documents(Filters(kinds=frozenset({Kind.NEWS})), one).documents == ()


def test_no_more_is_kept_than_a_few_lists() -> None:
    lists = [documents("Fallowmere") for _ in range(3 * held.MOST_KEPT)]
    made = [kept(each, "size", each.__len__) for each in lists]
    assert made == [1] * len(lists)
    assert len(held._kept) <= held.MOST_KEPT


def test_where_documents_stand_is_told_by_council_and_year() -> None:
    held_now = held_documents(documents("Fallowmere", "Wrenmoor", "Fallowmere"))
    assert held_now.about(("Fallowmere",)).tolist() == [0, 2]
    assert held_now.about(("Wrenmoor", "Fallowmere")).tolist() == [0, 1, 2]
    assert held_now.about(("Thornbeck",)).tolist() == held_now.about(()).tolist() == []
    assert held_now.years_of(held_now.about(("Fallowmere",))) == [2020, 2022]
