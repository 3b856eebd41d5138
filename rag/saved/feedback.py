"""What people said of answers: right, wrong or from the wrong source, and questions made of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from rag.errors import UnknownFeedback
from rag.library.codec import now, storable
from rag.records.answers import BadRecord, Record, answer_record
from rag.saved.desk_file import dump_answer, load_answer, open_desk_file
from rag.types import Answer, Citation

_FIELDS = "id, at, judged, note, CAST(answer AS BLOB)"
"""The answer as bytes: one that is damaged must not take the rest with it."""


class FeedbackVerdict(StrEnum):
    """What a person said of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    WRONG_SOURCE = "wrong_source"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person said of an answer, and when (ISO 8601, UTC).

    `answer` is None when the answer that was kept with it is damaged.
    """

    id: str
    at: str
    judged: FeedbackVerdict
    note: str
    answer: Answer | None


class FeedbackBook:
    """The feedback in a library folder; several threads and programs may use it at once.

    Everything may raise LibraryError when the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._database = open_desk_file(folder)

    def give(self, answer: Answer, judged: FeedbackVerdict, note: str = "") -> Feedback:
        """Keep what a person says of an answer."""
        said = Feedback(uuid.uuid4().hex, now(), judged, _tidy(note), answer)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO feedback (id, at, judged, note, answer) VALUES (?, ?, ?, ?, ?)",
                (said.id, said.at, said.judged.value, said.note, dump_answer(answer)),
            )
        return said

    def change(self, id: str, judged: FeedbackVerdict, note: str = "") -> Feedback:
        """Put another judgement in its place. Raises UnknownFeedback."""
        with self._database.transaction() as connection:
            row = connection.execute(
                "UPDATE feedback SET at = ?, judged = ?, note = ? WHERE id = ? "
                f"RETURNING {_FIELDS}",
                (now(), judged.value, _tidy(note), id),
            ).fetchone()
            if row is None:
                raise _unknown()
        return _feedback(row)

    def remove(self, id: str) -> None:
        """Withdraw it. Raises UnknownFeedback."""
        with self._database.transaction() as connection:
            if not connection.execute("DELETE FROM feedback WHERE id = ?", (id,)).rowcount:
                raise _unknown()

    def all(self) -> tuple[Feedback, ...]:
        """All feedback, in the order in which it was first given."""
        rows = self._database.rows(f"SELECT {_FIELDS} FROM feedback ORDER BY rowid")
        return tuple(map(_feedback, rows))

    def on(self, answer: Answer) -> Feedback | None:
        """What was said of this very answer, the last time that something was."""
        row = self._database.row(
            f"SELECT {_FIELDS} FROM feedback WHERE answer = ? ORDER BY rowid DESC LIMIT 1",
            (dump_answer(answer),),
        )
        return None if row is None else _feedback(row)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def feedback_record(feedback: Feedback) -> Record:
    """Feedback as a plain dictionary for JSON, with the draft of a golden question."""
    answer = feedback.answer
    return {
        "id": feedback.id,
        "at": feedback.at,
        "judged": feedback.judged.value,
        "note": feedback.note,
        "answer": answer and answer_record(answer),
        "golden": answer and _golden(feedback, answer),
    }


def _golden(feedback: Feedback, answer: Answer) -> Record:
    """A line for tests/golden/qa.jsonl; what a person must still fill in is empty.

    Only what was judged right is filled in: what is wrong with the rest, the program cannot know.
    """
    asked = {"id": "", "question": answer.understood or answer.question}
    if feedback.judged is not FeedbackVerdict.RIGHT:
        return asked | _GOLDEN_EMPTY
    return asked | (_golden_answer(answer) if answer.answered else _GOLDEN_REFUSAL)


_GOLDEN_EMPTY: Record = {
    "category": "", "answerable": None, "answer": "", "doc": "", "page": None, "quote": "",
    "accept": [], "extra_evidence": [],
}  # fmt: skip
_GOLDEN_REFUSAL: Record = {
    "category": "unanswerable", "reason": "", "answerable": False, "answer": None, "doc": None,
    "page": None, "quote": None, "accept": [], "extra_evidence": [], "why_unanswerable": "",
    "absence_check": {"strings": [], "docs": []},
}  # fmt: skip


def _golden_answer(answer: Answer) -> Record:
    evidence = [_evidence(citation) for citation in answer.citations]
    filled = {"answerable": True, "answer": answer.text, "extra_evidence": evidence[1:]}
    return _GOLDEN_EMPTY | filled | (evidence[0] if evidence else {})


def _evidence(citation: Citation) -> dict[str, Any]:
    return {"doc": citation.document, "page": citation.page, "quote": citation.quote}


def _feedback(row: Sequence[Any]) -> Feedback:
    id, at, judged, note, content = row
    try:
        answer = load_answer(content)
    except BadRecord:
        answer = None
    return Feedback(id, at, FeedbackVerdict(judged), note, answer)


def _tidy(note: str) -> str:
    return storable(note).strip()


def _unknown() -> UnknownFeedback:
    return UnknownFeedback(
        "That feedback is not kept any more: it may have been withdrawn in another window."
    )
