"""What may be wrong with a library and what it runs on, and what to do; nothing is changed.

Each check looks at one thing and tells what it found; one that fails itself is told as a fault, and
the others go on.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from rag.errors import ScrutinyError
from rag.generation.model import open_chat_model
from rag.library.databases.putting_back import DECIDED
from rag.library.encoder import open_embedder
from rag.library.lexical.search import FEW_PASSAGES
from rag.library.library import REPAIRED, VECTORS_REMADE, open_library
from rag.library.schema import BACKED_UP
from rag.library.source_files import ORIGINALS
from rag.library.sqlite import EARLIER, is_sound, version_of
from rag.library.vectors.exact_search import MOST_PASSAGES
from rag.library.vectors.index_check import counted_apart
from rag.library.write_lock import WriteLock
from rag.settings import Settings, load_settings
from rag.upkeep.archive import LIBRARY, truth_in
from rag.upkeep.restore import KEPT, UNPACKING

LEAST_ROOM = 2**30
"""Bytes that should be free."""
MOST_NAMED = 5
"""Documents that are named; more are counted."""
_SHARED_DISKS = frozenset(("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs"))
"""File systems over a network: SQLite's locks do not hold on them."""
_MOUNTS = Path("/proc/mounts")
_VERSIONS = {tables.file: tables.version for tables in BACKED_UP}


class Level(StrEnum):
    """How bad it is."""

    WELL = "well"
    NOTE = "note"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found; `remedy` says what to do about it, and is empty where all is well."""

    level: Level
    said: str
    remedy: str = ""


Check = Callable[[Settings], Iterator[Finding]]


def examine(settings: Settings, also: Sequence[Check] = ()) -> tuple[Finding, ...]:
    """Everything that was found, in the order of the checks; `also` are checks of others."""
    findings: list[Finding] = []
    for check in (*CHECKS, *also):
        try:
            findings += check(settings)
        except (ScrutinyError, OSError, sqlite3.Error) as error:
            said = f"This could not be looked at: {error}"
            findings.append(Finding(Level.FAULT, said, "Put that right, then ask again."))
    return tuple(findings)


# ---------------------------------------------------------------- the folder and its disk


def folder_check(settings: Settings) -> Iterator[Finding]:
    """Whether the folder is there, may be written to, and its disk has room."""
    folder = settings.library
    if not folder.is_dir():
        yield Finding(
            Level.NOTE,
            f"There is no folder {folder} yet.",
            "`scrutiny ingest FOLDER` makes it; or name another with SCRUTINY_LIBRARY.",
        )
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield Finding(
            Level.FAULT,
            f"The folder {folder} may not be written to.",
            "Give it to the user that the program runs as.",
        )
        return
    free, needed = shutil.disk_usage(folder).free, max(LEAST_ROOM, _size(folder / LIBRARY))
    if free < needed:
        yield Finding(
            Level.WARNING,
            f"The disk of {folder} has only {_mib(free)} free; an upgrade or a backup of the "
            f"library needs {_mib(needed)}.",
            f"Make room; what lies in {EARLIER} and {KEPT} may go when all is well.",
        )
    else:
        yield Finding(Level.WELL, f"The folder {folder} can be written to and has room.")


def servers_check(settings: Settings) -> Iterator[Finding]:
    """Whether the servers that hold a library can be reached, and hold what they are to hold."""
    if not (settings.database or settings.chroma):
        return
    library = open_library(settings)
    try:
        documents, passages = len(library.documents()), library.passage_count()
        if settings.database:
            yield Finding(Level.WELL, f"PostgreSQL can be reached and holds {documents} documents.")
            if passages > MOST_PASSAGES and not settings.chroma:
                yield Finding(
                    Level.WARNING,
                    f"Every vector of {passages:,} passages is compared, by each process.",
                    "Start a Chroma server and name it with SCRUTINY_CHROMA.",
                )
        if settings.chroma:
            vectors = library.vectors_held()
            if vectors == passages:
                yield Finding(Level.WELL, "The Chroma server can be reached and is in step.")
            else:
                yield Finding(
                    Level.WARNING,
                    f"The Chroma server holds {vectors:,} vectors of {passages:,} passages.",
                    "Start the program anew while nothing is added: it makes them afresh.",
                )
    finally:
        library.close()


def disk_check(settings: Settings) -> Iterator[Finding]:
    """Whether the folder is on a disk of this machine."""
    kind = _file_system(settings.library.absolute(), _mounts())
    if kind in _SHARED_DISKS:
        yield Finding(
            Level.FAULT,
            f"The library lies on a disk over the network ({kind}), which damages it sooner or "
            "later.",
            "Move the folder to a disk of this machine, and back it up to the other.",
        )


def writing_check(settings: Settings) -> Iterator[Finding]:
    """Whether another program is writing."""
    if not (settings.library / "writing.lock").exists():
        return
    try:
        with WriteLock(settings.library).held():
            pass
    except ScrutinyError:
        yield Finding(
            Level.NOTE,
            "Another program is writing to the library just now.",
            "Wait until it has finished before you add or restore anything.",
        )


def leftovers_check(settings: Settings) -> Iterator[Finding]:
    """Whether something was cut off, or copies take up room."""
    if (settings.library / DECIDED).is_dir():
        yield Finding(
            Level.NOTE,
            "A backup is being restored, or that was cut off before all of it was in its place.",
            "Nothing: whoever opens the library next finishes it; `scrutiny library list` does.",
        )
    for path in sorted(settings.library.glob(f"{UNPACKING}*")):
        yield Finding(
            Level.WARNING,
            f"Restoring a backup was cut off: {path} was left.",
            "Restore it again, which deletes that folder too.",
        )
    for name in (EARLIER, KEPT):
        size = sum(_size(path) for path in (settings.library / name).rglob("*") if path.is_file())
        if size:
            yield Finding(
                Level.NOTE,
                f"Copies from before an upgrade or a restore take up {_mib(size)} in "
                f"{settings.library / name}.",
                "Delete them when all is well.",
            )


def errors_check(settings: Settings) -> Iterator[Finding]:
    """Whether something unforeseen went wrong."""
    log = settings.library / "errors.log"
    if _size(log):
        yield Finding(
            Level.WARNING,
            f"Something unforeseen has gone wrong before: {log} tells what.",
            "Send that file to who looks after the program, then delete it.",
        )


# ---------------------------------------------------------------- what is held


def files_check(settings: Settings) -> Iterator[Finding]:
    """Whether each file that holds the truth is sound and of a version that this program reads."""
    for path in truth_in(settings.library):
        known = _VERSIONS.get(path.name)
        if not is_sound(path):
            yield Finding(
                Level.FAULT,
                f"The file {path} is damaged.",
                "Restore a backup (`scrutiny restore FILE`), which keeps the damaged file aside.",
            )
        elif known is not None and version_of(path) > known:
            yield Finding(
                Level.FAULT,
                f"The file {path} was made by a later version of this program.",
                "Update the program.",
            )
        elif known is not None and version_of(path) < known:
            yield Finding(
                Level.NOTE,
                f"The file {path} was made by an earlier version of this program.",
                "Nothing: it is brought up when it is next opened, and a copy of it kept.",
            )
        else:
            yield Finding(Level.WELL, f"{path.name} is sound.")


def rows_check(settings: Settings) -> Iterator[Finding]:
    """Whether documents have all that they are said to have, in each index."""
    wrong = _names(
        settings,
        "SELECT name FROM documents WHERE "
        "pages != (SELECT count(*) FROM pages WHERE document = name) OR "
        "passages != (SELECT count(*) FROM passages WHERE document = name) OR "
        "name NOT IN (SELECT document FROM vectors)",
    )
    if wrong:
        yield Finding(
            Level.FAULT,
            f"Pages, passages or vectors are missing of {_told(wrong)}.",
            "Remove them for good and ingest them again, or restore a backup.",
        )
    if _names(
        settings,
        "SELECT 'x' WHERE (SELECT count(*) FROM passages) != "
        "(SELECT count(*) FROM lexical_docsize)",
    ):
        yield Finding(
            Level.FAULT,
            "The index of words does not hold what is held.",
            "Restore a backup, or ingest the documents again into a new folder.",
        )
    if _names(settings, "SELECT version FROM unsettled"):
        yield Finding(
            Level.WARNING,
            "A program was cut off while it wrote.",
            "Nothing is lost: the next `scrutiny ingest` sweeps up what it left.",
        )


def originals_check(settings: Settings) -> Iterator[Finding]:
    """Whether the files that documents were read from are kept, and are what they were."""
    held = _rows(settings, "SELECT sha256, name FROM documents ORDER BY name")
    kept = {path.stem for path in (settings.library / ORIGINALS).glob("*")}
    missing = [name for sha256, name in held if sha256 not in kept]
    if missing:
        yield Finding(
            Level.WARNING,
            f"The file is not kept of {_told(missing)}: its pages cannot be drawn.",
            "Ingest it again from where it came, or restore a backup.",
        )


def indexes_check(settings: Settings) -> Iterator[Finding]:
    """Whether the indexes of a large library are in step with it."""
    passages = sum(int(n) for (n,) in _rows(settings, "SELECT passages FROM documents"))
    remedy = (
        "`scrutiny ingest` of any file makes it afresh; until then answers are slower or worse."
    )
    if passages > MOST_PASSAGES and _vectors_counted(settings.library) != passages:
        yield Finding(Level.FAULT, "The index of vectors (chroma) is not in step.", remedy)
    if passages > FEW_PASSAGES and _terms_counted(settings.library) < passages:
        yield Finding(Level.WARNING, "The index of words (terms) is not in step.", remedy)


def repairs_check(settings: Settings) -> Iterator[Finding]:
    """Whether an index was found damaged, and put right."""
    at = dict(_rows(settings, "SELECT name, value FROM facts")).get(REPAIRED, "")
    if at:
        yield Finding(
            Level.NOTE,
            f"{VECTORS_REMADE} That was on {at[:10]}.",
            "Nothing; where it comes again, look at the disk.",
        )


def refused_check(settings: Settings) -> Iterator[Finding]:
    """Whether documents were refused."""
    refused = _names(settings, "SELECT name FROM refused ORDER BY at DESC")
    if refused:
        yield Finding(
            Level.NOTE,
            f"Refused and not taken in since: {_told(refused)}.",
            "`scrutiny library refused` says why and what to do.",
        )


# ---------------------------------------------------------------- what it runs on


def encoder_check(settings: Settings) -> Iterator[Finding]:
    """Whether the embedding model is there, and is the one that the library was made with."""
    made_with = dict(_rows(settings, "SELECT name, value FROM facts")).get("model")
    fingerprint = open_embedder(settings.embedding_model).fingerprint
    if made_with not in (None, fingerprint):
        yield Finding(
            Level.FAULT,
            "The library was made with another embedding model than is set.",
            "Set SCRUTINY_EMBEDDING_MODEL back to that model, or ingest the documents again into a "
            "new folder.",
        )
    else:
        yield Finding(Level.WELL, "The embedding model is there.")


def model_check(settings: Settings) -> Iterator[Finding]:
    """Whether the language model that is set can be called; nothing is asked of it."""
    try:
        # The settings of a model are left unread by commands that need none.
        settings = load_settings(library=settings.library)
        open_chat_model(settings)
    except ScrutinyError as error:
        yield Finding(
            Level.FAULT, str(error), "Until then answers are quoted, without a language model."
        )
    else:
        set_up = f"The language model {settings.model} can be called."
        quoted = "No language model is set: answers are quoted."
        yield Finding(Level.WELL, set_up if settings.model else quoted)


CHECKS: tuple[Check, ...] = (
    folder_check,
    servers_check,
    disk_check,
    files_check,
    rows_check,
    originals_check,
    indexes_check,
    repairs_check,
    refused_check,
    encoder_check,
    model_check,
    writing_check,
    leftovers_check,
    errors_check,
)


# ---------------------------------------------------------------- inside


def _rows(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    """The rows of the library's file; none where there is none, where it is damaged or lacks the
    table, which another check tells."""
    path = settings.library / LIBRARY
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as held:
            return held.execute(sql).fetchall()
    except sqlite3.DatabaseError:
        return []


def _names(settings: Settings, sql: str) -> list[str]:
    return [str(name) for (name,) in _rows(settings, sql)]


def _told(names: Sequence[str]) -> str:
    told = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{told} and {more} more" if more > 0 else told


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _mib(size: int) -> str:
    return f"{max(1, size // 2**20)} MiB"


def _vectors_counted(folder: Path) -> int:
    return counted_apart(folder / "chroma") or 0 if (folder / "chroma").is_dir() else 0


def _terms_counted(folder: Path) -> int:
    from rag.library.lexical.tantivy_index import TantivyIndex

    try:
        return TantivyIndex(folder / "terms").count() if (folder / "terms").is_dir() else 0
    except ScrutinyError:
        return 0


def _mounts() -> list[tuple[str, str]]:
    """Where file systems are mounted, and of which kind each is; none where the system does not
    tell."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    fields = [line.split() for line in lines]
    return [(row[1].replace("\\040", " "), row[2]) for row in fields if len(row) > 2]


def _file_system(folder: Path, mounts: Sequence[tuple[str, str]]) -> str:
    """The kind of file system that a folder lies on; "" where that is not known."""
    within = [(Path(place), kind) for place, kind in mounts if folder.is_relative_to(place)]
    return max(within, key=lambda each: len(each[0].parts), default=(folder, ""))[1]
