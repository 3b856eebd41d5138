"""No text that a document or a person brings makes a pattern, or what reads it, take for long."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache, partial
from importlib import import_module
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import in_words, poisons, seconds

import ingest
import rag
from rag.bounds import (
    LONGEST_QUESTION,
    LONGEST_SENTENCE,
    LONGEST_WORD,
    MOST_FIGURES,
    bounded_end,
    parted,
    within_bounds,
    without_long_words,
)
from rag.text.lexicon import SINGLE_WORDS, cue, lists
from rag.text.parse import parse, source
from rag.text.quantities import quantities
from rag.types import Kind

MOST_SECONDS = 1.5
"""Of processor time for any text of the longest length; most take a thousandth of it."""
ALONE = ("torch_encoder", "chroma", "evaluation")
"""Modules that read no text of a document, or load what reads none."""
POISONS = [
    pytest.param(in_words(text, LONGEST_WORD)[:LONGEST_SENTENCE], id=name)
    for name, text in poisons(LONGEST_SENTENCE)
]


@cache
def modules() -> tuple[ModuleType, ...]:
    found: list[ModuleType] = []
    for package in (rag, ingest):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not any(name in module.name for name in ALONE):
                found.append(import_module(module.name))
    return tuple(found)


@cache
def patterns() -> dict[re.Pattern[str], str]:
    """Every compiled pattern of the modules and of the word lists, and where it stands."""
    found: dict[re.Pattern[str], str] = {}
    for module in modules():
        for name, value in vars(module).items():
            several = value if isinstance(value, tuple) else (value,)
            for pattern in several:
                if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                    found.setdefault(pattern, f"{module.__name__}.{name}")
    tables = [v for v in vars(lists).values() if inspect.isclass(v) and issubclass(v, StrEnum)]
    for table in tables:
        for word in table:
            if word.partition(".")[0] not in SINGLE_WORDS:
                found.setdefault(cue(word), word)
    return found


def readers() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Every public function of `rag.text`, `rag.claims`, `rag.question`, `rag.speech`,
    `rag.inspection`, `rag.answering`, `rag.packs`, `rag.citation` and `rag.generation` that reads
    one text, or a text that was parsed."""
    for module in modules():
        if not module.__name__.startswith("rag.") or module.__name__.startswith(NOT_TEXT):
            continue
        for name, function in vars(module).items():
            whole = inspect.unwrap(function) if callable(function) else None
            if not inspect.isfunction(whole) or whole.__module__ != module.__name__:
                continue
            parameters = inspect.signature(whole).parameters.values()
            needed = [str(p.annotation) for p in parameters if p.default is p.empty]
            if name.startswith("_") or needed not in ALONE_READ:
                continue
            yield f"{module.__name__}.{name}", reading(function, needed)


NOT_TEXT = ("rag.library", "rag.logs", "rag.settings", "rag.generation.providers",
            "rag.inspection.frameworks", "rag.text.lexicon", "rag.text.calendar",
            "rag.packs.enquiry.templates", "rag.generation.faithfulness",
            "rag.generation.stream")  # fmt: skip
"""Modules whose functions read settings, keys of tables or what a model wrote."""
ALONE_READ = (["str"], ["str", "Kind"], ["ParsedText"], ["ParsedText", "ParsedSource"])


def reading(function: Callable[..., object], needed: list[str]) -> Callable[[str], object]:
    def read(text: str) -> object:
        given: dict[str, Callable[[], object]] = {
            "str": lambda: text,
            "Kind": lambda: Kind.NEWS,
            "ParsedText": lambda: parse(text),
            "ParsedSource": lambda: source(text),
        }
        result = function(*(given[kind]() for kind in needed))
        return list(result) if isinstance(result, Iterator) else result

    return read


READERS = dict(readers())


def found(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


@pytest.mark.parametrize("text", POISONS)
def test_every_pattern_ends_in_time(text: str) -> None:
    taken = {name: seconds(partial(found, p, text)) for p, name in patterns().items()}
    assert {name: spent for name, spent in taken.items() if spent > MOST_SECONDS} == {}


@pytest.mark.parametrize("text", POISONS)
def test_every_reader_of_text_ends_in_time(text: str) -> None:
    taken = {name: seconds(partial(read, text)) for name, read in READERS.items()}
    assert {name: spent for name, spent in taken.items() if spent > MOST_SECONDS} == {}


PIECES = st.sampled_from([text for _, text in poisons(40)]) | st.text(max_size=12)


@settings(max_examples=25)
@given(st.lists(PIECES, max_size=30))
def test_no_mixture_of_such_texts_breaks_a_reader_or_holds_it_up(pieces: list[str]) -> None:
    text = within_bounds(" ".join(pieces))
    for name, read in READERS.items():
        assert seconds(partial(read, text)) < MOST_SECONDS, name


def test_the_readers_of_text_are_all_there() -> None:
    assert len(READERS) > 80
    assert len(patterns()) > 600


def test_what_somebody_typed_is_read_within_bounds() -> None:
    assert within_bounds("Are  caseloads\n\n high?") == "Are caseloads high?"
    assert len(within_bounds("a b " * 9000)) <= LONGEST_QUESTION
    assert within_bounds(f"How many {'9' * 3000} are there?") == "How many are there?"
    assert within_bounds("half \ud800 a character") == "half ? a character"


def test_only_what_is_longer_than_any_word_is_left_out() -> None:
    address = "https://fallowmere.example/" + "a" * 200
    assert without_long_words(f"See {address} there.") == (f"See {address} there.", 0)
    assert without_long_words(f"See {'a' * 9999} there. {'b' * 999}") == ("See   there.  ", 2)


def test_a_long_run_is_parted_and_all_else_stays_where_it_was() -> None:
    text = f"Now {'9' * 1000} then."
    assert len(parted(text)) == len(text)
    assert parted(text).index("then") == text.index("then")
    assert max(map(len, parted(text).split())) == LONGEST_WORD


def test_a_sentence_that_an_earlier_version_stored_is_read_to_its_bound() -> None:
    assert bounded_end("A sentence.") == 11
    assert bounded_end("word " * 5000) == LONGEST_SENTENCE
    assert bounded_end("a " * 200 + "9" * 3_000_000) == 400
    assert bounded_end("9" * 3_000_000) == LONGEST_WORD


def test_no_more_figures_are_read_than_a_row_may_have() -> None:
    assert len(quantities("5 % " * 900)) == MOST_FIGURES
