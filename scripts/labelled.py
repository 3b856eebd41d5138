"""What the scripts share that weigh something by labelled items about documents: a library of the
documents, and which items are fitted to and which are measured on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.pipeline import ingest
from rag.judge.bundled import bundled_judge
from rag.library.encoder import open_embedder
from rag.library.library import Library
from rag.settings import Settings

FOLDS = 10


def judged_library(documents: Path, work: Path) -> Library:
    """A library in `work` of the documents of a folder, with the judge that the program has."""
    library = Library(work, open_embedder(), bundled_judge())
    ingest([str(documents)], Settings(library=work), library=library)
    return library


def folds(documents: Sequence[str]) -> Iterator[tuple[list[int], list[int]]]:
    """The items of each fold by their numbers and those of all others, `documents` naming what each
    item is about: no document is on both sides, and neither side is empty."""
    named = sorted(set(documents))
    fold_of = {name: at % FOLDS for at, name in enumerate(named)}
    for fold in range(FOLDS):
        held_out = [n for n, name in enumerate(documents) if fold_of[name] == fold]
        rest = [n for n, name in enumerate(documents) if fold_of[name] != fold]
        if held_out and rest:
            yield held_out, rest
