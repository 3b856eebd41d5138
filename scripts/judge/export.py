"""Packs a judge's model for onnxruntime: eight bits a weight, one file."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from judge.model import JudgeModel

_INPUTS = ("ids", "types", "mask")


def export(model: JudgeModel, path: Path) -> None:
    """Write the model as ONNX with its matrices in eight bits."""
    model.eval()
    model.bert.set_attn_implementation("eager")
    blank = torch.ones((2, 8), dtype=torch.long)
    axes = {name: {0: "sequences", 1: "tokens"} for name in _INPUTS}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # The exporter that torch calls old writes matrices as `quantize_dynamic` knows them.
        warnings.simplefilter("ignore")
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            (blank, torch.zeros_like(blank), blank),
            str(whole),
            input_names=list(_INPUTS),
            output_names=["scores"],
            dynamic_axes={**axes, "scores": {0: "sequences"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)
