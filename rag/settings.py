"""The one reader of the environment: every setting has its default and its meaning here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs

from rag.access.login import Login, read_login
from rag.errors import SettingsError
from rag.logs import LEVELS
from rag.time_budget import ANSWER_SECONDS, CHECK_SECONDS, PACK_SECONDS

_NUMBERS = (
    "max_file_mb",
    "read_seconds",
    "read_memory_mb",
    "ocr_pages",
    "ocr_seconds",
    "ocr_memory_mb",
    "fetch_seconds",
    "answer_seconds",
    "check_seconds",
    "pack_seconds",
    "watch_minutes",
    "api_per_minute",
    "model_seconds",
    "model_tokens",
    "model_reply_tokens",
)


@dataclass(frozen=True, slots=True)
class LibraryHome:
    """Where a library lies: the folder of its files, and the servers that hold its truth and its
    vectors, where it has any."""

    folder: Path
    database: str | None = field(default=None, repr=False)
    """The address of a PostgreSQL database; it may hold a password."""
    chroma: str | None = None
    """The address of a Chroma server."""


Home = Path | LibraryHome
"""A folder alone stands for a library that lies in it as a whole."""


def home_of(home: Home) -> LibraryHome:
    """The home that a folder alone stands for, or the home itself."""
    return home if isinstance(home, LibraryHome) else LibraryHome(home)


class ModelMode(StrEnum):
    """What a language model does for an answer."""

    POINT = "point"
    """It points to the sentences that answer, and they are quoted."""
    WRITE = "write"
    """It writes sentences of its own, each checked."""


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
    answer_seconds: int = ANSWER_SECONDS
    """SCRUTINY_ANSWER_SECONDS: how long a question may take before it is answered with what was
    read by then, in seconds; a language model has time of its own."""
    check_seconds: int = CHECK_SECONDS
    """SCRUTINY_CHECK_SECONDS: the same of all claims that are checked at once, in seconds."""
    pack_seconds: int = PACK_SECONDS
    """SCRUTINY_PACK_SECONDS: the same of a pack, in seconds."""
    model: str | None = None
    """SCRUTINY_MODEL: the language model as provider:name, or none; its key is the provider's."""
    model_mode: ModelMode = ModelMode.POINT
    """SCRUTINY_MODEL_MODE: "point", and the model points to what is quoted, or "write"."""
    model_url: str | None = None
    """SCRUTINY_MODEL_URL: where the model's server listens, or the provider's own address."""
    model_seconds: int = 60
    """SCRUTINY_MODEL_SECONDS: how long the model may take over one answer, in seconds."""
    model_tokens: int = 3000
    """SCRUTINY_MODEL_TOKENS: how much is sent to the model for one answer, in tokens."""
    model_reply_tokens: int = 700
    """SCRUTINY_MODEL_REPLY_TOKENS: how much the model may write for one answer, in tokens."""
    ocr: bool = True
    """SCRUTINY_OCR: "off" leaves scanned pages unread, even where OCR is installed."""
    ocr_pages: int = 200
    """SCRUTINY_OCR_PAGES: how many scanned pages of one file are read."""
    ocr_seconds: int = 90
    """SCRUTINY_OCR_SECONDS: how long reading one scanned page may take, in seconds."""
    ocr_memory_mb: int = 2000
    """SCRUTINY_OCR_MEMORY_MB: how much memory reading scanned pages may take, in MiB."""
    login: Login = field(default_factory=Login)
    """How people log in, and which role they have: the settings that `Login` names."""
    welsh: bool = False
    """SCRUTINY_WELSH: "on" offers the pages in Welsh too, in a draft that needs a translator."""
    api: bool = False
    """SCRUTINY_API: "on" serves /api/v1 and /mcp beside the pages, to programs with a token."""
    api_per_minute: int = 60
    """SCRUTINY_API_PER_MINUTE: how often the programs of one person may call, a minute."""
    watch_minutes: int = 60
    """SCRUTINY_WATCH_MINUTES: how often a watched feed or page is asked, in minutes."""
    database: str | None = field(default=None, repr=False)
    """SCRUTINY_DATABASE: the PostgreSQL database that holds the truth; else files in the folder."""
    chroma: str | None = None
    """SCRUTINY_CHROMA: the Chroma server that holds the vectors; else files in the folder."""
    log: str | None = None
    """SCRUTINY_LOG: "stderr", "off" or a file; by default what serves or watches logs to stderr."""
    log_level: str = "info"
    """SCRUTINY_LOG_LEVEL: debug, info, warning or error; only debug logs words."""

    @property
    def home(self) -> LibraryHome:
        """Where the library lies."""
        return LibraryHome(self.library, self.database, self.chroma)


def load_settings(
    environ: Mapping[str, str] | None = None,
    *,
    library: str | Path | None = None,
    model: bool = True,
) -> Settings:
    """Read the settings from the environment; `library` wins over SCRUTINY_LIBRARY.

    Without `model`, nothing that is set for a language model is read: what needs none must not
    fail because of it. Raises SettingsError when a number cannot be read or is not positive, when
    a switch is neither on nor off, when the model is not named as provider:name, its mode is not
    known or its address is none, or when what is set for the log-in cannot be used.
    """
    environ = os.environ if environ is None else environ
    if not model:
        environ = {key: environ[key] for key in environ if not key.startswith("SCRUTINY_MODEL")}
    folder = library or environ.get("SCRUTINY_LIBRARY") or _default_library()
    settings = Settings(
        library=Path(folder).expanduser(),
        embedding_model=environ.get("SCRUTINY_EMBEDDING_MODEL") or None,
        model=_model(environ.get("SCRUTINY_MODEL", "")),
        model_mode=_mode(environ.get("SCRUTINY_MODEL_MODE", "")),
        model_url=_address("SCRUTINY_MODEL_URL", environ.get("SCRUTINY_MODEL_URL", ""), _MODEL_URL),
        ocr=_switch("SCRUTINY_OCR", environ.get("SCRUTINY_OCR", "")),
        login=read_login(environ),
        welsh=_switch("SCRUTINY_WELSH", environ.get("SCRUTINY_WELSH", ""), default=False),
        api=_switch("SCRUTINY_API", environ.get("SCRUTINY_API", ""), default=False),
        database=_database(environ.get("SCRUTINY_DATABASE", "")),
        chroma=_address("SCRUTINY_CHROMA", environ.get("SCRUTINY_CHROMA", ""), _CHROMA),
        log=environ.get("SCRUTINY_LOG", "").strip() or None,
        log_level=_log_level(environ.get("SCRUTINY_LOG_LEVEL", "")),
    )
    numbers: dict[str, Any] = {
        field: _positive(f"SCRUTINY_{field.upper()}", environ[f"SCRUTINY_{field.upper()}"])
        for field in _NUMBERS
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


def _log_level(value: str) -> str:
    level = value.strip().casefold() or "info"
    if level not in LEVELS:
        raise SettingsError(f"SCRUTINY_LOG_LEVEL is {value!r}: give one of {', '.join(LEVELS)}.")
    return level


def _mode(value: str) -> ModelMode:
    try:
        return ModelMode(value.strip().casefold() or ModelMode.POINT)
    except ValueError:
        raise SettingsError(f"SCRUTINY_MODEL_MODE is {value!r}: give point or write.") from None


def _switch(name: str, value: str, *, default: bool = True) -> bool:
    said = value.strip().casefold()
    if said not in ("", "on", "off"):
        raise SettingsError(f"{name} is {value!r}: give on or off.")
    return said == "on" if said else default


_MODEL_URL = (
    "http://127.0.0.1:8080/v1, without a user, a password or a query. A key belongs in the "
    "provider's own variable."
)
_CHROMA = "http://127.0.0.1:8000, without a user, a password or a query."

# The values of these are not repeated in the messages: a key may have been put there.


def _database(value: str) -> str | None:
    said = value.strip()
    if said and not said.startswith(("postgresql://", "postgres://")):
        raise SettingsError(
            "SCRUTINY_DATABASE is no address of PostgreSQL: give one such as "
            "postgresql://scrutiny@127.0.0.1/scrutiny. Leave it out to keep everything in the "
            "library folder."
        )
    return said or None


def _model(value: str) -> str | None:
    provider, colon, name = (part.strip() for part in value.partition(":"))
    if not value.strip():
        return None
    if not (provider and colon and name):
        raise SettingsError(
            "SCRUTINY_MODEL is not of the form provider:name: give one such as ollama:qwen2.5:7b."
        )
    return f"{provider}:{name}"


def _address(name: str, value: str, example: str) -> str | None:
    if not value.strip():
        return None
    try:
        parts = urlsplit(value.strip())
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.username or parts.password or parts.query or parts.fragment:
        raise SettingsError(f"{name} is no plain http(s) address: give one such as {example}")
    return value.strip().rstrip("/")
