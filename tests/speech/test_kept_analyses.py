"""What a document's sentences say is worked out once; what is kept is what would be made anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_data import WordEmbedder, made, put

from rag.inspection import printed_facts, reports
from rag.library import kept_form, reader
from rag.library.analysis_store import FILE
from rag.library.kept_form import read, result_of, written
from rag.library.library import Library
from rag.packs import build
from rag.speech import utterances as speech
from rag.types import Kind, Passage

PHRASES = (
    "The council denied that visits were late.",
    "Mrs Kerr complains that:",
    "no plan was made;",
    "This was not so.",
    "It is alleged that caseloads rose to 31 in March 2024.",
    "In 2023, 46% of children were seen within 10 days, and £2.4 million was spent.",
    "Leaders do not know children well, although visits are strong.",
    "The multi-agency safeguarding hub (MASH) is effective.",
    "Jane Orrell is the director of children’s services.",
    "Will the director say when caseloads will fall?",
    "Lead inspector: Ann Farrow",
    "It was moved that the report be rejected.",
    "The motion was lost.",
    "Overall effectiveness: requires improvement to be good",
    "The experiences and progress of care leavers Inadequate",
)
SENTENCES = st.sampled_from(PHRASES) | st.text(max_size=40).filter(str.strip)
PARAGRAPHS = st.lists(st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join), max_size=5)
OPTIONS: dict[Callable[..., Any], tuple[Any, ...]] = {
    speech.utterances: (Kind.COUNCIL_DOCUMENT,),
    reports._stated_grades: ("Inspection of Fallowmere children's services", date(2024, 3, 1)),
}
ANALYSES = sorted(reader.KEPT, key=lambda analyse: f"{analyse.__module__}.{analyse.__qualname__}")


def through_json(analyse: Callable[..., Any], passages: Sequence[Passage], value: Any) -> Any:
    """A value as it comes back from where it is kept."""
    numbered = {passage.number: passage for passage in passages}
    return read(result_of(analyse), json.loads(json.dumps(written(value))), numbered.__getitem__)


def test_some_analyses_are_kept() -> None:
    assert build
    assert {speech.utterances, printed_facts.printed_lines} <= reader.KEPT


@pytest.mark.parametrize("analyse", ANALYSES, ids=lambda a: f"{a.__module__}.{a.__qualname__}")
@settings(max_examples=40, deadline=None)
@given(PARAGRAPHS)
def test_what_is_kept_is_what_is_made_anew(
    analyse: Callable[..., Any], paragraphs: list[str]
) -> None:
    _, passages = made("paper.pdf", *paragraphs)
    value = analyse(passages, *OPTIONS.get(analyse, ()))
    assert through_json(analyse, passages, value) == value


NO_PASSAGES: dict[int, Passage] = {}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@pytest.mark.parametrize("analyse", ANALYSES, ids=lambda a: f"{a.__module__}.{a.__qualname__}")
@given(JSON)
def test_what_is_of_another_form_is_not_believed(analyse: Callable[..., Any], value: Any) -> None:
    form = result_of(analyse)
    try:
        believed = read(form, value, NO_PASSAGES.__getitem__)
    except ValueError:
        return
    assert read(form, written(believed), NO_PASSAGES.__getitem__) == believed


# ---------------------------------------------------------------- in a library

DENIAL = "The council denied that visits were late."


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often sentences are looked at for how they are said."""
    looked: list[int] = []
    inner = speech.sentence_utterance

    def sentence_utterance(text: str, kind: Kind) -> Any:
        looked.append(1)
        return inner(text, kind)

    monkeypatch.setattr(speech, "sentence_utterance", sentence_utterance)
    return looked


def statuses(folder: Path, counted: list[int]) -> tuple[list[str], int]:
    """How the sentences of the document are said, read by a program that has just started, and how
    many of them it had to look at."""
    library = Library(folder, WordEmbedder())
    counted.clear()
    said = speech.utterances_in(library, library.entry("paper.pdf").document)
    library.close()
    return [utterance.status.value for utterance in said.values()], len(counted)


def held(folder: Path) -> Path:
    library = Library(folder, WordEmbedder())
    put(library, "paper.pdf", DENIAL)
    library.close()
    return folder


def test_a_program_that_starts_again_works_nothing_out_again(
    tmp_path: Path, counted: list[int]
) -> None:
    folder = held(tmp_path / "library")
    first, looked = statuses(folder, counted)
    assert looked
    assert statuses(folder, counted) == (first, 0)


def test_another_version_of_the_code_believes_nothing_that_was_kept(
    tmp_path: Path, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = held(tmp_path / "library")
    first, _ = statuses(folder, counted)
    monkeypatch.setattr(reader, "code_version", lambda: "another")
    again, looked = statuses(folder, counted)
    assert again == first
    assert looked
    assert statuses(folder, counted) == (first, 0)


@pytest.mark.parametrize("content", ["", "{", "[[1]]", "[" * 5000, '[[[0, 0], ["mad"]]]', "null"])
def test_what_is_kept_damaged_is_made_anew(
    tmp_path: Path, counted: list[int], content: str
) -> None:
    folder = held(tmp_path / "library")
    first, _ = statuses(folder, counted)
    library = Library(folder, WordEmbedder())
    with sqlite3.connect(folder / FILE) as file:
        version, name, made_by = file.execute(
            "SELECT version, name, made_by FROM analyses"
        ).fetchone()
    library._kept.keep_analyses({(version, name): content}, made_by)
    library.close()
    again, looked = statuses(folder, counted)
    assert again == first
    assert looked
    assert statuses(folder, counted) == (first, 0)


def test_the_code_version_follows_the_rules_and_the_word_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_form, "_PROGRAM", tmp_path)
    versions = set()
    for name, text in (("a.py", "x = 1"), ("a.py", "x = 2"), ("words.toml", "a = 1")):
        (tmp_path / name).write_text(text)
        versions.add(kept_form.code_version.__wrapped__())
    assert len(versions) == 3
