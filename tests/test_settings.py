"""Settings come from the environment, and what cannot be used is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import Settings, load_settings


def test_every_setting_has_a_default() -> None:
    settings = load_settings({})
    assert settings.library.name == "library"
    assert settings == Settings(library=settings.library)


def test_the_environment_is_read() -> None:
    settings = load_settings(
        {
            "SCRUTINY_LIBRARY": "~/held",
            "SCRUTINY_EMBEDDING_MODEL": "/models/x",
            "SCRUTINY_MAX_FILE_MB": "5",
            "SCRUTINY_READ_SECONDS": "6",
            "SCRUTINY_READ_MEMORY_MB": "700",
            "SCRUTINY_FETCH_SECONDS": "8",
        }
    )
    assert settings == Settings(Path.home() / "held", "/models/x", 5, 6, 700, 8)


def test_the_library_named_wins_over_the_environment() -> None:
    assert load_settings({"SCRUTINY_LIBRARY": "/a"}, library="/b").library == Path("/b")


def test_an_empty_value_is_no_value() -> None:
    assert load_settings(
        {"SCRUTINY_READ_SECONDS": "", "SCRUTINY_EMBEDDING_MODEL": ""}
    ) == load_settings({})


@pytest.mark.parametrize("value", ["0", "-3", "2.5", "many"])
def test_a_number_that_cannot_be_used_is_named(value: str) -> None:
    with pytest.raises(SettingsError, match="SCRUTINY_READ_SECONDS"):
        load_settings({"SCRUTINY_READ_SECONDS": value})
