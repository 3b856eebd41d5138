"""What the audit of the dependencies makes of what its tools tell."""

from __future__ import annotations

import pytest
from script_modules import script_module

script = script_module("audit")


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("MIT", False),
        ("GPL-3.0", True),
        ("AGPL-3.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Library or Lesser General Public License (LGPL)", False),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", False),
    ],
)
def test_a_licence_that_asks_for_more_than_names_is_refused(licence: str, refused: bool) -> None:
    assert script.is_refused(licence) is refused


def test_faults_are_told_with_the_version_that_has_them_no_more() -> None:
    audited = {
        "dependencies": [
            {"name": "one", "version": "1.0", "vulns": []},
            {"name": "two", "version": "2.0", "vulns": [{"id": "X-1", "fix_versions": ["2.1"]}]},
            {"name": "three", "skip_reason": "Dependency not found"},
        ]
    }
    assert script.faults(audited) == (["two 2.0: X-1 (2.1)"], 2, 1)


def test_what_the_program_runs_on_holds_what_that_runs_on() -> None:
    needed = script.runs_on("chromadb", ())
    assert {"numpy", "onnxruntime"} <= needed
    assert "chromadb" not in needed
    assert script.plain_name("Some.Package_x[extra]>=1.2; python_version > '3'") == "some-package-x"
