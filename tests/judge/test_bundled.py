"""The judge that comes with the program, as it comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.judge.bundled import MODEL, SECOND, WEIGHTS, BundledModel, bundled_judge
from rag.judge.port import Span

MOST_BYTES = 40_000_000
REPORT = "Ofsted, Fallowmere, May 2024"


def test_the_judge_is_small_enough_to_come_with_the_program() -> None:
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("name", [MODEL, SECOND])
def test_the_card_tells_the_hash_of_the_very_weights(name: str) -> None:
    card = (WEIGHTS / "README.md").read_text(encoding="utf-8")
    assert BundledModel(WEIGHTS / name).fingerprint in card


def test_of_some_sentences_the_one_that_answers_is_first() -> None:
    spans = [
        Span("Staff speak warmly of their managers.", "", "Workforce", REPORT),
        Span("Too many care leavers wait months for a dentist.", "", "Care leavers", REPORT),
        Span("Caseloads have fallen from 22 to 16.", "", "Workforce", REPORT),
        Span("The inspection was carried out under section 136.", "", "About", REPORT),
    ]
    judge = bundled_judge()
    for question, right in (
        ("How many cases does a social worker hold in Fallowmere?", 2),
        ("Can young people who left care see a dentist?", 1),
    ):
        scores = judge.answers(question, spans)
        assert scores.index(max(scores)) == right


@pytest.mark.parametrize(
    ("source", "statement"),
    [
        (
            "Leaders have not acted on the findings of the last audit.",
            "Leaders have acted on what the last audit found.",
        ),
        (
            "Most children are seen within five days of a referral.",
            "Hardly any children are seen within five days of a referral.",
        ),
        (
            "The council plans to open a new home for six children in 2026.",
            "Care leavers in Fallowmere wait more than a year for a flat.",
        ),
    ],
)
def test_what_a_source_does_not_say_supports_nothing_by_itself(source: str, statement: str) -> None:
    (said,) = bundled_judge().entails([(Span(source, label=REPORT), statement)])
    assert said.entailed < 0.4


def test_a_close_rewording_is_borne_out() -> None:
    source = Span("Social workers in Fallowmere have manageable caseloads.", label=REPORT)
    (said,) = bundled_judge().entails([(source, "Caseloads of social workers are manageable.")])
    assert said.entailed > 0.4


def test_a_judge_whose_file_is_damaged_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / MODEL).write_bytes(b"no model")
    with pytest.raises(SettingsError, match="make install"):
        bundled_judge(tmp_path).answers("Who?", [Span("The mayor.")])


def test_a_judge_that_is_missing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="make install"):
        bundled_judge(tmp_path).reads([Span("The mayor.")])
