"""Adapter: the judge that comes with the program, run by onnxruntime."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.errors import SettingsError
from rag.judge.inputs import Batch
from rag.judge.scores import Floats, ModelJudge

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "weights"
MODEL, WORD_PIECES = "judge.onnx", "tokenizer.json"


class BundledModel:
    """The model in a folder, with its tokenizer; loaded at its first use. Raises SettingsError."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder

    @cached_property
    def fingerprint(self) -> str:
        """The sha256 of the model."""
        return hashlib.sha256((self._folder / MODEL).read_bytes()).hexdigest()

    def _unusable(self, error: Exception) -> SettingsError:
        return SettingsError(
            f"The judge that comes with the program cannot be loaded ({type(error).__name__}): run "
            "`make install` again."
        )

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        # As with the encoder, batches run beside each other, each in one thread.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(
                str(self._folder / MODEL), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the vendor's errors have no base of their own
            raise self._unusable(error) from error

    @cached_property
    def _pieces(self) -> Tokenizer:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from tokenizers import Tokenizer

        try:
            pieces = Tokenizer.from_file(str(self._folder / WORD_PIECES))
        except Exception as error:
            raise self._unusable(error) from error
        pieces.no_truncation()
        pieces.no_padding()
        return pieces

    def tokenize(self, text: str) -> list[int]:
        """The ids of a text's word pieces, without special tokens."""
        ids: list[int] = self._pieces.encode(text, add_special_tokens=False).ids
        return ids

    def run(self, batches: Sequence[Batch]) -> list[Floats]:
        """The model's scores of each batch."""
        session = self._session

        def scores(batch: Batch) -> Floats:
            given = {"ids": batch.ids, "types": batch.types, "mask": batch.mask}
            return np.asarray(session.run(None, given)[0], np.float32)

        workers = min(len(os.sched_getaffinity(0)), len(batches))
        if workers < 2:
            return [scores(batch) for batch in batches]
        with ThreadPoolExecutor(workers, "judge") as pool:
            return list(pool.map(scores, batches))


@cache
def bundled_judge(folder: Path = WEIGHTS) -> ModelJudge:
    """The judge of a folder: one for all of this process."""
    model = BundledModel(folder)
    return ModelJudge(model.tokenize, model.run)
