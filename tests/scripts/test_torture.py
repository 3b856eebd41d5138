"""The script that kills every way of writing: a few kills here, a hundred with make torture."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from places import SCRIPTS
from postgres_server import MISSING
from script_modules import script_module

script = script_module("torture")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("path", ["conversations", "packs", "notes", "backup", "upgrade"])
def test_nothing_is_lost_where_a_way_of_writing_is_killed(path: str) -> None:
    command = [sys.executable, str(SCRIPTS / "torture.py"), "--kills", "2", "--only", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Nothing was lost." in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_nothing_is_lost_or_mixed_where_a_restore_on_servers_is_killed() -> None:
    command = [sys.executable, str(SCRIPTS / "torture_servers.py"), "--kills", "2"]
    done = subprocess.run(
        [*command, "--only", "restore"], capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing was lost." in done.stdout


def test_every_way_of_writing_is_among_them() -> None:
    names = [path.name for path in script.PATHS]
    assert names == [
        "ingest", "describe", "remove", "restore", "conversations", "packs", "notes", "backup",
        "from backup", "upgrade",
    ]  # fmt: skip
