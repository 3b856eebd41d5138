"""The servers that the browser looks at: over a desk of the tests' own, and over the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import served

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def fake_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application over the tests' own desk."""
    with served.serving(*served.fake_serve(tmp_path_factory.mktemp("fake"))) as address:
        yield address


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`scrutiny serve` over a library that is empty to begin with."""
    library = tmp_path_factory.mktemp("shelves") / "library"
    with served.serving(*served.scrutiny_serve(library)) as address:
        yield address


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of the demonstration documents."""
    library = tmp_path_factory.mktemp("real") / "library"
    served.ingest(CORPUS, library)
    return library


@pytest.fixture(scope="module")
def real_site(demonstration: Path) -> Iterator[str]:
    """`scrutiny serve` over the demonstration documents."""
    with served.serving(*served.scrutiny_serve(demonstration)) as address:
        yield address
