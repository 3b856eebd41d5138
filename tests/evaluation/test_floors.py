"""The quality gate: floors under what has been reached, which only ever go up.

Always over the demonstration corpus; over the labelled development set where it is present.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from shared_data import SHARED, real_embedder

from ingest.events import Status
from ingest.pipeline import ingest
from rag.desk import Desk
from rag.evaluation.report import EvaluationReport, Rate
from rag.evaluation.runner import evaluate, evaluate_checking
from rag.library.library import Library
from rag.settings import Settings

ROOT = Path(__file__).parents[2]
NEEDS_SHARED = pytest.mark.skipif(
    not (SHARED / "eval" / "qa.jsonl").exists(),
    reason="the labelled development set stands beside the project, and is not here",
)

# Set just under what is measured, so that a floor fails on a loss and not on a rounding.
DEMONSTRATION = {
    ("search", "page hit@1"): 0.79,
    ("search", "page hit@4"): 0.94,
    ("answers", "right"): 0.80,
    ("answers", "cited"): 0.83,
    ("answers", "quotes verbatim"): 1.0,
    ("refusals", "recall"): 0.75,
    ("conversations", "turns right"): 0.74,
    ("conversations", "quotes verbatim"): 1.0,
    ("claims", "accuracy"): 0.86,
    ("claims", "macro F1"): 0.86,
    ("claims", "cited"): 0.82,
}
DEVELOPMENT = {
    ("search", "page hit@1"): 0.77,
    ("search", "page hit@4"): 0.97,
    ("search", "page MRR@10"): 0.86,
    ("answers", "right"): 0.90,
    ("answers", "cited"): 0.93,
    ("answers", "quotes verbatim"): 1.0,
    ("refusals", "recall"): 0.94,
    ("conversations", "turns right"): 0.83,
    ("conversations", "quotes verbatim"): 1.0,
    ("claims", "accuracy"): 0.93,
    ("claims", "macro F1"): 0.93,
    ("claims", "cited"): 0.92,
}
MOST_REFUSED = {"demonstration": 0.05, "development": 0.04}
"""The largest share of answerable questions that may be refused."""


GOLDEN = ROOT / "tests" / "golden"
MOST_FALSE_SHOWN = {"demonstration": 0.01, "development": 0.01}
"""The largest share of a scripted model's false sentences that a reader may be shown."""
LEAST_FAITHFUL_KEPT = {"demonstration": 0.70, "development": 0.78}


def filled(corpus: Path, library: Path) -> Desk:
    """A desk over a corpus, ingested with the real reader, encoder and stores."""
    held = Library(library, real_embedder())
    totals = ingest([str(corpus)], Settings(library), library=held)
    assert totals.count(Status.ADDED) > 10
    return Desk(held)


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return filled(ROOT / "corpus", tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def demonstration(demonstrated: Desk) -> EvaluationReport:
    return evaluate(GOLDEN, demonstrated)


@pytest.fixture(scope="module")
def developed(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return filled(SHARED / "corpus", tmp_path_factory.mktemp("development"))


@pytest.fixture(scope="module")
def development(developed: Desk) -> EvaluationReport:
    return evaluate(SHARED / "eval", developed)


def value(report: EvaluationReport, section: str, name: str) -> float:
    score = report.sections()[section][name]
    share = score.share if isinstance(score, Rate) else score
    assert share is not None
    return share


@pytest.mark.parametrize(("score", "floor"), DEMONSTRATION.items(), ids=lambda part: str(part))
def test_the_demonstration_is_answered_at_least_this_well(
    demonstration: EvaluationReport, score: tuple[str, str], floor: float
) -> None:
    assert value(demonstration, *score) >= floor


def test_few_answerable_questions_of_the_demonstration_are_refused(
    demonstration: EvaluationReport,
) -> None:
    refused = value(demonstration, "refusals", "answerable ones refused")
    assert refused <= MOST_REFUSED["demonstration"]


def test_no_answer_is_longer_than_120_words(demonstration: EvaluationReport) -> None:
    assert value(demonstration, "answers", "over the word limit") == 0


@NEEDS_SHARED
@pytest.mark.parametrize(("score", "floor"), DEVELOPMENT.items(), ids=lambda part: str(part))
def test_the_development_set_is_answered_at_least_this_well(
    development: EvaluationReport, score: tuple[str, str], floor: float
) -> None:
    assert value(development, *score) >= floor


@NEEDS_SHARED
def test_few_answerable_questions_of_the_development_set_are_refused(
    development: EvaluationReport,
) -> None:
    refused = value(development, "refusals", "answerable ones refused")
    assert refused <= MOST_REFUSED["development"]


def tried(desk: Desk, labelled: Path, name: str) -> None:
    report = evaluate_checking(labelled, desk, desk.library.documents())
    assert value(report, "a scripted model", "false shown") <= MOST_FALSE_SHOWN[name]
    assert value(report, "a scripted model", "faithful kept") >= LEAST_FAITHFUL_KEPT[name]
    false = report.sections()["a scripted model"]["false shown"]
    assert isinstance(false, Rate)
    assert false.total >= 200


def test_what_a_scripted_model_invents_is_not_shown_and_what_it_rewords_is(
    demonstrated: Desk,
) -> None:
    tried(demonstrated, GOLDEN, "demonstration")


@NEEDS_SHARED
def test_the_same_holds_on_the_development_set(developed: Desk) -> None:
    tried(developed, SHARED / "eval", "development")
