"""The commands `scrutiny backup`, `restore` and `doctor`: keeping a library well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.cli.command import Context, as_json_option, print_result
from ui.cli.progress import progress
from ui.cli.wrapping import wrapped
from ui.wording.dates import spoken_moment
from ui.wording.lists import count_words
from ui.wording.printable import printable
from ui.wording.sizes import size_words

if TYPE_CHECKING:
    from rag.settings import Settings
    from rag.upkeep.archive import BackupManifest
    from rag.upkeep.doctor import Finding
    from rag.upkeep.restore import Restored

_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")


@click.command()
@_file
@as_json_option
@click.pass_obj
def backup(context: Context, file: Path, as_json: bool) -> None:
    """Save the library, its files and what readers keep in FILE, a zip.

    The library may be read and written meanwhile. A file of that name is replaced when the new one
    is whole. It holds the documents and the conversations: keep it as you keep them.
    """
    from rag.upkeep.backup import back_up

    with progress("Saving") as bar:
        manifest = back_up(context.settings, file, bar.update)
    print_result([_manifest_record(manifest)], _saved_text(manifest, file), as_json)


@click.command()
@_file
@as_json_option
@click.pass_obj
def restore(context: Context, file: Path, as_json: bool) -> None:
    """Put what FILE holds, which `backup` has written, in the place of the library.

    What is there is saved first, in the folder `before-restore` of the library. Programs that have
    the library open, a web server too, see what was restored from then on.
    """
    from rag.upkeep.restore import restore as put_back

    with progress("Restoring") as bar:
        restored = put_back(
            context.settings,
            file,
            lambda: context.services.open_library(context.settings),
            bar.update,
        )
    record = {
        **_manifest_record(restored.manifest),
        "before": str(restored.before) if restored.before else None,
        "differing": [list(each) for each in restored.differing],
    }
    print_result([record], _restored_text(restored), as_json)


def _manifest_record(manifest: BackupManifest) -> dict[str, Any]:
    return {
        "made": manifest.made,
        "program": manifest.program,
        "documents": manifest.documents,
        "originals": len(manifest.originals),
        "bytes": manifest.bytes,
        "without": manifest.without,
        "settings": dict(manifest.settings),
    }


def _saved_text(manifest: BackupManifest, file: Path) -> str:
    documents = count_words(manifest.documents, "document", "documents")
    held = f"{documents}, {size_words(manifest.bytes)}"
    lines = [f"Saved in {file}: {held}."]
    if manifest.without:
        without = count_words(manifest.without, "document", "documents")
        lines.append(
            f"The library keeps no file of {without}: their text is saved, their pages cannot be "
            "drawn."
        )
    return "\n".join(map(printable, lines))


def _restored_text(restored: Restored) -> str:
    manifest = restored.manifest
    lines = [
        f"Restored: {count_words(manifest.documents, 'document', 'documents')}, as they were on "
        f"{spoken_moment(manifest.made)}."
    ]
    if restored.before:
        lines.append(f"What was there before is kept in {restored.before}.")
    for name, then, now in restored.differing:
        lines.append(
            f"SCRUTINY_{name.upper()} was {_said(then)} when it was saved, and is {_said(now)} now."
        )
    return "\n".join(map(printable, lines))


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "not set" if value is None else str(value)


# ---------------------------------------------------------------- the doctor


@click.command(epilog="Exit code 0 when there is no fault, 1 when there is one.")
@as_json_option
@click.pass_obj
def doctor(context: Context, as_json: bool) -> None:
    """Say what is wrong with the library and what it runs on, and what to do; change nothing."""
    from rag.upkeep.doctor import Level, examine

    findings = examine(context.settings, (_scans_check,))
    print_result(map(asdict, findings), _findings_text(findings), as_json)
    if any(finding.level is Level.FAULT for finding in findings):
        raise click.exceptions.Exit(1)


def _scans_check(settings: Settings) -> Iterator[Finding]:
    """Whether scanned pages are read."""
    from ingest.reading.scans import ScanReading, scan_reading
    from rag.upkeep.doctor import Finding, Level

    reading = scan_reading(settings)
    if reading is ScanReading.READ:
        yield Finding(Level.WELL, "Scanned pages are read by OCR.")
    else:
        yield Finding(Level.NOTE, "Scanned pages are not read.", reading.remedy)


def _findings_text(findings: Sequence[Finding]) -> str:
    from rag.upkeep.doctor import Level

    lines: list[str] = []
    for finding in findings:
        lines += wrapped(f"{finding.level.upper()}: {finding.said}", hanging="    ")
        if finding.remedy:
            lines += wrapped(f"→ {finding.remedy}", "    ", "      ")
    faults = sum(finding.level is Level.FAULT for finding in findings)
    warnings = sum(finding.level is Level.WARNING for finding in findings)
    if faults or warnings:
        counts = (
            count_words(faults, "fault", "faults"),
            count_words(warnings, "warning", "warnings"),
        )
        lines += ["", f"{', '.join(counts)}."]
    else:
        lines += ["", "All is well."]
    return "\n".join(lines)
