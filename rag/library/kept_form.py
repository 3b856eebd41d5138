"""How what was worked out of a document is written as JSON, by its type; a passage is its number.

Nothing that is read is believed by itself: each value must be of the type that the analysis has.
"""

from __future__ import annotations

import hashlib
import sys
import types
from collections.abc import Callable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from rag.types import Passage

Passages = Callable[[int], Passage]
"""The passage of a number. Raises KeyError."""
Read = Callable[[Any, Passages], Any]
_PROGRAM = Path(__file__).parents[1]


def written(value: Any) -> Any:
    """A value as JSON has it: a dataclass is its fields in order, a mapping its items."""
    if isinstance(value, Passage):
        return value.number
    if is_dataclass(value):
        return [written(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return [[written(key), written(part)] for key, part in value.items()]
    if isinstance(value, tuple):
        return [written(part) for part in value]
    if isinstance(value, Set):
        return sorted(value)
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def read(form: Any, value: Any, passages: Passages) -> Any:
    """The value of a type that `written` wrote. Raises ValueError where it is no such value."""
    try:
        return _reader(form)(value, passages)
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"It is no {form}.") from error


@cache
def result_of(analyse: Callable[..., Any]) -> Any:
    """The type of what a function returns."""
    return get_type_hints(analyse)["return"]


@cache
def code_version() -> str:
    """Tells the rules of this program, its word lists among them, from those of any other."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for path in sorted(_PROGRAM.rglob("*")):
        if path.suffix in (".py", ".toml"):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(_PROGRAM)} {len(content)} ".encode())
            digest.update(content)
    return digest.hexdigest()[:32]


# ---------------------------------------------------------------- one reader a type


@cache
def _reader(form: Any) -> Read:
    """What reads the values of a type. Raises TypeError for one that is not kept."""
    origin, inner = get_origin(form), get_args(form)
    if origin is None:
        return _of_class(form)
    if origin in (Union, types.UnionType):
        return _of_union(inner)
    if origin is tuple:
        return _of_tuple(inner)
    if origin is frozenset:
        one = _reader(inner[0])
        return lambda value, passages: frozenset(one(v, passages) for v in _plain(list, value))
    if issubclass(origin, Mapping):
        return _of_mapping(*inner)
    raise TypeError(f"{form} is not kept.")


def _of_class(form: Any) -> Read:
    if form is Passage:
        return lambda value, passages: passages(_plain(int, value))
    if form in (int, str, bool):
        return lambda value, _: _plain(form, value)
    if form is float:
        return lambda value, _: value if type(value) is int else _plain(float, value)
    if form is date:
        return lambda value, _: date.fromisoformat(value)
    if isinstance(form, type) and issubclass(form, Enum):
        return lambda value, _: form(value)
    if is_dataclass(form):
        return _of_dataclass(form)
    raise TypeError(f"{form} is not kept.")


def _plain(form: type, value: Any) -> Any:
    if type(value) is not form:
        raise ValueError(f"{value!r} is no {form.__name__}.")
    return value


def _of_union(inner: tuple[Any, ...]) -> Read:
    (form,) = (each for each in inner if each is not type(None))
    some = _reader(form)
    return lambda value, passages: None if value is None else some(value, passages)


def _of_tuple(inner: tuple[Any, ...]) -> Read:
    if inner[1:] == (...,):
        one = _reader(inner[0])
        return lambda value, passages: tuple([one(v, passages) for v in _plain(list, value)])
    each = [_reader(form) for form in inner]

    def parts(value: Any, passages: Passages) -> Any:
        pairs = zip(each, _plain(list, value), strict=True)
        return tuple([one(part, passages) for one, part in pairs])

    return parts


def _of_mapping(key_form: Any, value_form: Any) -> Read:
    items = _of_tuple((tuple[key_form, value_form], ...))
    return lambda value, passages: dict(items(value, passages))


def _of_dataclass(form: Any) -> Read:
    hints = get_type_hints(form)
    parts = _of_tuple(tuple(hints[field.name] for field in fields(form)))
    return lambda value, passages: form(*parts(value, passages))
