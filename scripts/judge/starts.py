"""Weights to start a fit from, unpacked: a BERT that was packed to eight bits for onnxruntime, and
a judge that `judge.export` packed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, numpy_helper

LENT = "embeddings.word_embeddings.weight"
"""The table of words in the encoder's own file of weights."""
WORDS = f"bert.{LENT}"
POSITIONS = "bert.embeddings.position_embeddings.weight"
CHECKPOINT = ".pt"
"""How the name of a fit's checkpoint ends."""
_CODES, _OF_SECOND = "words.codes", "judge."
_LAYER = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip
"""The matrices of a layer in the order in which a packed judge multiplies by them ..."""
_HEADS = ("pool", "answer", "entailment", "reading")
"""... and those after the last layer."""
_MULTIPLIED = ("/MatMul_quant", "/Gemm_MatMul_quant")
_PACKED = "_quantized"


def unpacked_weights(path: Path) -> dict[str, torch.Tensor]:
    """The weights of an ONNX file of dynamically quantised matrices, by their names in torch.

    A packed matrix stands there as `(value - zero point) * scale`, turned on its side.
    """
    graph = onnx.load(str(path)).graph
    held = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    weights = {n: v for n, v in held.items() if v.dtype == np.float32 and v.ndim and "." in n}
    for node in graph.node:
        for name in node.input:
            if name not in held or not name.endswith(_PACKED):
                continue
            matrix = _unpacked(held, name.removesuffix(_PACKED))
            if node.op_type == "MatMulInteger":
                weights[_module(node.name)] = matrix.T
            elif node.op_type == "Gather":
                weights[name.removesuffix(_PACKED)] = matrix
    return {name: torch.from_numpy(np.array(v, order="C")) for name, v in weights.items()}


def is_judge(path: Path) -> bool:
    """Whether a file is a judge that `judge.export` packed, or the checkpoint of one's fit."""
    if path.suffix == CHECKPOINT:
        return True
    names = {each.name for each in onnx.load(str(path), load_external_data=False).graph.initializer}
    return _CODES in names or any(name.startswith(_OF_SECOND) for name in names)


def judge_weights(path: Path, words: torch.Tensor) -> dict[str, torch.Tensor]:
    """The weights of a packed judge by their names in `JudgeModel`; `words` is the encoder's table
    of words, which the second model has no copy of."""
    graph = onnx.load(str(path), load_external_data=False).graph
    held = {
        each.name: numpy_helper.to_array(each)
        for each in graph.initializer
        if each.data_location != TensorProto.EXTERNAL
    }
    matrices = [
        _unpacked(held, node.input[1].removesuffix(_PACKED)).T
        for node in graph.node
        if node.op_type == "MatMulInteger"
    ]
    layers = (len(matrices) - len(_HEADS)) // len(_LAYER)
    names = [f"bert.encoder.layer.{n}.{name}" for n in range(layers) for name in _LAYER]
    weights = {n.removeprefix(_OF_SECOND): v for n, v in held.items() if v.dtype.kind == "f"}
    weights |= {
        f"{name}.weight": matrix for name, matrix in zip((*names, *_HEADS), matrices, strict=True)
    }
    weights[WORDS] = _words(held) if _CODES in held else words.numpy()
    return {n: torch.from_numpy(np.array(v, np.float32, order="C")) for n, v in weights.items()}


def _words(held: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
    """A table of words in four bits a number, as it is looked up: a row for each piece."""
    scales = held["words.scales"].astype(np.float32)
    zeros = _whole(held["words.zeros"], scales.shape[1])
    codes = _whole(held[_CODES], 2 * held[_CODES].shape[1]).reshape(*scales.shape, -1)
    rows: NDArray[np.float32] = (codes - zeros[..., None]) * scales[..., None]
    table: NDArray[np.float32] = rows.reshape(len(rows), -1)[held["words.places"]]
    return table


def _whole(halves: NDArray[np.uint8], width: int) -> NDArray[np.float32]:
    """Numbers of which two stand in a byte, the first in the lower half."""
    both = np.stack([halves & 15, halves >> 4], -1)
    return both.reshape(len(halves), -1)[:, :width].astype(np.float32)


def _unpacked(held: Mapping[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    scale, zero = held[f"{name}_scale"], held[f"{name}_zero_point"].astype(np.float32)
    unpacked: NDArray[np.float32] = (held[name + _PACKED].astype(np.float32) - zero) * scale
    return unpacked


def _module(node: str) -> str:
    for ending in _MULTIPLIED:
        node = node.removesuffix(ending)
    return f"{node.strip('/').replace('/', '.')}.weight"
