"""Pure: a person as the desk knows them, and the guard that stands before every change."""

from __future__ import annotations

from dataclasses import dataclass

from rag.access.roles import Permission, Role, allowed, lowest_role
from rag.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts. `key` tells them apart and says nothing about them; `window` tells their open pages
    apart, and is empty where that does not matter."""

    key: str
    name: str
    role: Role
    email: str = ""
    window: str = ""

    def may(self, permission: Permission) -> bool:
        """Whether they may do something."""
        return allowed(self.role, permission)


LOCAL = Person("local", "The person at this computer", Role.ADMINISTRATOR)
"""Who acts where nobody logs in: on loopback, and at the command line."""


def require(person: Person, permission: Permission) -> None:
    """Go on only where the person may do this. Raises NotAllowed."""
    if not person.may(permission):
        raise NotAllowed(
            f"You may not {permission.value}: that is for {_roles(lowest_role(permission))}. Ask "
            "an administrator of this desk."
        )


def _roles(lowest: Role) -> str:
    return "an administrator" if lowest is Role.ADMINISTRATOR else f"an {lowest.value} or above"
