"""Pure: what was found and what is held -> what must be read, and what became of the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ingest.events import Status
from ingest.sources.gather import SourceFound, SourceMissing, SourceSkipped
from ingest.sources.upload import UPLOADED


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A file to read; `was` is the name that it is held under when it has another now, and `again`
    tells that it is held as it stands and read once more."""

    found: SourceFound
    status: Status
    was: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """What an ingest has to do; `names` are those of all that was found, in the order given.

    `duplicates` are copies of what is held and `twins` of what is wanted, each with its name;
    `gone` are held documents that are no longer in their folder.
    """

    wanted: tuple[FileToRead, ...] = ()
    missed: tuple[SourceMissing, ...] = ()
    skipped: tuple[SourceSkipped, ...] = ()
    unchanged: tuple[SourceFound, ...] = ()
    duplicates: tuple[tuple[SourceFound, str], ...] = ()
    twins: tuple[tuple[SourceFound, str], ...] = ()
    gone: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def plan(
    found: Sequence[SourceFound | SourceMissing | SourceSkipped],
    folders: Collection[str],
    hashes: Mapping[str, str],
    origins: Mapping[str, str],
    again: bool = False,
) -> IngestPlan:
    """Compare what was found with what is held.

    `folders` are those given whole; `hashes` gives the name that each hash is held under, and
    `origins` the folder or address that each held document came from. With `again`, what is held
    unchanged is wanted too.
    """
    files = _named([one for one in found if isinstance(one, SourceFound)], hashes, origins)
    missed = tuple(one for one in found if isinstance(one, SourceMissing))
    seen = {one.name for one in files} | {one.name for one in missed}
    gone = [n for n, origin in origins.items() if origin in folders and n not in seen]
    sorted_out = _sort_out(files, gone, hashes, origins, again)
    moved = {one.was for one in sorted_out.wanted}
    names = iter(files)
    return replace(
        sorted_out,
        missed=missed,
        skipped=tuple(one for one in found if isinstance(one, SourceSkipped)),
        gone=tuple(name for name in gone if name not in moved),
        names=tuple((next(names) if isinstance(one, SourceFound) else one).name for one in found),
    )


def _sort_out(
    files: Sequence[SourceFound],
    gone: Sequence[str],
    hashes: Mapping[str, str],
    origins: Mapping[str, str],
    again: bool,
) -> IngestPlan:
    now = {one.name: one.sha256 for one in files}
    # What a file held before it changed is not held for long.
    stays = {
        sha: name for sha, name in hashes.items() if name not in gone and now.get(name, sha) == sha
    }
    wanted: dict[str, FileToRead] = {}
    unchanged: list[SourceFound] = []
    duplicates: list[tuple[SourceFound, str]] = []
    twins: list[tuple[SourceFound, str]] = []
    for one in files:
        same = stays.get(one.sha256)
        if one.sha256 in wanted:
            twins.append((one, wanted[one.sha256].found.name))
        elif same is not None and same != one.name:
            duplicates.append((one, same))
        elif same is not None and not again:
            unchanged.append(one)
        else:
            wanted[one.sha256] = _wanted(one, hashes.get(one.sha256), gone, origins)
    return IngestPlan(
        tuple(wanted.values()),
        unchanged=tuple(unchanged),
        duplicates=tuple(duplicates),
        twins=tuple(twins),
    )


def _wanted(
    found: SourceFound, held_as: str | None, gone: Sequence[str], origins: Mapping[str, str]
) -> FileToRead:
    was = held_as if held_as in gone and held_as != found.name else None
    replaces = was is not None or found.name in origins
    status = Status.REPLACED if replaces else Status.ADDED
    return FileToRead(found, status, was, again=held_as == found.name)


def _named(
    files: Iterable[SourceFound], hashes: Mapping[str, str], origins: Mapping[str, str]
) -> list[SourceFound]:
    """Files of one name from several folders are several documents: their folders tell them
    apart, and uploads are told apart as such. A web page keeps its name, which has its site in
    it."""
    files = list(files)
    own = {(one.origin, one.name) for one in files}
    taken = dict(origins)
    used: set[str] = set()
    named = []
    for one in files:
        if not one.url:
            others = [n for n in _other_names(one) if (one.origin, n) not in own]
            # Two files uploaded together are two documents, even when both are called report.pdf.
            twins = used if one.origin == UPLOADED else ()
            names = [n for n in (one.name, *others) if n not in twins]
            one = replace(one, name=_name(one, names, hashes.get(one.sha256), taken))
        taken[one.name] = one.origin
        used.add(one.name)
        named.append(one)
    return named


def _name(
    found: SourceFound, names: Sequence[str], held_as: str | None, taken: Mapping[str, str]
) -> str:
    held = [name for name in names if taken.get(name) == found.origin]
    free = (name for name in names if name not in taken)
    if held_as is not None and held_as in held:
        return held_as
    return held[0] if held else next(free, found.name)


def _other_names(found: SourceFound) -> list[str]:
    if found.origin == UPLOADED:
        return _marked_names(PurePosixPath(found.name), found.sha256)
    folders = Path(found.origin).parts[1:]
    return ["/".join((*folders[n:], found.name)) for n in range(len(folders) - 1, -1, -1)]


def _marked_names(name: PurePosixPath, sha256: str) -> list[str]:
    """Names for an upload whose own name another document has; the last is free for certain."""
    marks = ("uploaded", "uploaded 2", "uploaded 3", f"uploaded {sha256[:12]}")
    return [f"{name.stem} ({mark}){name.suffix}" for mark in marks]
