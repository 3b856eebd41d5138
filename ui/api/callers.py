"""Who calls: the person of a token, and how often they may.

Everything is refused without a token, on loopback too: a page of another site can reach that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rag.access.people import Person
from rag.saved.call_counts import CallCounts
from rag.saved.tokens import Tokens

MOST_FAILURES = 20
"""A minute, from one address: tokens that are unknown."""
_CALLS, _GUESSES = "calls", "guesses"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a call is refused: an HTTP status, what to say, and when to come back, in seconds."""

    status: int
    said: str
    again: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """What goes with it."""
        if self.again:
            return {"Retry-After": str(self.again)}
        return {"WWW-Authenticate": 'Bearer realm="Scrutiny Desk"'} if self.status == 401 else {}


class Callers:
    """Knows callers by their tokens, and counts how often each calls, whichever process they come
    to."""

    def __init__(self, tokens: Tokens, counts: CallCounts, per_minute: int) -> None:
        self._tokens = tokens
        self._counts = counts
        self._per_minute = per_minute

    def admit(self, headers: Mapping[str, str], address: str) -> Person | Refusal:
        """The person who calls with these headers, from an address; or why not."""
        guesses = f"{_GUESSES} {address}"
        if wait := self._counts.wait(guesses, MOST_FAILURES):
            return _too_often(wait)
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        person = self._tokens.person(secret.strip()) if scheme.casefold() == "bearer" else None
        if person is None:
            self._counts.count(guesses, MOST_FAILURES)
            return Refusal(
                401,
                "Give a token that is in force, as “Authorization: Bearer ...”: "
                "the page Programs and `scrutiny token make` make one.",
            )
        if wait := self._counts.count(f"{_CALLS} {person.key}", self._per_minute):
            return _too_often(wait)
        return person


def _too_often(wait: float) -> Refusal:
    again = max(1, math.ceil(wait))
    return Refusal(429, f"Too many calls: wait {again} seconds.", again)
