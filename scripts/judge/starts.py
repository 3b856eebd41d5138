"""Weights to start a fit from: a BERT that was packed to eight bits for onnxruntime, unpacked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

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


def _unpacked(held: dict[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    scale, zero = held[f"{name}_scale"], held[f"{name}_zero_point"].astype(np.float32)
    unpacked: NDArray[np.float32] = (held[name + _PACKED].astype(np.float32) - zero) * scale
    return unpacked


def _module(node: str) -> str:
    for ending in _MULTIPLIED:
        node = node.removesuffix(ending)
    return f"{node.strip('/').replace('/', '.')}.weight"
