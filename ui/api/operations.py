"""What another program may have done, for one person: records as the command line prints them.

Each asks for the person's permission, and is noted in the audit trail.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from copy import copy
from dataclasses import asdict
from datetime import date
from typing import Any

from rag.access.people import Person, require
from rag.access.roles import Permission
from rag.desk import Desk
from rag.errors import UnknownDocument
from rag.packs.build import build_pack
from rag.packs.request import read_subject
from rag.question.filters import Filters, resolved_filters
from rag.question.older import Older, older_reports
from rag.records.answers import answer_record, search_record
from rag.records.packs import to_record
from rag.records.verdicts import checked_record
from rag.saved.audit import AuditTrail, Event
from rag.saved.packs import SavedPacks
from rag.types import Answer, Document
from ui.pack_service import council_record, pack_turns
from ui.turns import TooManyWaiting, Turns

Record = dict[str, Any]
ID_LENGTH = 16
"""Digits of a document's sha256 that stand for it in an address."""


class Operations:
    """Everything may raise NotAllowed, BadFilter and LibraryError. `turns` are those of all who
    make packs in this process."""

    def __init__(
        self,
        desk: Desk,
        audit: AuditTrail,
        packs: SavedPacks,
        person: Person,
        turns: Turns | None = None,
    ) -> None:
        self._desk = desk
        self._turns = turns or pack_turns()
        self._audit = audit
        self._packs = packs
        self._person = person

    def of(self, person: Person) -> Operations:
        """The same for another person."""
        other = copy(self)
        other._person, other._packs = person, self._packs.of(person)
        return other

    def search(self, question: str, count: int, filters: Filters) -> Record:
        """The passages nearest to a question."""
        filters = self._may(Permission.ASK, filters)
        self._audit.note(self._person, Event.ASKED, "search by a program", words=question)
        return search_record(question, self._desk.search(question, count, filters=filters))

    def ask(
        self, question: str, history: Sequence[str], filters: Filters, *, quotes_only: bool
    ) -> Record:
        """The answer to a question; `history` are the questions asked before it."""
        filters = self._may(Permission.ASK, filters)
        self._audit.note(self._person, Event.ASKED, "question by a program", words=question)
        answers: tuple[Answer, ...] = ()
        for before in history:
            answers += (self._desk.ask(before, answers, filters=filters, quotes_only=True),)
        answer = self._desk.ask(question, answers, filters=filters, quotes_only=quotes_only)
        return answer_record(answer, self._older())

    def check(self, text: str, filters: Filters) -> list[Record]:
        """What the documents say to each claim of a text."""
        filters = self._may(Permission.CHECK, filters)
        self._audit.note(self._person, Event.CHECKED, "text by a program", words=text)
        checked = self._desk.check_speech(text, filters=filters)
        older = self._older()
        return [checked_record(part, older) for part in checked]

    def pack(self, words: str, council: str, topic: str, year: int | None) -> Record:
        """A committee pack, made when its turn comes, which is kept as the person's own. Raises
        TooManyWaiting where that does not come in the time that a pack may take."""
        require(self._person, Permission.PREPARE)
        library, seconds = self._desk.library, self._desk.pack_seconds
        subject = read_subject(library.documents(), words, council=council, topic=topic, year=year)
        end = time.monotonic() + seconds
        with self._turns.take() as turn:
            if not turn.has_come(lambda ahead: None, lambda: time.monotonic() > end):
                raise TooManyWaiting("Other packs are still being made: ask for this one later.")
            pack = build_pack(library, subject, date.today(), seconds=seconds)
        saved = self._packs.keep(pack)
        return {"number": saved.number, **to_record(saved.pack)}

    def record(self, council: str) -> Record:
        """A council's judgements over time."""
        require(self._person, Permission.READ)
        library = self._desk.library
        subject = read_subject(library.documents(), council)
        return to_record(council_record(library, subject.council).history)

    def documents(self) -> list[Record]:
        """What is held, without its text."""
        require(self._person, Permission.READ)
        return [_document_record(each) for each in self._desk.library.documents()]

    def page(self, id: str, number: int) -> Record:
        """The text of a page of a document, by the document's identity. Raises UnknownDocument."""
        require(self._person, Permission.READ)
        for document in self._desk.library.documents():
            if id_of(document) == id:
                text = self._desk.page_text(document.name, number)
                if text is not None:
                    return {"document": document.name, "page": number, "text": text}
        raise UnknownDocument("The library holds no such page: ask for the list of documents.")

    def _older(self) -> Older:
        return older_reports(self._desk.library.documents())

    def _may(self, permission: Permission, filters: Filters) -> Filters:
        require(self._person, permission)
        return resolved_filters(filters, self._desk.library.documents())


def id_of(document: Document) -> str:
    """What stands for a document in an address: it says nothing and does not change."""
    return document.sha256[:ID_LENGTH]


def _document_record(document: Document) -> Record:
    about = document.description
    return {
        "id": id_of(document),
        "document": document.name,
        "added": document.added,
        **{
            key: sorted(value) if isinstance(value, frozenset) else value
            for key, value in asdict(about).items()
        },
    }
