"""Councils are found by gazetteer, by the form of official names, and in spite of small slips."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files

import pytest

from rag.text.councils import (
    council_named,
    find_absent_councils,
    find_council_patterns,
    find_councils,
    find_councils_fuzzy,
    in_gazetteer,
    misspelt_councils,
)

HELD: tuple[str, ...] = (
    "Wrenmoor",
    "Stockton-on-Tees",
    "Reading",
    "Bury",
    "Sutton",
    "Medway",
    "Tower Hamlets",
)
HELD = (*HELD, "Bolton", "Northumberland", "Wirral", "Havering", "Ealing", "Brighton and Hove")


def test_the_gazetteer_lists_the_153_english_councils_with_childrens_services() -> None:
    lists = tomllib.loads(files("rag.text").joinpath("councils.toml").read_text(encoding="utf-8"))
    england = (
        "english_counties",
        "english_unitaries",
        "metropolitan_boroughs",
        "london_boroughs",
    )
    assert [len(lists[tier]) for tier in england] == [21, 63, 36, 33]
    assert sum(len(names) for names in lists["districts"].values()) == 164
    assert (len(lists["wales"]), len(lists["scotland"])) == (22, 32)
    assert len(lists["northern_ireland"]) == 11


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How did Croydon do?", ["Croydon"]),
        ("how did croydon do in 2017", ["Croydon"]),
        ("Worcs care leavers", ["Worcestershire"]),
        ("Stockton's own data", ["Stockton-on-Tees"]),
        ("STOCKTON ON TEES", ["Stockton-on-Tees"]),
        ("family hubs across County Durham", ["Durham"]),
        ("Tower Hamlets’ team or Croydon’s", ["Tower Hamlets", "Croydon"]),
        ("Richmond & Kingston", ["Richmond upon Thames", "Kingston upon Thames"]),
        ("Kingston upon Hull", ["Hull"]),
        ("Hammersmith & Fulham", ["Hammersmith and Fulham"]),
        ("Bournemouth, Christchurch and Poole", ["Bournemouth, Christchurch and Poole"]),
        ("King's Lynn & West Norfolk Borough Council", ["King's Lynn and West Norfolk"]),
        ("Doncaster Metropolitan\nBorough Council", ["Doncaster"]),
        ("between Derby and Derbyshire", ["Derby", "Derbyshire"]),
        ("St. Helens", ["St Helens"]),
        ("NE Lincs", ["North East Lincolnshire"]),
        ("Newcastle", ["Newcastle upon Tyne"]),
    ],
)
def test_names_and_aliases_are_found_in_order_of_mention(text: str, expected: list[str]) -> None:
    assert list(find_councils(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reading levels of looked after children", []),
        ("Reading and writing have improved.", []),
        ("Bury the bad news", []),
        ("a bath, a barking dog and a slough", []),
        ("slough overall grade 2016 vs 2019?", ["Slough"]),
        ("LAC in hull v derby 2019", ["Hull", "Derby"]),
        ("how is reading taught", []),
        ("The ship has a hull and the town a derby.", []),
        ("What did Reading get?", ["Reading"]),
        ("Reading 2019 - what was the grade?", ["Reading"]),
        ("Reading's services", ["Reading"]),
        ("how is reading council doing", ["Reading"]),
        ("has bath council improved", ["Bath and North East Somerset"]),
        ("Reading\nInspection of children’s services", ["Reading"]),
    ],
)
def test_an_ordinary_word_is_a_place_only_where_clearly_one(text: str, expected: list[str]) -> None:
    assert list(find_councils(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "What did Jane Sutton say?",
        "the Sunderland Echo",
        "Greater Manchester ICB",
        "the Redditch hub",
        "BCP was praised",
        "a Duke of Edinburgh award",
        "the University of Bath",
    ],
)
def test_people_papers_towns_and_regions_are_not_councils(text: str) -> None:
    assert find_councils(text) == ()


def test_a_shire_district_counts_when_it_is_called_a_council() -> None:
    assert find_councils("Redditch Borough Council") == ("Redditch",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What share had Wirrall council lost touch with?", ["Wirral"]),
        ("In Nothumberland, what percentage", ["Northumberland"]),
        ("stocton", ["Stockton-on-Tees"]),
        ("tower hamlits", ["Tower Hamlets"]),
        ("Boltons services", ["Bolton"]),
        ("how is wrenmore doing", ["Wrenmoor"]),
        ("Wrenmoor's grade, and Bolton's", ["Wrenmoor", "Bolton"]),
        ("What about Boston?", []),
        ("having an effect midway through eating", []),
        ("brighter outcomes, a button, a banking app", []),
        ("What did Jane Sutton say?", []),
        ("reading levels", []),
        ("Croydon", []),
    ],
)
def test_small_misspellings_of_known_names_are_understood(text: str, expected: list[str]) -> None:
    assert list(find_councils_fuzzy(text, HELD)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Did Wrenmoor Council improve?", ["Wrenmoor"]),
        ("Inspection of Wrenmoor local authority children’s services", ["Wrenmoor"]),
        ("Wrenmoor’s Council", ["Wrenmoor"]),
        ("London Borough of Wexmere\nInspection of services", ["Wexmere"]),
        ("senior leaders in East Wexley City Council have", ["East Wexley"]),
        ("Barrow and Wexley Metropolitan Borough Council", ["Barrow and Wexley"]),
        ("Area SEND inspection of Wrenmoor Local Area Partnership", ["Wrenmoor"]),
        ("Inspection of Knowsley Council local\nauthority children’s services", ["Knowsley"]),
        ("the Children’s Trust and Birmingham City Council", ["Birmingham"]),
        ("The Council must. Arts Council England. Youth Council. Wrenmoor council tax.", []),
        ("The Children in Care Council and the Care Leavers Council", []),
    ],
)
def test_councils_are_recognised_by_the_form_of_their_names(text: str, expected: list[str]) -> None:
    assert list(find_council_patterns(text)) == expected


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("How did Leicester do?", ["Croydon"], ["Leicester"]),
        ("How did Croydon do?", ["Croydon"], []),
        ("What of Framleigh Council?", ["Croydon"], ["Framleigh"]),
        ("What of Wirrall council?", ["Wirral"], []),
    ],
)
def test_councils_that_the_library_lacks_are_told(
    text: str, known: Sequence[str], expected: list[str]
) -> None:
    assert list(find_absent_councils(text, known)) == expected


def test_an_invented_council_is_not_in_the_gazetteer() -> None:
    assert in_gazetteer("Croydon")
    assert not in_gazetteer("Wrenmoor")


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("Derby City", "Derby"),
        ("Kingston upon Hull City Council", "Hull"),
        ("London Borough of Merton", "Merton"),
        ("Penbrook Borough Council", "Penbrook"),
        ("Denby Vale", "Denby Vale"),
    ],
)
def test_a_council_has_one_name_however_it_is_typed(typed: str, short: str) -> None:
    assert council_named(typed) == short


def test_a_name_within_a_longer_one_is_not_named() -> None:
    known = ("Ashmere", "Ashmere-under-Wold")
    assert find_councils_fuzzy("What about Ashmere-under-Wold?", known) == ("Ashmere-under-Wold",)
    assert find_councils_fuzzy("What about Ashmere?", known) == ("Ashmere",)


@pytest.mark.parametrize(
    ("text", "council"),
    [
        ("Area SEND inspection of Stoke-on-\nTrent Local Area Partnership", "Stoke-on-Trent"),
        ("Inspection of St. Helens Borough Council", "St Helens"),
    ],
)
def test_a_part_of_a_councils_name_is_no_council(text: str, council: str) -> None:
    assert find_council_patterns(text) == (council,)


@pytest.mark.parametrize(
    ("text", "councils"),
    [
        ("Residents accused Fallowmere Borough Council of closing the pool.", ("Fallowmere",)),
        ("They blamed Fallowmere Council for the delay.", ("Fallowmere",)),
        ("Fallowmere Council for Voluntary Service was founded in 1920.", ()),
        ("Decision On A Complaint Against Fallowmere City Council", ("Fallowmere",)),
        ("Budget Council, Wednesday 26 February", ()),
        ("Annual Council", ()),
    ],
)
def test_a_council_is_what_is_accused_or_blamed_and_no_kind_of_meeting(
    text: str, councils: tuple[str, ...]
) -> None:
    assert find_council_patterns(text) == councils


def test_a_heading_is_no_part_of_the_name_that_follows_it() -> None:
    assert find_council_patterns("3. Punctuality\n\nThe Council told us so.") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What of Sundreland in 2023?", (("Sundreland", "Sunderland"),)),
        ("What of Sunderland's plans?", ()),
        ("what of sunderland?", ()),
        ("How is Stockton on Tees?", ()),
    ],
)
def test_what_is_misspelt_is_told_with_the_council_meant(
    text: str, found: tuple[tuple[str, str], ...]
) -> None:
    assert misspelt_councils(text, ("Sunderland", "Stockton-on-Tees")) == found
