"""The judge that comes with the program, as it comes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.judge.bundled import MODEL, WEIGHTS, WORD_PIECES, BundledModel, bundled_judge
from rag.judge.port import Polarity, Span

MOST_BYTES = 40_000_000
REPORT = "Ofsted, Fallowmere, May 2024"


def test_the_judge_is_small_enough_to_come_with_the_program() -> None:
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) < MOST_BYTES


def test_the_card_tells_the_hash_of_the_very_weights() -> None:
    assert BundledModel().fingerprint in (WEIGHTS / "README.md").read_text(encoding="utf-8")


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
    ("source", "faithful", "unfaithful"),
    [
        (
            "Most children are seen within five days of a referral.",
            "Most children are seen in the five days after they are referred.",
            "Hardly any children are seen within five days of a referral.",
        ),
        (
            "Leaders have not acted on the findings of the last audit.",
            "The last audit's findings have not been acted on by leaders.",
            "Leaders have acted on what the last audit found.",
        ),
    ],
)
def test_a_faithful_rewording_is_borne_out_more_than_an_unfaithful_one(
    source: str, faithful: str, unfaithful: str
) -> None:
    span = Span(source, label=REPORT)
    true, false = bundled_judge().entails([(span, faithful), (span, unfaithful)])
    assert true.entailed > 0.5 > false.entailed


def test_praise_fault_and_a_request_are_told_apart() -> None:
    texts = (
        "Social workers know their children well and plans are of high quality.",
        "Children wait too long for help and managers do not challenge the delay.",
        "The council should ensure that return home interviews are offered in time.",
    )
    read = bundled_judge().reads([Span(text, label=REPORT) for text in texts])
    expected = [Polarity.STRENGTH, Polarity.WEAKNESS, Polarity.ASK]
    assert [reading.polarity for reading in read] == expected


def test_a_judge_whose_file_is_damaged_says_what_to_do(tmp_path: Path) -> None:
    shutil.copy(WEIGHTS / WORD_PIECES, tmp_path)
    (tmp_path / MODEL).write_bytes(b"no model")
    with pytest.raises(SettingsError, match="make install"):
        bundled_judge(tmp_path).answers("Who?", [Span("The mayor.")])


def test_a_judge_that_is_missing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="make install"):
        bundled_judge(tmp_path).reads([Span("The mayor.")])
