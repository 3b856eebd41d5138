"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import ARTICLE, HOSTILE, REPORT, FakeDesk, documents

from ingest.events import IngestEvent, IngestOutcome, IngestProgress, IngestTotals, Status
from rag.errors import UnknownDocument
from rag.question.filters import EVERYTHING, Filters
from rag.settings import Settings
from rag.types import Document, Hit, Passage, Sentence, Span
from ui.cli.batch import BadBatch, read_batch
from ui.cli.main import main
from ui.cli.services import Services
from ui.cli.wrapping import WIDTH
from ui.wording.printable import printable

SENTENCE = Sentence("Caseloads are too high.", (Span(5, 0, 23),))
HIT = Hit(Passage(REPORT.document, 3, (SENTENCE,), "Leadership", "23"), 0.75)


@dataclass
class ShelfOfThree:
    """A library that can list and show."""

    held: list[Document] = field(default_factory=lambda: list(documents()))

    def documents(self) -> tuple[Document, ...]:
        return tuple(self.held)

    def document(self, name: str) -> Document:
        for document in self.held:
            if document.name == name:
                return document
        raise UnknownDocument(f"The library holds no document called {name!r}.")

    def passages(self, name: str) -> tuple[Passage, ...]:
        return (HIT.passage,)


class SearchingDesk(FakeDesk):
    """The shared fake, with a search and a library that holds pages."""

    def __init__(self) -> None:
        super().__init__()
        self.library = ShelfOfThree()

    def search(
        self, question: str, k: int = 10, *, filters: Filters = EVERYTHING
    ) -> tuple[Hit, ...]:
        self.filters.append(filters)
        if question == "crash":
            raise RuntimeError("a bug with a \x1b[31msecret\x1b[0m")
        return (HIT,)[:k]

    def page_text(self, document: str, page: int) -> str | None:
        return REPORT.context if (document, page) == (REPORT.document, REPORT.page) else None


@dataclass
class Bench:
    """Runs commands on fakes and keeps what they were given."""

    folder: Path
    desk: SearchingDesk = field(default_factory=SearchingDesk)
    outcomes: tuple[IngestOutcome, ...] = ()
    calls: list[object] = field(default_factory=list)

    def run(self, *words: str, feed: str | None = None) -> Result:
        services = Services(
            open_desk=lambda settings: self.desk,  # type: ignore[arg-type,return-value]
            open_library=lambda settings: self.desk.library,  # type: ignore[arg-type,return-value]
            ingest=self.ingest,
            serve=self.serve,
        )
        args = ["--library", str(self.folder), *words]
        return CliRunner().invoke(main, args, obj=services, input=feed)

    def ingest(
        self,
        sources: Sequence[str],
        settings: Settings,
        *,
        prune: bool,
        on_event: Callable[[IngestEvent], None],
    ) -> IngestTotals:
        self.calls.append((tuple(sources), settings.library, prune))
        for done, outcome in enumerate(self.outcomes, 1):
            on_event(IngestProgress(done, len(self.outcomes), outcome.document))
            on_event(outcome)
        counts = {s: sum(o.status is s for o in self.outcomes) for s in Status}
        return IngestTotals(counts, sum(o.passages for o in self.outcomes), 3, 1.25)

    def serve(self, library: Path, *, address: str, port: int, open_browser: bool) -> None:
        self.calls.append((library, address, port, open_browser))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "library")


def records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


ADDED = IngestOutcome("a.pdf", Status.ADDED, passages=4, pages=3)
REFUSED = IngestOutcome("b.pdf", Status.REFUSED, "It is damaged. Download it again.")


def test_ingest_prints_a_line_for_each_file_and_the_sums(bench: Bench) -> None:
    bench.outcomes = (ADDED, REFUSED)
    result = bench.run("ingest", "reports", "--prune")
    assert result.exit_code == 0
    assert "added     a.pdf (3 pages, 4 passages)" in result.stdout
    assert "refused   b.pdf: It is damaged. Download it again." in result.stdout
    assert "1 added, 1 refused; 3 pages and 4 passages taken in, 1.2 s" in result.stdout
    assert bench.calls == [(("reports",), bench.folder, True)]


def test_ingest_as_json_keeps_to_the_contract(bench: Bench) -> None:
    bench.outcomes = (ADDED,)
    assert records(bench.run("ingest", "a.pdf", "--json")) == [
        {"document": "a.pdf", "status": "added", "reason": "", "passages": 4, "pages": 3},
        {
            "totals": {
                "documents": 1, "added": 1, "unchanged": 0, "replaced": 0, "duplicate": 0,
                "refused": 0, "removed": 0, "stopped": 0, "passages": 4, "pages": 3,
                "seconds": 1.25,
            }
        },
    ]  # fmt: skip


@pytest.mark.parametrize("outcomes", [(REFUSED, REFUSED), ()])
def test_ingest_fails_when_nothing_could_be_taken_in(
    bench: Bench, outcomes: tuple[IngestOutcome, ...]
) -> None:
    bench.outcomes = outcomes
    assert bench.run("ingest", "x").exit_code == 1


def test_an_answer_is_grouped_by_voice_with_its_sources_below(bench: Bench) -> None:
    said = bench.run("ask", "Are caseloads too high?").stdout
    order = ["Inspection findings", "The council's own words", "Press reports", "What follows"]
    order += ["Sources", "[1] ", "page 5, paragraph 23", "“Caseloads", "Searched 4 documents"]
    places = [said.index(words) for words in order]
    at = said.index("Sources")
    assert places[:4] == sorted(places[:4])
    assert said.index("“Caseloads") > at
    assert max(len(line) for line in said.splitlines()) <= WIDTH


def test_a_refusal_says_what_was_searched_and_what_came_nearest(bench: Bench) -> None:
    result = bench.run("ask", "Who won the cup?")
    assert result.exit_code == 0
    assert "The documents do not say" in result.stdout
    assert "The nearest that was found" in result.stdout
    assert ARTICLE.quote[:30] in result.stdout


def test_what_a_document_says_cannot_command_the_terminal(bench: Bench) -> None:
    said = bench.run("ask", "hostile").stdout
    assert "\x1b" not in said
    assert HOSTILE.split(" ")[0] in said  # shown as what it is


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("\x1b]0;title\x07x\x1b]8;;http://e\x1b\\link", "xlink"),
        ("\x9b31mred\x85 next", "red next"),
        ("over\rwritten\x08\x00", "over written"),
        ("left\u202eright\u200b", "leftright"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("plain £5 – “quoted”", "plain £5 – “quoted”"),
    ],
)
def test_escape_sequences_and_control_characters_are_not_printed(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_an_answer_as_json_is_one_line(bench: Bench) -> None:
    (record,) = records(bench.run("ask", "Are caseloads too high?", "--json"))
    assert record["answered"] is True
    assert "id" not in record
    assert record["question"] == "Are caseloads too high?"


def test_a_batch_answers_questions_and_conversations_in_one_process(bench: Bench) -> None:
    feed = '{"id": "q1", "question": "caseloads?"}\n\n' + json.dumps(
        {"id": 7, "turns": [{"user": "caseloads?"}, {"user": "And in 2021?"}]}
    )
    first, second = records(bench.run("ask", "--json", "--from", "-", feed=feed))
    assert (first["id"], first["answered"]) == ("q1", True)
    assert second["id"] == 7
    assert [turn["question"] for turn in second["turns"]] == ["caseloads?", "And in 2021?"]  # type: ignore[attr-defined]
    assert bench.desk.asked == [("caseloads?", 0), ("caseloads?", 0), ("And in 2021?", 1)]


def test_a_batch_is_readable_too(bench: Bench, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": "q1", "question": "caseloads?"}\n', encoding="utf-8")
    said = bench.run("ask", "--from", str(batch)).stdout
    assert "[q1]" in said
    assert "> caseloads?" in said
    assert "[q1]" in bench.run("search", "--from", str(batch)).stdout


@pytest.mark.parametrize(
    "line", ["{", "[]", "3", '{"id": 1}', '{"question": ""}', '{"turns": []}', '{"turns": [1]}']
)
def test_a_bad_line_of_a_batch_is_named_before_anything_is_asked(line: str) -> None:
    with pytest.raises(BadBatch, match="Line 2"):
        read_batch(['{"question": "q"}', line])


def test_a_batch_that_is_not_utf8_is_refused(bench: Bench, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_bytes(b'{"question": "caf\xe9"}')
    result = bench.run("ask", "--from", str(batch))
    assert result.exit_code == 1
    assert "save it as UTF-8" in result.stderr


def test_search_prints_places_or_the_record_of_the_contract(bench: Bench) -> None:
    said = bench.run("search", "caseloads", "-k", "1").stdout
    assert said.startswith(f"1. {REPORT.document}, page 5, paragraph 23 (0.750)")
    (record,) = records(bench.run("search", "caseloads", "--json"))
    assert record["question"] == "caseloads"
    assert record["hits"][0] == {  # type: ignore[index]
        "document": REPORT.document, "page": 5, "text": SENTENCE.text, "score": 0.75,
        "paragraph": "23", "heading": "Leadership",
    }  # fmt: skip
    (batched,) = records(
        bench.run("search", "--json", "--from", "-", feed='{"id": "a", "question": "x"}')
    )
    assert batched["id"] == "a"


def test_the_library_is_listed_and_shown(bench: Bench) -> None:
    listed = bench.run("library", "list").stdout
    assert "4 March 2024" in listed
    assert REPORT.document in listed
    shown = bench.run("library", "show", REPORT.document)
    assert "1 pages, 1 passages" in shown.stdout
    assert "inspection report" in shown.stdout


def test_the_library_as_json_tells_everything_known(bench: Bench) -> None:
    first, *_ = records(bench.run("library", "list", "--json"))
    assert (first["document"], first["kind"]) == (
        "reports/fallowmere-2021.pdf",
        "inspection_report",
    )
    assert (first["published"], first["councils"]) == (date(2021, 2, 1).isoformat(), ["Fallowmere"])
    (shown,) = records(bench.run("library", "show", REPORT.document, "--json"))
    assert (shown["pages"], shown["passages"]) == (1, 1)


def test_an_empty_library_says_what_to_do(bench: Bench) -> None:
    bench.desk.library.held.clear()
    assert "scrutiny ingest" in bench.run("library", "list").stdout


def test_serve_stays_on_this_machine_unless_told(bench: Bench) -> None:
    bench.run("serve")
    bench.run("serve", "--port", "8600", "--address", "0.0.0.0", "--open")
    assert bench.calls == [
        (bench.folder, "127.0.0.1", 8501, False),
        (bench.folder, "0.0.0.0", 8600, True),
    ]


def test_eval_prints_a_table_or_json_and_writes_a_record(bench: Bench, tmp_path: Path) -> None:
    row = {
        "id": "q1", "question": "caseloads?", "category": "number", "answerable": True,
        "accept": [["nothing like it"]], "doc": REPORT.document, "page": 5, "quote": REPORT.quote,
    }  # fmt: skip
    (tmp_path / "qa.jsonl").write_text(json.dumps(row), encoding="utf-8")
    out = tmp_path / "record.json"
    result = bench.run("eval", str(tmp_path), "--misses", "--record", str(out))
    assert result.exit_code == 0
    assert "page hit@1" in result.stdout
    assert "q1 wrong, quote not on its page: caseloads?" in result.stdout
    assert json.loads(out.read_text("utf-8"))["questions"][0]["cited"] is True
    (record,) = records(bench.run("eval", str(tmp_path), "--json"))
    assert "search" in record["scores"]  # type: ignore[operator]
    unwritable = bench.run("eval", str(tmp_path), "--record", str(tmp_path / "no" / "x"))
    assert (unwritable.exit_code, "cannot be written" in unwritable.stderr) == (1, True)


def test_an_error_is_one_clean_sentence(bench: Bench) -> None:
    result = bench.run("library", "show", "no such\x1b[2J thing")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "holds no document called" in result.stderr
    assert "\x1b" not in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bug_is_one_line_and_a_log(bench: Bench) -> None:
    result = bench.run("search", "crash")
    log = bench.folder / "errors.log"
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "Something unexpected went wrong (RuntimeError)" in result.stderr
    assert str(log) in result.stderr
    assert "RuntimeError" in log.read_text("utf-8")
    assert "questions.py" in log.read_text("utf-8")


def test_a_bug_is_one_line_even_where_no_log_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file stands where the folder should be")
    services = Services(open_desk=lambda settings: SearchingDesk())  # type: ignore[arg-type,return-value]
    result = CliRunner().invoke(
        main, ["search", "crash"], obj=services, env={"SCRUTINY_LIBRARY": str(tmp_path / "library")}
    )
    assert result.exit_code == 1
    assert result.stderr == "Error: Something unexpected went wrong (RuntimeError).\n"


@pytest.mark.parametrize(
    "words",
    [
        ["ask"],
        ["ask", " "],
        ["ask", "q", "--from", "-"],
        ["ask", "--from", "no-such-file.jsonl"],
        ["search", "q", "-k", "0"],
        ["ingest"],
        ["nonsense"],
        ["serve", "--port", "99999"],
        ["eval", "no-such-folder"],
    ],
)
def test_a_mistake_in_the_command_has_exit_code_2(bench: Bench, words: list[str]) -> None:
    result = bench.run(*words, feed="")
    assert result.exit_code == 2
    assert "Error:" in result.stderr


def test_a_bad_setting_is_a_clean_error(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRUTINY_READ_SECONDS", "soon")
    result = bench.run("library", "list")
    assert result.exit_code == 1
    assert "SCRUTINY_READ_SECONDS is 'soon'" in result.stderr


@pytest.mark.parametrize(
    "words", [[], ["ingest"], ["ask"], ["search"], ["library"], ["serve"], ["eval"]]
)
def test_every_command_explains_itself(bench: Bench, words: list[str]) -> None:
    result = bench.run(*words, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


@pytest.mark.parametrize("words", [[], ["ingest"]])
def test_the_help_says_which_exit_code_means_what(bench: Bench, words: list[str]) -> None:
    assert "xit code" in bench.run(*words, "--help").stdout


def test_the_version_is_shown(bench: Bench) -> None:
    assert bench.run("--version").stdout.startswith("scrutiny 0.")


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    heavy = ("torch", "chromadb", "streamlit", "langchain_core", "trafilatura", "pypdfium2")
    code = f"import sys, ui.cli.main; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
