"""Who calls: the person of a token, and how often they may.

Everything is refused without a token, on loopback too: a page of another site can reach that.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from rag.access.people import Person
from rag.saved.tokens import Tokens

MOST_FAILURES = 20
"""A minute, from one address: tokens that are unknown."""


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
    """Knows callers by their tokens, and counts how often each calls."""

    def __init__(self, tokens: Tokens, per_minute: int) -> None:
        self._tokens = tokens
        self._allowed = RateLimitItemPerMinute(per_minute)
        self._failures = RateLimitItemPerMinute(MOST_FAILURES)
        self._counter = MovingWindowRateLimiter(MemoryStorage())

    def admit(self, headers: Mapping[str, str], address: str) -> Person | Refusal:
        """The person who calls with these headers, from an address; or why not."""
        if not self._counter.test(self._failures, "failures", address):
            return self._too_often(self._failures, "failures", address)
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        person = self._tokens.person(secret.strip()) if scheme.casefold() == "bearer" else None
        if person is None:
            self._counter.hit(self._failures, "failures", address)
            return Refusal(
                401,
                "Give a token that is in force, as “Authorization: Bearer ...”: "
                "the page Programs and `scrutiny token make` make one.",
            )
        if not self._counter.hit(self._allowed, "calls", person.key):
            return self._too_often(self._allowed, "calls", person.key)
        return person

    def _too_often(self, item: RateLimitItemPerMinute, *key: str) -> Refusal:
        until = self._counter.get_window_stats(item, *key).reset_time
        again = max(1, math.ceil(until - time.time()))
        return Refusal(429, f"Too many calls: wait {again} seconds.", again)
