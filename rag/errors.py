"""What can go wrong, in one tree; every message says what happened and what the user can do.

ScrutinyError
├── LibraryError            the library folder cannot be used
│   ├── LibraryLocked       another program is writing to it
│   ├── ModelMismatch       it was made with another embedding model
│   ├── WatchError          a place cannot be watched
│   ├── BackupError         a backup cannot be made, read or restored
│   ├── UnknownDocument     no document of that name is held
│   ├── UnknownToken        no token of that identity is in force, or nobody is known for one
│   ├── UnknownConversation no conversation of that identity is kept
│   ├── UnknownCheck        no check of that identity is kept
│   ├── UnknownFeedback     no feedback of that identity is kept
│   └── UnknownPack         no pack of that number is kept
├── IngestError             a document cannot be taken in (the rest goes on)
│   ├── Unreadable          broken, empty, encrypted, mislabelled, too large, too slow
│   ├── NoText              scanned: pages, but no words in them
│   └── Unfetchable         a web address that cannot or may not be fetched
├── ModelError              the language model gave no answer (quotes are given without it)
│   ├── ModelUnavailable    not reached, broken off, overloaded, or no model server
│   ├── ModelTooSlow        no whole answer within the time allowed
│   ├── ModelRefused        the key, the name or the size of the request was not accepted
│   └── ModelUnclear        its reply is not of the form that was asked for
├── PackError               no pack is made
│   ├── UnclearSubject      the words do not name one council, report or topic that is held
│   └── PackStopped         it was stopped before it was whole
├── OutOfTime               the time allowed for a piece of work was over
├── ExportError             a paper cannot be made or written as a file
├── SettingsError           a setting has a value that cannot be used
└── AccessError             it is not for this person
    ├── NotLoggedIn         nobody is logged in, or whoever was is so no longer
    ├── NotAllowed          their role may not do this
    └── UnknownShare        no such link, or it was withdrawn
"""

from __future__ import annotations


class ScrutinyError(Exception):
    """The root: its message may be shown to a user as it stands."""


class LibraryError(ScrutinyError):
    """The library folder cannot be used."""


class LibraryLocked(LibraryError):
    """Another program is writing to the library."""


class ModelMismatch(LibraryError):
    """The library was made with another embedding model."""


class BackupError(LibraryError):
    """A backup cannot be made, read or restored."""


class WatchError(LibraryError):
    """A place cannot be watched, or is not."""


class UnknownDocument(LibraryError):
    """No document of that name is held."""


class UnknownToken(LibraryError):
    """No token of that identity is in force, or nobody is known for whom to make one."""


class TooManyTokens(LibraryError):
    """A person has as many tokens in force as anyone may."""


class UnknownConversation(LibraryError):
    """No conversation of that identity is kept: it may have been deleted in another window."""


class UnknownCheck(LibraryError):
    """No check of that identity is kept: it may have been deleted in another window."""


class UnknownFeedback(LibraryError):
    """No feedback of that identity is kept: it may have been withdrawn in another window."""


class UnknownPack(LibraryError):
    """No pack of that number is kept: it may have been deleted in another window."""


class IngestError(ScrutinyError):
    """A document cannot be taken in; `remedy` says what to do about it."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason} {remedy}".strip())
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[IngestError], tuple[str, str]]:
        """Errors cross from the reading process to the main one whole."""
        return type(self), (self.reason, self.remedy)


class Unreadable(IngestError):
    """Broken, empty, encrypted, mislabelled, too large or too slow."""


class NoText(IngestError):
    """Pages, but no words in them."""


class Unfetchable(IngestError):
    """A web address that cannot or may not be fetched."""


class ModelError(ScrutinyError):
    """The language model gave no answer; the message holds nothing that the provider said."""


class ModelUnavailable(ModelError):
    """Not reached, broken off half way, overloaded, or not a model server at all."""


class ModelTooSlow(ModelError):
    """No whole answer within the time allowed."""


class ModelRefused(ModelError):
    """The provider did not accept the key, the model's name or the request."""


class ModelUnclear(ModelError):
    """The model's reply is not of the form that was asked for, and was not used."""


class PackError(ScrutinyError):
    """No pack is made."""


class UnclearSubject(PackError):
    """The words do not name one council, report or topic that is held; the message says what to
    type instead."""


class PackStopped(PackError):
    """It was stopped before it was whole; nothing of it is kept."""


class OutOfTime(ScrutinyError):
    """The time allowed for a piece of work was over; what there is by then is told."""


class ExportError(ScrutinyError):
    """A paper cannot be made or written as a file."""


class SettingsError(ScrutinyError):
    """A setting has a value that cannot be used."""


class AccessError(ScrutinyError):
    """It is not for this person."""


class NotLoggedIn(AccessError):
    """Nobody is logged in, or whoever was is so no longer."""


class NotAllowed(AccessError):
    """Their role may not do this."""


class UnknownShare(AccessError):
    """No such link, or it was withdrawn."""
