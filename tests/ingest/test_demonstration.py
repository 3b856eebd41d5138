"""The demonstration corpus is what its golden sets say, says that it is invented, and rebuilds."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
import trafilatura
from places import CORPUS, GOLDEN
from script_modules import script_module

NOT_INGESTED = {"README.md", "manifest.toml"}
DOCUMENTS = sorted(
    path.relative_to(CORPUS).as_posix()
    for path in CORPUS.rglob("*")
    if path.is_file() and path.name not in NOT_INGESTED and path.parent.name != "examples"
)
QA_FLOORS = {
    "number": 14,
    "judgement": 10,
    "who_when": 8,
    "improve": 9,
    "comparison": 8,
    "news": 4,
    "unanswerable": 15,
}
CLAIM_MIX = {"supported": 14, "contradicted": 16, "not_found": 10}
STRAIGHT = str.maketrans("‘’“”", "''\"\"")
REASONS = {
    "topic_not_covered",
    "wrong_year",
    "false_premise",
    "council_not_in_corpus",
    "future_event",
    "person_absent",
    "statistic_never_reported",
}
ALTERATIONS: dict[str, set[str | None]] = {
    "supported": {"paraphrase", "near_verbatim"},
    "contradicted": {
        "number",
        "percentage",
        "date",
        "grade",
        "name",
        "council",
        "direction",
        "negation",
        "quantifier",
        "who_said_it",
    },
    "not_found": {None},
}


def load(name: str) -> list[dict[str, Any]]:
    with (GOLDEN / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


QA, DIALOGUES, CLAIMS = (load(f"{name}.jsonl") for name in ("qa", "dialogues", "claims"))
TURNS = [
    {"id": f"{dialogue['id']}.{number}", **turn}
    for dialogue in DIALOGUES
    for number, turn in enumerate(dialogue["turns"], 1)
]
QUESTIONS = QA + TURNS
ANSWERABLE = [item for item in QUESTIONS if item["answerable"]]
ABSENT = [item for item in QUESTIONS + CLAIMS if "absence_check" in item]
WITH_EVIDENCE = [item for item in QUESTIONS + CLAIMS if item["doc"]]


def name_of(item: Any) -> str:
    return str(item["id"])


def plain(text: str) -> str:
    """Lower case, straight quote marks, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(STRAIGHT).split()).lower()


def squashed(text: str) -> str:
    """Without spaces and hyphens: words are broken over lines in the PDFs."""
    return re.sub("[\\s\\-\u00ad\u2010-\u2015\u0002\ufffe]", "", plain(text))


@cache
def pages(document: str) -> tuple[str, ...]:
    path = CORPUS / document
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return tuple(page.get_textpage().get_text_bounded() for page in pdf)
    if path.suffix == ".docx":
        return ("\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs),)
    words = path.read_text(encoding="utf-8")
    return (trafilatura.extract(words) or "" if path.suffix == ".html" else words,)


def test_the_corpus_holds_reports_council_papers_and_news_in_four_formats() -> None:
    assert Counter(name.split("/")[0] for name in DOCUMENTS) == {
        "reports": 5,
        "council": 2,
        "news": 5,
    }
    assert {Path(name).suffix for name in DOCUMENTS} == {".pdf", ".docx", ".html", ".txt"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_document_says_that_it_is_invented(document: str) -> None:
    assert "invented" in pages(document)[0].lower()


@pytest.mark.parametrize("document", [name for name in DOCUMENTS if name.endswith(".pdf")])
def test_each_report_carries_its_page_number_and_running_foot_on_every_page(document: str) -> None:
    foot = {"wrenmoor-single-inspection-2017": "Invented document about an invented council"}
    words = foot.get(Path(document).stem, "nspection ")
    for number, text in enumerate(pages(document), 1):
        assert words in text
        assert re.search(rf" {number}\r?$", text, re.MULTILINE)


def test_the_newest_report_has_no_overall_grade_and_says_so() -> None:
    first = plain(pages("reports/ocls-wrenmoor-june-2026.pdf")[0])
    assert "do not give an overall effectiveness judgement" in first
    assert not re.search(r"overall effectiveness (good|outstanding|requires|inadequate)", first)


def test_two_articles_restate_the_same_press_release() -> None:
    first, second = (
        {plain(line) for line in pages(name)[0].splitlines() if len(line) > 60}
        for name in (
            "news/moorland-echo-council-welcomes-inspection.txt",
            "news/wrenmoor-gazette-children-in-care-praised.html",
        )
    )
    assert len(first & second) >= 6


def test_the_manifest_names_only_documents_that_are_there_and_leaves_some_out() -> None:
    manifest = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))
    listed = manifest.keys() - {"pass_over"}
    assert listed < set(DOCUMENTS)


def test_ids_and_wordings_are_unique() -> None:
    ids = [item["id"] for item in QA + DIALOGUES + CLAIMS]
    words = [plain(item["question"]) for item in QA] + [plain(item["claim"]) for item in CLAIMS]
    assert len(set(ids)) == len(ids)
    assert len(set(words)) == len(words)


def test_the_golden_sets_hold_enough_of_every_kind() -> None:
    found = Counter(item["category"] for item in QA)
    assert {kind: found[kind] for kind in QA_FLOORS if found[kind] < QA_FLOORS[kind]} == {}
    assert set(found) == set(QA_FLOORS)
    assert {item["reason"] for item in QA if not item["answerable"]} == REASONS
    assert Counter(item["label"] for item in CLAIMS) == CLAIM_MIX
    assert [len(dialogue["turns"]) for dialogue in DIALOGUES] == [3] * 8


@pytest.mark.parametrize("item", CLAIMS, ids=name_of)
def test_each_claim_says_how_it_was_made(item: dict[str, Any]) -> None:
    assert item["alteration"] in ALTERATIONS[item["label"]]


@pytest.mark.parametrize("item", WITH_EVIDENCE, ids=name_of)
def test_each_quote_stands_on_its_page(item: dict[str, Any]) -> None:
    for evidence in (item, *item["extra_evidence"]):
        assert squashed(evidence["quote"]) in squashed(
            pages(evidence["doc"])[evidence["page"] - 1]
        ), evidence


@pytest.mark.parametrize("item", ANSWERABLE, ids=name_of)
def test_each_model_answer_is_accepted(item: dict[str, Any]) -> None:
    answer = plain(item["answer"]).replace("to be good", "")
    assert item["accept"]
    for group in item["accept"]:
        assert any(plain(words) in answer for words in group), group


@pytest.mark.parametrize("item", ABSENT, ids=name_of)
def test_what_the_documents_do_not_say_is_nowhere_in_them(item: dict[str, Any]) -> None:
    rule = item["absence_check"]
    assert rule["strings"]
    for document in rule["docs"] or DOCUMENTS:
        for text in pages(document):
            assert [words for words in rule["strings"] if plain(words) in plain(text)] == []


def test_an_item_is_answered_with_evidence_or_checked_for_absence_and_never_both() -> None:
    for item in QUESTIONS + CLAIMS:
        assert bool(item["doc"]) != ("absence_check" in item), item["id"]


def test_each_comparison_has_evidence_in_two_documents() -> None:
    for item in QA:
        if item["category"] == "comparison":
            named = {item["doc"], *(evidence["doc"] for evidence in item["extra_evidence"])}
            assert len(named) > 1, item["id"]


def test_rebuilding_the_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="reportlab comes with the development dependencies")
    written = script_module("build_corpus").build_all(tmp_path)
    assert len(written) == 7
    for path in written:
        committed = CORPUS / path.relative_to(tmp_path)
        assert path.read_bytes() == committed.read_bytes(), committed.name
