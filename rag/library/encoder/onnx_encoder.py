"""Adapter: the only importer of onnxruntime and tokenizers; the bundled model, without torch."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import SettingsError
from rag.library.encoder.weights import bundled_model

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

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
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        # Batches run beside each other, each in the thread that brings it: threads inside one wait
        # for each other whenever the machine has something else to do.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry(
            "session.model_external_initializers_file_folder_path", str(self._folder)
        )
        return onnxruntime.InferenceSession(
            GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.enable_truncation(MOST_TOKENS)
        tokenizer.no_padding()
        return tokenizer

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed `texts`: array of shape (len(texts), 384), each row of length 1."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        if not texts:
            return vectors
        self._load()
        encodings = self._tokenizer.encode_batch(list(texts))
        workers = 1 if len(texts) <= FEW else _cores()
        batches = _batches([len(encoding.ids) for encoding in encodings], workers)

        def run(rows: Sequence[int]) -> None:
            vectors[rows] = self._vectors([encodings[row] for row in rows])

        if workers == 1 or len(batches) == 1:
            for batch in batches:
                run(batch)
        else:
            with ThreadPoolExecutor(workers, "encoder") as pool:
                list(pool.map(run, batches))
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


def _batches(lengths: Sequence[int], workers: int) -> list[list[int]]:
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


def _cores() -> int:
    """How many processor cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
