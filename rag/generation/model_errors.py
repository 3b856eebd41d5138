"""Pure: a vendor's error -> an error of ours that says what the user can do, and nothing of theirs.

Vendors' errors are told apart by the names of their classes and their HTTP status, so that none of
their packages is imported for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from rag.errors import ModelError, ModelRefused, ModelTooSlow, ModelUnavailable


class NotSetUp(Exception):
    """A vendor's client could not be made: mostly its key or its address is not set."""


class _Trouble(Enum):
    KEY = auto()
    NAME = auto()
    REQUEST = auto()
    TOO_LONG = auto()
    BUSY = auto()
    SLOW = auto()
    DOWN = auto()
    UNKNOWN = auto()


_BY_STATUS = {
    400: _Trouble.REQUEST,
    401: _Trouble.KEY,
    403: _Trouble.KEY,
    404: _Trouble.NAME,
    408: _Trouble.SLOW,
    413: _Trouble.TOO_LONG,
    422: _Trouble.REQUEST,
    429: _Trouble.BUSY,
}
_BY_NAME = (
    (re.compile(r"ContextOverflow"), _Trouble.TOO_LONG),
    (re.compile(r"Timeout"), _Trouble.SLOW),
    (re.compile(r"NotSetUp|Credential|NoRegion|Authentication|^OpenAIError$"), _Trouble.KEY),
    (re.compile(r"Connect|RemoteProtocol|ReadError|Network|IncompleteRead"), _Trouble.DOWN),
)
_SENTENCES = {
    _Trouble.KEY: (
        ModelRefused,
        "The language model {name} did not accept the key, or has none. Check {needs}.",
    ),
    _Trouble.NAME: (
        ModelRefused,
        "The provider has no language model {name}. Check the name in SCRUTINY_MODEL and the "
        "address in SCRUTINY_MODEL_URL.",
    ),
    _Trouble.REQUEST: (
        ModelRefused,
        "The language model {name} did not accept the request. Check that it is a chat model and "
        "that it takes as much as SCRUTINY_MODEL_TOKENS says.",
    ),
    _Trouble.TOO_LONG: (
        ModelRefused,
        "The request was too long for the language model {name}. Set SCRUTINY_MODEL_TOKENS lower.",
    ),
    _Trouble.BUSY: (
        ModelUnavailable,
        "The language model {name} takes no more requests for now: too many, or the quota is "
        "spent. Wait a minute and ask again.",
    ),
    _Trouble.SLOW: (
        ModelTooSlow,
        "The language model {name} did not answer in time. Ask again, or allow it more with "
        "SCRUTINY_MODEL_SECONDS.",
    ),
    _Trouble.DOWN: (
        ModelUnavailable,
        "The language model {name} could not be reached or broke off. Check the network "
        "and {needs}.",
    ),
    _Trouble.UNKNOWN: (
        ModelUnavailable,
        "The language model {name} failed in a way that is not known here ({kind}). Check that "
        "a model server is what answers there: {needs}.",
    ),
}


def spelled_out(error: BaseException, name: str, needs: str) -> ModelError:
    """The error of ours for a vendor's; `needs` is what the provider takes its key from."""
    kind, sentence = _SENTENCES[_trouble(error)]
    return kind(sentence.format(name=name, needs=needs, kind=type(error).__name__))


def worth_asking_plainly(error: BaseException) -> bool:
    """Whether the model may take the same request without a schema and a temperature."""
    return _trouble(error) in (_Trouble.REQUEST, _Trouble.UNKNOWN)


def _trouble(error: BaseException) -> _Trouble:
    for one in _chain(error):
        for pattern, trouble in _BY_NAME:
            if pattern.search(type(one).__name__):
                return trouble
        if status := _status(one):
            return _BY_STATUS.get(status, _Trouble.DOWN if status >= 500 else _Trouble.REQUEST)
    return _Trouble.UNKNOWN


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        yield error
        seen.append(error)
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int | None:
    status = getattr(error, "status_code", None)
    response = getattr(error, "response", None)
    if isinstance(response, dict):  # as Amazon's client tells it
        status = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return status if isinstance(status, int) and status >= 400 else None
