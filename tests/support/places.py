"""Where things lie that several tests read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
SUPPORT = ROOT / "tests" / "support"
GOLDEN = ROOT / "tests" / "golden"
CORPUS = ROOT / "corpus"
"""The demonstration corpus."""
SCRIPTS = ROOT / "scripts"
SHARED = ROOT.parent / "shared"
"""Public data beside the checkout, which a clone does not have: tests of it are skipped there."""
