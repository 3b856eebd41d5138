"""The commands on packs: what they print, write and keep."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import exported
import fakes
import pytest
from click.testing import CliRunner, Result

from rag.errors import UnclearSubject
from rag.packs.build import OnProgress, PackProgress, Step
from rag.packs.edits import AS_MADE, left_out, reworded
from rag.packs.types import Changes, History, Pack, Timeline
from rag.records.packs import from_record
from rag.saved.packs import SavedPacks
from ui.cli.main import main
from ui.cli.services import Services
from ui.cli.wrapping import WIDTH
from ui.pack_service import OnPair, PackRequest, Sources


@dataclass
class FakePacking:
    """Makes the pack of the tests, whatever is asked for; "nobody" is unclear."""

    folder: Path
    asked: list[PackRequest] = field(default_factory=list)
    years: tuple[int | None, int | None] = (None, None)

    def saved(self) -> SavedPacks:
        return SavedPacks(self.folder)

    def pack(self, asked: PackRequest, progress: OnProgress) -> Pack:
        self._note(asked)
        progress(PackProgress(Step.JUDGEMENTS, 0, 6))
        return exported.pack()

    def history(self, asked: PackRequest) -> tuple[History, Sources]:
        self._note(asked)
        return exported.history(), exported.sources()

    def timeline(self, asked: PackRequest) -> tuple[Timeline, Sources]:
        self._note(asked)
        made = exported.timeline()
        return (made, exported.sources())

    def changes(
        self, asked: PackRequest, first: int | None, last: int | None, on_pair: OnPair
    ) -> tuple[tuple[Changes, ...], Sources]:
        self._note(asked)
        self.years = first, last
        on_pair(0, 1)
        return (exported.changes(),), exported.sources()

    def _note(self, asked: PackRequest) -> None:
        if "nobody" in asked.words:
            raise UnclearSubject(f"Name one council. {fakes.HOSTILE}\x1b[31m")
        self.asked.append(asked)


@pytest.fixture
def packing(tmp_path: Path) -> FakePacking:
    return FakePacking(tmp_path / "library")


def run(packing: FakePacking, *words: str) -> Result:
    services = Services(open_packing=lambda settings: packing)  # type: ignore[arg-type,return-value]
    return CliRunner().invoke(main, ["--library", str(packing.folder), *words], obj=services)


def records(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_pack_is_printed_and_kept(packing: FakePacking) -> None:
    result = run(
        packing, "pack", "care leavers in Fallowmere", "--topic", "housing", "--year", "2023"
    )
    assert packing.asked == [PackRequest("care leavers in Fallowmere", topic="housing", year=2023)]
    for words in ("QUESTIONS TO ASK", "JUDGEMENTS OVER TIME", "TIMELINE", "“Caseloads in team 1"):
        assert words in result.stdout
    assert "Kept as pack 1" in result.stderr
    assert max(map(len, result.stdout.splitlines())) <= WIDTH
    assert [each.number for each in packing.saved().listed()] == [1]


def test_a_pack_as_json_is_a_record_that_is_read_back(packing: FakePacking) -> None:
    (told,) = records(run(packing, "pack", "Fallowmere", "--json"))
    assert told["number"] == 1
    assert from_record(Pack, told) == packing.saved().get(1).pack


@pytest.mark.parametrize("ending", ["docx", "pdf", "md"])
def test_a_pack_is_written_as_a_file(packing: FakePacking, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"pack.{ending}"
    assert run(packing, "pack", "Fallowmere", "--json", "--out", str(out)).exit_code == 0
    begins = {"docx": b"PK\x03\x04", "pdf": b"%PDF-", "md": b"# Care leavers in Fallowmere"}
    assert out.read_bytes().startswith(begins[ending])


def test_nothing_asked_for_is_a_mistake_and_nothing_is_kept(packing: FakePacking) -> None:
    assert run(packing, "pack").exit_code == 2
    assert run(packing, "pack", "Fallowmere", "--out", "pack.csv").exit_code == 2
    assert not packing.saved().listed()


def test_what_is_unclear_is_one_sentence_without_escapes(packing: FakePacking) -> None:
    result = run(packing, "pack", "nobody")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: Name one council.")
    assert "\x1b" not in result.stderr
    assert not packing.saved().listed()


def test_packs_are_listed_shown_as_arranged_and_removed(
    packing: FakePacking, tmp_path: Path
) -> None:
    assert "No pack is kept" in run(packing, "packs", "list").stdout
    run(packing, "pack", "Fallowmere")
    pack = exported.pack()
    told = reworded(pack, left_out(AS_MADE, "key-1"), "key-2", "Who answers for this?")
    packing.saved().arrange(1, told)
    assert "   1  22 November 2026    care leavers" in run(packing, "packs", "list").stdout
    (line,) = records(run(packing, "packs", "list", "--json"))
    assert line == {
        "number": 1, "subject": pack.subject, "council": "Fallowmere", "made": pack.made,
    }  # fmt: skip
    shown = run(packing, "packs", "show", "1").stdout
    assert "Who answers for this?" in shown
    assert "put into these words by whoever prepared the pack" in shown
    assert "in team 1" not in shown
    assert run(packing, "packs", "show", "1", "--out", str(tmp_path / "p.md")).exit_code == 0
    assert "removed pack 1 for good" in run(packing, "packs", "remove", "1").stdout
    gone = run(packing, "packs", "show", "1")
    assert (gone.exit_code, "No pack of the number 1" in gone.stderr) == (1, True)


@pytest.mark.parametrize(
    ("command", "kind", "words"),
    [
        ("record", History, "Under ILACS, with an overall judgement"),
        ("timeline", Timeline, "The event of number 3 came about."),
        ("changes", Changes, "3 items: 1 improved"),
    ],
)
def test_a_part_is_printed_as_text_as_json_and_as_a_table(
    packing: FakePacking, tmp_path: Path, command: str, kind: type[object], words: str
) -> None:
    assert words in run(packing, command, "Fallowmere").stdout
    (told,) = records(run(packing, command, "Fallowmere", "--json"))
    assert isinstance(from_record(kind, told), kind)
    out = tmp_path / "part.csv"
    assert run(packing, command, "Fallowmere", "--out", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_years_to_compare_are_passed_on(packing: FakePacking) -> None:
    run(packing, "changes", "Fallowmere", "--from", "2019", "--to", "2023")
    assert packing.years == (2019, 2023)
    run(packing, "timeline", "Fallowmere", "--topic", "care leavers")
    assert packing.asked[-1] == PackRequest("Fallowmere", topic="care leavers")


def test_what_a_document_says_cannot_command_the_terminal(packing: FakePacking) -> None:
    said = run(packing, "timeline", "Fallowmere").stdout
    assert "\x1b" not in said


def test_a_command_that_embeds_nothing_does_not_wait_for_the_encoder(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom ui.cli.main import main\n"
        f"main(['--library', {str(tmp_path)!r}, 'packs', 'list'], standalone_mode=False)\n"
        "import ui.pack_service\n"
        "assert not {'torch', 'streamlit', 'altair'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)
