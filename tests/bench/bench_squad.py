"""Retrieval over public paragraphs: how often the first hit is the paragraph with the answer."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.library.encoder import Embedder, open_embedder
from rag.library.library import Library
from rag.question.expansion import concepts, expanded
from rag.question.held import held_documents
from rag.question.scope import DocumentFit
from rag.retrieval.hybrid import LEXICAL_WEIGHT, POOL, Key, Query, candidates, fuse, ranked
from rag.types import Description, Document, Page, Passage, Sentence, Span

DATA = Path(__file__).parents[3] / "shared" / "bench" / "squad2" / "dev-8-articles.json"
FLOOR = 0.82
WEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the passage that holds its answer."""

    question: str
    answer: Key


def load(path: Path = DATA) -> tuple[dict[str, list[str]], list[Asked]]:
    """The paragraphs of each article, and the questions that one of them answers."""
    articles: dict[str, list[str]] = {}
    asked: list[Asked] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        title = article["title"]
        articles[title] = [paragraph["context"] for paragraph in article["paragraphs"]]
        asked += [
            Asked(qa["question"], (title, number))
            for number, paragraph in enumerate(article["paragraphs"])
            for qa in paragraph["qas"]
            if not qa["is_impossible"]
        ]
    return articles, asked


def fill(library: Library, articles: dict[str, list[str]]) -> None:
    """Hold each article as a document, each of its paragraphs as one passage."""
    with library.writing():
        for title, paragraphs in articles.items():
            pages = tuple(Page(n, text) for n, text in enumerate(paragraphs, 1))
            passages = [
                Passage(title, n, (Sentence(text, (Span(n + 1, 0, len(text)),)),))
                for n, text in enumerate(paragraphs)
            ]
            digest = hashlib.sha256("\n".join(paragraphs).encode()).hexdigest()
            # A name alone would not tell the passages apart: the title is left out of the index.
            document = Document(title, digest, Description(""), pages)
            library.put(document, passages, library.embedder.encode(paragraphs))


def queries(library: Library, asked: Sequence[Asked]) -> list[Query]:
    """The questions made ready as a search makes them, all encoded at once."""
    vocabulary = library.vocabulary()
    vectors = library.embedder.encode([expanded(one.question) for one in asked])
    return [
        Query(one.question, vector.tolist(), concepts(one.question, vocabulary))
        for one, vector in zip(asked, vectors, strict=True)
    ]


def first_hits(library: Library, made: Sequence[Query]) -> list[Key | None]:
    """The best passage for each question, as a search would rank it."""
    held = held_documents(library.documents())
    fit = DocumentFit(held, np.zeros(len(held.names)))
    orders = (ranked(candidates(library, query, fit).fused, fit) for query in made)
    return [order[0][0] if order else None for order in orders]


def share_right(found: Sequence[Key | None], asked: Sequence[Asked]) -> float:
    """R@1."""
    return float(np.mean([hit == one.answer for hit, one in zip(found, asked, strict=True)]))


def at_weights(library: Library, made: Sequence[Query], asked: Sequence[Asked]) -> dict[str, float]:
    """R@1 of each index alone and of mixes of the two."""
    rows = [
        (dict(library.matching(q.terms, POOL)), dict(library.nearest(q.vector, POOL))) for q in made
    ]
    named = {"dense alone": 0.0, "BM25 alone": 1.0} | {f"BM25 weight {w}": w for w in WEIGHTS}
    return {
        name: share_right([_best(fuse(bm25, dense, weight)) for bm25, dense in rows], asked)
        for name, weight in named.items()
    }


def _best(fused: dict[Key, float]) -> Key | None:
    return min(fused, key=lambda key: (-fused[key], key), default=None)


def open_filled(folder: Path, embedder: Embedder) -> tuple[Library, list[Asked]]:
    """A library of every paragraph, and the questions."""
    articles, asked = load()
    library = Library(folder, embedder)
    fill(library, articles)
    return library, asked


def main() -> int:
    """Print a table and JSON; the exit code tells whether the floor holds."""
    if not DATA.is_file():
        print(f"{DATA.name} is not at hand: skipped")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        library, asked = open_filled(Path(folder), open_embedder())
        made = queries(library, asked)
        reached = share_right(first_hits(library, made), asked)
        others = at_weights(library, made, asked)
        passages = sum(entry.passages for entry in library.entries())
        library.close()
    print(f"{passages} paragraphs, {len(asked)} questions, R@1")
    print(f"  as searched (BM25 weight {LEXICAL_WEIGHT}) {reached:.3f} (floor {FLOOR})")
    for name, share in others.items():
        print(f"  {name:28} {share:.3f}")
    print(json.dumps({"questions": len(asked), "r_at_1": reached, **others, "floor": FLOOR}))
    return 0 if reached >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
