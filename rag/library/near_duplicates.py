"""Near-duplicates: how much of one document's wording stands in another, from small sketches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    named = sorted(sketches)
    shared: Counter[tuple[str, str]] = Counter()
    for holders in _holders([sketches[name] for name in named]):
        shared.update(combinations([named[n] for n in holders], 2))
    links: dict[str, list[str]] = {name: [] for name in sketches}
    for (one, other), count in shared.items():
        shorter = min(len(sketches[one]), len(sketches[other]))
        if shorter >= _FEWEST and count / shorter >= RESTATES:
            links[one].append(other)
            links[other].append(one)
    return {name: sorted(names) for name, names in links.items()}


def _holders(sketches: Sequence[Sketch]) -> Iterator[list[int]]:
    """For each shingle that some share the places of those that hold it, in order; wording that
    many documents share is boilerplate and links nobody."""
    if not sketches:
        return
    shingles = np.concatenate(sketches)
    owners = np.repeat(np.arange(len(sketches)), [len(sketch) for sketch in sketches])
    order = np.argsort(shingles, kind="stable")
    shingles, owners = shingles[order], owners[order]
    starts = np.flatnonzero(np.r_[True, shingles[1:] != shingles[:-1]])[: len(shingles)]
    counts = np.diff(np.r_[starts, len(shingles)])
    are_shared = (counts > 1) & (counts <= MOST_HOLDERS)
    for start, count in zip(starts[are_shared], counts[are_shared], strict=True):
        yield owners[start : start + count].tolist()
