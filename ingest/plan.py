"""Pure: what was found and what is held -> what must be read, and what became of the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.gather import Found, Missed
from ingest.outcome import Status


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read; `was` is the name that it is held under when it has another now."""

    found: Found
    status: Status
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an ingest has to do; `gone` are held documents that are no longer in their folder."""

    wanted: tuple[Wanted, ...]
    missed: tuple[Missed, ...]
    unchanged: tuple[Found, ...]
    duplicates: tuple[tuple[Found, str], ...]
    gone: tuple[str, ...]


def plan(
    found: Sequence[Found | Missed],
    folders: Collection[str],
    hashes: Mapping[str, str],
    origins: Mapping[str, str],
) -> Plan:
    """Compare what was found with what is held.

    `folders` are those given whole; `hashes` gives the name that each hash is held under, and
    `origins` the folder or address that each held document came from.
    """
    files = _named([one for one in found if isinstance(one, Found)], origins)
    missed = tuple(one for one in found if isinstance(one, Missed))
    seen = {one.name for one in files} | {one.name for one in missed}
    gone = [n for n, origin in origins.items() if origin in folders and n not in seen]
    sorted_out = _sort_out(files, gone, hashes, origins)
    moved = {one.was for one in sorted_out.wanted}
    still_gone = tuple(name for name in gone if name not in moved)
    return replace(sorted_out, missed=missed, gone=still_gone)


def _sort_out(
    files: Sequence[Found],
    gone: Sequence[str],
    hashes: Mapping[str, str],
    origins: Mapping[str, str],
) -> Plan:
    now = {one.name: one.sha256 for one in files}
    # What a file held before it changed is not held for long.
    stays = {
        sha: name for sha, name in hashes.items() if name not in gone and now.get(name, sha) == sha
    }
    wanted: list[Wanted] = []
    unchanged: list[Found] = []
    duplicates: list[tuple[Found, str]] = []
    for one in files:
        same = stays.get(one.sha256)
        if same == one.name:
            unchanged.append(one)
        elif same is not None:
            duplicates.append((one, same))
        else:
            stays[one.sha256] = one.name
            wanted.append(_wanted(one, hashes.get(one.sha256), gone, origins))
    return Plan(tuple(wanted), (), tuple(unchanged), tuple(duplicates), ())


def _wanted(
    found: Found, held_as: str | None, gone: Sequence[str], origins: Mapping[str, str]
) -> Wanted:
    was = held_as if held_as in gone and held_as != found.name else None
    replaces = was is not None or found.name in origins
    return Wanted(found, Status.REPLACED if replaces else Status.ADDED, was)


def _named(files: Iterable[Found], origins: Mapping[str, str]) -> list[Found]:
    """Files of one name from several folders are several documents: their folders tell them
    apart. A web page keeps its name, which has its site in it."""
    files = list(files)
    own = {(one.origin, one.name) for one in files}
    taken = dict(origins)
    named = []
    for one in files:
        if not one.url:
            longer = [n for n in _longer_names(one) if (one.origin, n) not in own]
            one = replace(one, name=_name(one, longer, taken))
        taken[one.name] = one.origin
        named.append(one)
    return named


def _name(found: Found, longer: Sequence[str], taken: Mapping[str, str]) -> str:
    names = (found.name, *longer)
    held = (name for name in names if taken.get(name) == found.origin)
    free = (name for name in names if name not in taken)
    return next(held, None) or next(free, found.name)


def _longer_names(found: Found) -> list[str]:
    folders = Path(found.origin).parts[1:]
    return ["/".join((*folders[n:], found.name)) for n in range(len(folders) - 1, -1, -1)]
