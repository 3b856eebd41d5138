"""Long work takes turns: one piece at a time in a process, first come, first served."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

from rag.errors import ScrutinyError
from ui.wording.translation import tr

MOST_WAITING = 50
"""Pieces of work, the one in hand among them."""
_LOOKED_AFTER = 0.1
"""Seconds after which one who waits looks whether they are to go on waiting."""


class TooManyWaiting(ScrutinyError):
    """So much waits for its turn that nothing more is put behind it."""


class Turns:
    """The line of those who wait; `too_many` says what to do where it is full.

    All methods may be called from any thread.
    """

    def __init__(self, too_many: str, most: int = MOST_WAITING) -> None:
        self._too_many, self._most = too_many, most
        self._line: list[Turn] = []
        self._moved = threading.Condition()

    def take(self) -> Turn:
        """A place at the end of the line; to be left by the end of its block, or by `leave`.

        Raises TooManyWaiting.
        """
        with self._moved:
            if len(self._line) >= self._most:
                raise TooManyWaiting(tr(self._too_many))
            turn = Turn(self._line, self._moved)
            self._line.append(turn)
            return turn


class Turn:
    """A place in a line."""

    def __init__(self, line: list[Turn], moved: threading.Condition) -> None:
        self._line, self._moved = line, moved

    def has_come(self, ahead: Callable[[int], object], stop: Callable[[], bool]) -> bool:
        """Wait until it has come, or until it is to `stop`; which of them. `ahead` is told how
        many are before it."""
        told = 0
        with self._moved:
            while not stop():
                before = self._line.index(self)
                if before != told:
                    told = before
                    ahead(before)
                if not before:
                    return True
                self._moved.wait(_LOOKED_AFTER)
        return False

    def leave(self) -> None:
        """Let the next one come."""
        with self._moved:
            if self in self._line:
                self._line.remove(self)
            self._moved.notify_all()

    def __enter__(self) -> Turn:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.leave()
