"""The tables that a library has, in SQLite's words, and the version of each set of them.

Each schema makes what is missing and leaves what is there, so that it also brings up a file that an
older version has made. A version is kept in its file, so that a later one is not misread.
"""

from __future__ import annotations

from rag.library.database import TableSet

LIBRARY_VERSION = 3
LIBRARY = """
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
-- The pages whose text was read from a picture by OCR, and the figures not surely read.
CREATE TABLE IF NOT EXISTS ocr_pages (
    document TEXT NOT NULL REFERENCES documents (name) ON DELETE CASCADE,
    number INTEGER NOT NULL, doubtful TEXT NOT NULL DEFAULT '[]', PRIMARY KEY (document, number));
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (name) ON DELETE CASCADE,
    number INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (document, number));
-- The vectors of a document's passages, in order, as float32: Chroma is remade from these.
CREATE TABLE IF NOT EXISTS vectors (
    document TEXT PRIMARY KEY REFERENCES documents (name) ON DELETE CASCADE,
    content BLOB NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS lexical USING fts5 (
    text, heading, source, document, tokenize = "unicode61 remove_diacritics 2 tokenchars '%.£$€'");
CREATE VIRTUAL TABLE IF NOT EXISTS lexical_terms USING fts5vocab (lexical, row);
-- Versions whose vectors are being written or removed: what is left here after a crash is swept.
CREATE TABLE IF NOT EXISTS unsettled (version TEXT PRIMARY KEY);
-- Documents taken out of every index and kept whole, so that they can be put back.
CREATE TABLE IF NOT EXISTS aside (
    name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, at TEXT NOT NULL, description TEXT NOT NULL,
    added TEXT NOT NULL, related TEXT NOT NULL, origin TEXT NOT NULL, pages TEXT NOT NULL,
    passages TEXT NOT NULL, vectors BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS aside_sha256 ON aside (sha256);
-- Documents that could not be taken in, and why.
CREATE TABLE IF NOT EXISTS refused (
    name TEXT PRIMARY KEY, reason TEXT NOT NULL, at TEXT NOT NULL);
"""
LIBRARY_TABLES = TableSet("library", LIBRARY, LIBRARY_VERSION)

DESK_VERSION = 5
DESK_COLUMNS = (
    ("conversations", "owner", "TEXT NOT NULL DEFAULT 'local'"),
    ("turns", "hand", "TEXT NOT NULL DEFAULT ''"),
    ("turns", "at", "TEXT NOT NULL DEFAULT ''"),
    ("feedback", "owner", "TEXT NOT NULL DEFAULT 'local'"),
    ("packs", "owner", "TEXT NOT NULL DEFAULT 'local'"),
)
"""The columns that a file of an older version lacks. What it keeps was everybody's: it belongs to
the one person of the computer, and to the first administrator once people log in."""
DESK = """
-- Who has logged in. `subject` is what their provider knows them by, `given` the role that an
-- administrator gave them; what is theirs and what they did is known by `key` alone.
CREATE TABLE IF NOT EXISTS people (
    key TEXT PRIMARY KEY, subject TEXT NOT NULL UNIQUE, name TEXT NOT NULL, email TEXT NOT NULL,
    role TEXT NOT NULL, given TEXT NOT NULL DEFAULT '', suspended TEXT NOT NULL DEFAULT '',
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL);
-- `sought` is what a search looks through, in one case; `deleted` is when, or empty.
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, sought TEXT NOT NULL, begun TEXT NOT NULL,
    touched TEXT NOT NULL, deleted TEXT NOT NULL DEFAULT '',
    owner TEXT NOT NULL DEFAULT 'local');
CREATE INDEX IF NOT EXISTS conversations_owner ON conversations (owner, touched);
-- `hand` tells the page in which it was asked from others that the same person has open.
CREATE TABLE IF NOT EXISTS turns (
    id INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question TEXT NOT NULL, answer TEXT, problem TEXT NOT NULL, sought TEXT NOT NULL,
    hand TEXT NOT NULL DEFAULT '', at TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS turns_conversation ON turns (conversation, id);
CREATE TABLE IF NOT EXISTS checks (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL,
    parts TEXT NOT NULL, problem TEXT NOT NULL, sought TEXT NOT NULL,
    deleted TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS checks_owner ON checks (owner, at);
CREATE TABLE IF NOT EXISTS feedback (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, judged TEXT NOT NULL, note TEXT NOT NULL,
    answer TEXT NOT NULL, owner TEXT NOT NULL DEFAULT 'local');
-- Committee packs; `subject_key` tells which are on one subject. No number is used twice.
CREATE TABLE IF NOT EXISTS packs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, subject_key TEXT NOT NULL, subject TEXT NOT NULL,
    council TEXT NOT NULL, made TEXT NOT NULL, pack TEXT NOT NULL, arrangement TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT 'local');
CREATE INDEX IF NOT EXISTS packs_subject ON packs (subject_key, made);
CREATE INDEX IF NOT EXISTS packs_owner ON packs (owner, made);
-- What each person noted of what they follow about a council: `item` is its words at that time.
CREATE TABLE IF NOT EXISTS tracked (
    owner TEXT NOT NULL, council TEXT NOT NULL, key TEXT NOT NULL, status TEXT NOT NULL,
    note TEXT NOT NULL, item TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (owner, council, key));
-- When each person was here last, and when before that.
CREATE TABLE IF NOT EXISTS visits (
    owner TEXT PRIMARY KEY, at TEXT NOT NULL, before TEXT NOT NULL DEFAULT '');
-- Links by which others may read what is somebody's; `withdrawn` is when, or empty.
CREATE TABLE IF NOT EXISTS shares (
    token TEXT PRIMARY KEY, kind TEXT NOT NULL, item TEXT NOT NULL, owner TEXT NOT NULL,
    at TEXT NOT NULL, withdrawn TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS shares_item ON shares (kind, item, owner);
-- How long records of a kind are kept, in days.
CREATE TABLE IF NOT EXISTS retention (kind TEXT PRIMARY KEY, days INTEGER NOT NULL);
-- What happened. Each entry's `seal` is made of it and of the seal before; nothing is changed, and
-- none is taken away but those that retention has let go, up to `number` of `audit_floor`, of which
-- the last seal is kept. The words of an entry lie apart, so that they can be erased: the entry
-- holds the digest of them and of a salt.
CREATE TABLE IF NOT EXISTS audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL,
    event TEXT NOT NULL, kind TEXT NOT NULL, item TEXT NOT NULL, digest TEXT NOT NULL,
    seal TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS audit_actor ON audit (actor, number);
CREATE TABLE IF NOT EXISTS audit_words (
    number INTEGER PRIMARY KEY, salt TEXT NOT NULL, words TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS audit_floor (number INTEGER NOT NULL, seal TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit
    BEGIN SELECT RAISE (ABORT, 'an entry of the audit trail is never changed'); END;
CREATE TRIGGER IF NOT EXISTS audit_keeps BEFORE DELETE ON audit
    WHEN OLD.number > coalesce((SELECT max(number) FROM audit_floor), 0)
    BEGIN SELECT RAISE (ABORT, 'an entry of the audit trail is never taken away'); END;
CREATE TRIGGER IF NOT EXISTS audit_words_stay BEFORE UPDATE ON audit_words
    BEGIN SELECT RAISE (ABORT, 'the words of the audit trail are never changed'); END;
"""
DESK_TABLES = TableSet(
    "desk",
    DESK,
    DESK_VERSION,
    DESK_COLUMNS,
    "move it away: conversations, feedback and packs begin anew, the documents are not touched",
)

WATCH = """
-- `looked` is when it was last looked at, `problem` why that failed, `state` what a folder held.
CREATE TABLE IF NOT EXISTS places (
    address TEXT PRIMARY KEY, kind TEXT NOT NULL, added TEXT NOT NULL,
    looked TEXT NOT NULL DEFAULT '', problem TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS found (
    address TEXT NOT NULL REFERENCES places (address) ON DELETE CASCADE,
    link TEXT NOT NULL, at TEXT NOT NULL, is_done INTEGER NOT NULL, tries INTEGER NOT NULL,
    PRIMARY KEY (address, link));
"""
WATCH_TABLES = TableSet("watch", WATCH, 1, remedy="move it away and name again what is watched")

BACKED_UP = (WATCH_TABLES, DESK_TABLES, LIBRARY_TABLES)
"""What a backup holds of a library, its own tables last: what others tell of a document is then no
newer than the document."""

ANALYSES_VERSION = 1
ANALYSES = """
-- Vectors of words of a document, by what tells the words: each row is what was encoded at once.
CREATE TABLE IF NOT EXISTS word_vectors (
    version TEXT NOT NULL, model TEXT NOT NULL, digests BLOB NOT NULL, content BLOB NOT NULL,
    checksum BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS word_vectors_version ON word_vectors (version, model);
-- What the code `made_by` made of a document's passages, as JSON.
CREATE TABLE IF NOT EXISTS analyses (
    version TEXT NOT NULL, name TEXT NOT NULL, made_by TEXT NOT NULL, content TEXT NOT NULL,
    checksum BLOB NOT NULL, PRIMARY KEY (version, name));
"""
