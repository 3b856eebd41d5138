"""The file beside the library that keeps what people did with its answers, and answers in it."""

from __future__ import annotations

import json

from rag.library.database import Database
from rag.library.databases.engines import open_database
from rag.library.schema import DESK_TABLES
from rag.records.answers import BadRecord, answer_from_record, answer_record
from rag.settings import Home
from rag.types import Answer


def open_desk_file(home: Home) -> Database:
    """What people keep beside a library, made when there is nothing yet.

    Raises LibraryError.
    """
    return open_database(home, DESK_TABLES)


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
