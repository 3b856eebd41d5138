"""A judge is fitted, measured and packed from a folder of labelled data, from start to end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import torch
from script_modules import script_module
from torch import Tensor
from transformers import BertConfig, BertForSequenceClassification

from rag.judge.bundled import MODEL, SECOND, WEIGHTS, WordPieces, bundled_judge
from rag.judge.port import Span

pytestmark = [pytest.mark.slow, pytest.mark.encoder]
QUOTE = "Social workers in Fallowmere carry an average of 31 cases each."
REPORT = [
    "Inspection of Fallowmere local authority children's services, May 2024.",
    QUOTE,
    *(f"Team {n} meets on the first Monday of each month to talk of plans." for n in range(20)),
]
NAME = "reports/fallowmere.txt"


def written(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


CONFIG = BertConfig(
    vocab_size=30522, hidden_size=384, num_hidden_layers=1, num_attention_heads=12,
    intermediate_size=1536, hidden_dropout_prob=0, attention_probs_dropout_prob=0,
)  # fmt: skip
CONFIG.num_labels = 1


class Reranker(BertForSequenceClassification):  # type: ignore[no-untyped-call]
    """What a public reranker is, with one layer and random weights."""

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        scored = super().forward(ids, token_type_ids=types, attention_mask=mask)
        return cast(Tensor, scored.logits)


@pytest.fixture
def learn(tmp_path: Path) -> Path:
    """Labelled data over one invented report."""
    folder = tmp_path / "learn"
    (folder / "corpus" / "reports").mkdir(parents=True)
    (folder / "corpus" / NAME).write_text("\n\n".join(REPORT), encoding="utf-8")
    evidence = {"group": "w1", "doc": NAME, "page": 1, "quote": QUOTE}
    written(folder / "qa.jsonl", [{**evidence, "question": "How many cases are carried?"}])
    claim = "Caseloads average 31."
    written(folder / "claims.jsonl", [{**evidence, "claim": claim, "label": "supported"}])
    reworded = {
        "close": "They carry 31 cases each on average.",
        "free": "Thirty-one cases fall to each.",
        "false": [{"text": "They carry 13 cases each.", "kind": "number"}],
        "unsupported": "They carry 31 cases each, more than before.",
    }
    written(folder / "rewordings.jsonl", [{**evidence, **reworded}])
    read = {"polarity": "weakness", "theme": "workforce", "stands_alone": True}
    written(folder / "sentences.jsonl", [{"doc": NAME, "page": 1, "text": QUOTE, **read}])
    return folder


@pytest.fixture
def invented(tmp_path: Path) -> list[str]:
    """Invented documents, quotes and questions, one each, and what was asked and claimed of the
    report besides, as arguments."""
    own = tmp_path / "own"
    for name in ("invented", "quotes", "asked", "stated", "reports"):
        (own / name).mkdir(parents=True)
    excerpt = {
        "label": "Ofsted, Fallowmere, May 2024",
        "heading": "Workforce",
        "sentences": REPORT[:3],
        "readings": [
            {"polarity": "neutral", "status": "asserted", "theme": "workforce", "alone": True}
        ]
        * 3,
        "questions": [{"q": "How heavy are caseloads?", "answers": [1]}],
        "statements": [
            {"source": [1], "text": "Each has 31.", "label": "entailed", "kind": "close"}
        ],
    }
    written(own / "invented" / "a.jsonl", [excerpt])
    alone = {name: excerpt[name] for name in ("label", "heading", "sentences", "questions")}
    written(own / "asked" / "a.jsonl", [alone])
    alone = {name: excerpt[name] for name in ("label", "heading", "sentences", "statements")}
    written(own / "stated" / "a.jsonl", [alone])
    quoted = {
        "label": "Gazette, Fallowmere, May 2024",
        "quote": "Most homes in Fallowmere were not inspected before 2023.",
        "close": ["Before 2023 most homes in Fallowmere were not inspected."],
        "free": ["Few of Fallowmere's homes had seen an inspector by 2023."],
        "claim": ["Fallowmere's homes went uninspected for years."],
        "false": [{"text": "All homes were inspected before 2023.", "kind": "negation"}],
        "added": ["Most homes were not inspected before 2023, for want of staff."],
    }
    written(own / "quotes" / "a.jsonl", [quoted])
    script_module("train_judge")
    from judge.examples import mark_of

    of_report = {"group": "w1", "sentences": [[NAME, mark_of(QUOTE.upper())]]}
    claim = {"claim": "Each has 31 cases.", "label": "supported", "kind": "free"}
    asked = {"question": "how many cases each", "style": "typo"}
    written(own / "reports" / "a.jsonl", [{**of_report, **claim}, {**of_report, **asked}])
    return ["--own", str(own), "--layers", "1", "--test", "w1"]


def test_a_judge_is_fitted_from_a_packed_reranker(
    learn: Path, invented: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script, work = script_module("train_judge"), tmp_path / "work"
    from judge.export import packed
    from judge.model import judge_model

    torch.manual_seed(3)
    start, reranker = tmp_path / "start.onnx", Reranker(CONFIG)
    start.write_bytes(packed(reranker).SerializeToString())
    # Before it is fitted it scores answers as the reranker does, but for what seven bits cost.
    ids, mask = torch.tensor([[101, 2129, 2116, 102, 2861, 102]]), torch.ones((1, 6))
    models = (judge_model(start, 1).eval(), reranker)
    own, theirs = (model(ids, torch.zeros_like(ids), mask)[0, 0].item() for model in models)
    assert own == pytest.approx(theirs, abs=0.02)
    arguments = [str(learn), str(work), "--start", str(start), *invented]
    assert script.main(arguments) == 0
    told = capsys.readouterr().out
    assert "fitted to: 4 questions" in told
    assert "measured on: 2 questions" in told
    assert "answering first: 1.000" in told or "answering first: 0.000" in told
    assert "passed, close: " in told
    (score,) = bundled_judge(work).answers("How many?", [Span("31.")])
    assert -20 < score < 20
    assert (work / MODEL).stat().st_size < 12_000_000
    # A fit that is asked for again finds its checkpoints and has nothing left to do.
    assert script.main(arguments) == 0


def test_a_second_model_of_meaning_is_fitted_from_the_bundled_encoder(
    learn: Path, invented: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script, work = script_module("train_judge"), tmp_path / "work"
    assert script.main([str(learn), str(work), *invented]) == 0
    assert "passed, close: " in capsys.readouterr().out
    shutil.copy(WEIGHTS / MODEL, work)
    (said,) = bundled_judge(work).entails([(Span(QUOTE), "They carry 31 cases each.")])
    assert said.entailed + said.contradicted + said.neutral == pytest.approx(1, abs=1e-5)
    # Its table of words is the encoder's, and is not kept twice.
    assert (work / SECOND).stat().st_size < 4_000_000


@pytest.mark.parametrize(("name", "other", "layers"), [(MODEL, SECOND, 12), (SECOND, MODEL, 6)])
def test_a_packed_judge_is_fitted_on_from_where_it_stands(
    name: str, other: str, layers: int, learn: Path, invented: list[str], tmp_path: Path
) -> None:
    script, work = script_module("train_judge"), tmp_path / "work"
    from judge.model import judge_model

    arguments = [*invented, "--layers", str(layers), "--start", str(WEIGHTS / name)]
    assert script.main([str(learn), str(work), *arguments]) == 0
    shutil.copy(WEIGHTS / other, work)
    asked = [(Span(QUOTE), "They carry 31 cases each."), (Span(QUOTE), "The mayor resigned.")]
    for own, shipped in zip(
        bundled_judge(work).entails(asked), bundled_judge().entails(asked), strict=True
    ):
        assert own.entailed == pytest.approx(shipped.entailed, abs=0.3)
    before, after = (judge_model(of / name, layers).state_dict() for of in (WEIGHTS, work))
    lower, upper = (f"bert.encoder.layer.{n}.output.dense.weight" for n in (0, layers - 1))
    assert torch.allclose(before[lower], after[lower], atol=0.005)
    assert not torch.equal(before[upper], after[upper])
    # And from its checkpoint, with all questions of a file.
    checkpoint = work / f"{name.split('.')[0]}.on.pt"
    arguments = [*arguments[:-1], str(checkpoint), "--fresh", "a", "--questions", "0"]
    again = tmp_path / "again"
    assert script.main([str(learn), str(again), *arguments, "--pairs", "0", "--public", "0"]) == 0
    assert (again / name).is_file()
    assert (again / checkpoint.name).is_file()


def test_every_piece_of_english_keeps_its_place_in_a_table_of_four_bits() -> None:
    script_module("train_judge")
    from judge.export import is_english, packed_rows

    pieces = WordPieces().vocabulary
    assert all(is_english(piece) for piece in ("[CLS]", "council", "##ing", "\u00a3", "\u2013"))
    assert not any(is_english(piece) for piece in ("[unused7]", "\u4e00", "\u03b1"))
    assert sum(map(is_english, pieces)) > 0.9 * len(pieces)
    rows = np.random.default_rng(1).normal(0, 0.05, (20, 384)).astype(np.float32)
    codes, scales, zeros = packed_rows(rows)
    assert (codes.shape, scales.shape, zeros.shape) == ((20, 192), (20, 3), (20, 2))


def test_without_the_labelled_data_the_script_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = script_module("train_judge")
    arguments = [str(tmp_path / "absent"), str(tmp_path)]
    assert script.main(arguments) == 1
    assert "not part of this repository" in capsys.readouterr().out
