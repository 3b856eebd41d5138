"""Near-duplicates: how much of one document's wording stands in another, from small sketches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rag.text.tokens import WORD

Sketch = NDArray[np.uint64]
SHINGLE = 6
"""Words in a row that count as the same wording."""
SAMPLE = 4
"""One shingle in this many is kept; which ones depends on their words alone, so that the same
shingle is kept in every document (Broder's mod-m sketch, 1997)."""
RESTATES = 0.3
"""From this share of the shorter document's wording on, one is said to restate the other."""
_FEWEST = 8
MOST_HOLDERS = 12


def sketch(texts: Iterable[str]) -> Sketch:
    """The sampled word shingles of a document, as sorted 64-bit hashes."""
    words = [word for text in texts for word in WORD.findall(text.casefold())]
    hashes = {
        int.from_bytes(
            blake2b(" ".join(words[n : n + SHINGLE]).encode(), digest_size=8).digest(), "big"
        )
        for n in range(len(words) - SHINGLE + 1)
    }
    return np.array(sorted(h for h in hashes if h % SAMPLE == 0), dtype=np.uint64)


def related(sketches: Mapping[str, Sketch]) -> dict[str, list[str]]:
    """For each document the names of those that restate it, or that it restates.

    Only documents that share a sampled shingle are compared, so the time grows with the sharing.
    """
    holders: dict[int, list[str]] = {}
    for name, sampled in sketches.items():
        for shingle in sampled.tolist():
            holders.setdefault(shingle, []).append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        # Wording that many documents share is boilerplate and links nobody.
        if 1 < len(names) <= MOST_HOLDERS:
            shared.update(combinations(sorted(names), 2))
    links: dict[str, list[str]] = {name: [] for name in sketches}
    for (one, other), count in shared.items():
        shorter = min(len(sketches[one]), len(sketches[other]))
        if shorter >= _FEWEST and count / shorter >= RESTATES:
            links[one].append(other)
            links[other].append(one)
    return {name: sorted(names) for name, names in links.items()}
