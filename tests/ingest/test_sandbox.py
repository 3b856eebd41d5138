"""One bad file never harms the rest."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.reading.sandbox import ReaderPool, SourceBytes, read_source
from ingest.types import ExtractedPages
from rag.errors import IngestError, NoText, Unfetchable, Unreadable
from rag.settings import Settings

pytestmark = pytest.mark.slow

ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX process limits")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(library=tmp_path, read_seconds=5, max_file_mb=1)


@pytest.fixture
def pool(settings: Settings) -> Iterator[ReaderPool]:
    with ReaderPool(settings) as pool:
        yield pool


def read(pool: ReaderPool, source: SourceBytes) -> ExtractedPages:
    return pool.call(read_source, source, 1)


WORDS = SourceBytes("a.txt", b"Words")


def test_a_file_and_a_fetched_page_are_read(pool: ReaderPool, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Words of a report.")
    assert read(pool, SourceBytes("good.txt", tmp_path / "good.txt")).pages[0][0].text == (
        "Words of a report."
    )
    page = b"<html><body><p>Words</p></body></html>"
    fetched = read(pool, SourceBytes("page.html", page, "https://x.org"))
    assert fetched.hints.source_url == "https://x.org"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty.pdf", "empty"),
        ("missing.txt", "cannot be opened"),
        ("large.txt", "larger than 1 MiB"),
        (".", "not a file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    pool: ReaderPool, tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "large.txt").write_bytes(b"x" * (1024 * 1024 + 1))
    with pytest.raises(Unreadable, match=reason):
        read(pool, SourceBytes(name, tmp_path / name))


def test_a_file_without_words_is_refused(pool: ReaderPool) -> None:
    with pytest.raises(NoText):
        read(pool, SourceBytes("a.txt", b"..."))


def test_a_reader_that_hangs_is_stopped(settings: Settings) -> None:
    with ReaderPool(replace(settings, read_seconds=1)) as pool:
        started = time.monotonic()
        with pytest.raises(Unreadable, match="longer than 1 seconds"):
            pool.call(time.sleep, 60)
        assert time.monotonic() - started < 5
        assert isinstance(read(pool, WORDS), ExtractedPages)


@ON_POSIX
def test_a_reader_that_crashes_is_replaced(pool: ReaderPool) -> None:
    with pytest.raises(Unreadable, match="crashed its reader"):
        pool.call(os.abort)
    assert isinstance(read(pool, WORDS), ExtractedPages)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_reader_that_eats_memory_is_replaced(pool: ReaderPool) -> None:
    with pytest.raises(Unreadable, match="MiB of memory"):
        pool.call(bytearray, 2 * 1024**3)
    assert isinstance(read(pool, WORDS), ExtractedPages)


@ON_POSIX
def test_a_reader_killed_between_two_files_is_replaced(pool: ReaderPool) -> None:
    os.kill(pool.call(os.getpid), signal.SIGKILL)
    time.sleep(0.5)
    assert isinstance(read(pool, WORDS), ExtractedPages)


def test_a_surprise_from_a_library_is_a_refusal(pool: ReaderPool) -> None:
    with pytest.raises(Unreadable, match="damaged \\(ZeroDivisionError\\)"):
        pool.call(divmod, 1, 0)


def test_a_reading_process_imports_neither_the_encoder_nor_the_screen(pool: ReaderPool) -> None:
    read(pool, SourceBytes("a.md", b"# Words"))
    loaded = set(pool.call(eval, "list(__import__('sys').modules)"))
    assert "ingest.reading.readers.markdown" in loaded
    assert not loaded & {"torch", "chromadb", "streamlit", "pytest"}


@pytest.mark.parametrize("kind", [IngestError, Unreadable, NoText, Unfetchable])
def test_an_error_crosses_between_processes_whole(kind: type[IngestError]) -> None:
    error = pickle.loads(pickle.dumps(kind("It is locked.", "Unlock it.")))
    assert type(error) is kind
    assert (error.reason, error.remedy) == ("It is locked.", "Unlock it.")
    assert str(error) == "It is locked. Unlock it."


def test_the_main_module_of_the_program_is_not_run_again_by_a_reader(tmp_path: Path) -> None:
    script = tmp_path / "main.py"
    script.write_text(
        "print('the main module ran')\n"
        "from pathlib import Path\n"
        "from ingest.reading.sandbox import ReaderPool\n"
        "from rag.settings import Settings\n"
        "with ReaderPool(Settings(Path('.'))) as pool:\n"
        "    print(pool.call(abs, -7))\n"
    )
    ran = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout.split("\n") == ["the main module ran", "7", ""]
