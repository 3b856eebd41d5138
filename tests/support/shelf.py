"""A library of a few invented papers, for the parts of a pack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from invented import described
from shared_data import WordEmbedder, made

from ingest.types import ExtractedLine
from rag.library.library import Library
from rag.types import Description, Kind

REPORT = described(
    "Inspection", "Fallowmere", inspected=(date(2024, 10, 7), date(2024, 10, 18)),
    published=date(2024, 12, 3),
)  # fmt: skip
OLD_REPORT = described(
    "Inspection", "Fallowmere", inspected=(date(2019, 3, 4), date(2019, 3, 8)),
    published=date(2019, 5, 1),
)  # fmt: skip
ARTICLE = described(
    "Hub", "Fallowmere", kind=Kind.NEWS, publisher="Gazette", published=date(2024, 12, 9)
)
PLAN = described("Plan", "Fallowmere", kind=Kind.COUNCIL_DOCUMENT, published=date(2025, 1, 5))


def shelf(folder: Path, *rows: tuple[str, Description, tuple[str | ExtractedLine, ...]]) -> Library:
    library = Library(folder, WordEmbedder())
    with library.writing():
        for name, description, paragraphs in rows:
            document, passages = made(name, *paragraphs, description=description)
            vectors = library.embedder.encode([p.text for p in passages])
            library.put(document, passages, vectors)
    return library
