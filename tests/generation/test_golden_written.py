"""Each labelled sentence of a model follows from a page, or departs from it in a named way."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.cleaning.clean import clean
from ingest.reading.readers import read_file
from rag.citation.verify import find_quote, stands_on
from rag.text.sentences import segments
from rag.text.tokens import squash

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
KINDS = {"figure", "date", "name", "negation", "attribution", "addition"}
FIELDS = {"id", "split", "question", "document", "page", "quote", "faithful", "planted"}
ITEMS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (ROOT / "tests" / "golden" / "written.jsonl").read_text("utf-8").splitlines()
]


@cache
def stored(document: str) -> tuple[str, ...]:
    path = CORPUS / document
    return tuple(page.page.text for page in clean(read_file(path.read_bytes(), path.name)))


def name_of(item: Any) -> str:
    return str(item["id"])


def sentences(item: dict[str, Any]) -> list[str]:
    return [*item["faithful"], *(one["text"] for one in item["planted"])]


@pytest.mark.parametrize("item", ITEMS, ids=name_of)
def test_each_quote_stands_on_its_stored_page_letter_for_letter(item: dict[str, Any]) -> None:
    page = stored(item["document"])[item["page"] - 1]
    place = find_quote(item["quote"], page)
    assert place is not None
    assert page[place[0] : place[1]] == item["quote"]


@pytest.mark.parametrize("item", ITEMS, ids=name_of)
def test_each_item_has_two_faithful_sentences_and_three_or_more_planted_ones(
    item: dict[str, Any],
) -> None:
    assert set(item) == FIELDS
    assert item["question"].endswith("?")
    assert len(item["faithful"]) == 2
    assert len(item["planted"]) >= 3
    assert {one["kind"] for one in item["planted"]} <= KINDS
    assert len(list(segments(item["quote"]))) <= 4
    assert len({squash(text) for text in sentences(item)}) == len(sentences(item))


@pytest.mark.parametrize("item", ITEMS, ids=name_of)
def test_no_planted_sentence_stands_on_a_page(item: dict[str, Any]) -> None:
    for one in item["planted"]:
        assert not any(stands_on(one["text"], page) for page in stored(item["document"]))


def test_every_kind_of_planted_sentence_is_well_represented_in_both_halves() -> None:
    for split in ("dev", "held"):
        half = [item for item in ITEMS if item["split"] == split]
        found = Counter(one["kind"] for item in half for one in item["planted"])
        assert set(found) == KINDS
        assert min(found.values()) >= 20
        assert len(half) >= 40


def test_the_set_is_as_large_as_its_readme_says() -> None:
    faithful = sum(len(item["faithful"]) for item in ITEMS)
    planted = sum(len(item["planted"]) for item in ITEMS)
    told = (ROOT / "tests" / "golden" / "README.md").read_text("utf-8")
    assert f"{len(ITEMS)} passages: {faithful} faithful sentences, {planted} planted ones" in told


def test_the_items_are_of_every_sort_of_document_and_their_names_are_unique() -> None:
    assert {item["document"].split("/")[0] for item in ITEMS} == {"reports", "council", "news"}
    assert len({item["id"] for item in ITEMS}) == len(ITEMS)
