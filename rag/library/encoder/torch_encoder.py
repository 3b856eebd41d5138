"""Adapter: the only importer of sentence-transformers (and so of torch); a model of the user's."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import SettingsError
from rag.library.encoder.weights import fingerprint_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

FEW = 4
"""Texts that are encoded in one thread."""


class SentenceEncoder:
    """A sentence-transformers model on disk; loaded, with torch, at its first use."""

    def __init__(self, folder: Path, *, batch_size: int = 32) -> None:
        self._folder = folder
        self._batch_size = batch_size

    @cached_property
    def fingerprint(self) -> str:
        """The sha256 of the weights."""
        return fingerprint_of(self._folder)

    @cached_property
    def _model(self) -> SentenceTransformer:
        # Weights come from disk alone: nothing is looked up on a model hub.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        _check_installed()
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

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
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


def _check_installed() -> None:
    for package in ("torch", "sentence_transformers"):
        if find_spec(package) is None:
            raise SettingsError(
                "SCRUTINY_EMBEDDING_MODEL names a model of your own, which needs torch and "
                "sentence-transformers: install the extra `scrutiny-desk[models]` (see "
                "docs/deployment.md), or unset it to use the bundled model."
            )


def _use_threads(number: int) -> None:
    import torch

    if torch.get_num_threads() != number:
        torch.set_num_threads(number)
