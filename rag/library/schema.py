"""The tables of the SQLite files that a library folder holds, and the version of each.

Each schema makes what is missing and leaves what is there, so that it also brings up a file that an
older version has made. A version is kept in its file, so that a later one is not misread.
"""

from __future__ import annotations

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

DESK_VERSION = 2
DESK = """
-- `sought` is what a search looks through, in one case; `deleted` is when, or empty.
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, sought TEXT NOT NULL, begun TEXT NOT NULL,
    touched TEXT NOT NULL, deleted TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS turns (
    id INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question TEXT NOT NULL, answer TEXT, problem TEXT NOT NULL, sought TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS turns_conversation ON turns (conversation, id);
CREATE TABLE IF NOT EXISTS feedback (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, judged TEXT NOT NULL, note TEXT NOT NULL,
    answer TEXT NOT NULL);
-- Committee packs; `subject_key` tells which are on one subject. No number is used twice.
CREATE TABLE IF NOT EXISTS packs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, subject_key TEXT NOT NULL, subject TEXT NOT NULL,
    council TEXT NOT NULL, made TEXT NOT NULL, pack TEXT NOT NULL, arrangement TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS packs_subject ON packs (subject_key, made);
"""

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
