"""Whether an index of vectors may be opened, tried in a process of its own.

A damaged file can end the process that reads it, or give other answers in silence. So what this
program has left there is told by its digests, and anything else is tried apart first: that process
may crash, and must find vectors that SQLite holds where they belong.

`python -m rag.library.vectors.index_check FOLDER` takes an array of vectors in NumPy's form on its
standard input, and prints how many the index holds and what is nearest to each, as JSON.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from rag.library.encoder import Vectors

SECONDS = 120
"""How long an index of a million vectors may take to open."""
NEAR = 0.999
"""The cosine of a vector with itself, as an index tells it."""
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Probe:
    """Passages whose vectors must be found in an index of `count` vectors; one each document."""

    count: int
    keys: tuple[tuple[str, int], ...]
    vectors: Vectors


def is_as_left(folder: Path) -> bool:
    """Whether the files of an index are, byte for byte, as `note_as_left` noted them."""
    with suppress(OSError, ValueError):
        return bool(json.loads(_note(folder).read_text(encoding="utf-8")) == _digests(folder))
    return False


def note_as_left(folder: Path) -> None:
    """Note how the files of an index are now; where that cannot be done it is tried next time."""
    with suppress(OSError):
        _note(folder).write_text(json.dumps(_digests(folder)), encoding="utf-8")


def is_sound_apart(folder: Path, probe: Probe, *, exactly: bool = True) -> bool:
    """Whether a process of its own opens an index, lives, and finds what must be there: nothing
    else where that is asked for."""
    found = _found_apart(folder, probe.vectors)
    if found is None:
        return False
    count, nearest = found
    return (count == probe.count or not exactly) and _are_there(nearest, probe)


def counted_apart(folder: Path) -> int | None:
    """How many vectors an index holds; None where it cannot be opened."""
    found = _found_apart(folder, np.zeros((0, 1), np.float32))
    return found[0] if found else None


def _found_apart(folder: Path, vectors: Vectors) -> tuple[int, list[list[list[object]]]] | None:
    """How many vectors a process of its own finds in an index, and what is nearest to these; None
    where it ends otherwise."""
    given = io.BytesIO()
    np.save(given, vectors)
    command = [sys.executable, "-m", __name__, str(folder)]
    try:
        done = subprocess.run(
            command, input=given.getvalue(), capture_output=True, timeout=SECONDS, check=True
        )
        told = json.loads(done.stdout)
        return int(told["count"]), told["nearest"]
    except (subprocess.SubprocessError, OSError, ValueError, KeyError, TypeError):
        return None


def _are_there(nearest: Sequence[Sequence[Sequence[object]]], probe: Probe) -> bool:
    """Whether each passage is among the nearest to its own vector, and that is as near as can be:
    another may have the same words."""
    if len(nearest) != len(probe.keys):
        return False
    for found, (version, number) in zip(nearest, probe.keys, strict=True):
        alike = [row[:2] for row in found if float(str(row[2])) >= NEAR]
        if not alike or ([version, number] not in alike and len(alike) < len(found)):
            return False
    return True


def _note(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.digests")


def _digests(folder: Path) -> dict[str, str]:
    digests: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest = blake2b(digest_size=16)
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
            digests[path.relative_to(folder).as_posix()] = digest.hexdigest()
    return digests


def _main(folder: Path) -> None:
    # Late: whoever asks whether an index is sound must not load what may crash on it.
    from rag.library.chroma import VectorStore

    vectors: Vectors = np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False)
    store = VectorStore(folder)
    nearest = [store.nearest(vector.tolist(), _LOOKED_AT) for vector in vectors]
    print(json.dumps({"count": store.count(), "nearest": nearest}))


_LOOKED_AT = 5

if __name__ == "__main__":
    _main(Path(sys.argv[1]))
