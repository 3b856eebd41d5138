"""What each role may do, and that nothing is done without asking."""

from __future__ import annotations

import pytest

from rag.access.people import LOCAL, Person, require
from rag.access.roles import Permission, Role, allowed
from rag.errors import NotAllowed

OFFICERS = {
    Permission.ADD_DOCUMENTS,
    Permission.DESCRIBE_DOCUMENTS,
    Permission.REMOVE_DOCUMENTS,
    Permission.READ_FEEDBACK,
}
ADMINISTRATORS = {
    Permission.MANAGE_PEOPLE,
    Permission.READ_AUDIT,
    Permission.SET_RETENTION,
    Permission.ANSWER_REQUESTS,
}


@pytest.mark.parametrize("permission", Permission)
def test_each_role_may_do_what_it_is_for_and_all_that_a_lower_one_may(
    permission: Permission,
) -> None:
    expected = {
        Role.READER: permission not in OFFICERS | ADMINISTRATORS,
        Role.OFFICER: permission not in ADMINISTRATORS,
        Role.ADMINISTRATOR: True,
    }
    assert {role: allowed(role, permission) for role in Role} == expected


def test_what_a_role_may_not_do_is_refused_in_a_sentence_that_says_who_may() -> None:
    reader = Person("r", "Rowan", Role.READER)
    require(reader, Permission.ASK)
    with pytest.raises(NotAllowed, match=r"You may not add documents: .* an officer or above"):
        require(reader, Permission.ADD_DOCUMENTS)
    with pytest.raises(NotAllowed, match="for an administrator"):
        require(Person("o", "Odile", Role.OFFICER), Permission.READ_AUDIT)


def test_the_one_person_of_a_computer_may_do_everything() -> None:
    for permission in Permission:
        require(LOCAL, permission)
