"""Past the time allowed, a question, a check and a pack tell what they have and say so."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shelf import ARTICLE, OLD_REPORT, PLAN, REPORT, shelf

import rag.time_budget as time_budget_module
from rag.answering.refusal import OUT_OF_TIME
from rag.bounds import LONGEST_QUESTION
from rag.claims import check
from rag.claims.check import NOT_LOOKED_UP
from rag.desk import Desk, open_desk
from rag.errors import OutOfTime
from rag.library.library import Library
from rag.packs.build import Step, build_pack
from rag.packs.request import read_subject
from rag.records.packs import from_record, to_record
from rag.settings import load_settings
from rag.time_budget import done_in_time, is_over, look_at_the_clock, time_budget
from rag.types import Verdict, VerdictRuling
from ui.export.documents.pack_document import narrowed_words, pack_paper
from ui.export.writers.markdown import markdown

CLAIM = "Caseloads are high in Fallowmere."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = shelf(
        tmp_path / "library",
        ("report.pdf", REPORT, ("Caseloads are high.", "Leaders should cut caseloads.")),
        ("old.pdf", OLD_REPORT, ("Leaders should improve the support for care leavers.",)),
        ("plan.docx", PLAN, ("The council will recruit 12 social workers by June 2025.",)),
        ("hub.html", ARTICLE, ("A family hub opened in Fallowmere on 3 March 2024.",)),
    )
    yield made
    made.close()


def test_an_answer_tells_that_the_time_was_over_and_shows_what_is_near(library: Library) -> None:
    desk = Desk(library, answer_seconds=0)
    answer = desk.ask("Are caseloads high in Fallowmere?")
    assert not answer.answered
    assert answer.text.startswith(OUT_OF_TIME)
    assert "do not say" not in answer.text, "what was not read may tell"
    assert answer.searched.documents == 4
    assert desk.search("caseloads"), "what was found is told, whatever its order"
    assert Desk(library).ask("Are caseloads high in Fallowmere?").answered


def test_claims_that_were_not_come_to_are_told_as_that(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = Desk(library, check_seconds=0).check(CLAIM, CLAIM)
    assert (first.claim, first.ruling, first.explanation) == (
        CLAIM, VerdictRuling.NOT_FOUND, NOT_LOOKED_UP,
    )  # fmt: skip
    assert len(others) == 1
    monkeypatch.setattr(check, "_AT_ONCE", 1)
    over: list[bool] = []
    judged = check._verdict

    def judge_and_be_late(*rest: Any) -> Verdict:
        over.append(True)
        return judged(*rest)

    monkeypatch.setattr(check, "_verdict", judge_and_be_late)
    monkeypatch.setattr(time_budget_module, "is_over", lambda: bool(over))
    verdicts = Desk(library).check(CLAIM, CLAIM, CLAIM)
    assert verdicts[0].ruling is VerdictRuling.SUPPORTED
    assert [v.explanation for v in verdicts[1:]] == [NOT_LOOKED_UP] * 2


def test_a_pack_says_which_parts_were_not_made(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = read_subject(library.documents(), "Fallowmere")
    whole = build_pack(library, subject, date(2025, 6, 1))
    assert whole.unmade == ()
    assert narrowed_words(whole) == []
    steps: list[Step] = []
    monkeypatch.setattr(time_budget_module, "is_over", lambda: Step.CHANGES in steps)
    begun = date(2025, 6, 1)
    cut = build_pack(library, subject, begun, progress=lambda at: steps.append(at.step))
    assert cut.unmade == ("what changed between inspections", "the questions to ask")
    assert (cut.history, cut.briefing) == (whole.history, whole.briefing)
    assert "The time allowed for a pack was over" in markdown(pack_paper(cut)).decode()
    assert from_record(type(cut), to_record(cut)) == cut


def test_a_question_too_long_to_be_read_says_so(library: Library) -> None:
    asked = "Are caseloads high in Fallowmere? " * 200
    answer = Desk(library).ask(asked)
    assert len(answer.question) <= LONGEST_QUESTION
    assert f"{LONGEST_QUESTION:,} characters" in answer.notice
    assert Desk(library).ask("Are caseloads high in Fallowmere?").notice == ""


def test_the_settings_say_how_long_each_may_take(tmp_path: Path) -> None:
    names = ("SCRUTINY_ANSWER_SECONDS", "SCRUTINY_CHECK_SECONDS", "SCRUTINY_PACK_SECONDS")
    settings = load_settings(dict(zip(names, "567", strict=True)), library=tmp_path)
    desk = open_desk(settings)
    assert (desk.answer_seconds, desk.check_seconds, desk.pack_seconds) == (5, 6, 7)
    desk.library.close()
    usual = load_settings({})
    assert (usual.answer_seconds, usual.check_seconds, usual.pack_seconds) == (30, 120, 900)


def test_a_budget_inside_another_has_no_more_than_is_left() -> None:
    assert not is_over()
    with time_budget(0):
        time.sleep(0.001)
        with time_budget(99), pytest.raises(OutOfTime):
            look_at_the_clock()
    look_at_the_clock()


def test_what_is_done_in_time_is_kept() -> None:
    def half(number: int) -> float:
        if number > 2:
            raise OutOfTime("It is late.")
        return number / 2

    assert list(done_in_time(half, [1, 2, 3, 4])) == [0.5, 1.0]
