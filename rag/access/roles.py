"""Pure: the roles, and what each of them may do: every way in (pages, programs) asks here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the desk; each role may do all that those before it may."""

    READER = "reader"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"

    @property
    def rank(self) -> int:
        """Its place among the roles, from 0: a higher one may do more."""
        return list(Role).index(self)


class Permission(StrEnum):
    """Something that a person may be allowed to do."""

    READ = "read the documents and their record"
    ASK = "ask questions"
    CHECK = "check claims"
    PREPARE = "prepare packs"
    GIVE_FEEDBACK = "say whether an answer is right"
    SHARE = "share what is theirs"
    EXPORT = "export what they can read"
    USE_PROGRAMS = "have programs act for them"
    ADD_DOCUMENTS = "add documents"
    DESCRIBE_DOCUMENTS = "change what is said of a document"
    REMOVE_DOCUMENTS = "remove documents and put them back"
    READ_FEEDBACK = "read what was said of answers"
    MANAGE_PEOPLE = "give and take roles"
    READ_AUDIT = "read the audit trail"
    SET_RETENTION = "say how long records are kept"
    ANSWER_REQUESTS = "answer requests for access and for information"


_LOWEST: Mapping[Permission, Role] = {
    Permission.READ: Role.READER,
    Permission.ASK: Role.READER,
    Permission.CHECK: Role.READER,
    Permission.PREPARE: Role.READER,
    Permission.GIVE_FEEDBACK: Role.READER,
    Permission.SHARE: Role.READER,
    Permission.EXPORT: Role.READER,
    Permission.USE_PROGRAMS: Role.READER,
    Permission.ADD_DOCUMENTS: Role.OFFICER,
    Permission.DESCRIBE_DOCUMENTS: Role.OFFICER,
    Permission.REMOVE_DOCUMENTS: Role.OFFICER,
    Permission.READ_FEEDBACK: Role.OFFICER,
    Permission.MANAGE_PEOPLE: Role.ADMINISTRATOR,
    Permission.READ_AUDIT: Role.ADMINISTRATOR,
    Permission.SET_RETENTION: Role.ADMINISTRATOR,
    Permission.ANSWER_REQUESTS: Role.ADMINISTRATOR,
}
"""The lowest role that may do it."""


def allowed(role: Role, permission: Permission) -> bool:
    """Whether a role may do something."""
    return role.rank >= _LOWEST[permission].rank


def lowest_role(permission: Permission) -> Role:
    """The lowest role that may do something."""
    return _LOWEST[permission]
