"""A verdict says whose words it rests on: a finding, a statement, a report or an allegation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from shared_data import WordEmbedder, WordJudge, put

from rag.claims.basis import basis_of_grounds
from rag.desk import Desk
from rag.library.library import Library
from rag.records.verdicts import check_record
from rag.types import Basis, Description, Kind, Verdict, VerdictRuling

TEXTS = {
    "report.txt": (Kind.INSPECTION_REPORT, "Visits to children are late in the assessment teams."),
    "plan.txt": (Kind.COUNCIL_DOCUMENT, "We opened two homes for teenagers in Fallowmere."),
    "press.txt": (Kind.NEWS, "The youth club at Harrow Lane closed its doors in spring."),
    "rumour.txt": (
        Kind.NEWS,
        "It is alleged that councillors hid the cost of agency workers from the committee.",
    ),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    library = Library(tmp_path_factory.mktemp("basis") / "library", WordEmbedder(), WordJudge())
    for name, (kind, text) in TEXTS.items():
        described = Description(
            name, "Invented", kind, published=date(2025, 5, 2), councils=("Fallowmere",)
        )
        put(library, name, text, description=described)
    yield Desk(library)
    library.close()


def one(desk: Desk, claim: str) -> Verdict:
    return desk.check(claim)[0]


@pytest.mark.parametrize(
    ("claim", "basis", "words"),
    [
        ("Visits to children are late in the assessment teams.", Basis.FINDING, ""),
        ("Fallowmere opened two homes for teenagers.", Basis.STATEMENT, "the council\u2019s own"),
        ("The youth club at Harrow Lane closed its doors.", Basis.REPORT, "a press report"),
    ],
)
def test_a_verdict_is_told_with_what_it_rests_on(
    desk: Desk, claim: str, basis: Basis, words: str
) -> None:
    verdict = one(desk, claim)
    assert verdict.ruling is VerdictRuling.SUPPORTED
    assert verdict.basis is basis
    assert check_record(verdict)["basis"] == basis.value
    assert ("This rests on" in verdict.explanation) is bool(words)
    assert words in verdict.explanation


def test_what_is_only_alleged_is_told_as_that_and_supports_nothing(desk: Desk) -> None:
    verdict = one(desk, "Councillors hid the cost of agency workers from the committee.")
    assert verdict.ruling is VerdictRuling.NOT_FOUND
    assert verdict.basis is Basis.ALLEGATION
    assert verdict.explanation.startswith("No document held states this as a fact. In Invented")
    assert "this is alleged" in verdict.explanation


def test_what_nothing_tells_rests_on_nothing(desk: Desk) -> None:
    assert one(desk, "The mayor keeps eleven peacocks.").basis is None
    assert basis_of_grounds(()) is None
