"""What a report asks for: of the items under its heading for that, those that ask for something,
and not those that only tell what was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.citation.quote import Quote
from rag.inspection.recommendations import recommendations_of
from rag.library.corpus import Corpus
from rag.packs.progress.topic import (
    first_sentence,
    opens_with_request,
    tells_something,
    without_purpose,
)
from rag.text.lexicon import any_of, lists
from rag.types import Document

_MOSTLY = 0.5
"""The share of a list's items that tell something from which on it tells findings."""
_OBLIGES = re.compile(rf"\b{any_of(lists.Items.OBLIGES)}\b")
_TO_BE = re.compile(r"\bto be\b")


def requests_of(library: Corpus, document: Document) -> tuple[Quote, ...]:
    """What a report asks for, an item a quote, in the order in which it lists them."""
    return asking(recommendations_of(library, document))


def asking(items: Sequence[Quote]) -> tuple[Quote, ...]:
    """Those of a list's items that ask for something: in words that oblige or with a verb that
    asks; a mere name of a matter asks too, where the list does not mostly tell findings."""
    asked = [item for item in items if asks_in_words(item.text)]
    others = [item for item in items if item not in asked]
    told = [item for item in others if _tells(item.text)]
    if len(told) > _MOSTLY * len(items):
        return tuple(asked)
    return tuple(item for item in items if item not in told)


def asks_in_words(item: str) -> bool:
    """Whether an item says what should be done."""
    first = first_sentence(item)
    return bool(_OBLIGES.search(first)) or opens_with_request(first)


def _tells(item: str) -> bool:
    """Whether an item tells something; "all decisions to be made by social workers" asks for it."""
    return tells_something(_TO_BE.sub("", without_purpose(first_sentence(item))))
