"""What every test shares."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples each time: a change is judged by what it changes, not by a new throw of dice.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

# Tests are flat files, not a package: this is how they reach `fakes`.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the library of the person who runs it."""
    monkeypatch.setenv("SCRUTINY_LIBRARY", str(tmp_path / "library"))
