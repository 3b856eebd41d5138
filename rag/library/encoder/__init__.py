"""Port: what turns texts into vectors, and which of its two adapters does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import SettingsError
from rag.library.encoder.onnx_encoder import OnnxEncoder
from rag.library.encoder.torch_encoder import SentenceEncoder

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Texts in, unit vectors out."""

    @property
    def fingerprint(self) -> str:
        """Tells this model from every other; a library remembers the one it was made with."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`: array of shape (len(texts), dimensions), each row of length 1."""


def open_embedder(folder: str | None = None) -> Embedder:
    """The model in `folder`, or the bundled one, which is loaded at its first use.

    Raises SettingsError when there is none.
    """
    if not folder:
        return OnnxEncoder()
    if not Path(folder).is_dir():
        raise SettingsError(f"SCRUTINY_EMBEDDING_MODEL names {folder}, which is not a folder.")
    return SentenceEncoder(Path(folder))


@cache
def _bundled() -> Embedder:
    return OnnxEncoder()


def bundled_encoder(own: Embedder) -> Embedder:
    """The bundled model: a library's own embedder, where that is it, so that it is loaded once."""
    bundled = _bundled()
    return own if own.fingerprint == bundled.fingerprint else bundled


class CachedEncoder:
    """An embedder that looks up what was encoded before, all at once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def fingerprint(self) -> str:
        """That of the embedder behind it."""
        return self._embedder.fingerprint

    def prepare(self, texts: Iterable[str]) -> None:
        """Encode texts in one batch, those not yet known."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.encode(new), strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`, as the embedder behind it does."""
        self.prepare(texts)
        rows = [self._known[text] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, 0), np.float32)
