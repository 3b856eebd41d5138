"""The same documents and questions put to a pipeline as the tutorials have it, and to ours.

The other is PyPDFLoader, RecursiveCharacterTextSplitter, all-MiniLM-L6-v2 and Chroma. Both take in
the same reports and find pages for the same questions, one after the other in one run; the ratios
are what counts. Needs the extra `bench`: `make bench` installs it.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from ingest.pipeline import ingest
from rag.desk import Desk
from rag.evaluation.metrics import LabelledQuestion, on_page
from rag.evaluation.runner import load_set
from rag.library.encoder import open_embedder
from rag.library.library import Library
from rag.onnx_models import bundled_model
from rag.settings import Settings

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
MOST_FILES = 12
TOP = 4
CHUNK = 1000
OVERLAP = 200
Place = tuple[str, int]
"""A document and a page of it, from 1."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The seconds that one pipeline takes; how often a right page is first, and among four."""

    ingest: float
    question: float
    first: float
    first_four: float


def material() -> tuple[Path, list[Path], list[LabelledQuestion]]:
    """A folder, PDFs in it and questions that a page of one of them answers."""
    shared = SHARED / "eval" / "qa.jsonl"
    labelled, folder = (
        (shared.parent, SHARED / "corpus")
        if shared.is_file()
        else (ROOT / "tests/golden", ROOT / "corpus")
    )
    questions = [q for q in load_set(labelled).questions if q.answerable and q.evidence]
    asked = Counter(q.evidence[0].document for q in questions if _is_pdf(folder, q))
    names = sorted(name for name, _ in asked.most_common(MOST_FILES))
    within = [q for q in questions if all(each.document in names for each in q.evidence)]
    return folder, [folder / name for name in names], within


def _is_pdf(folder: Path, question: LabelledQuestion) -> bool:
    name = question.evidence[0].document
    return name.endswith(".pdf") and (folder / name).is_file()


def measured(
    ingest_seconds: float,
    find: Callable[[str], Sequence[Place]],
    questions: Sequence[LabelledQuestion],
) -> Rates:
    """The rates of a pipeline whose `find` gives the pages for a question, best first."""
    for question in questions[:3]:
        find(question.text)
    seconds, ranks = [], []
    for question in questions:
        started = time.perf_counter()
        places = find(question.text)
        seconds.append(time.perf_counter() - started)
        right = [on_page(document, page, question.evidence) for document, page in places[:TOP]]
        ranks.append(right.index(True) + 1 if True in right else 0)
    share = 1 / len(ranks)
    return Rates(
        ingest_seconds, median(seconds), ranks.count(1) * share, sum(map(bool, ranks)) * share
    )


def ours(
    folder: Path, files: Sequence[Path], questions: Sequence[LabelledQuestion], store: Path
) -> Rates:
    """The rates of this program's ingest and search."""
    settings = Settings(library=store)
    library = Library(settings.library, open_embedder())
    library.embedder.encode(["The model is loaded before the clock starts."])
    started = time.perf_counter()
    ingest([str(path) for path in files], settings, library=library)
    taken = time.perf_counter() - started
    desk = Desk(library)
    name_of = {
        document.name: _name(folder, files, document.name) for document in library.documents()
    }

    def find(question: str) -> list[Place]:
        return [(name_of[h.passage.document], h.passage.page) for h in desk.search(question, TOP)]

    rates = measured(taken, find, questions)
    library.close()
    return rates


def _name(folder: Path, files: Sequence[Path], held: str) -> str:
    """What the labels call a document that was taken in under its bare name."""
    return next(str(path.relative_to(folder)) for path in files if path.name == Path(held).name)


def stock(
    folder: Path, files: Sequence[Path], questions: Sequence[LabelledQuestion], store: Path
) -> Rates:
    """The rates of the pipeline as the tutorials have it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the loaders' package says that it is being wound up
        from langchain_community.document_loaders import PyPDFLoader
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(bundled_model()), device="cpu", local_files_only=True)

    class MiniLM(Embeddings):
        """What langchain-huggingface does, which needs an older hub client than the model."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            rows: list[list[float]] = model.encode(texts, show_progress_bar=False).tolist()
            return rows

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    MiniLM().embed_query("The model is loaded before the clock starts.")
    started = time.perf_counter()
    pages = [page for path in files for page in PyPDFLoader(str(path)).load()]
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    vectors = Chroma.from_documents(
        splitter.split_documents(pages), MiniLM(), persist_directory=str(store)
    )
    taken = time.perf_counter() - started

    def find(question: str) -> list[Place]:
        found: list[Any] = vectors.similarity_search(question, k=TOP)
        return [
            (str(Path(d.metadata["source"]).relative_to(folder)), d.metadata["page"] + 1)
            for d in found
        ]

    return measured(taken, find, questions)


def main() -> int:
    """Print both, and their ratios."""
    if importlib.util.find_spec("langchain_community") is None:
        print("The extra `bench` is not installed: nothing was measured.")
        return 0
    folder, files, questions = material()
    with tempfile.TemporaryDirectory() as own, tempfile.TemporaryDirectory() as other:
        rates = {
            "ours": ours(folder, files, questions, Path(own)),
            "stock": stock(folder, files, questions, Path(other)),
        }
    print(f"{len(files)} reports, {len(questions)} questions")
    print(f"  {'':8}{'ingest s':>10}{'question ms':>13}{'page first':>12}{'in four':>9}")
    for name, row in rates.items():
        seconds = f"{row.ingest:10.1f}{row.question * 1000:13.1f}"
        print(f"  {name:8}{seconds}{row.first:12.2f}{row.first_four:9.2f}")
    own_rates, other_rates = rates["ours"], rates["stock"]
    ratios = {
        "ingest": own_rates.ingest / other_rates.ingest,
        "question": own_rates.question / other_rates.question,
        "first": own_rates.first / other_rates.first,
        "first_four": own_rates.first_four / other_rates.first_four,
    }
    print(json.dumps({name: round(value, 2) for name, value in ratios.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
