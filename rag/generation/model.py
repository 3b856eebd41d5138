"""Adapter: the only importer of langchain. A language model by name, for those who have one.

Nothing of langchain is imported before the model is first used. What the provider says in an error
is never repeated (it may hold a key), and nothing is traced, whatever the environment asks for.
"""

from __future__ import annotations

import importlib.util
import queue
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from rag.errors import ModelError, ModelTooSlow, SettingsError
from rag.generation.model_errors import NotSetUp, spelled_out, worth_asking_plainly
from rag.generation.providers import Provider, options, provider_of
from rag.settings import Settings

MessageRole = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of what is said to a model."""

    role: MessageRole
    text: str


class ChatModel(Protocol):
    """A language model; both methods raise ModelError and nothing else."""

    @property
    def name(self) -> str:
        """`provider:model`, as the settings name it."""

    def stream(self, turns: Sequence[ChatMessage]) -> Iterator[str]:
        """What the model writes of statements, bit by bit: text, or JSON where it was asked for."""

    def say(self, turns: Sequence[ChatMessage]) -> str:
        """What the model answers, whole, as plain text."""


STATEMENTS: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["statements"],
    "properties": {
        "statements": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["text", "passages"],
                "properties": {
                    "text": {"type": "string", "description": "One sentence, without numbers."},
                    "passages": {
                        "type": "array",
                        "items": {"type": "integer"},
                        "description": "The numbers of the passages that say it.",
                    },
                },
            },
        }
    },
}


def open_chat_model(settings: Settings) -> ChatModel | None:
    """The model that the settings name, or None when they name none; nothing is asked of it yet.

    Raises SettingsError for a provider that is not known or whose extra is not installed.
    """
    if settings.model is None:
        return None
    provider, name = provider_of(settings.model)
    for package in ("langchain", provider.package):
        if importlib.util.find_spec(package) is None:
            raise SettingsError(
                f"SCRUTINY_MODEL needs packages that are not installed: run "
                f"`pip install .[{provider.extra}]` in the folder of the program."
            )
    return LangChainModel(provider, name, settings)


class LangChainModel:
    """A chat model of LangChain's; several threads may use it at once."""

    def __init__(self, provider: Provider, name: str, settings: Settings) -> None:
        self._provider = provider
        self._model_name = name
        self._settings = settings
        self._made: dict[bool, Any] = {}
        self._making = threading.Lock()
        self._plainly: set[bool] = set()

    @property
    def name(self) -> str:
        """`provider:model`, as the settings name it."""
        return self._settings.model or ""

    def stream(self, turns: Sequence[ChatMessage]) -> Iterator[str]:
        """What the model writes of statements, bit by bit; closing the iterator stops it."""
        return self._within_time(turns, schema=self._provider.schema)

    def say(self, turns: Sequence[ChatMessage]) -> str:
        """What the model answers, whole, as plain text."""
        return "".join(self._within_time(turns, schema=False)).strip()

    def __repr__(self) -> str:
        return f"LangChainModel({self.name!r})"

    def _within_time(self, turns: Sequence[ChatMessage], *, schema: bool) -> Iterator[str]:
        # A thread of its own: the vendors' time limits are for one read, so a server that sends a
        # byte now and then would keep its reader for ever.
        deadline = time.monotonic() + self._settings.model_seconds
        deltas: queue.SimpleQueue[str | ModelError | None] = queue.SimpleQueue()
        done = threading.Event()
        asked = (list(turns), schema, deltas, done)
        threading.Thread(target=self._ask, args=asked, daemon=True, name="model").start()
        try:
            while (delta := self._next(deltas, deadline)) is not None:
                yield delta
        finally:
            done.set()

    def _next(
        self, deltas: queue.SimpleQueue[str | ModelError | None], deadline: float
    ) -> str | None:
        try:
            delta = deltas.get(timeout=max(deadline - time.monotonic(), 0.001))
        except queue.Empty:
            delta = ModelTooSlow(
                f"The language model gave no whole answer within {self._settings.model_seconds} "
                "seconds. Ask again, or allow it more with SCRUTINY_MODEL_SECONDS."
            )
        if isinstance(delta, ModelError):
            raise delta
        return delta

    def _ask(
        self,
        turns: list[ChatMessage],
        schema: bool,
        deltas: queue.SimpleQueue[str | ModelError | None],
        done: threading.Event,
    ) -> None:
        failure: ModelError | None = None
        try:
            with closing(self._deltas(turns, schema)) as said:
                for delta in said:
                    if done.is_set():
                        break
                    deltas.put(delta)
        except Exception as error:  # noqa: BLE001 - whatever a vendor raises, someone waits
            # Made here and raised elsewhere: the vendor's error, whose text may hold a key, is not
            # chained to it and goes no further.
            failure = spelled_out(error, self.name, self._provider.needs)
        deltas.put(failure)

    def _deltas(self, turns: Sequence[ChatMessage], schema: bool) -> Generator[str]:
        """What the vendor streams; asked once more in the plainest way where a model does not
        take a temperature or a schema, and from then on."""
        told = False
        if schema not in self._plainly:
            try:
                for delta in self._vendor(turns, schema, plain=False):
                    told = True
                    yield delta
                return
            except Exception as error:
                if told or not worth_asking_plainly(error):
                    raise
        for delta in self._vendor(turns, schema, plain=True):
            self._plainly.add(schema)
            yield delta

    def _vendor(self, turns: Sequence[ChatMessage], schema: bool, *, plain: bool) -> Generator[str]:
        from langsmith import tracing_context

        with tracing_context(enabled=False, parent=False):
            model = self._model(plain)
            if schema and not plain and _keeps_to_schema(model):
                model = model.bind(extra_body={"response_format": _response_format()})
            messages = [(turn.role, turn.text) for turn in turns]
            with closing(model.stream(messages)) as chunks:
                for chunk in chunks:
                    if text := str(chunk.text):
                        yield text

    def _model(self, plain: bool) -> Any:
        with self._making:
            if plain not in self._made:
                self._made[plain] = self._make(options(self._provider, self._settings, plain=plain))
            return self._made[plain]

    def _make(self, chosen: Mapping[str, Any]) -> Any:
        from langchain.chat_models import init_chat_model

        name, provider = self._model_name, self._provider.langchain
        try:
            return init_chat_model(name, model_provider=provider, **chosen)
        except Exception as error:
            if provider != "openai" or not self._settings.model_url:
                raise NotSetUp from error
        # A server of one's own mostly wants no key, but the client insists on one.
        return init_chat_model(name, model_provider=provider, api_key="none", **chosen)


def _keeps_to_schema(model: Any) -> bool:
    """Not every server that speaks OpenAI's language: small models held to a schema by force
    mostly write empty lists, and good sentences without."""
    host = urlsplit(str(model.root_client.base_url)).hostname or ""
    return "Azure" in type(model).__name__ or host.endswith("openai.com")


def _response_format() -> dict[str, Any]:
    # Sent as it is: given as `response_format`, LangChain reads the whole answer as JSON at the end
    # and fails on one that was cut off.
    schema = {"name": "statements", "strict": True, "schema": STATEMENTS}
    return {"type": "json_schema", "json_schema": schema}
