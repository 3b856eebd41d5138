"""What people said of answers: right, wrong or from the wrong source, and questions made of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rag.access.people import LOCAL, Person, require
from rag.access.roles import Permission
from rag.errors import UnknownFeedback
from rag.library.codec import now, storable
from rag.records.answers import BadRecord, Record, answer_record
from rag.saved.audit import Event, note
from rag.saved.desk_file import dump_answer, load_answer, open_desk_file
from rag.settings import Home
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
    """The feedback of one person in a library folder; several threads and programs may use it.

    Everything may raise LibraryError when the file cannot be used, and every change NotAllowed.
    """

    def __init__(self, home: Home, *, person: Person = LOCAL) -> None:
        self._database = open_desk_file(home)
        self._person = person

    def of(self, person: Person) -> FeedbackBook:
        """The feedback of another person."""
        other = copy(self)
        other._person = person
        return other

    def give(self, answer: Answer, judged: FeedbackVerdict, words: str = "") -> Feedback:
        """Keep what a person says of an answer, and their note in words."""
        require(self._person, Permission.GIVE_FEEDBACK)
        said = Feedback(uuid.uuid4().hex, now(), judged, _tidy(words), answer)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO feedback (id, at, judged, note, answer, owner) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    said.id, said.at, said.judged.value, said.note, dump_answer(answer),
                    self._person.key,
                ),
            )  # fmt: skip
            note(connection, self._person, Event.JUDGED, "answer", said.id, said.judged.value)
        return said

    def change(self, id: str, judged: FeedbackVerdict, words: str = "") -> Feedback:
        """Put another judgement in its place. Raises UnknownFeedback."""
        require(self._person, Permission.GIVE_FEEDBACK)
        with self._database.transaction() as connection:
            row = connection.execute(
                "UPDATE feedback SET at = ?, judged = ?, note = ? WHERE id = ? AND owner = ? "
                f"RETURNING {_FIELDS}",
                (now(), judged.value, _tidy(words), id, self._person.key),
            ).fetchone()
            if row is None:
                raise _unknown()
        return _feedback(row)

    def remove(self, id: str) -> None:
        """Withdraw it. Raises UnknownFeedback."""
        require(self._person, Permission.GIVE_FEEDBACK)
        with self._database.transaction() as connection:
            found = connection.execute(
                "DELETE FROM feedback WHERE id = ? AND owner = ?", (id, self._person.key)
            )
            if not found.rowcount:
                raise _unknown()
            note(connection, self._person, Event.DELETED, "feedback", id)

    def all(self) -> tuple[Feedback, ...]:
        """All feedback, whoever gave it, in the order in which it was first given: for who runs the
        program."""
        rows = self._database.rows(f"SELECT {_FIELDS} FROM feedback ORDER BY rowid")
        return tuple(map(_feedback, rows))

    def read(self) -> tuple[Feedback, ...]:
        """All feedback, whoever gave it, the last given first. Raises NotAllowed."""
        require(self._person, Permission.READ_FEEDBACK)
        return self.all()[::-1]

    def on(self, answer: Answer) -> Feedback | None:
        """What this person said of this very answer, the last time that they said something."""
        row = self._database.row(
            f"SELECT {_FIELDS} FROM feedback WHERE answer = ? AND owner = ? "
            "ORDER BY rowid DESC LIMIT 1",
            (dump_answer(answer), self._person.key),
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
