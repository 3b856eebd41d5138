"""The judge's model: one BERT over two texts, and a score for each class."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from judge.starts import unpacked_weights
from rag.judge.scores import ENTAILMENT, POLARITY, SCORES

WIDTH, HEADS, INNER, WORDS = 384, 12, 1536, 30522


class JudgeModel(nn.Module):
    """A cross-encoder of width 384 with a linear head for each thing that is asked."""

    def __init__(self, layers: int = 12) -> None:
        super().__init__()
        config = BertConfig(
            vocab_size=WORDS, hidden_size=WIDTH, num_hidden_layers=layers,
            num_attention_heads=HEADS, intermediate_size=INNER,
        )  # fmt: skip
        self.bert = BertModel(config)
        self.answer = nn.Linear(WIDTH, 1)
        self.entailment = nn.Linear(WIDTH, POLARITY - ENTAILMENT)
        self.reading = nn.Linear(WIDTH, SCORES - POLARITY)
        for head in (self.entailment, self.reading):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """The scores, of shape (sequences, SCORES)."""
        out = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask)
        whole = cast(Tensor, out.pooler_output)
        heads = (self.answer(whole), self.entailment(whole), self.reading(whole))
        return torch.cat(heads, 1)


def started(start: Path, layers: int = 12) -> JudgeModel:
    """A model whose BERT, and whose score of an answer, come from a packed reranker (an ONNX file
    of dynamically quantised matrices)."""
    model = JudgeModel(layers)
    own = model.state_dict()
    for name, value in unpacked_weights(start).items():
        into = _name(name)
        if into in own and own[into].shape == value.shape:
            own[into] = value
    model.load_state_dict(own)
    return model


def _name(name: str) -> str:
    if name.startswith("classifier."):
        return name.replace("classifier.", "answer.", 1)
    return name if name.startswith("bert.") else f"bert.{name}"


def freeze(model: JudgeModel, layers: int) -> None:
    """Keep the embeddings and the first `layers` layers as they are."""
    kept = [model.bert.embeddings, *list(model.bert.encoder.layer)[:layers]]
    for module in kept:
        for parameter in module.parameters():
            parameter.requires_grad = False
