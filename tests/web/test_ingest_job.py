"""One job at a time takes documents in, beside whatever else the server does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from shared_data import WordEmbedder

from ingest.events import (
    IngestEvent,
    IngestExpected,
    IngestOutcome,
    IngestProgress,
    IngestTotals,
    ReadingStarted,
    Status,
)
from ingest.pipeline import ingest
from ingest.sources.upload import IngestSource, Upload, stored_upload
from rag.desk import Desk
from rag.errors import LibraryLocked
from rag.library.encoder import Vectors
from rag.library.library import Library
from rag.settings import Settings
from ui.web.jobs import ingest_job
from ui.web.jobs.background import JobView
from ui.web.jobs.ingest_job import (
    MOST_FILES,
    FileLine,
    FileState,
    IngestJobs,
    IngestState,
    TooMuch,
    limits_problem,
)

SECONDS = 60


@dataclass
class Scripted:
    """An ingest that waits to be told to go on, then tells its events and ends as it is told."""

    events: Sequence[IngestEvent] = ()
    error: Exception | None = None
    go_on: threading.Event = field(default_factory=threading.Event)
    told: threading.Event = field(default_factory=threading.Event)
    given: list[int] = field(default_factory=list)

    def __call__(
        self,
        sources: Sequence[IngestSource],
        settings: Settings,
        *,
        again: bool,
        on_event: Callable[[IngestEvent], None],
        stop: Callable[[], bool],
        library: Library,
    ) -> IngestTotals:
        self.given.append(len(sources))
        for event in self.events:
            on_event(event)
        self.told.set()
        while not (stop() or self.go_on.wait(0.01)):
            pass
        if self.error:
            raise self.error
        return IngestTotals({Status.STOPPED if stop() else Status.ADDED: len(sources)})


class SlowEmbedder(WordEmbedder):
    """Takes its time over documents, and none over questions."""

    def __init__(self) -> None:
        super().__init__()
        self.at_work = threading.Event()

    def encode(self, texts: Sequence[str]) -> Vectors:
        if len(texts) > 1:
            self.at_work.set()
            time.sleep(0.3)
        return super().encode(texts)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(library=tmp_path / "library")


@pytest.fixture
def library(settings: Settings) -> Library:
    return Library(settings.library, WordEmbedder())


def report(number: int, paragraphs: int = 1) -> Upload:
    words = "\n\n".join(
        f"In service {number} the inspectors found that caseloads of team {n} are too high and "
        "that leaders have not put this right since the last visit."
        for n in range(paragraphs)
    )
    return Upload(f"report-{number}.txt", words.encode())


def ended(jobs: IngestJobs) -> JobView[IngestState]:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        view = jobs.view()
        assert view is not None
        if not view.running:
            return view
        time.sleep(0.02)
    raise AssertionError("the job does not end")


def test_there_is_no_job_at_first() -> None:
    jobs = IngestJobs()
    assert jobs.view() is None
    jobs.stop()
    jobs.dismiss()


def test_a_view_tells_of_every_file(settings: Settings, library: Library) -> None:
    added = IngestOutcome("a.txt", Status.ADDED, "", 2, 1)
    events: list[IngestEvent] = [
        IngestExpected(("a.txt", "b.txt", "c.txt")),
        ReadingStarted("a.txt"),
        ReadingStarted("b.txt"),
        added,
    ]
    script = Scripted([*events, IngestProgress(1, 3, "a.txt")])
    jobs = IngestJobs(script)
    jobs.start(["some/folder"], settings, library)
    script.told.wait(SECONDS)
    view = jobs.view()
    assert view is not None
    assert view.progress.lines == (
        FileLine("a.txt", FileState.DONE, added),
        FileLine("b.txt", FileState.READING),
        FileLine("c.txt", FileState.WAITING),
    )
    assert (view.running, view.stopping, view.progress.done, view.progress.total) == (
        True,
        False,
        1,
        3,
    )
    assert view.progress.totals is None
    script.go_on.set()
    last = ended(jobs)
    assert last.progress.totals == IngestTotals({Status.ADDED: 1})
    assert jobs.view() == last, "the clock stands still"


def test_the_names_are_known_before_anything_is_read(settings: Settings, library: Library) -> None:
    jobs = IngestJobs(Scripted())
    jobs.start([Upload("../a.txt", b""), "https://site.example/b"], settings, library)
    view = jobs.view()
    assert view is not None
    assert [line.name for line in view.progress.lines] == ["a.txt", "https://site.example/b"]
    jobs.stop()
    ended(jobs)


def test_what_is_added_while_a_job_runs_is_taken_in_after_it(
    settings: Settings, library: Library
) -> None:
    jobs = IngestJobs()
    for number in range(1, 9):
        jobs.start([report(number), report(number + 1)], settings, library)
    view = ended(jobs)
    assert view.problem == ""
    assert (view.progress.done, view.progress.total) == (9, 9)
    assert [one.name for one in library.documents()] == [f"report-{n}.txt" for n in range(1, 10)]
    assert view.progress.totals is not None
    assert view.progress.totals.count(Status.ADDED) == 9


def test_uploads_that_wait_are_taken_in_at_once(settings: Settings, library: Library) -> None:
    script = Scripted()
    jobs = IngestJobs(script)
    jobs.start([report(0)], settings, library)
    script.told.wait(SECONDS)
    for number in (1, 2, 3, 3):
        jobs.start([report(number)], settings, library)
    jobs.start([report(4)], settings, library, again=True)
    script.go_on.set()
    ended(jobs)
    assert script.given == [1, 3, 1, 1]


def test_a_request_that_fails_ends_none_behind_it(settings: Settings, library: Library) -> None:
    script = Scripted(error=LibraryLocked("Another program is writing."))
    jobs = IngestJobs(script)
    jobs.start([report(1)], settings, library)
    script.told.wait(SECONDS)
    jobs.start([report(2)], settings, library)
    script.go_on.set()
    assert ended(jobs).problem == "Another program is writing."
    assert script.given == [1, 1]


def test_an_ingest_waits_for_another_program_that_writes(
    settings: Settings, library: Library
) -> None:
    other = Library(settings.library, library.embedder)
    jobs = IngestJobs(partial(ingest, patience=SECONDS))
    with other.writing():
        jobs.start([report(1)], settings, library)
        with pytest.raises(LibraryLocked), library.writing():
            pass
        assert jobs.view().running  # type: ignore[union-attr]
    done = ended(jobs)
    assert done.problem == ""
    assert len(library.entries()) == 1
    other.close()


def test_a_stop_is_heard_while_another_program_is_waited_for(
    settings: Settings, library: Library
) -> None:
    jobs = IngestJobs(partial(ingest, patience=2 * SECONDS))
    with Library(settings.library, library.embedder).writing():
        jobs.start([report(1)], settings, library)
        jobs.stop()
        assert "wait until it has finished" in ended(jobs).problem
    assert library.entries() == ()


def test_no_more_waits_than_memory_holds(
    settings: Settings, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_job, "MOST_MB", 1)
    script = Scripted()
    jobs = IngestJobs(script)
    half = Upload("half.txt", b"a" * 600_000)
    jobs.start([half], settings, library)
    script.told.wait(SECONDS)
    jobs.start([half], settings, library)
    with pytest.raises(TooMuch, match="Much is waiting"):
        jobs.start([half], settings, library)
    jobs.stop()
    ended(jobs)


def test_a_stop_ends_what_waits_too(settings: Settings, library: Library) -> None:
    script = Scripted()
    jobs = IngestJobs(script)
    jobs.start([report(1)], settings, library)
    script.told.wait(SECONDS)
    jobs.start([report(2)], settings, library)
    jobs.dismiss()
    assert jobs.view() is not None, "a running job is not forgotten"
    jobs.stop()
    assert ended(jobs).progress.totals == IngestTotals({Status.STOPPED: 2})
    jobs.start([report(2)], settings, library)
    jobs.stop()
    ended(jobs)
    jobs.dismiss()
    assert jobs.view() is None


def test_a_stop_is_seen_until_the_job_has_ended(settings: Settings, library: Library) -> None:
    class Deaf(Scripted):
        def __call__(self, *args: object, **more: object) -> IngestTotals:
            self.go_on.wait(SECONDS)
            return IngestTotals()

    script = Deaf()
    jobs = IngestJobs(script)
    jobs.start([report(1)], settings, library)
    jobs.stop()
    view = jobs.view()
    assert view is not None
    assert (view.running, view.stopping) == (True, True)
    script.go_on.set()
    assert not ended(jobs).stopping


def test_a_known_failure_is_told_as_it_stands(settings: Settings, library: Library) -> None:
    script = Scripted(
        error=LibraryLocked("Another program is writing. Wait until it has finished.")
    )
    script.go_on.set()
    jobs = IngestJobs(script)
    jobs.start([report(1)], settings, library)
    view = ended(jobs)
    assert view.problem == "Another program is writing. Wait until it has finished."
    assert view.progress.totals is None
    assert not (settings.library / "errors.log").exists()


def test_an_unforeseen_failure_is_one_sentence_and_the_rest_is_logged(
    settings: Settings, library: Library
) -> None:
    script = Scripted(error=RuntimeError("a bug with a secret"))
    script.go_on.set()
    jobs = IngestJobs(script)
    jobs.start([report(1)], settings, library)
    problem = ended(jobs).problem
    log = settings.library / "errors.log"
    assert problem == (f"Something unexpected went wrong (RuntimeError); the details are in {log}.")
    told = log.read_text()
    assert "RuntimeError" in told
    assert "a bug with a secret" not in told, "what it says may be words of a document"


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ([], ""),
        ([("a.pdf", 1024 * 1024)] * MOST_FILES, ""),
        ([("a.pdf", 1)] * 51, "These are 51 files. Add at most 50 at once."),
        (
            [("a.pdf", 1), ("b.pdf", 1024 * 1024 + 1)],
            "b.pdf is larger than 1 MiB. Split it into parts and add those.",
        ),
    ],
)
def test_only_so_much_is_added_at_once(files: list[tuple[str, int]], problem: str) -> None:
    assert limits_problem(files, 1) == problem


def test_too_much_is_refused_before_a_job_begins(settings: Settings, library: Library) -> None:
    jobs = IngestJobs(Scripted())
    with pytest.raises(TooMuch, match="51 files"):
        jobs.start([report(n) for n in range(51)], settings, library)
    assert jobs.view() is None


def test_real_files_are_held_and_bad_ones_named(settings: Settings, library: Library) -> None:
    jobs = IngestJobs()
    jobs.start([report(1), report(2), Upload("bad.pdf", b"%PDF-1.7 nonsense")], settings, library)
    view = ended(jobs)
    assert view.problem == ""
    assert (view.progress.done, view.progress.total) == (3, 3)
    states = {line.name: line.outcome.status for line in view.progress.lines if line.outcome}
    assert states == {
        "report-1.txt": Status.ADDED,
        "report-2.txt": Status.ADDED,
        "bad.pdf": Status.REFUSED,
    }
    assert [document.name for document in library.documents()] == ["report-1.txt", "report-2.txt"]
    assert [one.name for one in library.refused()] == ["bad.pdf"]
    jobs.start([stored_upload(library, "report-1.txt")], settings, library, again=True)
    (line,) = ended(jobs).progress.lines
    assert line.outcome is not None
    assert line.outcome.status is Status.REPLACED


def test_a_library_that_another_writes_to_is_a_problem_of_the_whole_job(
    settings: Settings, library: Library
) -> None:
    jobs = IngestJobs()
    with Library(settings.library, WordEmbedder()).writing():
        jobs.start([report(1)], settings, library)
        assert "wait until it has finished" in ended(jobs).problem
    assert library.refused() == ()


def test_questions_are_answered_while_documents_are_taken_in(settings: Settings) -> None:
    embedder = SlowEmbedder()
    library = Library(settings.library, embedder)
    desk = Desk(library)
    jobs = IngestJobs()
    jobs.start([report(0)], settings, library)
    ended(jobs)
    embedder.at_work.clear()
    jobs.start([report(n, paragraphs=20) for n in range(1, 9)], settings, library)
    assert embedder.at_work.wait(SECONDS)
    asked, failed = 0, []

    def ask() -> None:
        nonlocal asked
        while (view := jobs.view()) is not None and view.running:
            try:
                answer = desk.ask("Are caseloads of team 0 too high in service 0?")
                assert answer.answered or answer.nearest
            except Exception as error:  # noqa: BLE001 - whatever it is, the test must see it
                failed.append(error)
                return
            asked += 1

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert failed == []
    assert asked > 2
    assert ended(jobs).progress.totals is not None
    assert len(library.documents()) == 9
