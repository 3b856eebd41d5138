"""Changes to the library by a person: each allowed to their role, and noted."""

from __future__ import annotations

from rag.access.people import LOCAL, Person, require
from rag.access.roles import Permission
from rag.library.library import Library
from rag.saved.audit import AuditTrail, Event
from rag.types import Description


class LibraryChanges:
    """The one way by which what a library holds is changed on somebody's behalf.

    Everything may raise NotAllowed, and what the library raises.
    """

    def __init__(self, library: Library, trail: AuditTrail, person: Person = LOCAL) -> None:
        self._library = library
        self.trail, self.person = trail, person

    def of(self, person: Person) -> LibraryChanges:
        """The changes of another person."""
        return LibraryChanges(self._library, self.trail, person)

    def describe(self, name: str, wanted: Description) -> None:
        """Give a document another description."""
        require(self.person, Permission.DESCRIBE_DOCUMENTS)
        self._library.describe(name, wanted)
        self._note(Event.DESCRIBED, name)

    def set_aside(self, name: str) -> None:
        """Remove a document; `put_back` undoes it."""
        require(self.person, Permission.REMOVE_DOCUMENTS)
        self._library.set_aside(name)
        self._note(Event.REMOVED, name)

    def put_back(self, name: str) -> None:
        """Put a removed document back."""
        require(self.person, Permission.REMOVE_DOCUMENTS)
        self._library.put_back(name)
        self._note(Event.RESTORED, name)

    def discard(self, name: str) -> None:
        """Delete a removed document for good."""
        require(self.person, Permission.REMOVE_DOCUMENTS)
        self._library.discard(name)
        self._note(Event.DELETED, name)

    def remove(self, name: str) -> None:
        """Delete a document that is held for good."""
        require(self.person, Permission.REMOVE_DOCUMENTS)
        self._library.remove(name)
        self._note(Event.DELETED, name)

    def forget_refused(self, name: str) -> None:
        """Take a document off the list of those that could not be added."""
        require(self.person, Permission.ADD_DOCUMENTS)
        self._library.forget_refused(name)

    def may_add(self) -> None:
        """Go on only where this person may add documents. Raises NotAllowed."""
        require(self.person, Permission.ADD_DOCUMENTS)

    def _note(self, event: Event, name: str) -> None:
        self.trail.note(self.person, event, "document", name)
