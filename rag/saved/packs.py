"""Packs kept from one visit to the next, each as it was made and as its reader arranged it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import copy
from dataclasses import asdict, dataclass, replace
from typing import Any

from rag.access.people import LOCAL, Person, require
from rag.access.roles import Permission
from rag.errors import UnknownPack
from rag.library.codec import storable, stored_text
from rag.library.database import Connection
from rag.packs.edits import AS_MADE, PackEdits
from rag.packs.types import Pack
from rag.records.answers import BadRecord
from rag.records.packs import from_record, to_record
from rag.saved.audit import Event, note
from rag.saved.desk_file import open_desk_file
from rag.settings import Home


@dataclass(frozen=True, slots=True)
class SavedPack:
    """A pack and what its reader made of the questions; the number is never given again."""

    number: int
    pack: Pack
    arrangement: PackEdits


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack in a list; `made` is ISO 8601 with seconds, UTC."""

    number: int
    subject: str
    council: str
    made: str


class SavedPacks:
    """The packs of one person in a library folder; several threads and programs may use it at once.

    Everything may raise LibraryError when the file cannot be used, and every change NotAllowed.
    """

    def __init__(self, home: Home, *, person: Person = LOCAL) -> None:
        self._database = open_desk_file(home)
        self._person = person

    def of(self, person: Person) -> SavedPacks:
        """The packs of another person."""
        other = copy(self)
        other._person = person
        return other

    def may_keep(self) -> SavedPacks:
        """These packs, where their person may prepare any. Raises NotAllowed."""
        require(self._person, Permission.PREPARE)
        return self

    def keep(self, pack: Pack) -> SavedPack:
        """Keep a pack; one on a subject that was made before takes its reader's arrangement over,
        and its place where nothing else has changed."""
        require(self._person, Permission.PREPARE)
        owner = self._person.key
        with self._database.transaction() as connection:
            before = _before(connection, pack, owner)
            arrangement = before.arrangement if before else AS_MADE
            if before and replace(before.pack, made=pack.made) == _as_kept(pack):
                number = before.number
                connection.execute(
                    "UPDATE packs SET made = ?, pack = ? WHERE number = ?",
                    (pack.made, _dumped(pack), number),
                )
            else:
                number = _insert(connection, pack, arrangement, owner)
            note(
                connection,
                self._person,
                Event.PREPARED,
                "pack",
                str(number),
                storable(pack.subject),
            )
        return SavedPack(number, _as_kept(pack), arrangement)

    def listed(self) -> tuple[PackLine, ...]:
        """Every pack kept, the last made first."""
        rows = self._database.rows(
            "SELECT number, CAST(subject AS BLOB), CAST(council AS BLOB), CAST(made AS BLOB) "
            "FROM packs WHERE owner = ? ORDER BY made DESC, number DESC",
            (self._person.key,),
        )
        return tuple(PackLine(number, *map(stored_text, told)) for number, *told in rows)

    def get(self, number: int) -> SavedPack:
        """One pack. Raises UnknownPack, and BadRecord when it was damaged on the disk."""
        # As bytes: text that is damaged must not take the list with it.
        row = self._database.row(
            "SELECT CAST(pack AS BLOB), CAST(arrangement AS BLOB) FROM packs "
            "WHERE number = ? AND owner = ?",
            (number, self._person.key),
        )
        if row is None:
            raise _unknown(number)
        return _kept(number, *row)

    def arrange(self, number: int, arrangement: PackEdits) -> None:
        """Keep what a reader made of the questions of a pack. Raises UnknownPack."""
        require(self._person, Permission.PREPARE)
        with self._database.transaction() as connection:
            found = connection.execute(
                "UPDATE packs SET arrangement = ? WHERE number = ? AND owner = ?",
                (_json(asdict(arrangement)), number, self._person.key),
            )
            if not found.rowcount:
                raise _unknown(number)
            note(connection, self._person, Event.CHANGED, "pack", str(number))

    def remove(self, number: int) -> None:
        """Forget a pack for good. Raises UnknownPack."""
        require(self._person, Permission.PREPARE)
        with self._database.transaction() as connection:
            found = connection.execute(
                "DELETE FROM packs WHERE number = ? AND owner = ?", (number, self._person.key)
            )
            if not found.rowcount:
                raise _unknown(number)
            note(connection, self._person, Event.DELETED, "pack", str(number))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def subject_key(pack: Pack) -> str:
    """What a pack is about, whatever words it was asked for in."""
    return _json([pack.council, pack.topic, pack.inspection])


def _insert(connection: Connection, pack: Pack, arrangement: PackEdits, owner: str) -> int:
    (number,) = connection.execute(
        "INSERT INTO packs (subject_key, subject, council, made, pack, arrangement, owner) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number",
        (
            subject_key(pack),
            storable(pack.subject),
            storable(pack.council),
            pack.made,
            _dumped(pack),
            _json(asdict(arrangement)),
            owner,
        ),
    ).fetchone()
    return int(number)


def _before(connection: Connection, pack: Pack, owner: str) -> SavedPack | None:
    """The last pack of this owner on the same subject; none where that is damaged."""
    row = connection.execute(
        "SELECT number, CAST(pack AS BLOB), CAST(arrangement AS BLOB) FROM packs "
        "WHERE subject_key = ? AND owner = ? ORDER BY made DESC, number DESC LIMIT 1",
        (subject_key(pack), owner),
    ).fetchone()
    try:
        return _kept(*row) if row else None
    except BadRecord:
        return None


def _kept(number: int, pack: bytes, arrangement: bytes) -> SavedPack:
    return SavedPack(number, _loaded(pack), _arrangement(arrangement))


def _as_kept(pack: Pack) -> Pack:
    return _loaded(_dumped(pack))


def _dumped(pack: Pack) -> str:
    return _json(to_record(pack))


def _loaded(content: bytes | str) -> Pack:
    try:
        record = json.loads(content)
    except ValueError as error:
        raise BadRecord(f"A kept pack cannot be read ({error}): make it again.") from error
    return from_record(Pack, record)


def _arrangement(content: bytes) -> PackEdits:
    """The arrangement; as made where it is damaged, for the pack itself is whole."""
    try:
        held: Mapping[str, Any] = json.loads(content)
        return PackEdits(
            tuple(map(str, held["order"])),
            tuple((str(key), str(words)) for key, words in held["wording"]),
            tuple(map(str, held["left_out"])),
        )
    except (ValueError, KeyError, TypeError):
        return AS_MADE


def _json(value: object) -> str:
    return json.dumps(value)


def _unknown(number: int) -> UnknownPack:
    return UnknownPack(
        f"No pack of the number {number} is kept: it may have been deleted. "
        "`scrutiny packs list` shows those that are."
    )
