"""Packs a judge's model for onnxruntime: matrices in seven bits, words in four."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from export_encoder import stored_tensors
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

from judge.model import JudgeModel
from judge.starts import LENT, POSITIONS, WORDS
from rag.judge.inputs import MOST_TOKENS
from rag.judge.scores import MEANING

_INPUTS = ("ids", "types", "mask")
BLOCK = 128
"""Numbers of a table of words that share a scale."""
_SYMBOLS_BEFORE = 0x2600


def export(model: JudgeModel, pieces: Sequence[str], path: Path) -> None:
    """Write a model, with its table of words in four bits and without those of scripts that English
    is not written in."""
    model_proto = packed(model)
    _shorten(model_proto.graph)
    _shrink_words(model_proto.graph, pieces)
    model_proto.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    onnx.save(model_proto, str(path))


def export_lent(model: JudgeModel, encoder: Path, path: Path) -> None:
    """Write a model without the score of an answer, whose table of words stays in the bundled
    encoder's safetensors."""
    model_proto = packed(_Meaning(model))
    _shorten(model_proto.graph)
    words, _ = _table(model_proto.graph, WORDS)
    lent = stored_tensors(encoder)[LENT]
    words.ClearField("raw_data")
    words.data_location = TensorProto.EXTERNAL
    for key, value in (
        ("location", encoder.name),
        ("offset", lent.offset),
        ("length", lent.length),
    ):
        words.external_data.add(key=key, value=str(value))
    path.write_bytes(model_proto.SerializeToString(deterministic=True))


class _Meaning(nn.Module):
    """A model without the score of an answer."""

    def __init__(self, model: JudgeModel) -> None:
        super().__init__()
        self.judge = model

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        scores: Tensor = self.judge(ids, types, mask)
        return scores[:, MEANING]


def packed(model: nn.Module) -> ModelProto:
    """A model of ids, types and mask as ONNX, its matrices in bytes of which seven bits count."""
    for module in model.modules():
        if isinstance(module, BertModel):
            module.set_attn_implementation("eager")
    blank = torch.ones((2, 8), dtype=torch.long)
    axes = {name: {0: "sequences", 1: "tokens"} for name in _INPUTS}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # The exporter that torch calls old writes matrices as `quantize_dynamic` knows them.
        warnings.simplefilter("ignore")
        whole, in_bytes = (str(Path(folder) / name) for name in ("whole.onnx", "packed.onnx"))
        torch.onnx.export(
            model.eval(),
            (blank, torch.zeros_like(blank), blank),
            whole,
            input_names=list(_INPUTS),
            output_names=["scores"],
            dynamic_axes={**axes, "scores": {0: "sequences"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            in_bytes,
            op_types_to_quantize=["MatMul", "Gemm"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            # Seven bits: sums of eight are cut short on a processor without VNNI, and come out
            # otherwise than on one with it.
            reduce_range=True,
        )
        return onnx.load(in_bytes)


def _shorten(graph: GraphProto) -> None:
    """Leave out what no input is long enough for, and names that nothing asks for; positions take
    two bytes a number."""
    table, lookup = _table(graph, POSITIONS)
    rows = numpy_helper.to_array(table)[:MOST_TOKENS].astype(np.float16)
    table.CopyFrom(numpy_helper.from_array(rows, table.name))
    found = lookup.output[0]
    lookup.output[0] = "positions.half"
    at = list(graph.node).index(lookup) + 1
    graph.node.insert(at, helper.make_node("Cast", [lookup.output[0]], [found], to=1))
    for node in graph.node:
        node.ClearField("name")


def _table(graph: GraphProto, name: str) -> tuple[TensorProto, NodeProto]:
    """A table of embeddings, and what looks its rows up."""
    (table,) = (each for each in graph.initializer if each.name.endswith(name))
    (lookup,) = (node for node in graph.node if table.name in node.input)
    return table, lookup


def _shrink_words(graph: GraphProto, pieces: Sequence[str]) -> None:
    """Look words up in a table of four bits a number, by the place that each kept piece has there;
    all others are the unknown one."""
    table, lookup = _table(graph, WORDS)
    kept = [row for row, piece in enumerate(pieces) if is_english(piece)]
    places = np.full(len(pieces), kept.index(pieces.index("[UNK]")), np.int32)
    places[kept] = np.arange(len(kept), dtype=np.int32)
    codes, scales, zeros = packed_rows(numpy_helper.to_array(table)[kept])
    graph.initializer.remove(table)
    names = ("words.places", "words.codes", "words.scales", "words.zeros")
    for name, array in zip(names, (places, codes, scales, zeros), strict=True):
        graph.initializer.append(numpy_helper.from_array(array, name))
    at = list(graph.node).index(lookup)
    found, ids = lookup.output[0], lookup.input[1]
    graph.node.remove(lookup)
    for n, node in enumerate(_lookup(names, ids, found)):
        graph.node.insert(at + n, node)


def _lookup(names: Sequence[str], ids: str, found: str) -> list[NodeProto]:
    places, *table = names
    codes, scales, zeros = table
    return [
        helper.make_node("Gather", [places, ids], ["words.place"]),
        helper.make_node(
            "GatherBlockQuantized",
            [codes, "words.place", scales, zeros],
            ["words.half"],
            domain="com.microsoft",
            gather_axis=0,
            quantize_axis=1,
            block_size=BLOCK,
            bits=4,
        ),
        helper.make_node("Cast", ["words.half"], [found], to=TensorProto.FLOAT),
    ]


def is_english(piece: str) -> bool:
    """Whether a piece is one that English is written in, or a sign."""
    if piece.startswith("[unused"):
        return False
    sign = piece.removeprefix("##")
    is_sign = len(sign) == 1 and ord(sign) < _SYMBOLS_BEFORE and not sign.isalpha()
    return piece.isascii() or is_sign


def packed_rows(rows: NDArray[np.float32]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Rows in four bits a number, two in a byte, the first in the lower half: the codes, and of
    each block its scale and the code of zero."""
    count, width = rows.shape
    blocks = rows.reshape(count, width // BLOCK, BLOCK)
    least, most = blocks.min(2), blocks.max(2)
    scales = np.maximum((most - least) / 15, 1e-6).astype(np.float16)
    zeros = np.clip(np.round(-least / scales), 0, 15).astype(np.uint8)
    codes = np.clip(np.round(blocks / scales[..., None]) + zeros[..., None], 0, 15)
    return _in_halves(codes.astype(np.uint8).reshape(count, width)), scales, _in_halves(zeros)


def _in_halves(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    even = np.pad(codes, ((0, 0), (0, codes.shape[1] % 2)))
    return (even[:, ::2] + 16 * even[:, 1::2]).astype(np.uint8)
