"""Structured logs: one line of JSON an event, without a word of a document or of a question.

What an event tells are numbers, truths and names of ours; words go with it only where the level is
set to debug. What a library of others logs is told by its logger and the kind of error alone, for
its message may repeat what it was given.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from rag.errors import SettingsError

LOGGER = logging.getLogger("scrutiny")
LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}
STDERR = "stderr"
OFF = "off"
PLAIN_MESSAGES = ("uvicorn.error",)
"""Loggers of others whose messages tell of the server alone."""
_OURS = ("rag", "ingest", "ui")
_handlers: list[logging.Handler] = []
"""What logs now: one handler, or none."""


class Event(StrEnum):
    """What is logged."""

    SERVING = "serving"
    STOPPED = "stopped"
    READY = "ready"
    NOT_READY = "not ready"
    COMMAND = "command"
    ANSWERED = "answered"
    CHECKED = "checked"
    PACKED = "pack made"
    DOCUMENT = "document"
    INDEX_REMADE = "index remade"
    INGESTED = "ingested"
    BACKED_UP = "backed up"
    RESTORED = "restored"
    WATCHED = "watched"
    CALLED = "called"
    UNFORESEEN = "unforeseen"
    FOREIGN = "message of a library"


Detail = int | float | bool | StrEnum | None


def log(
    event: Event,
    level: int = logging.INFO,
    *,
    error: BaseException | None = None,
    id: str = "",
    words: Mapping[str, str] | None = None,
    **details: Detail,
) -> None:
    """Log an event.

    `id` is a name of ours, or what no person has chosen, such as a part of a sha256; `words` are
    logged only where the level is debug, and of an `error` only its kind and place.
    """
    if LOGGER.isEnabledFor(level):
        fields: dict[str, object] = dict(details)
        if id:
            fields["id"] = id
        if words and LOGGER.isEnabledFor(logging.DEBUG):
            fields |= words
        LOGGER.log(level, event.value, exc_info=error, extra={"fields": fields})


def start(where: str, level: str = "info") -> None:
    """Log from now on: to "stderr", to a file by its path, or not at all ("off" or "").

    Raises SettingsError for a file that cannot be written.
    """
    while _handlers:
        before = _handlers.pop()
        logging.root.removeHandler(before)
        before.close()
    logging.captureWarnings(False)
    LOGGER.setLevel(LEVELS[level])
    if where in ("", OFF):
        LOGGER.setLevel(logging.CRITICAL + 1)
        return
    handler: logging.Handler = _ToStderr() if where == STDERR else _to_file(Path(where))
    handler.setFormatter(JsonLines(with_words=LEVELS[level] <= logging.DEBUG))
    _handlers.append(handler)
    logging.root.addHandler(handler)
    logging.captureWarnings(True)


class JsonLines(logging.Formatter):
    """A record as one line of JSON; what others say goes along only `with_words`."""

    def __init__(self, *, with_words: bool = False) -> None:
        super().__init__()
        self._with_words = with_words

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        fields: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.casefold(),
        }
        if record.name == LOGGER.name:
            fields |= {"event": record.msg, **getattr(record, "fields", {})}
        else:
            fields |= {"event": Event.FOREIGN, "logger": record.name}
            if self._with_words or record.name in PLAIN_MESSAGES:
                fields["message"] = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            fields |= self._error(record.exc_info[1])
        return json.dumps(fields, default=str)

    def _error(self, error: BaseException) -> dict[str, object]:
        told: dict[str, object] = {"error": type(error).__name__, "where": place(error)}
        return told | ({"said": str(error)} if self._with_words else {})


def place(error: BaseException) -> str:
    """Where an error came from: the last line of ours that its traceback goes through."""
    frames = _frames(error.__traceback__)
    ours = [frame for frame in frames if frame.startswith(_OURS)]
    return (ours or frames or [""])[-1]


def trace(error: BaseException, *, with_words: bool) -> str:
    """How an error came about, for a log: without what it says, unless `with_words`."""
    said = f": {error}" if with_words else ""
    frames = [f"  {frame}\n" for frame in _frames(error.__traceback__)]
    return "".join([*frames, f"{type(error).__name__}{said}\n"])


def _frames(traceback: TracebackType | None) -> list[str]:
    root = Path(__file__).parents[1]
    frames = []
    for frame in extract_tb(traceback):
        path = Path(frame.filename)
        shown = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
        frames.append(f"{shown.as_posix()}:{frame.lineno} {frame.name}")
    return frames


class _ToStderr(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to what standard error is at the time."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        self.stream = sys.stderr
        super().emit(record)


def _to_file(path: Path) -> logging.Handler:
    """Writes to a file, and to a new one of its name when it was moved away."""
    # Late, because few commands log to a file.
    from logging.handlers import WatchedFileHandler

    try:
        return WatchedFileHandler(path.expanduser(), encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"SCRUTINY_LOG names {path}, which cannot be written ({error.strerror}): give stderr, "
            "off or the path of a file."
        ) from error
