"""`--out FILE`: what a command found as a file, written whole or not at all."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

import docx
import fakes
import pytest
from click.testing import CliRunner, Result

from rag.errors import ExportError
from rag.question.filters import EVERYTHING, Filters
from rag.types import Document, Verdict
from ui.cli.file_output import write
from ui.cli.main import main
from ui.cli.services import Services
from ui.export.formats import now
from ui.export.paper import Paper


@dataclass
class Shelf:
    """A library that lists what it holds."""

    def documents(self) -> tuple[Document, ...]:
        return fakes.documents()


@dataclass
class Desk(fakes.FakeDesk):
    """The shared fake with a library."""

    library: Shelf = field(default_factory=Shelf)

    def check(self, *claims: str, filters: Filters = EVERYTHING) -> tuple[Verdict, ...]:
        checked = (part for claim in claims for part in self.check_speech(claim, filters=filters))
        return tuple(part.verdict for part in checked if part.verdict)


def run(*words: str, feed: str | None = None) -> Result:
    services = Services(open_desk=lambda settings: Desk())  # type: ignore[arg-type,return-value]
    return CliRunner().invoke(main, words, obj=services, input=feed)


def written(path: Path) -> str:
    """The words of an exported Word file."""
    return "\n".join(each.text for each in docx.Document(str(path)).paragraphs)


@pytest.mark.parametrize("to", ["docx", "pdf", "md"])
def test_an_answer_is_printed_and_written(tmp_path: Path, to: str) -> None:
    out = tmp_path / f"answer.{to}"
    result = run("ask", "Are caseloads too high?", "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert fakes.REPORT.quote[:30] in result.stdout
    assert result.stderr == f"Written: {out}\n"
    assert out.stat().st_size > 500
    assert [each.name for each in tmp_path.iterdir()] == [out.name]


def test_json_stays_json_with_a_file_beside_it(tmp_path: Path) -> None:
    result = run("ask", "Are caseloads too high?", "--json", "--out", str(tmp_path / "a.md"))
    assert result.stdout.startswith('{"question"')


def test_a_conversation_of_a_batch_is_one_file(tmp_path: Path) -> None:
    out = tmp_path / "talk.docx"
    turns = (
        '{"id": 1, "turns": [{"user": "Are caseloads too high?"}, {"user": "Who won the cup?"}]}'
    )
    assert run("ask", "--from", "-", "--out", str(out), feed=turns).exit_code == 0
    assert "Question 2: Who won the cup?" in written(out)


def test_a_check_is_written_as_a_paper_and_as_a_table(tmp_path: Path) -> None:
    text = "Caseloads are too high. The council promised 42 posts."
    assert run("check", text, "--out", str(tmp_path / "c.docx")).exit_code == 0
    assert "Claim 2: contradicted" in written(tmp_path / "c.docx")
    assert run("check", text, "--out", str(tmp_path / "c.csv")).exit_code == 0
    content = (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    assert {row[2] for row in csv.reader(io.StringIO(content))} == {
        "Verdict", "Supported", "Contradicted",
    }  # fmt: skip


def test_one_claim_is_written_too(tmp_path: Path) -> None:
    assert run("check", "Caseloads are too high.", "--out", str(tmp_path / "c.docx")).exit_code == 0
    assert "Claim 1: supported" in written(tmp_path / "c.docx")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.txt", "must end in one of .docx, .pdf and .md"),
        ("a.csv", "must end in one of .docx, .pdf and .md"),
        ("nowhere/a.pdf", "There is no folder"),
        ("folder.pdf", "is a folder"),
    ],
)
def test_a_file_that_cannot_be_is_told_before_anything_is_asked(
    tmp_path: Path, name: str, message: str
) -> None:
    (tmp_path / "folder.pdf").mkdir()
    result = run("ask", "Are caseloads too high?", "--out", str(tmp_path / name))
    assert result.exit_code == 2
    assert message in result.stderr
    assert not result.stdout


def test_a_batch_of_several_is_no_one_file(tmp_path: Path) -> None:
    two = '{"id": 1, "question": "a"}\n{"id": 2, "question": "b"}\n'
    result = run("ask", "--from", "-", "--out", str(tmp_path / "a.md"), feed=two)
    assert result.exit_code == 2
    claims = '{"id": 1, "claim": "a"}\n'
    assert run("check", "--from", "-", "--out", str(tmp_path / "a.md"), feed=claims).exit_code == 2


def paper(title: str = "A paper") -> Paper:
    return Paper(title, "", now(), (), ())


def test_a_file_of_that_name_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    out = tmp_path / "a.md"
    out.write_text("old")
    out.chmod(0o640)
    write(paper(), out)
    assert out.read_text().startswith("# A paper")
    assert out.stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.md"
    out.write_text("old")

    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(13, "The file is in use")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(ExportError, match="If it is open in another program, close it"):
        write(paper(), out)
    assert out.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    write(paper(), tmp_path / "link.md")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text().startswith("# A paper")


def test_the_moment_of_a_paper_has_no_parts_of_a_second() -> None:
    assert paper().made.microsecond == 0
