"""The desk in LangChain's own forms, for a council that has LangChain or LangGraph code of its own.

What is traced of a chain that these are part of is for whoever runs the chain to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from rag.desk import Desk
from rag.errors import ScrutinyError
from rag.question.filters import EVERYTHING, Filters
from rag.question.older import older_reports
from rag.records.answers import Record, answer_from_record, answer_record
from rag.types import Document, Hit

Asked = str | Mapping[str, Any]
"""A question, or {"question": ..., "history": [records of earlier answers, oldest first]}."""


class DeskRetriever(BaseRetriever):
    """The passages nearest to a question, as LangChain's documents; at most `k`, nearest first.

    The metadata tell where a passage stands: document, page, paragraph, publisher, date (ISO 8601
    or None), kind, sha256 of the file, and score.
    """

    desk: Desk
    k: int = 10
    filters: Filters = EVERYTHING

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        hits = self.desk.search(query, self.k, filters=self.filters)
        held = {document.name: document for document in self.desk.library.documents()}
        return [
            _as_langchain(hit, held[hit.passage.document])
            for hit in hits
            if hit.passage.document in held  # it may have been removed a moment ago
        ]


def answering(desk: Desk, *, filters: Filters = EVERYTHING) -> Runnable[Asked, Record]:
    """The desk's answer as a Runnable: `Asked` in, the record of `scrutiny ask --json` out.

    Invoking it raises ScrutinyError for what is no question and for a history that is damaged.
    """

    def ask(asked: Asked) -> Record:
        question, history = _read(asked)
        answers = [answer_from_record(record) for record in history]
        answer = desk.ask(question, answers, filters=filters)
        return answer_record(answer, older_reports(desk.library.documents()))

    return RunnableLambda(ask, name="scrutiny_desk")


def _read(asked: Asked) -> tuple[str, list[Record]]:
    given = {"question": asked} if isinstance(asked, str) else asked
    question = given.get("question")
    if not isinstance(question, str) or not question.strip():
        raise ScrutinyError('Give a question: a text, or {"question": ..., "history": [...]}.')
    return question, list(given.get("history") or ())


def _as_langchain(hit: Hit, document: Document) -> LangChainDocument:
    described, passage = document.description, hit.passage
    day = described.appeared_on
    return LangChainDocument(
        page_content=passage.text,
        metadata={
            "document": passage.document,
            "page": passage.page,
            "paragraph": passage.paragraph,
            "publisher": described.publisher,
            "date": day.isoformat() if day else None,
            "kind": described.kind.value,
            "sha256": document.sha256,
            "score": hit.score,
        },
    )
