"""Pure: how surely a sentence orders a machine about, by its words and what stands side by side.

The weights in `machine_orders.json` are fitted by `scripts/train_machine_orders.py`: orders can be
worded in more ways than any list of patterns holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

LONGEST = 600
"""Of a sentence that is looked at, in characters."""
_WORD = re.compile(r"\w+|[:\"]")
_FIGURE = re.compile(r"\d[\d,.]*")
# "Attention, chatbot!" only calls: what is ordered comes after it.
_SENTENCE_END = re.compile(r"(?<=[.?])\s+")


def features(sentence: str) -> set[str]:
    """The words of a sentence and its pairs of words, a mark for its start; figures are alike."""
    plain = _FIGURE.sub("7", sentence[:LONGEST].casefold())
    words = ["^", *_WORD.findall(plain)]
    return {*words, *(f"{first} {second}" for first, second in pairwise(words))}


def order_score(sentence: str) -> float:
    """How surely it orders a machine about: above 0 it is taken to."""
    table = _table()
    weights: Mapping[str, float] = table["weights"]
    found = sum(weights[feature] for feature in features(sentence) if feature in weights)
    return float(found + table["bias"])


def sentences_of(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph, by its full stops."""
    return iter(_SENTENCE_END.split(paragraph))


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(
        files("rag.text.orders").joinpath("machine_orders.json").read_text(encoding="utf-8")
    )
    return table
