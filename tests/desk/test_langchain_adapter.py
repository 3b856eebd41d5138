"""The desk in LangChain's own forms, as a council's own code would use it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from invented import shelved
from langchain_core.documents import Document
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough
from shared_data import real_embedder

from rag.desk import Desk
from rag.errors import ScrutinyError
from rag.langchain_adapter import DeskRetriever, answering
from rag.question.filters import Filters
from rag.records.answers import BadRecord, answer_from_record
from rag.types import Kind

pytestmark = pytest.mark.encoder

README = (Path(__file__).parents[2] / "docs" / "langchain.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
QUESTION = "How were care leavers judged in Fallowmere in 2024?"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the invented documents, with the real encoder."""
    held = shelved(tmp_path_factory.mktemp("held") / "library", real_embedder())
    yield Desk(held)
    held.close()


def test_passages_come_as_documents_with_their_place(desk: Desk) -> None:
    found = DeskRetriever(desk=desk, k=3).invoke("agency and empty social work posts")
    assert len(found) == 3
    article = next(one for one in found if one.metadata["document"] == "article.html")
    assert "Only nine of the promised social work posts" in article.page_content
    told = {key: article.metadata[key] for key in ("page", "publisher", "date", "kind")}
    assert told == {
        "page": 1,
        "publisher": "Fallowmere Gazette",
        "date": "2025-05-02",
        "kind": "news",
    }
    assert re.fullmatch(r"[0-9a-f]{64}", article.metadata["sha256"])
    scores = [one.metadata["score"] for one in found]
    assert scores == sorted(scores, reverse=True)
    assert set(article.metadata) == {*told, "document", "paragraph", "sha256", "score"}


def test_the_retriever_finds_what_the_desk_finds(desk: Desk) -> None:
    found = DeskRetriever(desk=desk, k=5).invoke(QUESTION)
    assert [one.page_content for one in found] == [
        hit.passage.text for hit in desk.search(QUESTION, 5)
    ]


def test_a_filter_is_kept_to(desk: Desk) -> None:
    news = Filters(kinds=frozenset({Kind.NEWS}))
    found = DeskRetriever(desk=desk, filters=news).invoke("care leavers")
    assert {one.metadata["kind"] for one in found} == {"news"}
    refused = answering(desk, filters=news).invoke(QUESTION)
    assert {cited["kind"] for cited in refused["citations"]} <= {"news"}


def test_the_answer_is_the_record_of_the_command_line(desk: Desk) -> None:
    record = answering(desk).invoke(QUESTION)
    assert record["answered"]
    assert "Outstanding" in record["answer"]
    assert record["citations"][0]["document"] == "f2024.pdf"
    assert answer_from_record(record).question == QUESTION


def test_a_follow_up_is_asked_with_the_records_before_it(desk: Desk) -> None:
    ask = answering(desk)
    first = ask.invoke(QUESTION)
    second = ask.invoke({"question": "And in 2017?", "history": [first]})
    assert "Good" in second["answer"]
    assert "Fallowmere" in second["understood"]
    assert second["citations"][0]["newest_inspection"] == "2024-10-18"
    assert ask.invoke({"question": "Says who?", "history": [first, second]})["citations"]


def test_both_are_parts_of_a_chain(desk: Desk) -> None:
    retriever, ask = DeskRetriever(desk=desk, k=2), answering(desk)

    def pages_of(documents: list[Document]) -> list[int]:
        return [document.metadata["page"] for document in documents]

    def with_record(both: dict[str, Any]) -> dict[str, Any]:
        return {**both, "record": ask.invoke(both["asked"])}

    pages: Runnable[str, list[int]] = retriever | RunnableLambda(pages_of)
    chain = {"pages": pages, "asked": RunnablePassthrough()} | RunnableLambda(with_record)
    made: dict[str, Any] = chain.invoke(QUESTION)
    assert made["pages"] == [1, 1]
    assert made["record"]["question"] == QUESTION


def test_both_take_batches_and_run_beside_other_work(desk: Desk) -> None:
    retriever, ask = DeskRetriever(desk=desk, k=2), answering(desk)
    questions: list[str | Mapping[str, Any]] = [
        QUESTION, "How were care leavers judged in Thornbeck?"
    ]  # fmt: skip
    alone = [ask.invoke(one)["answer"] for one in questions]
    assert [record["answer"] for record in ask.batch(questions)] == alone

    async def together() -> list[object]:
        return await asyncio.gather(*map(ask.ainvoke, questions), retriever.ainvoke(QUESTION))

    *records, found = asyncio.run(together())
    assert [record["answer"] for record in records] == alone  # type: ignore[index]
    assert len(found) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("asked", ["", "  ", {}, {"question": 3}, {"history": []}])
def test_what_is_no_question_is_told(desk: Desk, asked: object) -> None:
    with pytest.raises(ScrutinyError, match="Give a question"):
        answering(desk).invoke(asked)  # type: ignore[arg-type]


def test_a_damaged_history_is_told(desk: Desk) -> None:
    with pytest.raises(BadRecord):
        answering(desk).invoke({"question": "And then?", "history": [{"question": "x"}]})


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_readme_run(
    example: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shelved(tmp_path / "library", real_embedder()).close()
    monkeypatch.setenv("SCRUTINY_LIBRARY", str(tmp_path / "library"))
    exec(compile(example, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "f2024.pdf" in printed or "Outstanding" in printed


def test_the_readme_shows_both() -> None:
    assert len(EXAMPLES) == 2
