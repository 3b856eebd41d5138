"""Checks are kept whole, found again, deleted and brought back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from fakes import HOSTILE, contradicted, hostile_verdict, not_found, supported

from rag.claims.splitting import split_claims
from rag.errors import UnknownCheck
from rag.saved.checks import DAMAGED, SavedChecks
from rag.types import CheckedPart

pytestmark = pytest.mark.usefixtures("engine")

TEXT = "Caseloads are too high. I think so. 42 posts are filled. Fallowmere won the cup."


def parts() -> tuple[CheckedPart, ...]:
    verdicts = iter((supported, contradicted, not_found, hostile_verdict))
    return tuple(
        CheckedPart(part, next(verdicts)(part.claim) if part.claim else None)
        for part in split_claims(TEXT)
    )


def test_a_check_comes_back_as_it_was_after_a_restart(tmp_path: Path) -> None:
    first = SavedChecks(tmp_path)
    kept = first.keep(TEXT, parts())
    failed = first.keep(HOSTILE, problem="Another program is writing.")
    first.close()
    again = SavedChecks(tmp_path)
    assert again.get(kept.id) == kept
    assert again.get(failed.id) == failed
    assert [line.id for line in again.listed()] == [failed.id, kept.id]
    again.close()


def test_a_check_is_found_by_its_words_and_those_of_its_quotes(tmp_path: Path) -> None:
    checks = SavedChecks(tmp_path)
    kept = checks.keep(TEXT, parts())
    for search in ("caseloads CUP", "assessment teams"):
        assert [line.id for line in checks.listed(search)] == [kept.id]
    assert checks.listed("quillwort") == ()
    assert checks.listed()[0].name.startswith("Caseloads are too high.")


def test_a_deleted_check_can_be_brought_back(tmp_path: Path) -> None:
    checks = SavedChecks(tmp_path)
    kept = checks.keep(TEXT, parts())
    checks.delete(kept.id)
    assert checks.listed() == ()
    for act in (checks.get, checks.delete):
        with pytest.raises(UnknownCheck, match="another window"):
            act(kept.id)
    assert checks.restore(kept.id) == kept


@pytest.mark.files
def test_a_damaged_check_says_so_and_the_rest_stands(tmp_path: Path) -> None:
    checks = SavedChecks(tmp_path)
    kept, whole = checks.keep(TEXT, parts()), checks.keep(TEXT, parts())
    for damage in ("'[{'", "'[1]'", "x'ff'"):
        connection = sqlite3.connect(tmp_path / "desk.sqlite3")
        connection.execute(f"UPDATE checks SET parts = {damage} WHERE id = ?", (kept.id,))
        connection.commit()
        connection.close()
        assert checks.get(kept.id).problem == DAMAGED
    assert checks.get(whole.id) == whole
