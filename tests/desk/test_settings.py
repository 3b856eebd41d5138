"""Settings come from the environment, and what cannot be used is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import ModelMode, Settings, load_settings


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


def test_the_model_is_read() -> None:
    settings = load_settings(
        {
            "SCRUTINY_MODEL": " ollama:qwen2.5:7b ",
            "SCRUTINY_MODEL_URL": "http://127.0.0.1:8080/v1/",
            "SCRUTINY_MODEL_SECONDS": "5",
            "SCRUTINY_MODEL_TOKENS": "900",
            "SCRUTINY_MODEL_REPLY_TOKENS": "80",
        }
    )
    assert settings.model == "ollama:qwen2.5:7b"
    assert settings.model_url == "http://127.0.0.1:8080/v1"
    assert settings.model_seconds == 5
    assert settings.model_tokens == 900
    assert settings.model_reply_tokens == 80


def test_what_needs_no_model_reads_nothing_that_is_set_for_one() -> None:
    wrong = {
        "SCRUTINY_MODEL": "nobody",
        "SCRUTINY_MODEL_URL": "nowhere",
        "SCRUTINY_MODEL_SECONDS": "soon",
        "SCRUTINY_READ_SECONDS": "6",
    }
    assert load_settings(wrong, model=False) == load_settings({"SCRUTINY_READ_SECONDS": "6"})


@pytest.mark.parametrize(
    ("value", "mode"),
    [("", ModelMode.POINT), ("point", ModelMode.POINT), (" Write ", ModelMode.WRITE)],
)
def test_a_model_points_unless_it_is_told_to_write(value: str, mode: ModelMode) -> None:
    assert load_settings({"SCRUTINY_MODEL_MODE": value}).model_mode is mode


def test_a_mode_that_is_not_known_is_named() -> None:
    with pytest.raises(SettingsError, match="SCRUTINY_MODEL_MODE is 'talk': give point or write"):
        load_settings({"SCRUTINY_MODEL_MODE": "talk"})


@pytest.mark.parametrize("value", ["sk-secret", "openai:", ":sk-secret", "openai"])
def test_a_model_that_is_not_named_is_refused_without_its_words(value: str) -> None:
    with pytest.raises(SettingsError, match="provider:name") as raised:
        load_settings({"SCRUTINY_MODEL": value})
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "value",
    [
        "127.0.0.1:8080",
        "ftp://host/v1",
        "http://",
        "http://[::1",
        "http://host:99999/v1",
        "https://user:secret@host/v1",
        "https://host/v1?api-key=secret",
        "https://host/v1#secret",
    ],
)
def test_an_address_with_a_secret_or_none_is_refused_without_its_words(value: str) -> None:
    with pytest.raises(SettingsError, match="SCRUTINY_MODEL_URL") as raised:
        load_settings({"SCRUTINY_MODEL_URL": value})
    assert "secret" not in str(raised.value)
