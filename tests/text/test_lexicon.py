"""The word lists compile, match whole words, and are all in use."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

import rag
from rag.generation.faithfulness.context_words import RIVALS
from rag.question.intent import AnswerType
from rag.text import lexicon
from rag.text.lexicon import alternatives, any_of, bounded, cue, lists, other_names, words
from rag.text.quantifiers import Level
from rag.text.trends import OPPOSITES
from rag.types import Kind

TABLES: dict[str, type[StrEnum]] = {
    name: table for name, table in vars(lists).items() if isinstance(table, type)
}
del TABLES["StrEnum"]
BY_VALUE = {
    "Asks": {f"asks.{kind}" for kind in AnswerType if kind is not AnswerType.ANYTHING},
    "Direction": {f"direction.{way}" for way in OPPOSITES},
    "OtherNames": {f"other_names.{key}" for key in other_names()},
    "Quantifiers": {f"quantifiers.{level.name.lower()}" for level in Level},
    "Speakers": {f"speakers.{kind.value}" for kind in Kind if kind is not Kind.OTHER},
    "Turns": {f"turns.{name}" for name in RIVALS},
    "Words": {f"words.speaks_{kind.value}" for kind in Kind},
}
"""The lists that are looked up by a value, by their table: those of every value that there is."""
ROOT = Path(rag.__file__).parents[1]
TREES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for path in (*(ROOT / "rag").rglob("*.py"), *(ROOT / "scripts").glob("*.py"))
]


def named_tables(node: ast.AST) -> Iterator[str]:
    """The table that a node names: `lists.Asks`."""
    match node:
        case ast.Attribute(value=ast.Name(id="lists"), attr=table):
            yield table


def named_lists() -> Iterator[str]:
    """The lists that the code names: `lists.Asks.PERCENT`."""
    for tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                for table in named_tables(node.value):
                    yield getattr(TABLES[table], node.attr).value


def test_every_list_is_used_and_there() -> None:
    by_value = {name for names in BY_VALUE.values() for name in names}
    members = {member.value for table in TABLES.values() for member in table}
    assert members == by_value | set(named_lists()) | lexicon.included()


def test_the_tables_that_are_looked_up_by_a_value_are_known() -> None:
    called = {
        table
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for table in named_tables(node.func)
    }
    assert called == set(BY_VALUE)


def test_the_lists_of_the_files_have_names_and_the_names_lists() -> None:
    members = [member.value for table in TABLES.values() for member in table]
    assert sorted(members) == sorted(lexicon.names())


@pytest.mark.parametrize("name", lexicon.names())
def test_every_list_compiles_and_holds_something(name: str) -> None:
    assert any_of(name) != "(?:)"
    if name.split(".")[0] not in lexicon.SINGLE_WORDS:
        assert not cue(name).search("")


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


def test_a_list_may_include_another() -> None:
    tables = {"change": {"up": "rose\n{change.more}\nup", "more": "higher\nlarger"}}
    assert [*alternatives("change.up", tables)] == ["rose", "higher", "larger", "up"]


@pytest.mark.parametrize(
    ("lists_of", "error"),
    [
        ({"up": "{change.up}"}, ValueError),
        ({"up": "rose\n{change.more}", "more": "{change.up}"}, ValueError),
        ({"up": "{change.nothing}"}, KeyError),
        ({"up": "{elsewhere.more}"}, KeyError),
    ],
)
def test_a_list_may_not_include_itself_or_what_is_not_there(
    lists_of: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        list(alternatives("change.up", {"change": lists_of}))


def test_an_apostrophe_in_a_set_of_characters_is_left_as_it_is() -> None:
    assert re.fullmatch(bounded(["[\\w']+"]), "don't")


def test_several_lists_make_one_pattern() -> None:
    both = cue("sentiment.fault", "sentiment.doubt")
    assert both.search("It was poor")
    assert both.search("It was worse")
    assert both is cue("sentiment.fault", "sentiment.doubt")


def test_single_words_are_told_apart_by_white_space() -> None:
    assert {"ofsted", "figure"} <= words("words.generic")
    assert "child" in other_names()["uasc"]
