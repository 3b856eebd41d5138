"""Pure: what was gathered and what is held -> what must be read, and what became of the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ingest.events import Status
from ingest.sources.gather import SourceFound, SourceMissing, SourceSkipped
from ingest.sources.upload import UPLOADED


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A file to read; `was` is the name that it is held under when it has another now, and `again`
    tells that it is held as it stands and read once more."""

    source: SourceFound
    status: Status
    was: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """What an ingest has to do; `names` are those of all that was gathered, in the order given.

    `duplicates` are copies of what is held and `twins` of what is to be read, each with its name;
    `gone` are held documents that are no longer in their folder.
    """

    to_read: tuple[FileToRead, ...] = ()
    missing: tuple[SourceMissing, ...] = ()
    skipped: tuple[SourceSkipped, ...] = ()
    unchanged: tuple[SourceFound, ...] = ()
    duplicates: tuple[tuple[SourceFound, str], ...] = ()
    twins: tuple[tuple[SourceFound, str], ...] = ()
    gone: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def plan(
    gathered: Sequence[SourceFound | SourceMissing | SourceSkipped],
    folders: Collection[str],
    hashes: Mapping[str, str],
    origins: Mapping[str, str],
    again: bool = False,
) -> IngestPlan:
    """Compare what was gathered with what is held.

    `folders` are those given whole; `hashes` gives the name that each hash is held under, and
    `origins` the folder or address that each held document came from. With `again`, what is held
    unchanged is to be read too.
    """
    files: list[SourceFound] = []
    missing: list[SourceMissing] = []
    skipped: list[SourceSkipped] = []
    names = []
    for source in _with_names(gathered, hashes, origins):
        names.append(source.name)
        match source:
            case SourceFound():
                files.append(source)
            case SourceMissing():
                missing.append(source)
            case SourceSkipped():
                skipped.append(source)
    present = {file.name for file in files} | {source.name for source in missing}
    gone = [n for n, origin in origins.items() if origin in folders and n not in present]
    planned = _plan_files(files, gone, hashes, origins, again)
    moved = {file.was for file in planned.to_read}
    return replace(
        planned,
        missing=tuple(missing),
        skipped=tuple(skipped),
        gone=tuple(name for name in gone if name not in moved),
        names=tuple(names),
    )


def _plan_files(
    files: Sequence[SourceFound],
    gone: Sequence[str],
    hashes: Mapping[str, str],
    origins: Mapping[str, str],
    again: bool,
) -> IngestPlan:
    now = {source.name: source.sha256 for source in files}
    # What a file held before it changed is not held for long.
    stays = {
        sha: name for sha, name in hashes.items() if name not in gone and now.get(name, sha) == sha
    }
    to_read: dict[str, FileToRead] = {}
    unchanged: list[SourceFound] = []
    duplicates: list[tuple[SourceFound, str]] = []
    twins: list[tuple[SourceFound, str]] = []
    for source in files:
        same = stays.get(source.sha256)
        if source.sha256 in to_read:
            twins.append((source, to_read[source.sha256].source.name))
        elif same is not None and same != source.name:
            duplicates.append((source, same))
        elif same is not None and not again:
            unchanged.append(source)
        else:
            held_as = hashes.get(source.sha256)
            was = held_as if held_as in gone and held_as != source.name else None
            replaces = was is not None or source.name in origins
            status = Status.REPLACED if replaces else Status.ADDED
            to_read[source.sha256] = FileToRead(source, status, was, again=held_as == source.name)
    return IngestPlan(
        tuple(to_read.values()),
        unchanged=tuple(unchanged),
        duplicates=tuple(duplicates),
        twins=tuple(twins),
    )


def _with_names(
    gathered: Sequence[SourceFound | SourceMissing | SourceSkipped],
    hashes: Mapping[str, str],
    origins: Mapping[str, str],
) -> Iterator[SourceFound | SourceMissing | SourceSkipped]:
    """Files of one name from several folders are several documents: their folders tell them
    apart, and uploads are told apart as such. A web page keeps its name, which has its site in
    it."""
    own = {(source.origin, source.name) for source in gathered if isinstance(source, SourceFound)}
    taken = dict(origins)
    used: set[str] = set()
    for source in gathered:
        if isinstance(source, SourceFound):
            if not source.url:
                # Two files uploaded together are two documents, even when both are report.pdf.
                twins = used if source.origin == UPLOADED else set()
                names = [] if source.name in twins else [source.name]
                for name in _other_names(source):
                    if (source.origin, name) not in own and name not in twins:
                        names.append(name)
                source = replace(source, name=_name(source, names, hashes, taken))
            taken[source.name] = source.origin
            used.add(source.name)
        yield source


def _name(
    source: SourceFound, names: Sequence[str], hashes: Mapping[str, str], taken: Mapping[str, str]
) -> str:
    own = [name for name in names if taken.get(name) == source.origin]
    held_as = hashes.get(source.sha256)
    if held_as in own:
        return held_as
    free = (name for name in names if name not in taken)
    return own[0] if own else next(free, source.name)


def _other_names(source: SourceFound) -> Iterator[str]:
    """Names for a file whose own name another document has; an upload's last is free for
    certain."""
    if source.origin == UPLOADED:
        name = PurePosixPath(source.name)
        for mark in ("", " 2", " 3", f" {source.sha256[:12]}"):
            yield f"{name.stem} (uploaded{mark}){name.suffix}"
    else:
        folders = Path(source.origin).parts[1:]
        for n in reversed(range(len(folders))):
            yield "/".join((*folders[n:], source.name))
