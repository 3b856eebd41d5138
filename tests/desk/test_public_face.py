"""What a program of one's own imports from `rag`, and how little that loads."""

from __future__ import annotations

import subprocess
import sys

import pytest

import rag
from rag.desk import open_desk


def modules_after(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after some code."""
    script = f"{code}; import sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_every_public_name_is_there() -> None:
    assert [name for name in rag.__all__ if getattr(rag, name).__name__ != name] == []
    assert rag.open_desk is open_desk


def test_a_name_that_is_none_of_them_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'open_dsek'"):
        _ = rag.open_dsek  # type: ignore[attr-defined]


def test_importing_rag_loads_nothing_but_itself() -> None:
    loaded = modules_after("import rag") - modules_after("pass")
    assert {name for name in loaded if name.startswith("rag")} == {"rag"}
    assert {name.partition(".")[0] for name in loaded} <= {"rag", *sys.stdlib_module_names}


def test_settings_and_errors_load_no_desk() -> None:
    loaded = modules_after("from rag import Answer, ScrutinyError, load_settings")
    assert "rag.settings" in loaded
    assert loaded.isdisjoint({"rag.desk", "numpy", "sqlite3"})
