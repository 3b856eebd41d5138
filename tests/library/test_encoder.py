"""The bundled model: found, loaded from disk, and told from every other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from shared_data import real_embedder

from rag.errors import SettingsError
from rag.library.encoder import SentenceEncoder, bundled_model, open_embedder

pytestmark = pytest.mark.encoder


def test_vectors_have_length_one_and_keep_the_order_of_the_texts() -> None:
    texts = ["Caseloads are too high.", "A longer text about care leavers. " * 8, "Courts."]
    vectors = real_embedder().encode(texts)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.allclose(real_embedder().encode([text])[0], vector, atol=1e-5)


def test_nothing_makes_no_vectors() -> None:
    assert len(real_embedder().encode([])) == 0


def test_like_meanings_are_near() -> None:
    one, like, unlike = real_embedder().encode(
        [
            "Social workers have too many cases.",
            "Caseloads are too high.",
            "The swimming pool shut.",
        ]
    )
    assert one @ like > one @ unlike + 0.2


def test_the_fingerprint_is_that_of_the_weights(tmp_path: Path) -> None:
    assert real_embedder().fingerprint.startswith("53aa5117")
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    assert open_embedder(str(tmp_path)).fingerprint != real_embedder().fingerprint


def test_a_folder_that_holds_no_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="not a folder"):
        open_embedder(str(tmp_path / "missing"))
    with pytest.raises(SettingsError, match="SCRUTINY_EMBEDDING_MODEL"):
        _ = SentenceEncoder(tmp_path).fingerprint
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(SettingsError, match="SCRUTINY_EMBEDDING_MODEL"):
        SentenceEncoder(tmp_path).encode(["text"])


def test_the_bundled_model_is_on_disk() -> None:
    assert (bundled_model() / "model.safetensors").is_file()


def test_opening_the_model_loads_no_torch() -> None:
    code = (
        "import sys; from rag.library.encoder import open_embedder; "
        "from rag.library.library import open_library; "
        "import ingest.pipeline; open_embedder().fingerprint; "
        "print({'torch', 'chromadb', 'sentence_transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
