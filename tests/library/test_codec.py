"""What is written in the library's rows is read back the same."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from rag.library.codec import dump_description, from_plain, load_description
from rag.types import BoundPaper, Description, Kind, Voice

DESCRIBED = Description(
    "Improvement plan", "Wrenmoor Council", Kind.COUNCIL_DOCUMENT, date(2024, 7, 1),
    councils=("Wrenmoor",), guessed=frozenset({"kind"}), edited=frozenset({"title", "councils"}),
)  # fmt: skip


EVERYTHING = Description(
    "Agenda pack", "Wrenmoor Council", Kind.OTHER, date(2024, 7, 1), date(2024, 6, 1),
    date(2024, 6, 5), ("Wrenmoor", "Marlhaven"), "https://example.org/pack", "Ofsted",
    frozenset({"kind"}), frozenset({"title"}), frozenset({"published"}), Voice.OFFICIAL,
    (BoundPaper(3, 9, Voice.INSPECTOR, "Ofsted"),),
)  # fmt: skip


@pytest.mark.parametrize("described", [DESCRIBED, EVERYTHING, Description("Title alone")])
def test_a_description_is_read_back_as_it_was(described: Description) -> None:
    written = dump_description(described)
    assert load_description(written) == described
    assert from_plain(Description, json.loads(written)) == described


@pytest.mark.parametrize(
    "damaged", ['{"kind": "other"}', '{"title": "A", "kind": "no kind"}', "[]"]
)
def test_what_is_no_description_is_told(damaged: str) -> None:
    with pytest.raises(ValueError, match=r"description|kind"):
        load_description(damaged)


def test_fields_named_in_any_kind_of_set_are_written_in_order() -> None:
    guessed: Any = {"publisher", "kind", "councils"}
    record = json.loads(dump_description(Description("Plan", guessed=guessed)))
    assert record["guessed"] == ["councils", "kind", "publisher"]


def test_a_record_from_before_there_were_edits_has_none() -> None:
    record = json.loads(dump_description(DESCRIBED))
    del record["edited"]
    assert load_description(json.dumps(record)).edited == frozenset()


def test_what_a_person_has_set_is_not_guessed() -> None:
    both = Description("A", guessed=frozenset({"title", "kind"}), edited=frozenset({"title"}))
    assert both.guessed == {"kind"}
