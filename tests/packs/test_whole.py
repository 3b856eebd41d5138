"""Whole packs of real and of invented reports: every line stands on its page, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from cited import assert_cited
from shared_data import SHARED, WordEmbedder

from ingest.pipeline import ingest
from rag.library.library import Library
from rag.packs.build import build_pack
from rag.packs.request import read_subject
from rag.packs.types import Pack
from rag.records.packs import from_record, to_record
from rag.settings import Settings
from ui.export.documents.pack_document import pack_paper
from ui.export.formats import Format, export

pytestmark = [pytest.mark.slow, pytest.mark.encoder]

CORPUS = Path(__file__).parents[2] / "corpus"
REPORTS = SHARED / "corpus" / "ofsted"
TODAY = date(2026, 11, 22)
ENOUGH = 8
"""Lines of enquiry that a committee can use."""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    yield from _ingested([CORPUS], tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    if not REPORTS.is_dir():
        pytest.skip("the real reports stand beside the project, and are not here")
    found = [
        p for name in ("croydon", "birmingham", "doncaster") for p in REPORTS.glob(f"*{name}*")
    ]
    yield from _ingested(found, tmp_path_factory.mktemp("real"))


def _ingested(sources: Sequence[Path], folder: Path) -> Iterator[Library]:
    library = Library(folder, WordEmbedder())
    ingest([str(source) for source in sources], Settings(folder), library=library)
    yield library
    library.close()


def made(library: Library, words: str) -> Pack:
    return build_pack(library, read_subject(library.documents(), words), TODAY)


@pytest.mark.parametrize("council", ["Croydon", "Birmingham", "Doncaster"])
def test_a_pack_on_a_real_council_is_backed_line_by_line(real: Library, council: str) -> None:
    pack = made(real, council)
    assert_cited(real, pack)
    assert len(pack.enquiries) >= ENOUGH
    assert len({each.key for each in pack.enquiries}) == len(pack.enquiries)
    assert len(pack.history.inspections) == len(pack.sources) == 3


@pytest.mark.parametrize(
    "words", ["Wrenmoor", "care leavers in Wrenmoor", "the 2024 report on Wrenmoor", "Marlhaven"]
)
def test_a_pack_of_the_demonstration_is_backed_line_by_line(
    demonstration: Library, words: str
) -> None:
    pack = made(demonstration, words)
    assert_cited(demonstration, pack)
    assert from_record(Pack, to_record(pack)) == pack
    assert export(pack_paper(pack), Format.MARKDOWN)
