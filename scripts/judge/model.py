"""The judge's model: a BERT over two texts, and a score for each class."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from judge.starts import CHECKPOINT, LENT, POSITIONS, is_judge, judge_weights, unpacked_weights
from rag.judge.scores import POLARITY, SCORES
from rag.onnx_models import bundled_model

WIDTH, HEADS, INNER, VOCABULARY = 384, 12, 1536, 30522
ENCODER = "model.safetensors"
"""The bundled encoder's file of weights."""
_POOLER = "bert.pooler.dense.weight"
"""What a reranker makes of a sequence's first token; the mean of all is added to it here."""
_OWN_NAMES = {
    "bert.pooler.dense.bias": "pool.bias",
    "classifier.weight": "answer.weight",
    "classifier.bias": "answer.bias",
}


class JudgeModel(nn.Module):
    """A cross-encoder of width 384 with a linear head for each thing that is asked."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        config = BertConfig(
            vocab_size=VOCABULARY, hidden_size=WIDTH, num_hidden_layers=layers,
            num_attention_heads=HEADS, intermediate_size=INNER,
        )  # fmt: skip
        self.bert = BertModel(config, add_pooling_layer=False)
        self.pool = nn.Linear(2 * WIDTH, WIDTH)
        self.answer = nn.Linear(WIDTH, 1)
        self.entailment = nn.Linear(WIDTH, POLARITY)
        self.reading = nn.Linear(WIDTH, SCORES - POLARITY)
        for layer in (self.pool, *self.heads):
            nn.init.normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)

    @property
    def heads(self) -> tuple[nn.Linear, ...]:
        """What is asked."""
        return self.answer, self.entailment, self.reading

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """The score of an answer and then those of meaning, of shape (sequences, 1 + SCORES)."""
        out = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask)
        tokens = cast(Tensor, out.last_hidden_state)
        there = mask.unsqueeze(-1).to(tokens.dtype)
        mean = (tokens * there).sum(1) / there.sum(1)
        whole = torch.tanh(self.pool(torch.cat((tokens[:, 0], mean), 1)))
        return torch.cat([head(whole) for head in self.heads], 1)


def judge_model(start: Path, layers: int) -> JudgeModel:
    """A model that starts from a packed judge, from the checkpoint of a fit, from a packed reranker
    (ONNX, its matrices dynamically quantised), whose score of an answer it keeps, or from a
    sentence encoder (safetensors). Its table of words stays as it is."""
    weights = _weights(start)
    model = JudgeModel(layers)
    own = model.state_dict()
    positions = own[POSITIONS]
    if POSITIONS in weights:
        # A packed judge has those alone that an input is long enough for.
        positions[: len(weights[POSITIONS])] = weights[POSITIONS][: len(positions)]
    if _POOLER in weights:
        own["pool.weight"] = torch.cat((weights[_POOLER], torch.zeros(WIDTH, WIDTH)), 1)
    for name, value in weights.items():
        name = _OWN_NAMES.get(name, name)
        if name in own and own[name].shape == value.shape:
            own[name] = value
    model.load_state_dict(own)
    for parameter in model.bert.embeddings.word_embeddings.parameters():
        parameter.requires_grad = False
    return model


def _weights(start: Path) -> dict[str, Tensor]:
    if start.suffix == CHECKPOINT:
        held: dict[str, Tensor] = torch.load(start)["model"]
        return held
    if start.suffix != ".onnx":
        return _of_encoder(load_file(start))
    if not is_judge(start):
        return unpacked_weights(start)
    encoder = load_file(bundled_model() / ENCODER)
    return judge_weights(start, encoder[LENT])


def freeze_lower(model: JudgeModel, layers: int) -> None:
    """Leave the lowest layers of a model and its embeddings as they are: what is fitted on changes
    the upper ones most, in less time."""
    for part in (model.bert.embeddings, *model.bert.encoder.layer[:layers]):
        for parameter in part.parameters():
            parameter.requires_grad = False


def _of_encoder(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    return {f"bert.{name}": value for name, value in weights.items()}
