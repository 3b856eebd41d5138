"""What the tests of ingest share."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(library=tmp_path / "library")
