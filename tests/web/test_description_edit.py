"""A description as a person types it: read strictly, with what was changed noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.types import Description, Kind
from ui.web.session import description_edit
from ui.web.session.addresses import MOST_ADDRESSES, addresses, is_web_address
from ui.web.session.description_edit import BadDescription, edited, label, typed, unchecked

ABOUT = Description(
    "Inspection of Fallowmere",
    publisher="Invented Inspections",
    kind=Kind.INSPECTION_REPORT,
    published=date(2024, 12, 3),
    inspected_from=date(2024, 10, 7),
    inspected_to=date(2024, 10, 18),
    councils=("Fallowmere",),
    guessed=frozenset({"title", "published", "councils", "publisher"}),
)


def test_a_form_that_is_not_touched_changes_nothing() -> None:
    assert edited(ABOUT, typed(ABOUT)) == ABOUT
    bare = Description("x")
    assert edited(bare, typed(bare)) == bare


def test_what_is_changed_is_edited_and_guessed_no_longer() -> None:
    read = edited(ABOUT, replace(typed(ABOUT), title=" A  better title ", published="4/12/2024"))
    assert (read.title, read.published) == ("A better title", date(2024, 12, 4))
    assert read.edited == {"title", "published"}
    assert read.guessed == {"councils", "publisher"}


def test_what_was_edited_before_stays_edited() -> None:
    once = edited(ABOUT, replace(typed(ABOUT), title="Once"))
    assert edited(once, replace(typed(once), publisher="")).edited == {"title", "publisher"}


def test_a_value_that_is_emptied_is_not_known() -> None:
    read = edited(ABOUT, replace(typed(ABOUT), publisher=" ", published="", councils=()))
    assert (read.publisher, read.published, read.councils) == (None, None, ())


@pytest.mark.parametrize("written", ["4 March 2024", "04/03/2024", "4 Mar 2024", "2024-03-04"])
def test_dates_are_read_as_people_write_them(written: str) -> None:
    assert edited(ABOUT, replace(typed(ABOUT), published=written)).published == date(2024, 3, 4)


@pytest.mark.parametrize(
    "written", ["2024", "March 2024", "31 February 2024", "4 March 2024 or so", "soon", "4/3/24"]
)
def test_what_is_no_date_is_said_with_how_to_write_one(written: str) -> None:
    with pytest.raises(BadDescription, match="Write it as 4 March 2024") as caught:
        edited(ABOUT, replace(typed(ABOUT), inspected_from=written))
    assert f"First day of inspection: “{written}”" in str(caught.value)


def test_an_inspection_does_not_end_before_it_begins() -> None:
    with pytest.raises(BadDescription, match="after its last day"):
        edited(ABOUT, replace(typed(ABOUT), inspected_from="1 November 2024"))


def test_a_document_keeps_a_title() -> None:
    with pytest.raises(BadDescription, match="needs a title"):
        edited(ABOUT, replace(typed(ABOUT), title="  "))


def test_councils_are_named_once_and_may_have_commas_in_them() -> None:
    names = ("Bournemouth, Christchurch and Poole", " Fallowmere ", "Fallowmere", " ")
    read = edited(ABOUT, replace(typed(ABOUT), councils=names))
    assert read.councils == ("Bournemouth, Christchurch and Poole", "Fallowmere")


def test_only_a_web_address_is_taken_for_one() -> None:
    with pytest.raises(BadDescription, match="does not begin with http"):
        edited(ABOUT, replace(typed(ABOUT), source_url="javascript:alert(1)"))
    given_ = replace(typed(ABOUT), source_url=" https://example.org/a ")
    assert edited(ABOUT, given_).source_url == "https://example.org/a"


def test_an_address_that_stands_already_is_no_hindrance() -> None:
    odd = replace(ABOUT, source_url="file:///old")
    assert edited(odd, replace(typed(odd), title="New")).source_url == "file:///old"


def test_a_value_found_by_rule_is_marked_so_in_its_label() -> None:
    assert label(ABOUT, "title") == "Title (read by the program, not checked)"
    assert label(ABOUT, "kind") == "Kind of document"
    assert unchecked(ABOUT) == ("title", "publisher", "published", "councils")
    assert unchecked(replace(ABOUT, published=None)) == ("title", "publisher", "councils")


def test_what_is_checked_is_found_by_rule_no_longer() -> None:
    right = description_edit.checked(ABOUT)
    assert unchecked(right) == ()
    assert right.edited == {"title", "publisher", "published", "councils"}
    assert replace(right, edited=frozenset()) == replace(ABOUT, guessed=frozenset())


@given(st.text(st.characters(codec=None), max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(text: str) -> None:
    form = replace(typed(ABOUT), title=text, published=text, source_url=text, councils=(text,))
    said = ""
    try:
        read = edited(ABOUT, form)
    except BadDescription as error:
        said = str(error)
    else:
        assert edited(read, typed(read)) == read
    assert not said or said.endswith(".")


# ---------------------------------------------------------------- addresses


def test_addresses_are_read_one_a_line_and_each_once() -> None:
    text = "\n https://example.org/a \nhttp://example.org/b\nhttps://example.org/a\n\n"
    assert addresses(text) == (("https://example.org/a", "http://example.org/b"), "")


@pytest.mark.parametrize(
    "line",
    ["example.org", "ftp://example.org/x", "javascript:alert(1)", "file:///etc/passwd", "https://",
     "http://[", "https://example.org/a https://example.org/b"],
)  # fmt: skip
def test_what_is_no_web_address_is_named(line: str) -> None:
    found, problem = addresses(f"https://example.org/\n{line}\nhttps://example.org/b")
    assert found == ("https://example.org/", "https://example.org/b")
    assert f"“{line}” is not a web address" in problem


def test_many_lines_that_are_no_addresses_are_counted_and_a_long_one_is_cut() -> None:
    found, problem = addresses("\n".join(["x" * 500, "b", "c", "d", "e"]))
    assert not found
    assert f"“{'x' * 100}…”, “b”, “c” and 2 more lines are not web addresses" in problem


def test_no_address_and_too_many_are_said() -> None:
    assert "No address is typed" in addresses("\n ")[1]
    many = "\n".join(f"https://example.org/{n}" for n in range(MOST_ADDRESSES + 1))
    assert "at most 50" in addresses(many)[1]


@given(st.text(st.characters(codec=None)))
def test_any_text_is_an_address_or_none(text: str) -> None:
    assert is_web_address(text) in (True, False)
