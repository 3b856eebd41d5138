"""One adapter for both files of a library folder, and files that older versions have made."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from shared_data import WordEmbedder, put, vectors_held

from rag.errors import LibraryError
from rag.library.library import Library
from rag.library.schema import DESK, DESK_VERSION, LIBRARY_VERSION
from rag.library.sqlite import Database

VERSION_1 = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, version TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL, pages INTEGER NOT NULL, passages INTEGER NOT NULL,
    added TEXT NOT NULL, related TEXT NOT NULL DEFAULT '[]', sketch BLOB NOT NULL,
    origin TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS documents_sha256 ON documents (sha256);
CREATE TABLE IF NOT EXISTS pages (
    document TEXT NOT NULL REFERENCES documents (name) ON DELETE CASCADE,
    number INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (document, number));
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (name) ON DELETE CASCADE,
    number INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (document, number));
CREATE TABLE IF NOT EXISTS vectors (
    document TEXT PRIMARY KEY REFERENCES documents (name) ON DELETE CASCADE,
    content BLOB NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS lexical USING fts5 (
    text, heading, source, document, tokenize = "unicode61 remove_diacritics 2 tokenchars '%.£$€'");
CREATE VIRTUAL TABLE IF NOT EXISTS lexical_terms USING fts5vocab (lexical, row);
CREATE TABLE IF NOT EXISTS unsettled (version TEXT PRIMARY KEY);
PRAGMA user_version = 1;
COMMIT;
"""
"""The library file as the first version of the program made it."""
DESCRIPTION_1 = (
    '{"title": "Plan", "publisher": null, "kind": "other", "published": null, '
    '"inspected_from": null, "inspected_to": null, "councils": [], "source_url": null, '
    '"agency": null, "guessed": ["title"]}'
)
SCHEMA = "-- A comment; with a semicolon.\nCREATE TABLE IF NOT EXISTS words (word TEXT);\n"


@pytest.fixture
def of_version_1(tmp_path: Path) -> Path:
    """A library folder whose file an older program made, with a document in it."""
    folder = tmp_path / "library"
    now = Library(folder, WordEmbedder())
    put(now, "plan.docx", "The council will recruit twenty social workers.")
    tables = ("facts", "documents", "pages", "passages", "vectors", "lexical")
    held = {table: now._database.rows(f"SELECT * FROM {table}") for table in tables}
    now.close()
    for file in folder.glob("library.sqlite3*"):
        file.unlink()
    old = sqlite3.connect(folder / "library.sqlite3", isolation_level=None)
    old.executescript(VERSION_1)
    for table, rows in held.items():
        for row in rows:
            old.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    old.execute("UPDATE documents SET description = ?", (DESCRIPTION_1,))
    old.close()
    return folder


def test_a_library_of_the_first_version_is_brought_up_and_keeps_what_it_holds(
    of_version_1: Path,
) -> None:
    library = Library(of_version_1, WordEmbedder())
    assert library._database.row("PRAGMA user_version") == (LIBRARY_VERSION,)
    (document,) = library.documents()
    assert (document.description.title, document.description.edited) == ("Plan", frozenset())
    assert library.matching(["recruit"], 5)
    assert vectors_held(library) == (1, 1)
    assert not library.aside()
    assert not library.refused()
    library.set_aside("plan.docx")
    library.put_back("plan.docx")
    assert library.documents() == (document,)
    library.close()


def test_several_programs_may_open_an_old_or_a_new_file_at_once(of_version_1: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from rag.saved.conversations import Conversations;"
        "from rag.library.sqlite import Database; "
        "from rag.library.schema import LIBRARY, LIBRARY_VERSION;"
        "folder = Path(sys.argv[1]); Conversations(folder).begin('One');"
        "Database(folder / 'library.sqlite3', LIBRARY, LIBRARY_VERSION)"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(of_version_1)], stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for child in started:
        _, told = child.communicate(timeout=120)
        assert child.returncode == 0, told.decode()
    desk = Database(of_version_1 / "desk.sqlite3", DESK, DESK_VERSION)
    assert desk.row("SELECT count(*) FROM conversations") == (4,)
    desk.close()


def test_several_threads_may_make_a_file_at_once(tmp_path: Path) -> None:
    errors: list[BaseException] = []

    def use() -> None:
        try:
            database = Database(tmp_path / "new" / "words.sqlite3", SCHEMA, 1)
            with database.transaction() as connection:
                connection.execute("INSERT INTO words VALUES ('one')")
            database.close()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            errors.append(error)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    database = Database(tmp_path / "new" / "words.sqlite3", SCHEMA, 1)
    assert database.row("SELECT count(*) FROM words") == (8,)
    database.close()


def test_a_schema_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite3"
    Database(path, SCHEMA, 1).close()
    broken = SCHEMA + "CREATE TABLE more (word TEXT);\nCREATE TABLE words (word TEXT);\n"
    with pytest.raises(LibraryError, match="could not be written"):
        Database(path, broken, 2)
    database = Database(path, SCHEMA, 1)
    assert database.rows("SELECT name FROM sqlite_master") == [("words",)]
    database.close()


def test_a_damaged_file_is_told_with_its_own_remedy(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite3"
    path.write_bytes(b"garbage " * 999)
    with pytest.raises(LibraryError, match=r"words\.sqlite3 .* or burn it\."):
        Database(path, SCHEMA, 1, remedy="burn it")
