"""What tells the weights of an embedding model from every other."""

from __future__ import annotations

import hashlib
from pathlib import Path

from rag.errors import SettingsError

FINGERPRINT_LENGTH = 32
"""Hexadecimal digits of a sha256 that are kept."""
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_BLOCK = 1 << 20


def fingerprint_of(folder: Path) -> str:
    """The sha256 of a model's weights. Raises SettingsError for a folder without any."""
    for name in _WEIGHTS:
        if (folder / name).exists():
            return _sha256(folder / name)[:FINGERPRINT_LENGTH]
    raise SettingsError(
        f"{folder} holds no model weights: set SCRUTINY_EMBEDDING_MODEL to the folder "
        "of a sentence-transformers model, or unset it to use the bundled one."
    )


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as weights:
        while block := weights.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
