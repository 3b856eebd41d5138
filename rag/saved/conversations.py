"""Conversations kept from one visit to the next, their citations exactly as they were given.

They are kept apart from the library's own file, so that a damaged library can be moved away without
losing them.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from rag.access.people import LOCAL, Person, require
from rag.access.roles import Permission
from rag.errors import UnknownConversation
from rag.library.codec import storable, stored_text
from rag.library.database import Connection
from rag.records.answers import BadRecord
from rag.saved.audit import Event, note
from rag.saved.desk_file import dump_answer, load_answer, open_desk_file
from rag.settings import Home
from rag.text.tokens import shortened
from rag.types import Answer

UNNAMED = "New conversation"
LONGEST_NAME = 120
_MOST_WORDS = 20
"""How many words of a search are looked for."""
KEPT_DELETED = timedelta(days=30)
DAMAGED = "This answer was damaged on the disk and cannot be shown: ask the question again."


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A question and its answer, or the problem that there was instead of one.

    `hand` tells the page in which it was asked from others that the same person has open.
    """

    question: str
    answer: Answer | None
    problem: str = ""
    hand: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, its turns oldest first; times are ISO 8601, UTC."""

    id: str
    name: str
    begun: str
    touched: str
    turns: tuple[ConversationTurn, ...]


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """A conversation in a list; `turns` is how many it has."""

    id: str
    name: str
    touched: str
    turns: int


class Conversations:
    """The conversations of one person in a library folder; those of others are as if not there.
    Several threads and programs may use them at once.

    Everything may raise LibraryError when the file cannot be used, and every change NotAllowed.
    """

    def __init__(
        self,
        home: Home,
        *,
        person: Person = LOCAL,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._now = now
        self._person = person
        self._database = open_desk_file(home)
        self._forget_deleted()

    def of(self, person: Person) -> Conversations:
        """The conversations of another person."""
        other = copy(self)
        other._person = person
        return other

    def listed(self, search: str = "") -> tuple[ConversationLine, ...]:
        """The conversations that hold every word of `search` somewhere, newest first."""
        words = search_words(search)
        within = (
            " AND (instr(c.sought, ?) > 0 OR EXISTS (SELECT 1 FROM turns "
            "WHERE conversation = c.id AND instr(turns.sought, ?) > 0))"
        )
        rows = self._database.rows(
            "SELECT id, name, touched, (SELECT count(*) FROM turns WHERE conversation = c.id) "
            f"FROM conversations c WHERE owner = ? AND deleted = ''{within * len(words)} "
            "ORDER BY touched DESC, rowid DESC",
            [self._person.key, *(word for word in words for _ in range(2))],
        )
        return tuple(ConversationLine(*row) for row in rows)

    def questions(self, most: int) -> tuple[str, ...]:
        """What was asked in the last `most` turns that were answered, each once, newest first."""
        rows = self._database.rows(
            "SELECT CAST(t.question AS BLOB) FROM turns t JOIN conversations c "
            "ON c.id = t.conversation WHERE c.owner = ? AND c.deleted = '' AND t.problem = '' "
            "ORDER BY t.id DESC LIMIT ?",
            (self._person.key, most),
        )
        return tuple(dict.fromkeys(stored_text(question) for (question,) in rows))

    def get(self, id: str) -> Conversation:
        """One conversation with its turns. Raises UnknownConversation."""
        row = self._database.row(
            "SELECT name, begun, touched FROM conversations "
            "WHERE id = ? AND owner = ? AND deleted = ''",
            (id, self._person.key),
        )
        if row is None:
            raise _unknown()
        # As bytes: text that is damaged must not take the rest with it.
        turns = self._database.rows(
            "SELECT CAST(question AS BLOB), CAST(answer AS BLOB), CAST(problem AS BLOB), "
            "hand FROM turns WHERE conversation = ? ORDER BY id",
            (id,),
        )
        name, begun, touched = row
        return Conversation(id, name, begun, touched, tuple(_turn(*turn) for turn in turns))

    def holds(self, id: str) -> bool:
        """Whether a conversation is kept, and this person's."""
        held = self._database.row(
            "SELECT 1 FROM conversations WHERE id = ? AND owner = ? AND deleted = ''",
            (id, self._person.key),
        )
        return held is not None

    def begin(self, name: str) -> Conversation:
        """A new conversation without turns."""
        require(self._person, Permission.ASK)
        moment = self._moment()
        made = Conversation(uuid.uuid4().hex, tidy_title(name), moment, moment, ())
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO conversations (id, name, sought, begun, touched, owner) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    made.id, made.name, sought_form(made.name), made.begun, made.touched,
                    self._person.key,
                ),
            )  # fmt: skip
        return made

    def add(self, id: str, turn: ConversationTurn) -> Conversation:
        """Add a turn at the end; the conversation as it is then. Raises UnknownConversation."""
        answer = None if turn.answer is None else dump_answer(turn.answer)
        question, problem, moment = storable(turn.question), storable(turn.problem), self._moment()
        with self._database.transaction() as connection:
            self._change(connection, id, "touched = ?", moment)
            connection.execute(
                "INSERT INTO turns (conversation, question, answer, problem, sought, hand, at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (id, question, answer, problem, _words_of(turn), self._person.window, moment),
            )
            note(connection, self._person, Event.ASKED, "question", id, question)
        return self.get(id)

    def rename(self, id: str, name: str) -> Conversation:
        """Give a conversation another name. Raises UnknownConversation."""
        name = tidy_title(name)
        with self._database.transaction() as connection:
            self._change(connection, id, "name = ?, sought = ?", name, sought_form(name))
            note(connection, self._person, Event.CHANGED, "name of a conversation", id)
        return self.get(id)

    def delete(self, id: str) -> None:
        """Take a conversation away; `restore` undoes it. Raises UnknownConversation."""
        with self._database.transaction() as connection:
            self._change(connection, id, "deleted = ?", self._moment())
            note(connection, self._person, Event.DELETED, "conversation", id)

    def restore(self, id: str) -> Conversation:
        """Undo a deletion; nothing happens to one not deleted. Raises UnknownConversation."""
        require(self._person, Permission.ASK)
        with self._database.transaction() as connection:
            found = connection.execute(
                "UPDATE conversations SET deleted = '' "
                "WHERE id = ? AND owner = ? AND deleted != ''",
                (id, self._person.key),
            )
            if found.rowcount:
                note(connection, self._person, Event.RESTORED, "conversation", id)
        return self.get(id)

    def check(self) -> None:
        """Raises LibraryError when the file cannot be read."""
        self._database.row("SELECT 1 FROM conversations LIMIT 1")

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _change(self, connection: Connection, id: str, what: str, *values: str) -> None:
        """Change a conversation of this person, and nobody else's."""
        require(self._person, Permission.ASK)
        found = connection.execute(
            f"UPDATE conversations SET {what} WHERE id = ? AND owner = ? AND deleted = ''",
            (*values, id, self._person.key),
        )
        if not found.rowcount:
            raise _unknown()

    def _moment(self) -> str:
        return _iso(self._now())

    def _forget_deleted(self) -> None:
        old = "deleted != '' AND deleted < ?"
        before = _iso(self._now() - KEPT_DELETED)
        if self._database.row(f"SELECT 1 FROM conversations WHERE {old}", (before,)):
            with self._database.transaction() as connection:
                connection.execute(f"DELETE FROM conversations WHERE {old}", (before,))


def tidy_title(name: str) -> str:
    """A name on one line, without control characters and not too long; never empty."""
    seen = (" " if char.isspace() else char for char in storable(name))
    kept = "".join(char for char in seen if unicodedata.category(char)[0] != "C")
    return shortened(kept, LONGEST_NAME) or UNNAMED


def _iso(moment: datetime) -> str:
    # Of one length, so that they sort as text.
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _unknown() -> UnknownConversation:
    return UnknownConversation(
        "That conversation is not kept any more: it may have been deleted in another window. "
        "Begin a new one."
    )


def _turn(question: bytes, answer: bytes | None, problem: bytes, hand: str) -> ConversationTurn:
    asked, told = stored_text(question), stored_text(problem)
    if answer is None:
        return ConversationTurn(asked, None, told, hand)
    try:
        return ConversationTurn(asked, load_answer(answer), told, hand)
    except BadRecord:
        return ConversationTurn(asked, None, DAMAGED, hand)


def _words_of(turn: ConversationTurn) -> str:
    parts = [turn.question]
    if turn.answer:
        parts += [turn.answer.understood or "", turn.answer.text]
        parts += [statement.text for statement in turn.answer.statements]
        parts += [citation.quote for citation in turn.answer.citations]
    return sought_form(" ".join(parts))


def search_words(search: str) -> list[str]:
    """The words that a search looks for, in the form in which they are kept."""
    return sought_form(search).split()[:_MOST_WORDS]


def sought_form(text: str) -> str:
    """The text in one case and one form, for looking words up in it."""
    return " ".join(unicodedata.normalize("NFKC", storable(text)).casefold().split())
