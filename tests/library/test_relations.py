"""A final takes the place of its drafts, a correction corrects, each year follows the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from rag.library import relations as module
from rag.library.relations import Relations, asks_for_draft, relations, superseding
from rag.types import Description, Document, Kind, Relation, RelationKind


def document(
    name: str, title: str, day: date | None = None, council: str = "Fallowmere"
) -> Document:
    about = Description(title, kind=Kind.COUNCIL_DOCUMENT, published=day, councils=(council,))
    return Document(name, name, about, ())


DRAFT = document("a.txt", "Review of empty homes: DRAFT for comment, version 0.3", date(2025, 2, 1))
FINAL = document("b.txt", "Review of empty homes: final report", date(2025, 4, 14))


def superseded(found: Mapping[str, Sequence[Relation]]) -> dict[str, str]:
    return {name: by for name in found if (by := superseding(found, name))}


def test_a_final_report_supersedes_its_draft() -> None:
    found = relations((FINAL, DRAFT))
    assert found["b.txt"] == (Relation(RelationKind.SUPERSEDES, "a.txt"),)
    assert superseded(found) == {"a.txt": "b.txt"}


def test_a_draft_is_known_by_its_file_name_too() -> None:
    draft = document("transport-review-draft-v04.txt", "Review of transport", date(2025, 5, 2))
    final = document("transport-review.txt", "Review of transport", date(2025, 6, 27))
    assert superseded(relations((draft, final))) == {draft.name: final.name}


def test_a_draft_that_is_undated_still_comes_before_its_final() -> None:
    undated = document("c.txt", "Review of empty homes (draft)")
    assert superseded(relations((FINAL, undated))) == {"c.txt": "b.txt"}


def test_the_paper_of_one_year_follows_that_of_the_year_before() -> None:
    earlier = document("23.pdf", "Annual parking accounts 2022/23", date(2023, 6, 1))
    later = document("24.pdf", "Annual parking accounts 2023/24", date(2024, 6, 1))
    found = relations((later, earlier))
    assert found == {"24.pdf": (Relation(RelationKind.FOLLOWS, "23.pdf"),)}
    assert superseded(found) == {}


def test_a_corrected_paper_corrects_the_one_that_bears_its_title() -> None:
    wrong = document("w.pdf", "School places forecast", date(2024, 3, 1))
    right = document("r.pdf", "School places forecast (corrected)", date(2024, 3, 9))
    assert relations((wrong, right))["r.pdf"] == (Relation(RelationKind.CORRECTS, "w.pdf"),)


@pytest.mark.parametrize("other", ["Review of empty shops: final report", "Final report"])
def test_papers_of_other_titles_have_nothing_to_do_with_each_other(other: str) -> None:
    assert relations((DRAFT, document("d.txt", other, date(2025, 5, 1)))) == {}


def test_papers_of_two_councils_are_no_series() -> None:
    other = document("e.txt", "Review of empty homes: final report", council="Wrenmoor")
    assert relations((DRAFT, other)) == {}


def test_a_question_about_the_draft_is_answered_from_it() -> None:
    assert asks_for_draft("In the draft, how many homes were empty?")
    assert not asks_for_draft("How many homes were empty?")


def test_relations_are_looked_for_among_papers_of_the_council_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    others = [document(f"{n}.txt", "Review of empty homes", council=f"Council {n}") for n in (1, 2)]
    looked: list[str] = []
    inner = module._series

    def series(one: Document) -> module.Series:
        looked.append(one.name)
        return inner(one)

    monkeypatch.setattr(module, "_series", series)
    found = Relations((FINAL, DRAFT, *others))
    assert superseding(found, DRAFT.name) == FINAL.name
    assert superseding(found, DRAFT.name) == FINAL.name
    assert "unheld" not in found
    assert set(looked) == {FINAL.name, DRAFT.name}
    assert dict(found) == relations((FINAL, DRAFT, *others))
