"""Adapter: the only importer of sentencex, which parts a text into sentences."""

from __future__ import annotations

from collections.abc import Iterator

import sentencex  # type: ignore[import-untyped]


def segments(text: str) -> Iterator[str]:
    """The sentences of an English text, in order."""
    for sentence in sentencex.segment("en", text):
        yield str(sentence)
