"""One desk answers several threads at once while another writes to its library."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pytest
from invented import FALLOWMERE_2024, held, shelved
from shared_data import WordEmbedder, made

from rag.desk import Desk
from rag.library.encoder import Vectors
from rag.library.library import Library
from rag.question.filters import EVERYTHING, Filters
from rag.types import Answer, Kind

ASKERS = 8
ROUNDS = 20
QUESTIONS = (
    "What was Fallowmere judged overall in 2024?",
    "How has the overall grade of Fallowmere changed since 2017?",
    "How many social work posts were filled in Fallowmere?",
    "Is Fallowmere or Thornbeck better for care leavers?",
    "What did inspectors say about dental checks?",
    "Who led the inspection of Fallowmere in 2024?",
)
CHOSEN = (
    EVERYTHING,
    Filters(councils=frozenset({"Fallowmere"})),
    Filters(kinds=frozenset({Kind.NEWS})),
    Filters(first_year=2024),
    Filters(documents=frozenset({"f2024.pdf"})),
)


class Pages:
    """The text of every page that was ever held, by the file's hash."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, int], str] = {}

    def put(self, library: Library, name: str, *paragraphs: str) -> None:
        description = next(d for known, d, _ in held() if known == name)
        document, passages = made(name, *paragraphs, description=description)
        self.texts |= {(document.sha256, page.number): page.text for page in document.pages}
        vectors = library.embedder.encode([p.text for p in passages])
        with library.writing():
            library.put(document, passages, vectors)

    def note(self, library: Library) -> None:
        for each in library.documents():
            pages = library.document(each.name).pages
            self.texts |= {(each.sha256, page.number): page.text for page in pages}

    def hold(self, answer: Answer) -> bool:
        cited = (*answer.citations, *answer.nearest)
        return all(c.quote and c.quote in self.texts[c.sha256, c.page] for c in cited)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    shelf = shelved(tmp_path / "library")
    yield shelf
    shelf.close()


def writes(library: Library, pages: Pages) -> None:
    """A report is replaced by longer and shorter ones, and an article comes and goes."""
    article = next(paragraphs for name, _, paragraphs in held() if name == "article.html")
    for n in range(ROUNDS):
        lines = [f"Paragraph {n} of {line}" for line in FALLOWMERE_2024[: n % 3]]
        pages.put(library, "f2024.pdf", *lines, *FALLOWMERE_2024[n % 4 :])
        if n % 2:
            pages.put(library, "article.html", *article, f"It was edition {n}.")
        else:
            library.remove("article.html")


def asks(desk: Desk, first: int, stop: threading.Event, answers: list[Answer]) -> None:
    history: tuple[Answer, ...] = ()
    chosen = cycle(CHOSEN[first % len(CHOSEN) :] + CHOSEN[: first % len(CHOSEN)])
    for question in cycle(QUESTIONS[first % len(QUESTIONS) :] + QUESTIONS):
        filters = next(chosen)
        answer = desk.ask(question, history, filters=filters)
        desk.search(question, 5, filters=filters)
        history = (answer,)
        answers.append(answer)
        if stop.is_set():
            return


def watched(task: Callable[[], None], errors: list[BaseException]) -> threading.Thread:
    def run() -> None:
        try:
            task()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            errors.append(error)

    return threading.Thread(target=run)


def test_eight_ask_while_documents_come_and_go(library: Library) -> None:
    desk, pages, stop = Desk(library), Pages(), threading.Event()
    answers: list[Answer] = []
    errors: list[BaseException] = []
    pages.note(library)
    threads = [watched(lambda n=n: asks(desk, n, stop, answers), errors) for n in range(ASKERS)]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    try:
        writes(library, pages)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert errors == []
    assert len(answers) >= ASKERS
    assert sum(answer.answered for answer in answers) > len(answers) / 2
    assert all(pages.hold(answer) for answer in answers)
    assert {d for answer in answers for d in (c.document for c in answer.citations)} >= {
        "f2024.pdf"
    }


class Meddler(WordEmbedder):
    """Another program removes a report while a question is being encoded."""

    folder: Path | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self.folder:
            folder, self.folder = self.folder, None
            other = Library(folder, WordEmbedder())
            thread = threading.Thread(target=other.remove, args=("f2024.pdf",))
            thread.start()
            thread.join()
            other.close()
        return super().encode(texts)


def test_a_question_is_answered_from_what_was_held_when_it_was_asked(library: Library) -> None:
    meddler = Meddler()
    desk = Desk(Library(library.folder, meddler))
    answer = desk.ask(QUESTIONS[0])
    meddler.folder = library.folder
    meanwhile = desk.ask(QUESTIONS[0])
    assert meanwhile.citations == answer.citations != ()
    assert "f2024.pdf" not in {d.name for d in desk.library.documents()}
    assert "f2024.pdf" not in {c.document for c in desk.ask(QUESTIONS[0]).citations}
    desk.library.close()


def test_what_is_read_in_a_snapshot_stays_as_it_was(library: Library) -> None:
    names = [d.name for d in library.documents()]
    other = Library(library.folder, WordEmbedder())
    with library.snapshot(), library.snapshot():
        assert [d.name for d in library.documents()] == names
        writer = threading.Thread(target=other.remove, args=("f2017.pdf",))
        writer.start()
        writer.join()
        assert [d.name for d in library.documents()] == names
        assert library.document("f2017.pdf").pages[0].text
        assert library.matching(["caseload"], 5, ["f2017.pdf"])
    assert [d.name for d in library.documents()] == [n for n in names if n != "f2017.pdf"]
    other.close()


def test_a_snapshot_is_let_go_of_when_something_goes_wrong(library: Library) -> None:
    with pytest.raises(ZeroDivisionError), library.snapshot():
        _ = 1 / 0
    library.remove("f2017.pdf")
    assert "f2017.pdf" not in {d.name for d in library.documents()}
