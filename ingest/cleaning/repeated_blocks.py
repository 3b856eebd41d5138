"""What an article says twice: captions and pull quotes that repeat its own text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.cleaning.layout import BlockDraft
from ingest.types import LineRole

_SHORTEST = 3
"""Words below which a block is too short to be called a pull quote."""
KEY_WORDS = 6
"""How many of a block's first words are looked up to find where it may stand again."""
MOST_PLACES = 200
"""Places looked at for one block, so that no page of repeated words takes for ever."""


def without_repeats(blocks: Sequence[BlockDraft]) -> list[BlockDraft]:
    """Drop each block whose every word, in order, stands in another block or run of blocks.

    Of two equal blocks the later goes; of a pull quote and the text it is pulled from, the pull
    quote. Headings and table rows stay.
    """
    unequal = _without_equals(blocks)
    pulled = _pulled(unequal)
    return [block for n, block in enumerate(unequal) if n not in pulled]


def _without_equals(blocks: Sequence[BlockDraft]) -> list[BlockDraft]:
    seen: set[str] = set()
    unequal = []
    for block in blocks:
        words = _words(block)
        plain = " ".join(words)
        # "Agreed." may be said twice; a caption is a name at least.
        if plain not in seen or len(words) < 2 or block.role in (LineRole.ROW, LineRole.HEADING):
            unequal.append(block)
        seen.add(plain)
    return unequal


def _pulled(blocks: Sequence[BlockDraft]) -> set[int]:
    """The blocks that stand again elsewhere, the shortest found first.

    What has gone backs nothing: of two blocks that are each other's repeat, one stays.
    """
    if len(blocks) < 2:
        return set()
    texts = list(map(_words, blocks))
    words: list[str] = []
    owner: list[int] = []
    quotable: list[int] = []
    for n, block in enumerate(blocks):
        words += texts[n]
        owner += [n] * len(texts[n])
        if block.role in (LineRole.PARAGRAPH, LineRole.LINE) and len(texts[n]) >= _SHORTEST:
            quotable.append(n)
    quotable.sort(key=lambda n: len(texts[n]))
    places = _places(words, {_key(texts[n]) for n in quotable})
    gone: set[int] = set()
    for n in quotable:
        size = len(texts[n])
        for at in places.get(_key(texts[n]), ())[:MOST_PLACES]:
            standing = set(owner[at : at + size])
            if words[at : at + size] == texts[n] and n not in standing and not standing & gone:
                gone.add(n)
                break
    return gone


def _places(words: Sequence[str], keys: set[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    """Where each of the keys stands."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes = set(map(len, keys))
    for at in range(len(words)):
        for size in sizes:
            key = tuple(words[at : at + size])
            if key in keys:
                places[key].append(at)
    return places


def _key(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(words[:KEY_WORDS])


def _words(block: BlockDraft) -> list[str]:
    return re.findall(r"\w+", block.text.casefold())
