"""Administration from a terminal: what happened, how long it is kept, and requests of the law."""

from __future__ import annotations

import json
from pathlib import Path

import fakes
import pytest
from click.testing import CliRunner, Result
from shared_data import WordEmbedder

from rag.access.login import Claims, Login
from rag.access.people import LOCAL
from rag.access.roles import Role
from rag.library.library import Library
from rag.saved.audit import AuditTrail, Event
from rag.saved.checks import SavedChecks
from rag.saved.conversations import Conversations, ConversationTurn
from rag.saved.people import People
from ui.cli.main import main
from ui.cli.services import Services


@pytest.fixture
def ann(tmp_path: Path) -> str:
    """The key of a person who has asked something."""
    folder = tmp_path / "library"
    person = People(folder).arrive(Claims("i u-1", "Ann", "ann@x.example"), Login())
    kept = Conversations(folder, person=person)
    kept.add(kept.begin("C").id, ConversationTurn("Is Quillwort high?", fakes.answer()))
    return person.key


def run(*arguments: str, services: Services | None = None) -> Result:
    return CliRunner().invoke(main, ["administration", *arguments], obj=services)


def test_people_are_listed_and_given_roles(ann: str, tmp_path: Path) -> None:
    assert f"{ann} reader" in run("people").output
    assert run("role", ann, "officer").exit_code == 0
    folder = tmp_path / "library"
    assert People(folder).arrive(Claims("i u-1", "Ann"), Login()).role is Role.OFFICER
    assert run("role", "nobody", "officer").exit_code == 1
    assert run("role", ann, "owner").exit_code == 2


def test_the_trail_is_shown_searched_and_verified(ann: str) -> None:
    assert "Ann asked question" in run("audit").output
    assert "Nothing has happened." in run("audit", "--words", "nowhere").output
    (line,) = run("audit", "--words", "quillwort", "--json").output.splitlines()
    assert json.loads(line)["words"] == "Is Quillwort high?"
    assert "is whole" in run("audit", "--verify").output


def test_retention_is_set_shown_and_applied(ann: str, tmp_path: Path) -> None:
    SavedChecks(tmp_path / "library").keep("A claim.")
    shown = run("retention", "--set", "checks", "30", "--apply").output
    assert "checks         30 days              1 held       0 due" in shown
    assert "until deleted" in run("retention", "--set", "checks", "0").output
    assert run("retention", "--set", "letters", "3").exit_code == 2


def test_a_person_is_exported_searched_for_and_erased(ann: str) -> None:
    record = json.loads(run("export", ann).output)
    assert record["person"]["name"] == "Ann"
    assert "Is Quillwort high?" in run("search", "quillwort", "HIGH").output
    assert run("erase", ann).exit_code == 2
    assert "erased: 1 conversations" in run("erase", ann, "--certainly").output
    assert "No record holds these words." in run("search", "quillwort").output
    assert run("export", ann).exit_code == 1


def test_what_is_removed_in_a_terminal_is_noted_too(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = Library(folder, WordEmbedder())
    fakes.hold(library, fakes.REPORT)
    services = Services(open_library=lambda settings: library)
    for verb in ("remove", "restore"):
        done = CliRunner().invoke(main, ["library", verb, fakes.REPORT.document], obj=services)
        assert done.exit_code == 0, done.output
    events = [entry.event for entry in AuditTrail(folder).entries(LOCAL)]
    assert events == [Event.RESTORED, Event.REMOVED]
