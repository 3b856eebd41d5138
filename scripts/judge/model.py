"""The judge's models: a BERT over two texts, and a score for each class."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from judge.starts import unpacked_weights
from rag.judge.scores import POLARITY, SCORES

WIDTH, HEADS, INNER, WORDS = 384, 12, 1536, 30522


class JudgeModel(nn.Module):
    """A cross-encoder of width 384 with a linear head for each thing that is asked."""

    def __init__(self, layers: int, *, pooled: bool = True) -> None:
        super().__init__()
        config = BertConfig(
            vocab_size=WORDS, hidden_size=WIDTH, num_hidden_layers=layers,
            num_attention_heads=HEADS, intermediate_size=INNER,
        )  # fmt: skip
        self.bert = BertModel(config, add_pooling_layer=pooled)
        self.answer = nn.Linear(WIDTH, 1)
        self.entailment = nn.Linear(WIDTH, POLARITY)
        self.reading = nn.Linear(WIDTH, SCORES - POLARITY)
        for head in (self.entailment, self.reading):
            start_afresh(head)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """The score of an answer and then those of meaning, of shape (sequences, 1 + SCORES)."""
        whole = self.whole(ids, types, mask)
        return torch.cat((self.answer(whole), self.entailment(whole), self.reading(whole)), 1)

    def whole(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """What stands for a whole sequence, of shape (sequences, WIDTH)."""
        out = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask)
        return cast(Tensor, out.pooler_output)


class MeaningModel(JudgeModel):
    """One that starts from a sentence encoder, whose meaning stands in the mean of its tokens."""

    def __init__(self, layers: int) -> None:
        super().__init__(layers, pooled=False)
        self.pool = nn.Linear(2 * WIDTH, WIDTH)
        start_afresh(self.pool)

    def whole(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """The first token and the mean of all, brought to one."""
        out = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask)
        tokens = cast(Tensor, out.last_hidden_state)
        there = mask.unsqueeze(-1).to(tokens.dtype)
        mean = (tokens * there).sum(1) / there.sum(1)
        return torch.tanh(self.pool(torch.cat((tokens[:, 0], mean), 1)))


def start_afresh(layer: nn.Linear) -> None:
    """Weights that say nothing yet."""
    nn.init.normal_(layer.weight, std=0.02)
    nn.init.zeros_(layer.bias)


def answering_model(start: Path, layers: int, frozen: int) -> JudgeModel:
    """A model whose BERT, and whose score of an answer, come from a packed reranker (ONNX, its
    matrices dynamically quantised); its embeddings and first `frozen` layers stay as they are."""
    model = JudgeModel(layers)
    _take(model, {_name(name): value for name, value in unpacked_weights(start).items()})
    for module in (model.bert.embeddings, *list(model.bert.encoder.layer)[:frozen]):
        for parameter in module.parameters():
            parameter.requires_grad = False
    return model


def meaning_model(start: Path, layers: int) -> MeaningModel:
    """A model whose BERT comes from a sentence encoder: safetensors, or a packed one (ONNX, its
    matrices dynamically quantised). Its table of words stays as it is."""
    model = MeaningModel(layers)
    packed = start.suffix == ".onnx"
    weights = unpacked_weights(start) if packed else load_file(start)
    _take(model, {f"bert.{name}": value for name, value in weights.items()})
    for module in (model.bert.embeddings.word_embeddings, model.answer):
        for parameter in module.parameters():
            parameter.requires_grad = False
    return model


def _take(model: JudgeModel, weights: dict[str, Tensor]) -> None:
    own = model.state_dict()
    for name, value in weights.items():
        if name in own and own[name].shape == value.shape:
            own[name] = value
    model.load_state_dict(own)


def _name(name: str) -> str:
    if name.startswith("classifier."):
        return name.replace("classifier.", "answer.", 1)
    return name if name.startswith("bert.") else f"bert.{name}"
