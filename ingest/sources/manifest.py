"""What a person has said about documents, which wins over what the rules found.

A folder's `manifest.toml` has a table for each document, named by its path in the folder:

    ["reports/2022.pdf"]
    title = "Inspection of Wrenmoor"
    published = 2022-07-29
    councils = ["Wrenmoor"]

A file beside a document ("2022.pdf.toml") has the same keys without a table, and wins over both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from rag.errors import IngestError
from rag.types import Description, Kind

MANIFEST = "manifest.toml"
PASS_OVER = "pass_over"
_LARGEST_BYTES = 4 * 1024 * 1024


class ManifestError(IngestError):
    """A manifest cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """The fields given for one document, by the names of Description."""

    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The entries of a folder, by path relative to it with forward slashes."""

    entries: Mapping[str, ManifestEntry] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()
    """Patterns of paths that are no documents ("drafts/*")."""

    def passes_over(self, name: str) -> bool:
        """Whether the folder's manifest says that `name` is no document."""
        return any(fnmatchcase(name, pattern) for pattern in self.passed_over)

    def entry(self, name: str) -> ManifestEntry:
        """What is given for the document `name`; an empty entry when nothing is."""
        return self.entries.get(name, ManifestEntry())


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest at the top of `folder` and every "NAME.toml" beside a document NAME.

    Raises ManifestError when a file is not TOML, or a key is unknown or of the wrong type.
    """
    entries: dict[str, ManifestEntry] = {}
    passed_over: tuple[str, ...] = ()
    if (folder / MANIFEST).is_file():
        entries, passed_over = _tables(folder / MANIFEST)
    for path in sorted(folder.rglob("*.toml")):
        document = path.with_suffix("")
        if document.is_file():
            name = document.relative_to(folder).as_posix()
            above = entries.get(name, ManifestEntry())
            entries[name] = ManifestEntry({**above.fields, **_entry(path, "", _read(path)).fields})
    return Manifest(entries, passed_over)


def load_entry(document: Path) -> ManifestEntry:
    """What the file beside a single document says ("report.pdf.toml"), if there is one."""
    beside = document.with_name(f"{document.name}.toml")
    return _entry(beside, "", _read(beside)) if beside.is_file() else ManifestEntry()


def override(description: Description, entry: ManifestEntry) -> Description:
    """The description with the fields given in their place, which are no longer guessed."""
    # By `-` it would be a plain set, which no record can hold.
    guessed = description.guessed.difference(entry.fields)
    return replace(description, **entry.fields, guessed=guessed)


def settled(
    description: Description, entry: ManifestEntry, before: Description | None = None
) -> Description:
    """What holds of a document: a person's edits, else what a manifest gives, else what was found.

    `before` is its description so far, whose `edited` fields are those that a person has set.
    """
    overridden = override(description, entry)
    if before is None:
        return overridden
    edits = {name: getattr(before, name) for name in before.edited}
    guessed = overridden.guessed - before.edited
    return replace(overridden, **edits, guessed=guessed, edited=before.edited)


def manifest_entry(description: Description) -> ManifestEntry:
    """What a manifest must have given for a held document: neither guessed nor a person's edit."""
    fields = {}
    for name in sorted(_READERS.keys() - description.guessed - description.edited):
        if value := getattr(description, name):
            fields[name] = value
    return ManifestEntry(fields)


def is_manifest(path: Path) -> bool:
    """Whether a file speaks about documents and is not one itself."""
    return path.name == MANIFEST or (path.suffix == ".toml" and path.with_suffix("").is_file())


def _tables(path: Path) -> tuple[dict[str, ManifestEntry], tuple[str, ...]]:
    """The entries of a folder's manifest, and the patterns of what it passes over."""
    entries, tables = {}, _read(path)
    try:
        passed_over = _names(tables.pop(PASS_OVER, []))
    except ValueError as error:
        raise _error(path, PASS_OVER, f'is no list of paths: {error} ("drafts/*")') from error
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise _error(path, name, 'stands outside a table: put it under ["path/of/document"]')
        entries[name.removeprefix("./").replace("\\", "/")] = _entry(path, name, table)
    return entries, passed_over


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise ManifestError(f"{path} is larger than 4 MiB.", "Is it a manifest?")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path} is not valid TOML: {error}.", "Correct it there.") from error
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error.strerror}.") from error


def _entry(path: Path, table: str, values: Mapping[str, Any]) -> ManifestEntry:
    where = f"{table}: " if table else ""
    fields = {}
    for key, value in values.items():
        if key not in _READERS:
            raise _error(path, f"{where}{key}", f"is not known: use one of {', '.join(_READERS)}")
        try:
            fields[key] = _READERS[key](value)
        except ValueError as error:
            raise _error(path, f"{where}{key}", f"is {value!r}: {error}") from error
    return ManifestEntry(fields)


def _error(path: Path, key: str, complaint: str) -> ManifestError:
    return ManifestError(f"{path}: {key} {complaint}.")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("give it some text in quotes")
    return value.strip()


def _kind(value: object) -> Kind:
    if not isinstance(value, str) or value not in set(Kind):
        raise ValueError(f"give one of {', '.join(Kind)}")
    return Kind(value)


def _day(value: object) -> date:
    """A TOML date, or the same in quotes."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise ValueError("give a date as 2024-12-03") from error


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) and name for name in value):
        raise ValueError('give a list of names, as ["Croydon"]')
    return tuple(dict.fromkeys(value))


_READERS: Mapping[str, Callable[[object], Any]] = {
    "title": _text,
    "publisher": _text,
    "kind": _kind,
    "published": _day,
    "inspected_from": _day,
    "inspected_to": _day,
    "councils": _names,
    "source_url": _text,
}
