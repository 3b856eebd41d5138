"""The graph of the encoder is made from its weights, and is the one that the program runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from script_modules import script_module
from transformers import BertConfig, BertModel

from rag.library.encoder.onnx_encoder import GRAPH
from rag.onnx_models import bundled_model

export = script_module("export_encoder")


def test_the_graph_that_is_held_is_the_one_that_the_script_makes() -> None:
    assert export.exported(bundled_model()) == onnx.load(GRAPH, load_external_data=False)


def test_the_graph_holds_no_weights() -> None:
    assert GRAPH.stat().st_size < 50_000


@pytest.mark.encoder
def test_a_small_model_gives_what_torch_gives(tmp_path: Path) -> None:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=50,
        hidden_size=24,
        num_hidden_layers=2,
        num_attention_heads=3,
        intermediate_size=40,
        max_position_embeddings=16,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.save_pretrained(tmp_path)
    tokens = np.array([[2, 7, 8, 9, 3], [2, 11, 3, 0, 0]], np.int32)
    mask = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]], np.int32)
    with torch.no_grad():
        states = model(torch.tensor(tokens), torch.tensor(mask)).last_hidden_state.numpy()
    means = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    expected = means / np.linalg.norm(means, axis=1, keepdims=True)

    graph = tmp_path / "graph.onnx"
    graph.write_bytes(export.exported(tmp_path).SerializeToString())
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"input_ids": tokens, "attention_mask": mask})
    assert np.allclose(found, expected, atol=1e-5)
