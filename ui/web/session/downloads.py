"""Whose each file is that a page offers, and by which log-in its maker is known again.

Streamlit keeps what is downloaded at an address made from its content, and gives it to whoever asks
for that address: a proxy's log or a history may tell it to another.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import TypeVar

_Value = TypeVar("_Value")

MOST_KEPT = 10_000
"""Files, and log-ins, that are remembered; of more, those that were noted last."""


class Downloads:
    """Who may have which file: the persons, by their keys, for whom such a content was made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._makers: OrderedDict[bytes, frozenset[str]] = OrderedDict()
        self._persons: OrderedDict[bytes, str] = OrderedDict()

    def note_login(self, credential: str, person: str) -> None:
        """Have who shows a credential be this person, who was let in with it."""
        with self._lock:
            _keep(self._persons, _digest(credential.encode()), person)

    def note_file(self, content: bytes, person: str) -> None:
        """Have a file be this person's, and anybody else's for whom the very same was made."""
        digest = _digest(content)
        with self._lock:
            _keep(self._makers, digest, self._makers.get(digest, frozenset()) | {person})

    def may_have(self, content: bytes, credential: str) -> bool:
        """Whether who shows a credential, "" for none, is one for whom a file was made."""
        digest = _digest(content)
        with self._lock:
            person = self._persons.get(_digest(credential.encode())) if credential else None
            return person is not None and person in self._makers.get(digest, frozenset())


def _keep(kept: OrderedDict[bytes, _Value], key: bytes, value: _Value) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


DOWNLOADS = Downloads()
"""Those of the pages of this server."""
