"""The bundled embedding model, run without torch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import SettingsError
from rag.onnx_models import (
    bundled_model,
    cores,
    session_of,
    side_by_side,
    word_pieces_of,
)

if TYPE_CHECKING:
    from rag.onnx_models import Encoding, InferenceSession, Tokenizer

GRAPH = Path(__file__).with_name("all_minilm_l6_v2.onnx")
"""The model without its weights, which stay in the file they came in; made by
`scripts/export_encoder.py`."""
WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
FINGERPRINT = "53aa51172d142c89d9012cce15ae4d6c"
"""The sha256 of the weights that the graph was made for."""
SIZE = 90_868_376
"""Their bytes. Another file has another size; to read it whole at each start to be surer of it
would take longer than an answer."""
DIMENSIONS = 384
MOST_TOKENS = 256
"""What is read of a text: the `max_seq_length` of the model."""
BATCH_TOKENS = 1024
"""Tokens that are encoded at once: beyond this a batch is no faster, and takes more memory."""
FEW = 4
"""Texts that are encoded in the thread that asks."""


class OnnxEncoder:
    """The bundled all-MiniLM-L6-v2; loaded at its first use. Raises SettingsError."""

    @cached_property
    def _folder(self) -> Path:
        folder = bundled_model()
        if (folder / WEIGHTS).stat().st_size != SIZE:
            raise SettingsError(
                "The bundled embedding model is not the one that the program was made for: run "
                "`make install` again."
            )
        return folder

    @property
    def fingerprint(self) -> str:
        """The sha256 of the weights."""
        _ = self._folder
        return FINGERPRINT

    def _load(self) -> None:
        """Load everything, before several threads ask for it. Raises SettingsError."""
        try:
            _ = self._tokenizer, self._session
        except Exception as error:  # the vendors' errors have no base of their own
            raise SettingsError(
                f"The bundled embedding model cannot be loaded ({type(error).__name__}): run "
                "`make install` again."
            ) from error

    @cached_property
    def _session(self) -> InferenceSession:
        return session_of(GRAPH, self._folder)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return word_pieces_of(self._folder / TOKENIZER, MOST_TOKENS)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed `texts`: array of shape (len(texts), 384), each row of length 1."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        if not texts:
            return vectors
        self._load()
        encodings = self._tokenizer.encode_batch(list(texts))
        workers = 1 if len(texts) <= FEW else cores()
        batches = _balanced([len(encoding.ids) for encoding in encodings], workers)

        def run(rows: Sequence[int]) -> None:
            vectors[rows] = self._vectors([encodings[row] for row in rows])

        if workers == 1 or len(batches) == 1:
            for batch in batches:
                run(batch)
        else:
            side_by_side(run, batches, "encoder")
        return vectors

    def _vectors(self, encodings: Sequence[Encoding]) -> NDArray[np.float32]:
        longest = max(len(encoding.ids) for encoding in encodings)
        tokens = np.zeros((len(encodings), longest), np.int32)
        mask = np.zeros((len(encodings), longest), np.int32)
        for row, encoding in enumerate(encodings):
            tokens[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        (vectors,) = self._session.run(None, {"input_ids": tokens, "attention_mask": mask})
        return np.asarray(vectors, np.float32)


def _balanced(lengths: Sequence[int], workers: int) -> list[list[int]]:
    """Rows in batches of like length, the longest first, so that little of a batch is padding; as
    many tokens in each, and as many batches for each worker, so that none waits for another."""
    total = sum(lengths)
    count = workers * math.ceil(total / (workers * BATCH_TOKENS))
    batches: list[list[int]] = [[] for _ in range(count)]
    before = 0
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        middle = before + lengths[row] / 2
        batches[int(middle * count / total)].append(row)
        before += lengths[row]
    return [batch for batch in batches if batch]
