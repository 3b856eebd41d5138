"""Pure: the statements in a JSON object that arrives letter by letter, each when it is closed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rag.generation.stream.markers import numbers_in

TEXTS = ("text", "statement", "sentence", "claim", "content", "answer")
_NUMBERS = (
    "passages",
    "passage",
    "sources",
    "source",
    "citations",
    "citation",
    "references",
    "ids",
)
_LONGEST = 20_000
"""Letters after which an object that is still open is given up."""
_COMMA = re.compile(r",(?=\s*[}\]])")
_TEXT = re.compile(rf'"(?:{"|".join(TEXTS)})"\s*:\s*"((?:[^"\\]|\\.)*)"')
_LIST = re.compile(rf'"(?:{"|".join(_NUMBERS)})"\s*:\s*\[([^\]]*)\]')


@dataclass(frozen=True, slots=True)
class ModelItem:
    """What one object of the model's says: a text, and the numbers given with it."""

    text: str
    passages: tuple[int, ...]


@dataclass(slots=True)
class _Open:
    """An object that is still open: where it starts, and whether one in it has said something."""

    start: int
    heard: bool = False


class Objects:
    """Reads one JSON object, its own brace first, and the objects in it."""

    def __init__(self) -> None:
        self.over = False
        """Whether the object has been closed, or turned out to be none."""
        self.left = ""
        """What was read when it turned out to be no object."""
        self._text = ""
        self._open: list[_Open] = []
        self._in_string = self._escaped = False

    def feed(self, letter: str) -> tuple[ModelItem, ...]:
        """Read on; gives what the object says that this letter closes."""
        self._text += letter
        if self._in_string:
            self._in_string = self._escaped or letter != '"'
            self._escaped = letter == "\\" and not self._escaped
        elif letter == "}":
            return self._close()
        elif letter == "{":
            self._open.append(_Open(len(self._text) - 1))
        elif letter == '"':
            self._in_string = True
        elif not self._text[1:-1].strip() and not letter.isspace():
            self.over, self.left = True, self._text
        self.over = self.over or len(self._text) > _LONGEST
        return ()

    def _close(self) -> tuple[ModelItem, ...]:
        closed = self._open.pop()
        self.over = not self._open
        # What holds statements says them again, so only the innermost is heard.
        items = () if closed.heard else tuple(_items(self._text[closed.start :]))
        if self._open and (items or closed.heard):
            self._open[-1].heard = True
        return items


def _items(text: str) -> Iterator[ModelItem]:
    read = _read(text)
    said = next((read[key] for key in TEXTS if isinstance(read.get(key), str)), None)
    if said is not None:
        numbers = next((read[key] for key in _NUMBERS if key in read), ())
        yield ModelItem(said, tuple(_numbers(numbers)))
        return
    for value in read.values():
        if isinstance(value, list):
            yield from (ModelItem(one, ()) for one in value if isinstance(one, str))


def _read(text: str) -> Mapping[str, Any]:
    """The object, read as leniently as is safe; empty when nothing can be made of it."""
    for attempt in (text, _COMMA.sub("", text)):
        try:
            read = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return read if isinstance(read, dict) else {}
    said, numbers = _TEXT.search(text), _LIST.search(text)
    if not said or text.count("{") > 1:
        return {}
    return {"text": said[1].replace('\\"', '"'), "passages": numbers[1] if numbers else ""}


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value
    elif isinstance(value, str):
        yield from numbers_in(value[:200].strip(" []()【】"))
