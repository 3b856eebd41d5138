"""On the command line a source that is older than the newest report held says so."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from rag.desk import Desk
from ui.cli.main import main
from ui.cli.services import Services

THEN = "How were care leavers in Fallowmere judged in 2017?"
NOW = "How were care leavers in Fallowmere judged in 2024?"
CLAIM = "In 2017 care leavers in Fallowmere were not told what they are entitled to."
NOTE = "Older: the newest inspection held is of October 2024."
NEWEST = "2024-10-18"


def run(desk: Desk, *words: str, feed: str | None = None) -> str:
    """What a command prints over a desk."""
    services = Services(open_desk=lambda settings: desk)
    result = CliRunner().invoke(main, words, obj=services, input=feed)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def said(*printed: str) -> str:
    """What was printed, its lines not broken."""
    return " ".join(" ".join(printed).split())


def test_an_answer_from_an_older_report_names_the_newest_beside_its_source(desk: Desk) -> None:
    assert f"(f2017.pdf). {NOTE}" in said(run(desk, "ask", THEN))
    assert "Older" not in run(desk, "ask", NOW)


def test_a_claim_borne_out_by_an_older_report_names_the_newest_beside_its_source(
    desk: Desk,
) -> None:
    assert f"page 1. {NOTE}" in said(run(desk, "check", CLAIM))
    feed = json.dumps({"id": 1, "claim": CLAIM})
    assert NOTE in said(run(desk, "check", "--from", "-", feed=feed))


def test_the_record_of_a_citation_has_the_day_of_the_newest_inspection_only_where_it_is_older(
    desk: Desk,
) -> None:
    feed = json.dumps({"id": 1, "turns": [{"user": THEN}, {"user": NOW}]})
    then, now = json.loads(run(desk, "ask", "--json", "--from", "-", feed=feed))["turns"]
    assert {(c["document"], c["newest_inspection"]) for c in then["citations"]} == {
        ("f2017.pdf", NEWEST)
    }
    assert now["citations"]
    assert not any("newest_inspection" in citation for citation in now["citations"])
    checked = json.loads(run(desk, "check", CLAIM, "--json"))
    newest = {c["document"]: c.get("newest_inspection") for c in checked["citations"]}
    assert newest["f2017.pdf"] == NEWEST
    assert newest.get("f2024.pdf") is None


def test_what_is_nearest_to_a_question_that_is_refused_is_told_to_be_older_too(desk: Desk) -> None:
    question = "How many foster carers in Fallowmere left in 2017?"
    record = json.loads(run(desk, "ask", question, "--json"))
    assert not record["answered"]
    assert "f2017.pdf" in {near["document"] for near in record["nearest"]}
    for near in record["nearest"]:
        assert ("newest_inspection" in near) is (near["document"] == "f2017.pdf")
    assert NOTE in said(run(desk, "ask", question))


def test_a_conversation_that_is_written_out_tells_it_in_its_notes_and_in_its_list_of_sources(
    desk: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "talk.md"
    feed = json.dumps({"id": 1, "turns": [{"user": THEN}, {"user": NOW}]})
    run(desk, "ask", "--from", "-", "--out", str(out), feed=feed)
    told = [line for line in out.read_text(encoding="utf-8").splitlines() if NOTE in line]
    assert [line for line in told if "SHA-256" in line and "f2017.pdf" in line]
    assert [line for line in told if "SHA-256" not in line]
    assert not [line for line in told if "f2024.pdf" in line]


def test_a_check_that_is_written_out_tells_it_in_its_table(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "check.csv"
    run(desk, "check", CLAIM, "--out", str(out))
    assert NOTE in out.read_text(encoding="utf-8-sig")
