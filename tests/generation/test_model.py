"""The adapter to a language model: what it asks, how long it waits, and what it never tells."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from model_server import ModelServer, Reply, model_server
from served import free_port

from rag.errors import ModelError, ModelRefused, ModelTooSlow, ModelUnavailable, SettingsError
from rag.generation.model import STATEMENTS, ChatMessage, LangChainModel, open_chat_model
from rag.generation.providers import PROVIDERS, RETRIES, options
from rag.settings import Settings

KEY = "sk-invented-0123456789abcdef"
AZURE = "azure:deployed"
TURNS = (
    ChatMessage("system", "Answer from the passages."),
    ChatMessage("user", "How was it judged?"),
)
GOOD = Reply(("The council ", "was judged ", "inadequate [1]."))


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of the provider's, and nothing else of the environment's."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_LOG", "OPENAI_ORG_ID"):
        monkeypatch.delenv(name, raising=False)


def settings(url: str | None, name: str = "openai:invented", **more: Any) -> Settings:
    return Settings(Path("unused"), model=name, model_url=url, **more)


def opened(url: str | None, name: str = "openai:invented", **more: int) -> LangChainModel:
    model = open_chat_model(settings(url, name, **more))
    assert isinstance(model, LangChainModel)
    return model


@pytest.fixture
def good() -> Iterator[ModelServer]:
    with model_server(GOOD) as server:
        yield server


def test_no_model_is_opened_where_none_is_named() -> None:
    assert open_chat_model(Settings(Path("unused"))) is None


def test_langchain_is_not_imported_until_the_model_is_used() -> None:
    code = (
        "import sys; from pathlib import Path; from rag.settings import Settings; import rag.desk;"
        "from rag.generation.model import open_chat_model;"
        "open_chat_model(Settings(Path('x'), model='openai:invented'));"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('langchain', 'langchain_openai', 'openai', 'tiktoken', 'langgraph')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_an_answer_comes_bit_by_bit(good: ModelServer) -> None:
    model = opened(good.url)
    assert model.name == "openai:invented"
    assert tuple(model.stream(TURNS)) == GOOD.deltas


def test_statements_are_asked_for_by_a_schema_and_words_are_not(good: ModelServer) -> None:
    model = opened(good.url, AZURE)
    list(model.stream(TURNS))
    assert model.say(TURNS) == "The council was judged inadequate [1]."
    statements, words = good.asked
    assert statements["messages"] == [{"role": t.role, "content": t.text} for t in TURNS]
    assert statements["response_format"]["json_schema"]["schema"] == STATEMENTS
    assert "response_format" not in words
    for asked in good.asked:
        assert asked["temperature"] == 0
        assert asked["max_completion_tokens"] == 700
        assert asked["stream"] is True


def test_a_server_of_ones_own_is_not_held_to_a_schema(
    good: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(opened(good.url).stream(TURNS))
    monkeypatch.setenv("OPENAI_BASE_URL", good.url)
    list(opened(None).stream(TURNS))
    assert ["response_format" in asked for asked in good.asked] == [False, False]


def test_a_model_that_takes_no_schema_and_no_temperature_is_asked_plainly() -> None:
    refused = Reply(status=400, body='{"error": {"message": "no response_format here"}}')
    with model_server(refused, GOOD) as server:
        model = opened(server.url, AZURE)
        assert tuple(model.stream(TURNS)) == GOOD.deltas
        assert tuple(model.stream(TURNS)) == GOOD.deltas
    assert ["response_format" in asked for asked in server.asked] == [True, False, False]
    assert ["temperature" in asked for asked in server.asked] == [True, False, False]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_was_busy_is_asked_again(status: int) -> None:
    busy = Reply(status=status, body="{}", headers={"retry-after-ms": "10"})
    with model_server(busy, GOOD) as server:
        assert tuple(opened(server.url).stream(TURNS)) == GOOD.deltas
    assert len(server.asked) == 2


def test_a_server_of_ones_own_needs_no_key(
    good: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    assert opened(good.url).say(TURNS)
    assert good.keys == ["Bearer none"]


def test_a_provider_without_a_key_is_refused_with_the_variable_to_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ModelRefused, match="OPENAI_API_KEY"):
        opened(None).say(TURNS)


# ---------------------------------------------------------------- what goes wrong

ECHO = json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}", "code": "bad_key"}})
STOP = {"retry-after-ms": "1"}
FAILURES = {
    "the key is not accepted": (Reply(status=401, body=ECHO), ModelRefused, "key"),
    "the key has no rights": (Reply(status=403, body=ECHO), ModelRefused, "key"),
    "there is no such model": (Reply(status=404, body=ECHO), ModelRefused, "name"),
    "the request is not accepted": (Reply(status=400, body=ECHO), ModelRefused, "request"),
    "the request is too long": (
        Reply(status=400, body='{"error": {"message": "context_length_exceeded"}}'),
        ModelRefused,
        "SCRUTINY_MODEL_TOKENS lower",
    ),
    "the quota is spent": (Reply(status=429, body=ECHO, headers=STOP), ModelUnavailable, "quota"),
    "the server fails": (
        Reply(status=500, body=ECHO, headers=STOP),
        ModelUnavailable,
        "could not be reached",
    ),
    "a page is sent": (
        Reply(body=f"<html>{KEY}</html>", headers={"Content-Type": "text/html"}),
        ModelUnavailable,
        "not known here",
    ),
    "no JSON is sent": (
        Reply(body=f"data: {KEY}\n\n", headers={"Content-Type": "text/event-stream"}),
        ModelUnavailable,
        "not known here",
    ),
    "other JSON is sent": (
        Reply(body="data: [1, 2]\n\n", headers={"Content-Type": "text/event-stream"}),
        ModelUnavailable,
        "not known here",
    ),
    "nothing is sent": (
        Reply(body="\n", headers={"Content-Type": "text/event-stream"}),
        ModelUnavailable,
        "not known here",
    ),
}


@pytest.mark.parametrize("what", FAILURES)
def test_what_goes_wrong_is_told_in_our_words_alone(
    what: str, caplog: pytest.LogCaptureFixture
) -> None:
    reply, kind, words = FAILURES[what]
    caplog.set_level(logging.DEBUG)
    with model_server(reply) as server, pytest.raises(kind, match=words) as raised:
        opened(server.url).say(TURNS)
    told = "".join(traceback.format_exception(raised.value)) + repr(raised.value)
    assert KEY not in told
    assert "Incorrect API key" not in told
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    assert KEY not in caplog.text


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(ModelUnavailable, match="could not be reached"):
        opened(f"http://127.0.0.1:{free_port()}/v1").say(TURNS)


def test_a_stream_that_breaks_off_gives_what_came_and_then_the_error() -> None:
    with model_server(Reply(("The council ", "was"), breaks=True)) as server:
        stream = opened(server.url).stream(TURNS)
        assert next(stream) == "The council "
        assert next(stream) == "was"
        with pytest.raises(ModelUnavailable, match="broke off"):
            next(stream)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(("Too ", "slow."), pause=30),
        Reply(("Never ",), pings=150),
        Reply(("On ", "and ") * 50, pause=0.3),
    ],
    ids=["silent", "alive but silent", "without end"],
)
def test_the_whole_answer_has_a_time_limit(reply: Reply) -> None:
    with model_server(reply) as server:
        started = time.monotonic()
        with pytest.raises(ModelTooSlow, match="SCRUTINY_MODEL_SECONDS"):
            opened(server.url, model_seconds=1).say(TURNS)
        assert time.monotonic() - started < 5


def test_a_reader_who_stops_stops_the_model() -> None:
    with model_server(Reply(("On ", "and ") * 200, pause=0.02)) as server:
        stream = opened(server.url).stream(TURNS)
        assert next(stream) == "On "
        stream.close()  # type: ignore[attr-defined]
        assert server.given_up.wait(10)


# ---------------------------------------------------------------- what is never told


def test_no_key_is_in_a_log_or_in_how_the_model_prints(
    good: ModelServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    model = opened(good.url)
    assert model.say(TURNS)
    assert good.keys == [f"Bearer {KEY}"]
    printed = repr(model) + str(model) + repr(settings(good.url)) + caplog.text
    assert KEY not in printed + "".join(capfd.readouterr())


def test_nothing_is_traced_whatever_the_environment_asks(
    good: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from langchain_core.tracers.langchain import wait_for_all_tracers
    from langsmith.utils import get_env_var

    with model_server(Reply(body="{}")) as collector:
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", collector.url)
        monkeypatch.setenv("LANGSMITH_API_KEY", KEY)
        get_env_var.cache_clear()  # type: ignore[attr-defined]
        assert opened(good.url).say(TURNS)
        wait_for_all_tracers()
        assert not collector.reached.wait(1)
    get_env_var.cache_clear()  # type: ignore[attr-defined]


def test_no_token_is_counted_by_what_would_have_to_be_downloaded(
    good: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tiktoken

    def download(*_: object) -> None:
        raise AssertionError("tiktoken was asked")

    for name in ("encoding_for_model", "get_encoding"):
        monkeypatch.setattr(tiktoken, name, download)
    assert opened(good.url).say(TURNS)


# ---------------------------------------------------------------- which model


@pytest.mark.parametrize("model", ["sk-secret:x", "gpt:4"])
def test_an_unknown_provider_is_refused_with_those_known(model: str) -> None:
    with pytest.raises(SettingsError, match=r"ollama:, openai:, anthropic:") as raised:
        open_chat_model(Settings(Path("unused"), model=model))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("model", "extra"),
    [("ollama:qwen2.5:7b", "ollama"), ("anthropic:claude", "anthropic"), ("bedrock:x", "bedrock")],
)
def test_a_missing_extra_is_told_with_what_to_run(
    model: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SettingsError, match=rf"pip install \.\[{extra}\]"):
        open_chat_model(Settings(Path("unused"), model=model))


def test_each_provider_is_given_its_limits_under_its_own_names() -> None:
    held = Settings(Path("unused"), model="x:y", model_seconds=9, model_tokens=900)
    made = {name: options(provider, held) for name, provider in PROVIDERS.items()}
    assert made["ollama"] == {
        "temperature": 0.0,
        "num_predict": 700,
        "num_ctx": 1600,
        "client_kwargs": {"timeout": 9},
    }
    for name in ("openai", "azure", "anthropic", "bedrock"):
        assert made[name] == {
            "temperature": 0.0,
            "max_tokens": 700,
            "timeout": 9,
            "max_retries": RETRIES,
        }


def test_every_error_of_a_model_may_be_shown() -> None:
    for kind in (ModelRefused, ModelTooSlow, ModelUnavailable):
        assert issubclass(kind, ModelError)
