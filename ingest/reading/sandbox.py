"""Reads files in processes of their own, so that no file can harm the rest.

A file that crashes its reader, hangs it or fills its memory ends as an Unreadable refusal.
"""

from __future__ import annotations

import logging
import multiprocessing.context
import multiprocessing.spawn
import os
import signal
import stat
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from ingest.reading.readers import read_file
from ingest.types import ExtractedPages
from rag.errors import IngestError, Unreadable
from rag.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")

_MIB = 1024 * 1024
# A reader is replaced now and then: what its libraries leak counts against its memory limit.
_FILES_A_PROCESS = 50
_EXIT_NO_MEMORY = 77
_FRESH_COPY = "Open it in its own program and save a fresh copy, or print it to PDF."


@dataclass(frozen=True, slots=True)
class SourceBytes:
    """A file to read, by path or (a fetched page) by its bytes; `name` is what it is called."""

    name: str
    content: Path | bytes
    url: str | None = None


class ReaderPool:
    """A few processes that files may crash, hang or swell without harm; use it in a `with` block.

    `doing` and `remedy` say what was going on, and what to do, when a process breaks its limits.
    """

    def __init__(
        self,
        settings: Settings,
        workers: int = 1,
        *,
        tasks: int = _FILES_A_PROCESS,
        doing: str = "Reading it",
        remedy: str = "Split it into parts, or print it to PDF.",
    ) -> None:
        self._settings = settings
        self._workers = workers
        self._tasks = tasks
        self._doing = doing
        self._remedy = remedy
        self._starting = threading.Lock()
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; whatever they are at is given up."""
        with self._starting:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run any importable function within the limits; raises Unreadable when it breaks them.

        Any thread may call it.
        """
        for _ in range(2):
            # A process that died between two calls takes one that waits down with it: once more.
            with suppress(BrokenProcessPool):
                return self.result(self.start(function, *args, **kwargs))
        raise _crashed()

    def start(
        self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> ProcessFuture[T]:
        """Begin to run any importable function; `result` waits for what becomes of it."""
        return self._running_pool().schedule(
            _contained,
            args=(function, *args),
            kwargs=kwargs,
            timeout=self._settings.read_seconds,
        )

    def result(self, future: ProcessFuture[T]) -> T:
        """What became of it.

        Raises Unreadable when it broke the limits, BrokenProcessPool when its process died before
        it was begun.
        """
        try:
            return future.result()
        except TookTooLong as error:
            raise Unreadable(
                f"{self._doing} took longer than {self._settings.read_seconds} seconds.",
                self._remedy,
            ) from error
        except ProcessExpired as error:
            if error.exitcode != _EXIT_NO_MEMORY:
                raise _crashed() from error
            raise Unreadable(
                f"{self._doing} takes more than {self._settings.read_memory_mb} MiB of memory.",
                self._remedy,
            ) from error

    def _running_pool(self) -> ProcessPool:
        with self._starting:
            if self._pool is None or not self._pool.active:
                self._pool = ProcessPool(
                    max_workers=self._workers,
                    max_tasks=self._tasks,
                    initializer=_prepare_process,
                    initargs=(self._settings.read_memory_mb,),
                    context=_SpawnWithoutMain(),
                )
            return self._pool


def _crashed() -> Unreadable:
    return Unreadable("It is so damaged that it crashed its reader.", _FRESH_COPY)


def _contained(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs in the reading process: whatever goes wrong there comes out as an IngestError."""
    try:
        return function(*args, **kwargs)
    except IngestError:
        raise
    except MemoryError:
        # The process may be short of memory for good: end it, and the next file gets a fresh one.
        os._exit(_EXIT_NO_MEMORY)
    except Exception as error:  # noqa: BLE001 - whatever a library makes of a hostile file
        raise Unreadable(f"It is damaged ({type(error).__name__}).", _FRESH_COPY) from None


def read_source(source: SourceBytes, max_file_mb: int) -> ExtractedPages:
    """Read one source. Raises IngestError when it cannot be read."""
    content = source.content
    data = content if isinstance(content, bytes) else file_bytes(content, max_file_mb)
    return read_file(data, source.name, source.url)


def file_bytes(path: Path, max_file_mb: int) -> bytes:
    """What a file holds; raises Unreadable when it is too large or cannot be opened."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable("It is not a file.", "Give the path of a document.")
        with path.open("rb") as file:
            data = file.read(max_file_mb * _MIB + 1)
    except OSError as error:
        raise Unreadable(
            f"It cannot be opened: {error.strerror}.", "Check that it is there and may be read."
        ) from None
    if len(data) > max_file_mb * _MIB:
        raise Unreadable(
            f"It is larger than {max_file_mb} MiB.",
            "Split it into parts, or raise SCRUTINY_MAX_FILE_MB.",
        )
    return data


def _prepare_process(memory_mb: int) -> None:
    """Bound the memory of a reading process, where the system can, and keep it quiet."""
    # The pool's own handler would wait for a library call to return before the process ends.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = memory_mb * _MIB
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


_spawning = threading.Lock()


@contextmanager
def _without_main() -> Iterator[None]:
    """Have a process that is being spawned told of no main module.

    It would run the main module of its parent again. That may be the script of a web page, or a
    command that loads the encoder: a reader wants neither the time nor the memory. The standard
    library has no switch for it, with spawn or forkserver; a guard in the module does not save its
    imports; and it cannot be hidden for the moment: a web server changes it with every visit.
    """

    def preparation_without_main(name: str) -> dict[str, Any]:
        data: dict[str, Any] = preparation(name)
        data.pop("init_main_from_name", None)
        data.pop("init_main_from_path", None)
        return data

    with _spawning:
        preparation = multiprocessing.spawn.get_preparation_data
        patched = preparation_without_main
        setattr(multiprocessing.spawn, "get_preparation_data", patched)  # noqa: B010
        try:
            yield
        finally:
            setattr(multiprocessing.spawn, "get_preparation_data", preparation)  # noqa: B010


class _ProcessWithoutMain(multiprocessing.context.SpawnProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        with _without_main():
            return multiprocessing.context.SpawnProcess._Popen(process_obj)


class _SpawnWithoutMain(multiprocessing.context.SpawnContext):
    Process = _ProcessWithoutMain
