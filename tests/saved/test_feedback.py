"""What people say of answers is kept with the whole answer, and drafts golden questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import ARTICLE, PLAN, REPORT, answer, hostile_answer, refusal

from rag.errors import UnknownFeedback
from rag.records.answers import answer_from_record
from rag.saved.conversations import Conversations
from rag.saved.feedback import Feedback, FeedbackBook, FeedbackVerdict, feedback_record

pytestmark = pytest.mark.usefixtures("engine")

GOLDEN = Path(__file__).parents[1] / "golden" / "qa.jsonl"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[FeedbackBook]:
    book = FeedbackBook(tmp_path / "library")
    yield book
    book.close()


def given(judged: FeedbackVerdict, about: object = None) -> Feedback:
    told = about or answer("Are caseloads too high?")
    return Feedback("1", "2026-07-01T12:00:00+00:00", judged, "", told)  # type: ignore[arg-type]


def test_feedback_is_kept_with_its_answer(book: FeedbackBook, tmp_path: Path) -> None:
    first = book.give(answer("Are caseloads too high?"), FeedbackVerdict.WRONG, "  Not in 2024.\n")
    second = book.give(hostile_answer("hostile"), FeedbackVerdict.WRONG_SOURCE)
    again = FeedbackBook(tmp_path / "library")
    assert again.all() == (first, second)
    again.close()
    assert first.note == "Not in 2024."
    assert first.answer == answer("Are caseloads too high?")
    assert first.at.endswith("+00:00")


def test_feedback_can_be_changed_and_withdrawn(book: FeedbackBook) -> None:
    first = book.give(answer("Are caseloads too high?"), FeedbackVerdict.WRONG, "No.")
    book.give(refusal(), FeedbackVerdict.RIGHT)
    changed = book.change(first.id, FeedbackVerdict.RIGHT, "It is, on page 5.")
    assert changed == replace(
        first, at=changed.at, judged=FeedbackVerdict.RIGHT, note="It is, on page 5."
    )
    assert book.all()[0] == changed, "in its old place"
    book.remove(first.id)
    assert [one.judged for one in book.all()] == [FeedbackVerdict.RIGHT]
    with pytest.raises(UnknownFeedback, match="withdrawn"):
        book.remove(first.id)
    with pytest.raises(UnknownFeedback, match="withdrawn"):
        book.change(first.id, FeedbackVerdict.WRONG)


def test_the_last_thing_said_of_an_answer_is_what_stands(book: FeedbackBook) -> None:
    asked = answer("Are caseloads too high?")
    assert book.on(asked) is None
    book.give(asked, FeedbackVerdict.WRONG)
    book.give(refusal(), FeedbackVerdict.RIGHT)
    last = book.give(asked, FeedbackVerdict.RIGHT)
    assert book.on(asked) == last
    assert book.on(replace(asked, text="Another answer.")) is None


def test_it_lives_in_one_file_with_the_conversations(book: FeedbackBook, tmp_path: Path) -> None:
    conversations = Conversations(tmp_path / "library")
    conversations.begin("One")
    book.give(refusal(), FeedbackVerdict.WRONG)
    assert len(conversations.listed()) == len(book.all()) == 1
    conversations.close()


@pytest.mark.parametrize("content", ["'{'", "CAST(x'ff' AS TEXT)", "'{}'"])
def test_a_damaged_answer_leaves_what_was_said_of_it(book: FeedbackBook, content: str) -> None:
    book.give(answer("Are caseloads too high?"), FeedbackVerdict.WRONG, "No.")
    book.give(refusal(), FeedbackVerdict.RIGHT)
    with book._database.transaction() as connection:
        connection.execute(f"UPDATE feedback SET answer = {content} WHERE judged = 'wrong'")
    first, second = book.all()
    assert (first.answer, first.note) == (None, "No.")
    assert second.answer == refusal()
    record = feedback_record(first)
    assert record["answer"] is record["golden"] is None


def test_the_record_holds_the_whole_answer() -> None:
    record = json.loads(json.dumps(feedback_record(given(FeedbackVerdict.WRONG))))
    assert {k: record[k] for k in ("id", "at", "judged", "note")} == {
        "id": "1", "at": "2026-07-01T12:00:00+00:00", "judged": "wrong", "note": "",
    }  # fmt: skip
    assert answer_from_record(record["answer"]) == answer("Are caseloads too high?")


def test_a_right_answer_drafts_a_golden_question_with_its_evidence() -> None:
    told = answer("Are caseloads too high?")
    golden = feedback_record(given(FeedbackVerdict.RIGHT))["golden"]
    assert golden == {
        "id": "", "question": "Are caseloads too high?", "category": "", "answerable": True,
        "answer": told.text, "doc": REPORT.document, "page": REPORT.page, "quote": REPORT.quote,
        "accept": [],
        "extra_evidence": [
            {"doc": c.document, "page": c.page, "quote": c.quote} for c in (PLAN, ARTICLE)
        ],
    }  # fmt: skip


@pytest.mark.parametrize("judged", [FeedbackVerdict.WRONG, FeedbackVerdict.WRONG_SOURCE])
@pytest.mark.parametrize("about", [answer("Are caseloads too high?"), refusal()])
def test_a_wrong_answer_drafts_a_golden_question_to_be_filled_in(
    judged: FeedbackVerdict, about: object
) -> None:
    golden = feedback_record(given(judged, about))["golden"]
    assert golden.pop("question")
    assert not any(golden.values())


def test_a_right_refusal_drafts_a_question_without_an_answer() -> None:
    golden = feedback_record(given(FeedbackVerdict.RIGHT, refusal()))["golden"]
    assert (golden["answerable"], golden["category"]) == (False, "unanswerable")
    assert golden["answer"] is golden["doc"] is golden["quote"] is None


def test_a_follow_up_drafts_the_question_as_it_was_understood() -> None:
    told = replace(answer("And in 2021?"), understood="Were caseloads too high in 2021?")
    golden = feedback_record(given(FeedbackVerdict.WRONG, told))["golden"]
    assert golden["question"] == "Were caseloads too high in 2021?"


def test_the_drafts_have_the_fields_of_the_golden_questions() -> None:
    items = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    answered = next(item for item in items if item["answerable"])
    refused = next(item for item in items if not item["answerable"])
    for judged in FeedbackVerdict:
        assert feedback_record(given(judged))["golden"].keys() == answered.keys()
    drafted = feedback_record(given(FeedbackVerdict.RIGHT, refusal()))["golden"].keys()
    assert drafted == refused.keys() - {"nearest_doc"}
