"""Words that turn a sense, and figures, must keep the company that they keep in the source."""

from __future__ import annotations

import pytest

from rag.generation.faithfulness.context_words import Place, changes, strayed, turns
from rag.generation.faithfulness.figures import figures, kept_changes


def lost(statement: str, said: str) -> tuple[str, ...]:
    return strayed(statement, said, kept_changes(statement, said))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Most plans are clear.", "The plans are mostly clear."),
        ("All homes are safe, some are new.", "Some homes are new and all homes are safe."),
        ("Visits rose from 30 to 45.", "There were 45 visits, up from 30."),
        ("More than 60 families waited.", "In May more than sixty families waited for a visit."),
        ("The council will open a home.", "The council plans to open a home."),
    ],
)
def test_a_word_that_keeps_its_company_does_not_stray(statement: str, said: str) -> None:
    assert lost(statement, said) == ()


@pytest.mark.parametrize(
    ("statement", "said", "which"),
    [
        ("All plans are clear.", "Many plans are clear, and all staff are trained.", "all"),
        ("Plans are clear.", "Only plans for babies are clear.", "only"),
        ("All children moved on.", "Almost all children moved on.", "nearly"),
        ("The care is exceptional.", "The care is good and in some areas exceptional.", "partly"),
        ("The trust has recruited staff.", "The trust makes efforts to recruit staff.", "tries"),
        ("Visits fell, from 30 to 45.", "Visits rose, from 30 to 45.", "less"),
        (
            "Caseloads have risen this year.",
            "Managers act when demand has risen. Caseloads have fallen this year.",
            "more",
        ),
        ("Older girls were seen.", "Not all older girls were seen.", "not_all"),
    ],
)
def test_a_word_that_leaves_its_company_strays(statement: str, said: str, which: str) -> None:
    assert which in lost(statement, said)


def test_what_stands_after_than_with_more_is_no_earlier_figure() -> None:
    text = "It rose from 30 to more than 60."
    assert {(c.earlier, c.later) for c in changes(text, figures(text))} == {
        (figures(text)[0].what, figures(text)[1].what)
    }


def test_a_change_of_one_sort_of_figure_is_not_to_another_sort() -> None:
    text = "Some 76% had stayed for longer than 12 months."
    assert changes(text, figures(text)) == frozenset()


def test_a_figure_in_brackets_is_no_part_of_a_change() -> None:
    text = "There were 45 visits (12 of them at night), up from 30."
    (change,) = changes(text, figures(text))
    assert (change.earlier, change.later) == (figures("30")[0].what, figures("45 visits")[0].what)
    assert change.way == "more"


def test_words_that_turn_a_sense_are_found_in_order() -> None:
    assert [place.what for place in turns("Most rose, but few fell.")] == [
        "most",
        "more",
        "few",
        "less",
    ]
    assert turns("Plans are clear.") == ()


def test_a_place_is_told_by_what_it_is_and_where_it_stands() -> None:
    assert turns("Only one") == (Place("only", 0, 4),)
