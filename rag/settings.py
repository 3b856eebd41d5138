"""The one reader of the environment: every setting has its default and its meaning here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import platformdirs

from rag.errors import SettingsError


def _default_library() -> Path:
    return Path(platformdirs.user_data_dir("scrutiny-desk", appauthor=False)) / "library"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how far they may go."""

    library: Path
    """SCRUTINY_LIBRARY: the folder that holds everything the program keeps."""
    embedding_model: str | None = None
    """SCRUTINY_EMBEDDING_MODEL: folder of a sentence-transformers model, or the bundled one."""
    max_file_mb: int = 200
    """SCRUTINY_MAX_FILE_MB: the largest file or web page that is read, in MiB."""
    read_seconds: int = 18
    """SCRUTINY_READ_SECONDS: how long reading one file may take, in seconds."""
    read_memory_mb: int = 900
    """SCRUTINY_READ_MEMORY_MB: how much memory reading one file may take, in MiB."""
    fetch_seconds: int = 20
    """SCRUTINY_FETCH_SECONDS: how long fetching one web page may take, in seconds."""


def load_settings(
    environ: Mapping[str, str] | None = None, *, library: str | Path | None = None
) -> Settings:
    """Read the settings from the environment; `library` wins over SCRUTINY_LIBRARY.

    Raises SettingsError when a number cannot be read or is not positive.
    """
    environ = os.environ if environ is None else environ
    folder = library or environ.get("SCRUTINY_LIBRARY") or _default_library()
    settings = Settings(
        library=Path(folder).expanduser(),
        embedding_model=environ.get("SCRUTINY_EMBEDDING_MODEL") or None,
    )
    numbers: dict[str, Any] = {
        field: _positive(f"SCRUTINY_{field.upper()}", environ[f"SCRUTINY_{field.upper()}"])
        for field in ("max_file_mb", "read_seconds", "read_memory_mb", "fetch_seconds")
        if environ.get(f"SCRUTINY_{field.upper()}")
    }
    return replace(settings, **numbers)


def _positive(name: str, value: str) -> int:
    try:
        number = int(value)
    except ValueError:
        number = 0
    if number <= 0:
        raise SettingsError(f"{name} is {value!r}: give a whole number above zero.")
    return number
