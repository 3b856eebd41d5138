"""The right to write to a library: one program has it at a time, for all of its threads."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import LibraryError, LibraryLocked
from rag.types import Stop

_LOOK_SECONDS = 0.1


class WritingRight(ABC):
    """Who holds it may take it again, in any thread."""

    def __init__(self) -> None:
        self._counting = threading.Lock()
        self._holders = 0

    @contextmanager
    def held(self, patience: float = 0.0, stop: Stop = lambda: False) -> Iterator[bool]:
        """Hold the lock within the block; yields whether it was not held before.

        Raises LibraryLocked when another program still holds it after so many seconds, or once
        `stop` says so, LibraryError when it cannot be had at all.
        """
        end = time.monotonic() + patience
        # Looked at again and again, and not waited for: other threads may not be as patient.
        while (is_first := self._taken(is_last_try=stop() or time.monotonic() >= end)) is None:
            time.sleep(_LOOK_SECONDS)
        try:
            yield is_first
        finally:
            with self._counting:
                self._holders -= 1
                if not self._holders:
                    self._release()

    def _taken(self, *, is_last_try: bool) -> bool | None:
        """Take the lock; whether it was not held before, and None where another program has it."""
        with self._counting:
            is_first = not self._holders
            if is_first:
                try:
                    self._acquire()
                except LibraryLocked:
                    if is_last_try:
                        raise
                    return None
            self._holders += 1
        return is_first

    @abstractmethod
    def _acquire(self) -> None:
        """Take it from every other program. Raises as `held` does."""

    @abstractmethod
    def _release(self) -> None:
        """Leave it to other programs."""


class WriteLock(WritingRight):
    """A lock file in a library's folder."""

    def __init__(self, folder: Path, name: str = "writing.lock") -> None:
        super().__init__()
        self._folder = folder
        self._lock = FileLock(folder / name, timeout=0, thread_local=False)

    def _release(self) -> None:
        self._lock.release()

    def _acquire(self) -> None:
        try:
            self._lock.acquire()
        except Timeout as error:
            raise LibraryLocked(
                f"Another program is writing to the library in {self._folder}: wait until it has "
                "finished, then try again."
            ) from error
        except OSError as error:
            raise LibraryError(
                f"The library in {self._folder} cannot be written to ({error.strerror}). Check "
                "that the folder may be written to, or name another with SCRUTINY_LIBRARY."
            ) from error
