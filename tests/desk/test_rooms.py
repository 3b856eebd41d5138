"""The rooms as they are drawn are the rooms as they are."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

import pytest

ROOT = Path(__file__).parents[2]
MOST_MODULES = 20


def test_the_picture_of_the_rooms_is_of_the_imports_as_they_are(tmp_path: Path) -> None:
    script = run_path(str(ROOT / "scripts" / "draw_rooms.py"))
    script["main"]([str(tmp_path / "rooms.svg")])
    drawn = (tmp_path / "rooms.svg").read_text(encoding="utf-8")
    kept = (ROOT / "docs" / "rooms.svg").read_text(encoding="utf-8")
    assert drawn == kept, "the imports have changed: `make rooms` draws them again"


@pytest.mark.parametrize("package", ["rag", "ingest", "ui", "tests"])
def test_no_room_holds_more_than_twenty_modules(package: str) -> None:
    folders = [ROOT / package, *(ROOT / package).rglob("*/")]
    counts = {folder: len(list(folder.glob("*.py"))) for folder in folders if folder.is_dir()}
    assert {folder: n for folder, n in counts.items() if n > MOST_MODULES} == {}


@pytest.mark.parametrize("package", ["rag", "ingest", "ui"])
def test_every_room_says_what_it_is(package: str) -> None:
    silent = [
        path for path in (ROOT / package).rglob("__init__.py") if '"""' not in path.read_text()
    ]
    assert silent == []
