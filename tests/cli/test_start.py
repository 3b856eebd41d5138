"""A command starts with what it needs and no more: nobody waits for a library that does nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from invented import shelved
from shared_data import WordEmbedder, real_embedder

TORCH = ("torch", "sentence_transformers", "transformers", "sklearn", "scipy")
PAGES = ("streamlit", "pandas", "trafilatura", "pypdfium2", "docx", "altair")
HEAVY = (*TORCH, *PAGES, "chromadb", "langchain_core", "pydantic")
ENCODER = ("onnxruntime", "tokenizers")
RUN = """
import json, sys
def watched(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError("the network")
sys.addaudithook(watched)
from ui.cli.main import main
main(sys.argv[1:], standalone_mode=False)
print(json.dumps([name for name in sys.modules if "." not in name]), file=sys.stderr)
"""


def loaded(library: Path, *words: str) -> set[str]:
    """The packages that a command has loaded by its end; it may not reach for the network."""
    run = [sys.executable, "-W", "error", "-c", RUN, "--library", str(library), *words]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_the_list_of_documents_loads_no_index_and_no_encoder(tmp_path: Path) -> None:
    shelved(tmp_path, WordEmbedder()).close()
    assert loaded(tmp_path, "library", "list").isdisjoint({*HEAVY, *ENCODER, "rich"})


@pytest.mark.encoder
@pytest.mark.parametrize(
    "words",
    [("ask", "How were care leavers judged?"), ("search", "care leavers")],
    ids=["ask", "search"],
)
def test_a_question_loads_the_encoder_and_nothing_heavier(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    shelved(tmp_path, real_embedder()).close()
    packages = loaded(tmp_path, *words)
    assert packages >= set(ENCODER)
    assert packages.isdisjoint(HEAVY)


@pytest.mark.encoder
def test_a_claim_loads_the_encoder_and_nothing_heavier(tmp_path: Path) -> None:
    shelved(tmp_path, real_embedder()).close()
    packages = loaded(tmp_path, "check", "Care leavers were judged to be good.")
    assert packages >= set(ENCODER)
    assert packages.isdisjoint(HEAVY)
