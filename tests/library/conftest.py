"""What the tests of the library share: one of their own, with nothing in it to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shared_data import WordEmbedder

from rag.library.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library", WordEmbedder())
    yield library
    library.close()
