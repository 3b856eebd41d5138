"""Known faults and licences of what is installed, and a bill of materials for a release.

`python scripts/audit.py TOOLS PYTHON SBOM`, or `make audit`: TOOLS is the folder of pip-audit,
pip-licenses and cyclonedx-py, PYTHON the environment that they look at, SBOM the file to write
(CycloneDX, JSON). It needs the network, and ends with 1 where something has a known fault, or what
the program runs on a licence that it must not have.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

PROGRAM = "scrutiny-desk"
OPTIONS = ("ocr",)
"""The options that an ordinary installation has."""
_COPYLEFT = re.compile(
    r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public License", re.IGNORECASE
)
_LESSER = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)
_CHOICE = re.compile(r"\bOR\b")


def is_refused(licence: str) -> bool:
    """Whether a licence, as a package states it, asks more of whoever passes the program on than to
    name its makers: one of several to choose from may be as it likes."""
    choices = _CHOICE.split(licence)
    return all(_COPYLEFT.search(choice) and not _LESSER.search(choice) for choice in choices)


def plain_name(requirement: str) -> str:
    """The name of a package in what asks for it, in one form."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name.group()).lower() if name else ""


def runs_on(program: str, options: Sequence[str] = OPTIONS) -> frozenset[str]:
    """The packages that a program cannot do without, those that they ask for among them."""
    needed: set[str] = set()
    ahead = [(program, tuple(options))]
    while ahead:
        package, wanted = ahead.pop()
        if plain_name(package) in needed:
            continue
        needed.add(plain_name(package))
        try:
            asked = requires(package) or []
        except PackageNotFoundError:
            continue
        for requirement in asked:
            extra = re.search(r"extra\s*==\s*['\"]([\w-]+)['\"]", requirement)
            if extra is None or extra[1] in wanted:
                ahead.append((plain_name(requirement), ()))
    return frozenset(needed) - {plain_name(program)}


def faults(audited: Mapping[str, Any]) -> tuple[list[str], int, int]:
    """What pip-audit found: faults, how many packages it looked up, and how many it could not."""
    packages: Iterable[Mapping[str, Any]] = audited["dependencies"]
    found: list[str] = []
    skipped = looked_up = 0
    for package in packages:
        if "skip_reason" in package:
            skipped += 1
            continue
        looked_up += 1
        for fault in package.get("vulns", ()):
            better = ", ".join(fault.get("fix_versions", ())) or "no version without it"
            found.append(f"{package['name']} {package['version']}: {fault['id']} ({better})")
    return found, looked_up, skipped


def _told(command: Sequence[str | Path]) -> str:
    # pip-audit ends with 1 where it has found something.
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout


def _site_packages(python: Path) -> str:
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return _told([python, "-c", ask]).strip()


def main(tools: Path, python: Path, sbom: Path) -> int:
    """Look at the environment of `python`, and write the bill of its materials; 1 where something
    is wrong with what the program runs on."""
    needed = runs_on(PROGRAM)
    audit: list[str | Path] = [tools / "pip-audit", "--path", _site_packages(python)]
    audit += ["--progress-spinner", "off", "--format", "json"]
    found, looked_up, skipped = faults(json.loads(_told(audit)))
    print(f"Known faults: {len(found)} in {looked_up} packages; {skipped} could not be looked up.")
    print(*found, sep="\n")
    listing: list[str | Path] = [tools / "pip-licenses", "--python", python, "--from", "mixed"]
    listing += ["--format", "json"]
    rows = json.loads(_told(listing))
    refused = [row for row in rows if is_refused(row["License"])]
    wrong = [row for row in refused if plain_name(row["Name"]) in needed]
    print(f"Licences: {len(rows)} packages, {len(needed)} that the program runs on.")
    for row in refused:
        whose = "the program runs on it" if row in wrong else "a tool alone, not passed on"
        print(f"{row['Name']} {row['Version']}: {row['License']} ({whose})")
    sbom.parent.mkdir(parents=True, exist_ok=True)
    bill: list[str | Path] = [tools / "cyclonedx-py", "environment", python]
    bill += ["--pyproject", "pyproject.toml", "--of", "JSON", "-o", sbom]
    subprocess.run(bill, check=True)
    parts = len(json.loads(sbom.read_text(encoding="utf-8"))["components"])
    print(f"Bill of materials: {parts} components in {sbom}.")
    return 1 if found or wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:4])))
