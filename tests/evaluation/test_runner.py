"""Labelled sets are scored by the rules that come with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from rag.evaluation.metrics import (
    ClaimOutcome,
    LabelledEvidence,
    LabelledQuestion,
    QuestionOutcome,
    accepts,
    bears_out,
    holds,
    is_both_sided,
    is_right,
    page_rank,
    passage_rank,
    stands,
)
from rag.evaluation.report import EvaluationReport, claim_scores, confusion
from rag.evaluation.runner import BadSet, evaluate, load_set
from rag.types import Answer, Citation, Hit, Kind, Passage, Searched, Sentence, Span

SET = Path(__file__).parents[3] / "shared" / "eval"
PAGES = {("a.pdf", 1): "Plans were\nlate.", ("b.pdf", 2): "Plans were on time."}


def cite(document: str, page: int, quote: str) -> Citation:
    return Citation(1, document, "T", None, Kind.OTHER, None, page, None, quote, "ab")


def answer(text: str, *citations: Citation, answered: bool = True) -> Answer:
    return Answer("q", answered, text, (), citations, Searched(2, None, None, ""))


def hit(document: str, page: int, text: str) -> Hit:
    return Hit(Passage(document, 0, (Sentence(text, (Span(page, 0, len(text)),)),)), 0.5)


class ScriptedDesk:
    """Answers from a script, and remembers the history that it was given."""

    def __init__(self, answers: dict[str, Answer], hits: Sequence[Hit] = ()) -> None:
        self.answers, self.hits = answers, tuple(hits)
        self.histories: list[int] = []

    def search(self, question: str, k: int = 10) -> tuple[Hit, ...]:
        return self.hits[:k]

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        self.histories.append(len(history))
        return self.answers[question]

    def page_text(self, document: str, page: int) -> str | None:
        return PAGES.get((document, page))


def write_set(folder: Path, **files: Sequence[Mapping[str, object]]) -> Path:
    for name, rows in files.items():
        lines = "\n".join(json.dumps(row) for row in rows)
        (folder / f"{name}.jsonl").write_text(lines + "\n\n", encoding="utf-8")
    return folder


LATE = {
    "id": "q1", "question": "late?", "category": "judgement", "answerable": True,
    "answer": "Late.", "accept": [["late"]], "doc": "a.pdf", "page": 1,
    "quote": "Plans were late.",
    "extra_evidence": [{"doc": "b.pdf", "page": 2, "quote": "Plans were on time."}],
}  # fmt: skip
NONE = {
    "id": "q2", "question": "cost?", "category": "unanswerable", "answerable": False,
    "answer": None, "accept": [], "doc": None, "page": None, "quote": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "accept", "expected"),
    [
        ("It was Good.", [["good"]], True),
        ("Requires improvement to be good", [["good"]], False),
        ("48% of ‘children’", [["48%", "48 per cent"], ["'children'"]], True),
        ("48%", [["48%"], ["364"]], False),
        ("two\n words", [["two words"]], True),
        ("anything", [], True),
    ],
)
def test_an_answer_is_accepted_when_each_group_occurs(
    said: str, accept: list[list[str]], expected: bool
) -> None:
    assert accepts(said, accept) is expected


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("The re-\ninspection was late.", "reinspection was late", True),
        ("was late", "The plan was late and thin", True),
        ("Half of the plans were very thin", "Half of the plans were late again", True),
        ("Staff were happy", "Half of the plans were late again", False),
        ("", "late", False),
    ],
)
def test_a_text_holds_a_quote_by_containment_or_half_its_words(
    text: str, quote: str, expected: bool
) -> None:
    assert holds(text, quote) is expected


def test_a_citation_counts_only_on_the_page_of_its_evidence() -> None:
    evidence = (LabelledEvidence("a.pdf", 1, "Plans were late."),)
    assert bears_out("Plans were late.", "a.pdf", 1, evidence)
    assert not bears_out("Plans were late.", "a.pdf", 2, evidence)


def test_a_comparison_wants_a_citation_from_each_document() -> None:
    evidence = (LabelledEvidence("a.pdf", 1, "Late."), LabelledEvidence("b.pdf", 2, "On time."))
    late, on_time = cite("a.pdf", 1, "Late."), cite("b.pdf", 2, "On time.")
    assert is_both_sided([late, on_time], evidence)
    assert not is_both_sided([late], evidence)
    assert not is_both_sided([], ())


def test_the_rank_of_a_page_and_of_a_passage_may_differ() -> None:
    evidence = (LabelledEvidence("a.pdf", 1, "Plans were late."),)
    hits = [hit("b.pdf", 1, "x"), hit("a.pdf", 1, "Else."), hit("a.pdf", 1, "Plans were late.")]
    assert (page_rank(hits, evidence), passage_rank(hits, evidence)) == (2, 3)
    assert page_rank(hits[:1], evidence) is None


def test_a_quote_stands_on_its_page_white_space_aside() -> None:
    assert stands("Plans were late.", "Plans were\nlate.")
    assert not stands("Plans were early.", "Plans were\nlate.")
    assert not stands("Plans", None)


@pytest.mark.parametrize(
    ("answerable", "given", "expected"),
    [
        (True, answer("late " * 120), True),
        (True, answer("late " * 121), False),
        (True, answer("late", answered=False), False),
        (False, answer("", answered=False), True),
        (False, answer("It cost £3."), False),
    ],
)
def test_right_is_accepted_within_120_words_or_refused_where_due(
    answerable: bool, given: Answer, expected: bool
) -> None:
    question = LabelledQuestion("q", "q?", "c", answerable, (("late",),) if answerable else ())
    assert is_right(question, given) is expected


def test_an_evaluation_scores_searches_answers_and_refusals(tmp_path: Path) -> None:
    desk = ScriptedDesk(
        {
            "late?": answer("Late. [1]", cite("a.pdf", 1, "Plans were late.")),
            "cost?": answer("Not said.", answered=False),
        },
        [hit("c.pdf", 1, "x"), hit("a.pdf", 1, "Plans were late.")],
    )
    seen: list[tuple[int, int]] = []
    folder = write_set(tmp_path, qa=[LATE, NONE])
    report = evaluate(folder, desk, on_item=lambda done, total: seen.append((done, total)))
    scores = report.to_record()["scores"]
    assert seen == [(1, 2), (2, 2)]
    assert scores["search"]["page hit@1"] == {"count": 0, "total": 1, "share": 0.0}
    assert scores["search"]["page hit@4"]["share"] == 1.0
    assert scores["search"]["page MRR@10"] == 0.5
    assert scores["answers"]["right and cited"]["share"] == 1.0
    assert scores["answers"]["quotes verbatim"] == {"count": 1, "total": 1, "share": 1.0}
    assert scores["answers"]["comparisons cited on each side"]["share"] is None
    assert scores["refusals"]["precision"]["share"] == 1.0
    assert scores["refusals"]["recall"]["share"] == 1.0
    assert scores["refusals"]["answerable ones refused"]["count"] == 0
    assert scores["right by category"]["unanswerable"]["count"] == 1
    assert report.to_record()["questions"][0]["answer"] == "Late. [1]"
    assert "page hit@4" in report.table()


def test_an_invented_quote_is_counted(tmp_path: Path) -> None:
    desk = ScriptedDesk({"late?": answer("Late. [1]", cite("a.pdf", 1, "Never printed."))})
    report = evaluate(write_set(tmp_path, qa=[LATE]), desk)
    assert report.to_record()["scores"]["answers"]["quotes verbatim"]["count"] == 0
    assert report.questions[0].cited is False


def test_the_turns_of_a_conversation_build_on_the_answers_before(tmp_path: Path) -> None:
    def turn(user: str, answerable: bool) -> dict[str, object]:
        return (LATE if answerable else NONE) | {"user": user}

    rows = [{"id": "d1", "turns": [turn("one", True), turn("two", True), turn("three", False)]}]
    desk = ScriptedDesk(
        {
            "one": answer("late"),
            "two": answer("early"),
            "three": answer("Not said.", answered=False),
        }
    )
    report = evaluate(write_set(tmp_path, dialogues=rows), desk)
    scores = report.to_record()["scores"]["conversations"]
    assert desk.histories == [0, 1, 2]
    assert scores["turns right"]["count"] == 2
    assert scores["answerable turns right"]["total"] == 2
    assert scores["third turns right"]["share"] == 1.0
    assert scores["conversations all right"]["count"] == 0
    assert [turn.id for turn in report.dialogues[0]] == ["d1.1", "d1.2", "d1.3"]


def test_claims_are_scored_when_there_is_a_check(tmp_path: Path) -> None:
    rows = [
        {"id": "c1", "claim": "late", "label": "supported", "doc": "a.pdf", "page": 1,
         "quote": "Plans were late.", "extra_evidence": []},
        {"id": "c2", "claim": "early", "label": "contradicted", "doc": "a.pdf", "page": 1,
         "quote": "Plans were late.", "extra_evidence": []},
    ]  # fmt: skip
    folder = write_set(tmp_path, claims=rows)
    found = [cite("a.pdf", 1, "Plans were late.")]
    report = evaluate(folder, ScriptedDesk({}), check=lambda claim: ("supported", found))
    scores = report.to_record()["scores"]["claims"]
    assert scores["accuracy"] == {"count": 1, "total": 2, "share": 0.5}
    assert scores["contradicted taken for supported"]["count"] == 1
    assert scores["cited"]["share"] == 1.0
    assert report.to_record()["confusion"]["contradicted"]["supported"] == 1
    assert "Confusion" in report.table()
    assert evaluate(folder, ScriptedDesk({})) == EvaluationReport()


def test_macro_f1_is_the_mean_over_the_three_labels() -> None:
    claims = [
        ClaimOutcome("1", "", "supported", "supported", True),
        ClaimOutcome("2", "", "contradicted", "supported", True),
        ClaimOutcome("3", "", "not_found", "not_found", False),
    ]
    assert claim_scores(claims)["macro F1"] == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert confusion(claims)["not_found"] == {"supported": 0, "contradicted": 0, "not_found": 1}


def test_always_refusing_has_perfect_recall_and_says_so() -> None:
    refused = [
        QuestionOutcome(str(n), "q", "number", n > 0, True, False, False, False, 0, 0, 3, 0.1, "")
        for n in range(4)
    ]
    scores = EvaluationReport(questions=tuple(refused)).to_record()["scores"]["refusals"]
    assert scores["recall"]["share"] == 1.0
    assert scores["precision"]["share"] == 0.25
    assert scores["answerable ones refused"]["share"] == 1.0


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("{", "qa.jsonl, line 1"), ('{"id": "q1"}', "KeyError"), ("[]", "qa.jsonl, line 1")],
)
def test_a_set_that_cannot_be_read_names_the_line(
    tmp_path: Path, line: str, complaint: str
) -> None:
    (tmp_path / "qa.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(BadSet, match=complaint):
        load_set(tmp_path)


def test_an_empty_folder_is_no_set(tmp_path: Path) -> None:
    with pytest.raises(BadSet, match=r"has no qa\.jsonl"):
        load_set(tmp_path)


@pytest.mark.skipif(not SET.is_dir(), reason="the shared development set is not here")
def test_the_development_set_is_read_and_its_own_answers_are_right() -> None:
    found = load_set(SET)
    assert (len(found.questions), len(found.dialogues), len(found.claims)) == (90, 12, 80)
    rows = [json.loads(line) for line in (SET / "qa.jsonl").read_text("utf-8").splitlines()]
    for question, row in zip(found.questions, rows, strict=True):
        given = answer(row["answer"] or "", answered=question.answerable)
        assert is_right(question, given), question.id
