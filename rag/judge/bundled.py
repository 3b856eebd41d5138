"""Adapter: the judge that comes with the program, two models of its own over onnxruntime."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.errors import SettingsError
from rag.judge.inputs import Batch
from rag.judge.scores import Floats, ModelJudge
from rag.onnx_models import bundled_model, session_of, side_by_side, word_pieces_of

if TYPE_CHECKING:
    from rag.onnx_models import InferenceSession, Tokenizer

WEIGHTS = Path(__file__).parent / "weights"
MODEL, SECOND = "judge.onnx", "meaning.onnx"
"""The model of what answers and what is borne out, and the one that is asked the latter once more,
and how a sentence is meant."""
WORD_PIECES = "tokenizer.json"


class BundledModel:
    """A model of a file; loaded at its first use. Raises SettingsError."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def fingerprint(self) -> str:
        """The sha256 of the model."""
        return hashlib.sha256(self._file.read_bytes()).hexdigest()

    @cached_property
    def _session(self) -> InferenceSession:
        try:
            # The table of words of one of the two is the encoder's, and lies with that.
            return session_of(self._file, bundled_model())
        except SettingsError:
            raise
        except Exception as error:  # the vendor's errors have no base of their own
            raise _unusable(error) from error

    def __call__(self, batches: Sequence[Batch]) -> list[Floats]:
        """The model's scores of each batch."""
        session = self._session

        def scores(batch: Batch) -> Floats:
            given = {"ids": batch.ids, "types": batch.types, "mask": batch.mask}
            return np.asarray(session.run(None, given)[0], np.float32)

        return side_by_side(scores, batches, "judge")


class WordPieces:
    """The word pieces of the bundled encoder, which all these models read."""

    @cached_property
    def _pieces(self) -> Tokenizer:
        try:
            return word_pieces_of(bundled_model() / WORD_PIECES)
        except SettingsError:
            raise
        except Exception as error:
            raise _unusable(error) from error

    @property
    def vocabulary(self) -> list[str]:
        """All pieces in the order of their ids."""
        ids = self._pieces.get_vocab()
        return sorted(ids, key=ids.__getitem__)

    def __call__(self, text: str) -> list[int]:
        """The ids of a text's word pieces, without special tokens."""
        ids: list[int] = self._pieces.encode(text, add_special_tokens=False).ids
        return ids


def _unusable(error: Exception) -> SettingsError:
    return SettingsError(
        f"The judge that comes with the program cannot be loaded ({type(error).__name__}): run "
        "`make install` again."
    )


@cache
def bundled_judge(folder: Path = WEIGHTS) -> ModelJudge:
    """The judge of a folder: one for all of this process."""
    first, second = BundledModel(folder / MODEL), BundledModel(folder / SECOND)
    return ModelJudge(WordPieces(), first, second)
