"""A full disk, a folder that may not be written to and a clock set back take nothing away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from shared_data import WordEmbedder, put

from rag.errors import LibraryError
from rag.library import codec
from rag.library.library import Library
from rag.saved.conversations import Conversations, ConversationTurn

SUPPORT = Path(__file__).parents[1] / "support"
FULL = """
import resource, signal, sys
sys.path[:0] = [sys.argv[1]]
from pathlib import Path
from shared_data import WordEmbedder, put
from rag.errors import LibraryError
from rag.library.library import Library
from rag.saved.conversations import Conversations, ConversationTurn
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[2])
library, kept = Library(folder, WordEmbedder()), Conversations(folder)
conversation = kept.begin("Before")
largest = max(path.stat().st_size for path in folder.rglob("*") if path.is_file())
# No file may grow any more: what a write meets on a disk that is full.
resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
told = []
for n in range(300):
    try:
        put(library, f"new-{n}.txt", *[f"Paragraph {n} {p} is long." * 50 for p in range(9)])
    except LibraryError as error:
        told.append(str(error))
        break
for n in range(9000):
    try:
        kept.add(conversation.id, ConversationTurn("Why? " * 900, None, "full"))
    except LibraryError as error:
        told.append(str(error))
        break
print(len(told), *told, sep="\\n")
vector = library.embedder.encode(["Caseloads are high."])[0].tolist()
assert library.nearest(vector, 1)[0][0] == ("plan.txt", 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on the size of files")
def test_a_full_disk_is_told_and_what_was_held_answers_on(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = Library(folder, WordEmbedder())
    put(library, "plan.txt", "Caseloads are high.")
    library.close()
    command = [sys.executable, "-c", FULL, str(SUPPORT), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    count, *told = done.stdout.splitlines()
    assert count == "2"
    assert all("disk has room" in line for line in told)
    again = Library(folder, WordEmbedder())
    with again.writing():
        again.recover()
    held = [document.name for document in again.documents()]
    assert "plan.txt" in held
    for name in held:
        assert again.passages(name)
    again.close()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_turned_read_only_is_told_and_answers_on(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = Library(folder, WordEmbedder())
    put(library, "plan.txt", "Caseloads are high.")
    files = [folder, *folder.rglob("*")]
    modes = [path.stat().st_mode for path in files]
    for path in files:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        vector = library.embedder.encode(["Caseloads are high."])[0].tolist()
        assert library.nearest(vector, 1)
        with pytest.raises(LibraryError):
            put(library, "new.txt", "Plans are late.")
    finally:
        for path, mode in zip(files, modes, strict=True):
            path.chmod(mode)
        library.close()


def test_a_clock_set_back_takes_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "library"
    library = Library(folder, WordEmbedder())
    put(library, "first.txt", "Caseloads are high.")
    kept = Conversations(folder)
    first = kept.begin("First")
    monkeypatch.setattr("rag.library.trash.now", lambda: "1999-01-01T00:00:00+00:00")
    monkeypatch.setattr("rag.library.tables.now", lambda: "1999-01-01T00:00:00+00:00")
    monkeypatch.setattr(Conversations, "_moment", lambda self: "1999-01-01T00:00:00.000000+00:00")
    put(library, "second.txt", "Plans are late.")
    library.set_aside("first.txt")
    library.put_back("first.txt")
    assert [d.name for d in library.documents()] == ["first.txt", "second.txt"]
    kept.add(first.id, ConversationTurn("Why?", None, ""))
    second = kept.begin("Second")
    assert {line.id for line in kept.listed()} == {first.id, second.id}
    assert kept.get(first.id).turns[0].question == "Why?"
    assert codec.now() > "2000"
    library.close()
    kept.close()
