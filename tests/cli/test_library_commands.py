"""What the commands about removed and refused documents and feedback print."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import REPORT, answer, hostile_answer
from shared_data import WordEmbedder, put

from rag.library.library import Library
from rag.saved.feedback import FeedbackBook, FeedbackVerdict
from rag.types import Description
from ui.cli.main import main
from ui.cli.services import Services

HOSTILE = "\x1b]0;owned\x07\u202eevil\nname"


@dataclass
class Bench:
    """Runs commands over a real library with two documents."""

    library: Library

    def run(self, *words: str, code: int = 0) -> Result:
        services = Services(open_library=lambda settings: self.library)
        command = ["--library", str(self.library.folder), *words]
        result = CliRunner().invoke(main, command, obj=services)
        assert result.exit_code == code, result.output
        return result

    def records(self, *words: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.run(*words, "--json").stdout.splitlines()]

    @property
    def held(self) -> list[str]:
        return [document.name for document in self.library.documents()]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    library = Library(tmp_path / "library", WordEmbedder())
    put(library, "plan.docx", "The council will recruit twenty social workers.")
    put(library, "my report.pdf", "Caseloads are too high.")
    yield Bench(library)
    library.close()


def test_a_removed_document_is_restored_with_the_command_that_was_named(bench: Bench) -> None:
    told = bench.run("library", "remove", "plan.docx", "my report.pdf").stdout
    assert told.splitlines() == [
        "removed plan.docx; `scrutiny library restore plan.docx` brings it back",
        "removed my report.pdf; `scrutiny library restore 'my report.pdf'` brings it back",
    ]
    assert bench.held == []
    assert "The library is empty" in bench.run("library", "list").stdout
    removed = bench.run("library", "removed").stdout.splitlines()
    assert ["my report.pdf" in removed[0], "plan.docx" in removed[1]] == [True, True]
    first, _ = bench.records("library", "removed")
    assert (first["document"], first["title"]) == ("my report.pdf", "my report.pdf")
    assert bench.run("library", "restore", "my report.pdf").stdout == "restored my report.pdf\n"
    assert bench.held == ["my report.pdf"]


def test_what_is_removed_for_good_cannot_be_restored(bench: Bench) -> None:
    bench.run("library", "remove", "plan.docx")
    told = bench.run("library", "remove", "--for-good", "plan.docx", "my report.pdf").stdout
    assert told == "removed plan.docx for good\nremoved my report.pdf for good\n"
    assert bench.held == []
    assert bench.run("library", "removed").stdout == "No removed document is kept.\n"
    for words in (["restore"], ["remove"], ["remove", "--for-good"]):
        result = bench.run("library", *words, "plan.docx", code=1)
        assert "plan.docx" in result.stderr
        assert "scrutiny" in result.stderr, "what to do"


def test_removing_for_good_takes_the_older_one_that_is_aside_too(bench: Bench) -> None:
    bench.run("library", "remove", "plan.docx")
    put(bench.library, "plan.docx", "Another plan.")
    bench.run("library", "remove", "--for-good", "plan.docx")
    assert bench.library.aside() == ()
    assert "plan.docx" not in bench.held


def test_a_document_is_not_restored_over_another(bench: Bench) -> None:
    bench.run("library", "remove", "plan.docx")
    put(bench.library, "plan.docx", "Another plan.")
    assert "for good first" in bench.run("library", "restore", "plan.docx", code=1).stderr


def test_the_refused_are_listed_with_reasons(bench: Bench) -> None:
    assert bench.run("library", "refused").stdout == "No document was refused.\n"
    bench.library.note_refused("scan.pdf", "It has no words in it. Run it through OCR first.")
    bench.library.note_refused(HOSTILE, HOSTILE)
    told = bench.run("library", "refused").stdout
    assert "evil name" in told
    assert "It has no words in it. Run it through OCR first." in told
    assert not set(told) & {"\x1b", "\x07", "\u202e"}
    _, last = bench.records("library", "refused")
    assert (last["document"], last["reason"]) == (
        "scan.pdf",
        "It has no words in it. Run it through OCR first.",
    )


def test_the_fields_that_a_person_has_set_are_told(bench: Bench) -> None:
    described = Description("The plan", guessed=frozenset({"title", "agency"}), agency="Ofsted",
                            edited=frozenset({"title"}))  # fmt: skip
    bench.library.describe("plan.docx", described)
    shown = bench.run("library", "show", "plan.docx").stdout
    assert "The plan (set by hand)" in shown
    assert "Ofsted (read by the program)" in shown
    (record,) = bench.records("library", "show", "plan.docx")
    assert (record["guessed"], record["edited"]) == (["agency"], ["title"])


def test_a_field_that_the_rules_were_unsure_of_is_to_be_checked(bench: Bench) -> None:
    guessed = frozenset({"kind", "title"})
    described = Description("The plan", guessed=guessed, unsure=frozenset({"kind"}))
    bench.library.describe("plan.docx", described)
    assert "(to be checked)" in bench.run("library", "show", "plan.docx").stdout
    (record,) = bench.records("library", "show", "plan.docx")
    assert record["unsure"] == ["kind"]


def test_feedback_is_shown_and_exported(bench: Bench) -> None:
    assert bench.run("feedback").stdout == "No feedback was given.\n"
    assert bench.run("feedback", "--json").stdout == ""
    book = FeedbackBook(bench.library.folder)
    book.give(
        answer("Are caseloads too high?"), FeedbackVerdict.WRONG_SOURCE, f"See page 7. {HOSTILE}"
    )
    book.give(hostile_answer(HOSTILE), FeedbackVerdict.RIGHT)
    book.close()
    told = bench.run("feedback").stdout
    assert "wrong source" in told
    assert "> Are caseloads too high?" in told
    assert "Note: See page 7. evil name" in told
    assert not set(told) & {"\x1b", "\x07", "\u202e"}
    first, second = bench.records("feedback")
    assert first["judged"] == "wrong_source"
    assert isinstance(first["answer"], dict)
    assert first["answer"]["citations"][0]["sha256"] == REPORT.sha256
    assert isinstance(second["golden"], dict)
