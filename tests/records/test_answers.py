"""Answers survive JSON unchanged, and their records keep to the contract."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records.answers import (
    BadRecord,
    answer_from_record,
    answer_record,
    citation_from_record,
    citation_record,
    search_record,
)
from rag.types import (
    Answer,
    Citation,
    Hit,
    Kind,
    Passage,
    ScopePart,
    Searched,
    Sentence,
    Span,
    Statement,
    Voice,
)

words = st.text(max_size=40)
counts = st.integers(min_value=0, max_value=9999)
days = st.none() | st.dates()
citations = st.builds(
    Citation,
    n=counts,
    document=words,
    title=words,
    publisher=st.none() | words,
    kind=st.sampled_from(Kind),
    date=days,
    page=counts,
    paragraph=st.none() | words,
    quote=words,
    sha256=words,
    context=words,
)
statements = st.builds(
    Statement,
    text=words,
    citations=st.lists(counts, max_size=3).map(tuple),
    voice=st.sampled_from(Voice),
    source=words,
)
parts = st.lists(st.builds(ScopePart, key=words, words=words), max_size=2).map(tuple)
answers = st.builds(
    Answer,
    question=words,
    answered=st.booleans(),
    text=words,
    statements=st.lists(statements, max_size=3).map(tuple),
    citations=st.lists(citations, max_size=3).map(tuple),
    searched=st.builds(
        Searched,
        documents=counts,
        earliest=days,
        latest=days,
        scope=words,
        parts=parts,
        left_out=parts,
        filters=words,
    ),
    nearest=st.lists(citations, max_size=2).map(tuple),
    engine=words,
    understood=st.none() | words,
    elapsed_ms=st.floats(min_value=0, max_value=1e6),
)
CITATION = Citation(
    n=1,
    document="a/b.pdf",
    title="Inspection of Wrenmoor",
    publisher="The Inspectorate",
    kind=Kind.INSPECTION_REPORT,
    date=date(2022, 7, 29),
    page=3,
    paragraph="12",
    quote="Plans were late.",
    sha256="ab",
)


@given(answers)
def test_an_answer_comes_back_from_json_unchanged(answer: Answer) -> None:
    assert answer_from_record(json.loads(json.dumps(answer_record(answer)))) == answer


@given(citations)
def test_a_citation_comes_back_from_json_unchanged(citation: Citation) -> None:
    assert citation_from_record(json.loads(json.dumps(citation_record(citation)))) == citation


def test_an_answers_record_has_the_fields_of_the_contract() -> None:
    statement = Statement("Plans were late.", (1,), Voice.INSPECTOR, "The Inspectorate")
    parts, left_out = (
        (ScopePart("council:Wrenmoor", "Wrenmoor"),),
        (ScopePart("year:2020", "2020"),),
    )
    searched = Searched(3, date(2020, 1, 2), None, "Wrenmoor", parts, left_out, "press reports")
    answer = Answer("Were plans late?", True, "Plans were late. [1]", (statement,), (CITATION,),
                    searched, elapsed_ms=12.5)  # fmt: skip
    record = answer_record(answer)
    assert list(record) == [
        "question", "understood", "answered", "answer", "statements", "citations", "searched",
        "nearest", "engine", "elapsed_ms", "checked", "left_out", "notice",
        "choices", "pointed_by",
    ]  # fmt: skip
    assert record["statements"][0] == {
        "text": "Plans were late.", "citations": [1], "voice": "inspector",
        "source": "The Inspectorate", "written": False, "speaker": "", "status": "asserted",
    }  # fmt: skip
    assert record["citations"][0] == {
        "n": 1, "document": "a/b.pdf", "title": "Inspection of Wrenmoor",
        "publisher": "The Inspectorate", "kind": "inspection_report", "date": "2022-07-29",
        "page": 3, "paragraph": "12", "quote": "Plans were late.", "sha256": "ab", "context": "",
        "voice": None, "speaker": "", "status": "asserted", "replaced_by": "", "inspected": [],
        "by_ocr": False, "doubtful": [],
    }  # fmt: skip
    assert record["searched"] == {
        "documents": 3, "from": "2020-01-02", "to": None, "scope": "Wrenmoor",
        "parts": [{"key": "council:Wrenmoor", "words": "Wrenmoor"}],
        "left_out": [{"key": "year:2020", "words": "2020"}], "filters": "press reports",
    }  # fmt: skip


def test_an_answer_kept_before_there_were_filters_is_read() -> None:
    answer = Answer("q", False, "a", (), (), Searched(1, None, None, "Wrenmoor"))
    record = answer_record(answer)
    for added in ("parts", "left_out", "filters"):
        del record["searched"][added]
    assert answer_from_record(record) == answer


def test_a_hits_record_has_the_place_and_the_words_of_its_passage() -> None:
    sentence = Sentence("Plans were late.", (Span(3, 0, 16),))
    hit = Hit(Passage("a/b.pdf", 7, (sentence,), "Leadership", "12"), 0.9)
    assert search_record("late?", [hit]) == {
        "question": "late?",
        "hits": [
            {
                "document": "a/b.pdf", "page": 3, "text": "Plans were late.", "score": 0.9,
                "paragraph": "12", "heading": "Leadership",
            }
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    "damage",
    [
        {"answered": True},
        {"question": "q", "answered": True, "answer": "a", "statements": None},
        answer_record(Answer("q", True, "a", (), (CITATION,), Searched(1, None, None, "")))
        | {"citations": [citation_record(CITATION) | {"date": "last week"}]},
    ],
)
def test_a_damaged_record_is_a_clear_error(damage: dict[str, object]) -> None:
    with pytest.raises(BadRecord, match="cannot be read"):
        answer_from_record(damage)
