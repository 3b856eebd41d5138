"""The file beside the library that keeps what people did with its answers, and answers in it."""

from __future__ import annotations

import json
from pathlib import Path

from rag.library.schema import DESK, DESK_COLUMNS, DESK_VERSION
from rag.library.sqlite import Database
from rag.records.answers import BadRecord, answer_from_record, answer_record
from rag.types import Answer


def open_desk_file(folder: Path) -> Database:
    """The file of what people keep in a library folder, made when there is none.

    Raises LibraryError.
    """
    return Database(
        folder / "desk.sqlite3",
        DESK,
        DESK_VERSION,
        columns=DESK_COLUMNS,
        remedy="move it away: conversations, feedback and packs begin anew, the documents are not "
        "touched",
    )


def dump_answer(answer: Answer) -> str:
    """An answer as JSON."""
    return json.dumps(answer_record(answer))


def load_answer(content: bytes | str) -> Answer:
    """The answer that `dump_answer` wrote. Raises BadRecord when it is damaged."""
    try:
        record = json.loads(content)
    except ValueError as error:
        raise BadRecord(f"A saved answer cannot be read ({error}): ask it again.") from error
    return answer_from_record(record)
