"""The word lists compile, match whole words, and are all in use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import rag
from rag.packs.timeline.event_extraction import kind_name
from rag.packs.types import EventKind
from rag.text import lexicon
from rag.text.lexicon import any_of, bounded, cue, other_names, words

CODE = "\n".join(
    path.read_text(encoding="utf-8") for path in Path(rag.__file__).parent.rglob("*.py")
)


@pytest.mark.parametrize("name", lexicon.names())
def test_every_list_compiles_and_holds_something(name: str) -> None:
    assert any_of(name) != "(?:)"
    if name.split(".")[0] not in lexicon.SINGLE_WORDS:
        assert not cue(name).search("")


@pytest.mark.parametrize("name", lexicon.names())
def test_every_list_is_used(name: str) -> None:
    table, key = name.split(".")
    looked_up = {"claims": "claims.{name", "direction": "direction.{way"}
    looked_up |= {"quantifiers": "quantifiers.{level", "turns": "turns.{name}"}
    looked_up |= {"speakers": "speakers.{kind"}
    looked_up |= {"asks": "asks.{kind}", "areas": "areas.{area"}
    named = [f'"{name}"', f"'{name}'", looked_up.get(table, name)]
    if table == "scope" and key in ("news", "council_document", "inspection_report"):
        named.append("scope.{kind}")
    if table == "words" and key.startswith("speaks_"):
        named.append("words.speaks_{")
    if table == "events" and key.removeprefix("named_") in map(kind_name, EventKind):
        named.append("events.{kind_name")
    assert table == "other_names" or any(each in CODE for each in named)


@pytest.mark.parametrize("name", set(re.findall(r'(?:cue|any_of|words)\(["\']([\w.]+)', CODE)))
def test_every_list_that_the_code_names_is_there(name: str) -> None:
    assert name in lexicon.names()


def test_an_unknown_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        cue("asks.nothing")


@pytest.mark.parametrize(
    ("alternatives", "text", "matches"),
    [
        (["like"], "They like it", True),
        (["like"], "It is unlikely", False),
        (["improv\\w+"], "IMPROVEMENT", True),
        (["%"], "What is the % of visits", True),
        (["%"], "50% of visits", True),
        (["^where"], "where is it", True),
        (["^where"], "and where is it", False),
        (["recommendations?$"], "Our recommendations", True),
        (["recommendations?$"], "Recommendations follow", False),
        (["shouldn't"], "It shouldn\u2019t", True),
        (["(?-i:EHC)\\w*"], "EHCP", True),
        (["(?-i:EHC)\\w*"], "techcp", False),
        (["per ?cent", "%", "share"], "a share", True),
    ],
)
def test_alternatives_match_as_whole_words(
    alternatives: list[str], text: str, matches: bool
) -> None:
    assert bool(re.search(bounded(alternatives), text, re.IGNORECASE)) is matches


def test_an_apostrophe_in_a_set_of_characters_is_left_as_it_is() -> None:
    assert re.fullmatch(bounded(["[\\w']+"]), "don't")


def test_several_lists_make_one_pattern() -> None:
    both = cue("tone.fault", "tone.doubt")
    assert both.search("It was poor")
    assert both.search("It was worse")
    assert both is cue("tone.fault", "tone.doubt")


def test_single_words_are_told_apart_by_white_space() -> None:
    assert {"ofsted", "figure"} <= words("words.generic")
    assert "child" in other_names()["uasc"]
