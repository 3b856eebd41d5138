"""Folders of files go in, each document in whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from places import SUPPORT
from reportlab.pdfgen.canvas import Canvas
from shared_data import BrokenEmbedder, WordEmbedder, real_embedder, vectors_held

from ingest.events import (
    IngestEvent,
    IngestExpected,
    IngestOutcome,
    IngestProgress,
    IngestTotals,
    ReadingStarted,
    Status,
)
from ingest.pipeline import ENCODE_BETWEEN_LOOKS, ingest
from ingest.sources.upload import Upload
from rag.desk import Desk
from rag.errors import LibraryLocked, ModelMismatch
from rag.library.encoder import Embedder, Vectors
from rag.library.library import Library
from rag.settings import Settings
from rag.types import Kind

pytestmark = pytest.mark.slow


def text_of(n: int, paragraphs: int = 6) -> str:
    chance = random.Random(n)
    words = ["caseloads", "children", "leaders", "plans", "visits", "courts", "schools", "carers"]
    return "\n\n".join(
        f"Finding {p} of report {n}. " + " ".join(chance.choices(words, k=60)) + "."
        for p in range(paragraphs)
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "docs"
    made.mkdir()
    for n in range(4):
        (made / f"report-{n}.txt").write_text(text_of(n))
    return made


class Run:
    """Ingests into one library and remembers what was reported."""

    def __init__(self, settings: Settings, embedder: Embedder | None = None) -> None:
        self.settings = settings
        self.embedder = embedder or WordEmbedder()
        self.library = Library(settings.library, self.embedder)
        self.events: list[IngestEvent] = []

    def __call__(
        self,
        *sources: Path | str | Upload,
        prune: bool = False,
        again: bool = False,
        stop: Callable[[], bool] = lambda: False,
    ) -> dict[str, Status]:
        self.events.clear()
        self.totals: IngestTotals = ingest(
            [source if isinstance(source, Upload) else str(source) for source in sources],
            self.settings,
            prune=prune,
            again=again,
            stop=stop,
            on_event=self.events.append,
            library=self.library,
        )
        return {one.document: one.status for one in self.outcomes}

    @property
    def outcomes(self) -> list[IngestOutcome]:
        return [one for one in self.events if isinstance(one, IngestOutcome)]

    @property
    def held(self) -> list[str]:
        return [document.name for document in self.library.documents()]

    @property
    def refused(self) -> dict[str, str]:
        return {one.name: one.reason for one in self.library.refused()}


@pytest.fixture
def run(settings: Settings) -> Run:
    return Run(settings)


def test_a_folder_is_added_then_unchanged_without_encoding_again(folder: Path, run: Run) -> None:
    assert set(run(folder).values()) == {Status.ADDED}
    assert run.totals.count(Status.ADDED) == 4
    assert run.totals.passages == sum(vectors_held(run.library)) / 2
    assert [e.done for e in run.events if isinstance(e, IngestProgress)] == [1, 2, 3, 4]
    assert isinstance(run.embedder, WordEmbedder)
    before = len(run.embedder.encoded)
    assert set(run(folder).values()) == {Status.UNCHANGED}
    assert len(run.embedder.encoded) == before
    assert run.outcomes[0].passages > 0


def test_a_changed_file_is_replaced(folder: Path, run: Run) -> None:
    run(folder)
    (folder / "report-1.txt").write_text("It says something else now.")
    assert run(folder)["report-1.txt"] is Status.REPLACED
    assert [p.text for p in run.library.passages("report-1.txt")] == ["It says something else now."]
    held, passages = vectors_held(run.library)
    assert held == passages
    originals = list((run.settings.library / "originals").iterdir())
    assert len(originals) == 4, "the file of the old version is gone"


def test_a_copy_is_not_taken_in_twice(folder: Path, run: Run) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "copy.txt").write_bytes((folder / "report-0.txt").read_bytes())
    assert run(folder)["sub/copy.txt"] is Status.DUPLICATE
    assert "report-0.txt" in run.outcomes[-1].reason or any(
        "report-0.txt" in one.reason for one in run.outcomes
    )
    assert run(folder)["sub/copy.txt"] is Status.DUPLICATE
    assert len(run.held) == 4


def test_a_file_that_became_a_copy_no_longer_answers_as_it_was(folder: Path, run: Run) -> None:
    run(folder)
    (folder / "report-1.txt").write_bytes((folder / "report-0.txt").read_bytes())
    assert run(folder)["report-1.txt"] is Status.DUPLICATE
    assert "report-1.txt" not in run.held


@pytest.mark.parametrize("prune", [True, False])
def test_a_renamed_file_is_held_under_its_new_name(folder: Path, run: Run, prune: bool) -> None:
    run(folder)
    (folder / "report-2.txt").rename(folder / "renamed.txt")
    assert run(folder, prune=prune)["renamed.txt"] is Status.REPLACED
    assert "It was held as report-2.txt." in {one.reason for one in run.outcomes}
    assert run.held == ["renamed.txt", "report-0.txt", "report-1.txt", "report-3.txt"]
    held, passages = vectors_held(run.library)
    assert held == passages
    assert set(run(folder, prune=prune).values()) == {Status.UNCHANGED}


def test_two_files_that_swapped_names_are_told_apart(folder: Path, run: Run) -> None:
    run(folder)
    one, other = folder / "report-0.txt", folder / "report-1.txt"
    texts = one.read_text(), other.read_text()
    one.write_text(texts[1])
    other.write_text(texts[0])
    run(folder)
    assert "report 1" in (run.library.page_text("report-0.txt", 1) or "")
    assert "report 0" in (run.library.page_text("report-1.txt", 1) or "")


def test_what_is_gone_is_removed_only_on_request(folder: Path, run: Run) -> None:
    run(folder)
    (folder / "report-3.txt").unlink()
    assert "report-3.txt" not in run(folder)
    assert "report-3.txt" in run.held
    assert run(folder, prune=True)["report-3.txt"] is Status.REMOVED
    assert "report-3.txt" not in run.held


def test_pruning_an_emptied_folder_removes_all_that_came_from_it(
    folder: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "kept.txt").write_text("Words that stay.")
    run(folder, tmp_path / "other")
    for path in folder.iterdir():
        path.unlink()
    run(folder, prune=True)
    assert run.held == ["kept.txt"]


def test_pruning_spares_the_folder_of_a_file_named_alone(folder: Path, run: Run) -> None:
    run(folder)
    (folder / "report-3.txt").unlink()
    run(folder / "report-0.txt", prune=True)
    assert "report-3.txt" in run.held


def test_a_file_named_alone_is_the_same_document_as_in_its_folder(folder: Path, run: Run) -> None:
    run(folder / "report-0.txt")
    assert run(folder)["report-0.txt"] is Status.UNCHANGED


def test_files_of_one_name_from_several_folders_are_all_held(tmp_path: Path, run: Run) -> None:
    folders = [tmp_path / year / "reports" for year in ("2022", "2023", "2024")]
    for n, one in enumerate(folders):
        one.mkdir(parents=True)
        (one / "x.txt").write_text(text_of(n))
    for _ in range(2):
        run(*folders)
        assert run.held == ["2024/reports/x.txt", "reports/x.txt", "x.txt"]
    assert set(run(*folders, prune=True).values()) == {Status.UNCHANGED}


def test_a_manifest_edited_later_is_followed_without_encoding(folder: Path, run: Run) -> None:
    run(folder)
    assert isinstance(run.embedder, WordEmbedder)
    before = len(run.embedder.encoded)
    (folder / "manifest.toml").write_text(
        '["report-0.txt"]\ntitle = "Inspection of Wrenmoor"\nkind = "inspection_report"\n'
        "published = 2024-07-29\n"
    )
    assert run(folder)["report-0.txt"] is Status.UNCHANGED
    described = run.library.document("report-0.txt").description
    assert (described.title, described.kind) == ("Inspection of Wrenmoor", Kind.INSPECTION_REPORT)
    assert len(run.embedder.encoded) == before
    assert run.library.matching(["wrenmoor"], 3)


def test_bad_files_are_named_and_the_rest_goes_on(folder: Path, run: Run) -> None:
    (folder / "empty.pdf").touch()
    (folder / "locked.docx").write_bytes(b"\0" * 5000)
    (folder / "dots.txt").write_text("... --- ...")
    statuses = run(folder, "no/such.txt")
    refused = {name for name, status in statuses.items() if status is Status.REFUSED}
    assert refused == {"empty.pdf", "locked.docx", "dots.txt", "no/such.txt"}
    assert all(one.reason for one in run.outcomes if one.status is Status.REFUSED)
    assert len(run.held) == 4


def test_a_replacement_that_cannot_be_read_leaves_the_old_document(folder: Path, run: Run) -> None:
    run(folder)
    (folder / "report-0.txt").write_bytes(b"")
    assert run(folder)["report-0.txt"] is Status.REFUSED
    assert "report-0.txt" in run.held


def test_articles_that_restate_a_report_are_linked(folder: Path, run: Run) -> None:
    text = (folder / "report-0.txt").read_text()
    (folder / "article.txt").write_text(f"Inspectors have reported today.\n\n{text}")
    run(folder)
    assert run.library.document("article.txt").related == ("report-0.txt",)


def test_an_embedder_that_breaks_leaves_the_library_as_it_was(folder: Path, run: Run) -> None:
    run(folder)
    (folder / "new.txt").write_text("Something new is said here.")
    (folder / "report-0.txt").write_text("Something else is said here.")
    broken = Run(run.settings, BrokenEmbedder())
    with pytest.raises(RuntimeError):
        broken(folder)
    assert run.held == [f"report-{n}.txt" for n in range(4)]
    assert "Finding 0" in (run.library.page_text("report-0.txt", 1) or "")
    assert run(folder)["new.txt"] is Status.ADDED


def test_another_model_and_another_writer_are_told_before_anything_is_read(
    folder: Path, run: Run
) -> None:
    run(folder)
    with pytest.raises(ModelMismatch):
        Run(run.settings, WordEmbedder("another"))(folder)
    other = Run(run.settings)
    with run.library.writing(), pytest.raises(LibraryLocked):
        other(folder)


@pytest.mark.encoder
def test_a_pdf_goes_all_the_way_with_the_real_model(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    canvas = Canvas(str(folder / "report.pdf"))
    for n, line in enumerate(
        ["Caseloads are too high in the assessment teams.", "Care leavers are well housed."]
    ):
        canvas.drawString(72, 700, line)
        canvas.drawString(300, 30, str(n + 1))
        canvas.showPage()
    canvas.save()
    run = Run(settings, real_embedder())
    assert run(folder) == {"report.pdf": Status.ADDED}
    vector = real_embedder().encode(["Do social workers have too many cases?"])[0].tolist()
    ((key, cosine), *_) = run.library.nearest(vector, 2)
    (passage,) = run.library.passages_at([key]).values()
    assert passage.page == 1
    assert cosine > 0.3
    (_, page) = run.library.document("report.pdf").pages
    assert page.text == "Care leavers are well housed."


@pytest.mark.encoder
def test_a_figure_of_a_workbook_is_found_and_quoted_under_its_headings(
    folder: Path, settings: Settings
) -> None:
    book = openpyxl.Workbook()
    rows = (
        ("Fallowmere Council: housing scorecard",),
        (),
        ("Measure", "2023", "2024"),
        ("Homes let within 28 days", 0.71, 0.79),
        ("Empty homes brought back into use", 31, 48),
    )
    for row in rows:
        book.active.append(row)
    for cell in book.active[4][1:]:
        cell.number_format = "0%"
    book.save(folder / "housing.xlsx")
    run = Run(settings, real_embedder())
    assert set(run(folder).values()) == {Status.ADDED}
    answer = Desk(run.library).ask(
        "How many empty homes were brought back into use in Fallowmere in 2024?"
    )
    (citation, *_) = answer.citations
    assert citation.quote == "Empty homes brought back into use | 2023: 31 | 2024: 48"
    held = run.library.document("housing.xlsx").description
    assert held.title == "Fallowmere Council: housing scorecard"


def test_two_threads_search_while_one_ingests(folder: Path, run: Run) -> None:
    run(folder / "report-0.txt")
    vector = run.embedder.encode(["caseloads"])[0].tolist()
    errors: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                keys = [key for key, _ in run.library.nearest(vector, 5)]
                assert set(run.library.passages_at(keys)) == set(keys)
                assert run.library.matching(["caseload"], 5)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            errors.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    run(folder)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(run.held) == 4


# ---------------------------------------------------------------- what it tells


def test_every_document_is_expected_begun_and_ended(folder: Path, run: Run) -> None:
    (folder / "empty.pdf").touch()
    run(folder, "no/such.txt")
    names = ["empty.pdf", *(f"report-{n}.txt" for n in range(4)), "no/such.txt"]
    assert run.events[0] == IngestExpected(tuple(names))
    begun = [one.document for one in run.events if isinstance(one, ReadingStarted)]
    assert sorted(begun) == names[:-1], "what is not there is not read"
    for name in begun:
        ends = [n for n, one in enumerate(run.events) if isinstance(one, IngestOutcome)]
        (end,) = [n for n in ends if run.events[n].document == name]  # type: ignore[union-attr]
        assert run.events.index(ReadingStarted(name)) < end
    run(folder)
    assert [one.document for one in run.events if isinstance(one, ReadingStarted)] == ["empty.pdf"]


def test_a_file_given_twice_is_taken_in_once(folder: Path, run: Run) -> None:
    path = folder / "report-0.txt"
    run(path, path, folder)
    assert run.totals.count(Status.ADDED) == 4
    assert run.totals.count(Status.DUPLICATE) == 2
    assert run.totals.count() == 6


def test_copies_of_a_file_that_cannot_be_read_are_refused_and_take_nothing_away(
    folder: Path, run: Run
) -> None:
    run(folder)
    for name in ("report-0.txt", "report-1.txt"):
        (folder / name).write_bytes(b"")
    statuses = run(folder)
    assert [name for name, status in statuses.items() if status is Status.REFUSED] == [
        "report-0.txt", "report-1.txt",
    ]  # fmt: skip
    assert len(run.held) == 4


def test_what_is_held_is_read_again_on_request(folder: Path, run: Run) -> None:
    run(folder)
    assert set(run(folder, again=True).values()) == {Status.REPLACED}
    assert {one.reason for one in run.outcomes} == {"It was read again."}
    held, passages = vectors_held(run.library)
    assert held == passages


# ---------------------------------------------------------------- stopping


def test_what_was_not_read_when_it_was_stopped_is_named(folder: Path, run: Run) -> None:
    statuses = run(folder, stop=lambda: True)
    assert set(statuses.values()) == {Status.STOPPED}
    assert run.held == []
    run(folder / "report-0.txt")
    begun = run(folder, stop=lambda: any(isinstance(one, ReadingStarted) for one in run.events))
    assert set(begun.values()) == {Status.UNCHANGED, Status.STOPPED}
    assert run.totals.count(Status.STOPPED) == 3
    assert {one.reason for one in run.outcomes if one.status is Status.STOPPED} == {
        "It was not read: the reading was stopped."
    }
    progress = [one for one in run.events if isinstance(one, IngestProgress)]
    assert (progress[-1].done, progress[-1].total) == (4, 4)
    assert set(run(folder).values()) == {Status.UNCHANGED, Status.ADDED}


def test_what_was_held_before_a_stop_stays_whole(folder: Path, run: Run) -> None:
    for n in range(4, 40):
        (folder / f"report-{n}.txt").write_text(text_of(n, paragraphs=40))
    statuses = run(folder, stop=lambda: any(one.status is Status.ADDED for one in run.outcomes))
    added = sorted(name for name, status in statuses.items() if status is Status.ADDED)
    assert added
    assert added == run.held
    assert Status.STOPPED in statuses.values()
    assert len(statuses) == 40
    held, passages = vectors_held(run.library)
    assert held == passages


def test_a_document_is_not_encoded_to_its_end_when_it_is_stopped(
    folder: Path, settings: Settings
) -> None:
    pressed = threading.Event()

    class Pressing(WordEmbedder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            pressed.set()
            return super().encode(texts)

    run = Run(settings, Pressing())
    (folder / "long.txt").write_text(text_of(9, paragraphs=400))
    statuses = run(folder / "long.txt", stop=pressed.is_set)
    assert statuses == {"long.txt": Status.STOPPED}
    assert isinstance(run.embedder, WordEmbedder)
    assert len(run.embedder.encoded) == ENCODE_BETWEEN_LOOKS


def test_a_stop_takes_nothing_away(folder: Path, run: Run) -> None:
    run(folder)
    (folder / "report-2.txt").rename(folder / "report-9.txt")
    (folder / "report-3.txt").unlink()
    assert set(run(folder, prune=True, stop=lambda: True).values()) == {Status.STOPPED}
    begun = run(
        folder, prune=True, stop=lambda: any(isinstance(e, ReadingStarted) for e in run.events)
    )
    assert begun["report-9.txt"] is Status.STOPPED
    assert len(run.held) == 4


# ---------------------------------------------------------------- what is remembered


def test_refusals_are_remembered_until_the_document_is_held(folder: Path, run: Run) -> None:
    bad = folder / "bad.txt"
    bad.write_bytes(b"")
    (folder / "manifest.toml").write_text("not toml")
    run(folder, "no/such.txt", "http://127.0.0.1:1/a")
    (reason,) = (one.reason for one in run.outcomes if one.document == "bad.txt")
    assert run.refused["bad.txt"] == reason
    assert run.refused.keys() == {"bad.txt", "http://127.0.0.1:1/a"}, "documents, and no slips"
    bad.write_text("Now it has words.")
    run(folder)
    assert run.refused.keys() == {"http://127.0.0.1:1/a"}


def test_a_refusal_is_forgotten_when_the_old_file_is_back_or_is_a_copy(
    folder: Path, run: Run
) -> None:
    run(folder)
    whole = (folder / "report-0.txt").read_bytes()
    for name in ("report-0.txt", "report-1.txt"):
        (folder / name).write_bytes(b"")
    run(folder)
    assert run.refused.keys() == {"report-0.txt", "report-1.txt"}
    for name in ("report-0.txt", "report-1.txt"):
        (folder / name).write_bytes(whole)
    run(folder)
    assert run.refused == {}


def test_a_locked_library_is_no_refusal_of_a_document(folder: Path, run: Run) -> None:
    run(folder)
    other = Run(run.settings)
    with run.library.writing(), pytest.raises(LibraryLocked):
        other(folder)
    assert run.refused == {}


def edit(run: Run, name: str, **fields: object) -> None:
    """What the page does when a person edits a description."""
    held = run.library.document(name).description
    edited = held.edited | fields.keys()
    run.library.describe(name, replace(held, **fields, edited=edited))  # type: ignore[arg-type]


def test_what_a_person_has_set_outlives_replacing_renaming_and_manifests(
    folder: Path, run: Run
) -> None:
    run(folder)
    edit(run, "report-0.txt", title="The clerk's title", publisher="The clerk")
    (folder / "manifest.toml").write_text(
        '["report-0.txt"]\ntitle = "The manifest\'s"\nkind = "news"\n'
        '["renamed.txt"]\ntitle = "The manifest\'s"\nkind = "news"\n'
    )
    for change in ("manifest", "content", "name"):
        if change == "content":
            (folder / "report-0.txt").write_text("It says something else now.")
        if change == "name":
            (folder / "report-0.txt").rename(folder / "renamed.txt")
        run(folder)
        name = "renamed.txt" if change == "name" else "report-0.txt"
        told = run.library.document(name).description
        assert (told.title, told.publisher) == ("The clerk's title", "The clerk"), change
        assert told.kind is Kind.NEWS
        assert told.edited == {"title", "publisher"}
        assert not told.guessed & told.edited


# ---------------------------------------------------------------- kill -9

CHILD = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from shared_data import WordEmbedder
from ingest.pipeline import ingest
from rag.library import bm25, chroma, tables
from rag.library.library import Library
from rag.settings import Settings

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def dying(holder, name, *, after):
    whole, left = getattr(holder, name), [int(sys.argv[5])]
    def call(*args):
        if not after and not left[0]:
            die()
        made = whole(*args)
        if after and not left[0]:
            die()
        left[0] -= 1
        return made
    setattr(holder, name, call)

point = sys.argv[4]
if point == "before the vectors": dying(chroma.VectorStore, "add", after=False)
if point == "after the vectors": dying(chroma.VectorStore, "add", after=True)
if point == "inside the transaction": dying(bm25, "add", after=True)
if point == "after the commit": dying(Library, "_sweep", after=False)
if point == "before the old vectors go": dying(chroma.VectorStore, "remove", after=False)
if point == "after the old vectors went": dying(chroma.VectorStore, "remove", after=True)
if point == "before the links": dying(Library, "relate", after=False)
library = Library(Path(sys.argv[3]), WordEmbedder())
print("started", flush=True)
ingest([sys.argv[2]], Settings(library=Path(sys.argv[3])), library=library)
"""


def start(
    folder: Path, settings: Settings, point: str = "", calls: int = 0
) -> subprocess.Popen[str]:
    """Another process that ingests a folder, and dies at a point where one is named."""
    arguments = [str(SUPPORT), str(folder), str(settings.library), point, str(calls)]
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, *arguments], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == "started\n"
    return child


def expect_whole(run: Run, vector: Sequence[float]) -> None:
    """Whatever is held is held in whole, and nothing else is found."""
    library = run.library
    for entry in library.entries():
        name = entry.document.name
        assert len(library.passages(name)) == entry.passages
        assert len(library.document(name).pages) == entry.pages
        assert library.original(entry.document) is not None
    keys = [key for key, _ in library.nearest(vector, 50)] + [
        key for key, _ in library.matching(["caseload"], 50)
    ]
    assert set(library.passages_at(keys)) == set(keys)
    if run.held:
        assert keys


def expect_complete(run: Run, folder: Path) -> None:
    """The next ingest finishes what was begun and leaves nothing over."""
    run(folder)
    assert run.held == sorted(path.name for path in folder.iterdir())
    for name in run.held:
        text = (folder / name).read_text()
        assert (run.library.page_text(name, 1) or "").split() == text.split()
    held, passages = vectors_held(run.library)
    assert held == passages
    assert run.library._database.rows("SELECT * FROM unsettled") == []
    assert len(list((run.settings.library / "originals").iterdir())) == len(run.held)


POINTS = [
    ("before the vectors", 1),
    ("after the vectors", 1),
    ("inside the transaction", 2),
    ("before the links", 0),
]
REPLACING = [
    *POINTS,
    ("after the commit", 0),
    ("before the old vectors go", 1),
    ("after the old vectors went", 1),
]
KILLED = pytest.mark.skipif(os.name != "posix", reason="needs signals")


@KILLED
@pytest.mark.parametrize(("point", "calls"), POINTS)
def test_a_kill_while_adding_leaves_whole_documents_and_the_next_ingest_completes(
    folder: Path, settings: Settings, point: str, calls: int
) -> None:
    child = start(folder, settings, point, calls)
    assert child.wait(60) == -signal.SIGKILL
    run = Run(settings)
    vector = run.embedder.encode(["caseloads"])[0].tolist()
    expect_whole(run, vector)
    expect_complete(run, folder)
    expect_whole(run, vector)


@KILLED
@pytest.mark.parametrize(("point", "calls"), REPLACING)
def test_a_kill_while_replacing_leaves_the_old_or_the_new_document(
    folder: Path, settings: Settings, point: str, calls: int
) -> None:
    Run(settings)(folder)
    for n in range(4):
        (folder / f"report-{n}.txt").write_text(text_of(n + 100))
    child = start(folder, settings, point, calls)
    assert child.wait(60) == -signal.SIGKILL
    run = Run(settings)
    vector = run.embedder.encode(["caseloads"])[0].tolist()
    assert len(run.held) == 4
    expect_whole(run, vector)
    expect_complete(run, folder)


@KILLED
@pytest.mark.parametrize("delay", [0.0, 0.8, 1.2, 1.8])
def test_a_kill_at_any_moment_is_recovered_from(
    tmp_path: Path, settings: Settings, delay: float
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for n in range(25):
        (folder / f"report-{n:02}.txt").write_text(text_of(n, paragraphs=30))
    child = start(folder, settings)
    time.sleep(delay)
    child.kill()
    child.wait(60)
    run = Run(settings)
    expect_whole(run, run.embedder.encode(["caseloads"])[0].tolist())
    expect_complete(run, folder)


@KILLED
def test_reading_goes_on_while_another_process_writes(folder: Path, settings: Settings) -> None:
    run = Run(settings)
    run(folder / "report-0.txt")
    vector = run.embedder.encode(["caseloads"])[0].tolist()
    assert run.library.nearest(vector, 5)
    for n in range(4, 40):
        (folder / f"report-{n}.txt").write_text(text_of(n, paragraphs=30))
    child = start(folder, settings)
    searches = 0
    while child.poll() is None:
        expect_whole(run, vector)
        searches += 1
    assert child.returncode == 0
    assert searches > 1
    assert len(run.held) == 40
    last = run.library.passages("report-39.txt")[0]
    ((key, _), *_) = run.library.nearest(run.embedder.encode([last.text])[0].tolist(), 1)
    assert key == ("report-39.txt", 0), "what the other process wrote is found"
    only = run.library.nearest(vector, 3, ["report-39.txt"])
    assert {document for (document, _), _ in only} == {"report-39.txt"}
    run.library.remove("report-39.txt")
    held, passages = vectors_held(run.library)
    assert held == passages


OFFLINE = """
import socket, sys
sys.path.insert(0, sys.argv[1])
def refuse(self, address, *rest):
    raise AssertionError(f"connected to {address}")
asked = []
whole = socket.socket
class Guarded(whole):
    def connect(self, address, *rest):
        if self.family != getattr(socket, "AF_UNIX", None):
            refuse(self, address)
        return super().connect(address, *rest)
    connect_ex = connect
socket.socket = Guarded
socket.getaddrinfo = lambda *a, **k: refuse(None, a)
from pathlib import Path
from ingest.pipeline import ingest
from rag.desk import open_desk
from rag.settings import Settings
settings = Settings(library=Path(sys.argv[3]))
ingest([sys.argv[2]], settings)
desk = open_desk(settings)
assert desk.search("Are caseloads too high?")
import chromadb
client = desk.library._vectors._client
assert client.get_settings().anonymized_telemetry is False
print("done")
"""


def test_nothing_is_fetched_and_nothing_is_told(folder: Path, settings: Settings) -> None:
    command = [sys.executable, "-c", OFFLINE, str(SUPPORT), str(folder), str(settings.library)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout == "done\n", done.stderr
    assert "connected to" not in done.stderr


def test_batches_hold_whole_documents_and_end_with_the_last(
    folder: Path, settings: Settings
) -> None:
    sizes: list[int] = []

    class Counting(WordEmbedder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            sizes.append(len(texts))
            return super().encode(texts)

    run = Run(settings, Counting())
    for n in range(4, 12):
        (folder / f"report-{n}.txt").write_text(text_of(n, paragraphs=120))
    run(folder)
    assert sum(sizes) == run.totals.passages
    assert max(sizes) == ENCODE_BETWEEN_LOOKS, "a stop is seen soon"
    assert len(sizes) < run.totals.passages / ENCODE_BETWEEN_LOOKS + 6, "batches are full"
