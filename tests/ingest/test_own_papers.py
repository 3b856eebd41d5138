"""What the program itself wrote out is no source: it would quote itself as a second witness."""

from __future__ import annotations

from pathlib import Path

import fakes
import pytest
from exported import MADE
from places import CORPUS

from ingest.prepare import read_and_prepare
from ingest.reading.sandbox import SourceBytes
from ingest.reading.scans import ScanReading
from rag.errors import Unreadable
from ui.export.documents.answer_document import answer_paper
from ui.export.formats import Format, export

EXAMPLES = sorted((CORPUS / "examples").glob("*.*"))


def prepared(name: str, data: bytes) -> None:
    read_and_prepare(SourceBytes(name, data), 200, ScanReading.OFF)


@pytest.mark.parametrize("to", [Format.WORD, Format.PDF, Format.MARKDOWN])
def test_a_paper_of_the_programs_own_is_refused(to: Format) -> None:
    paper = answer_paper(fakes.answer("Are caseloads too high?"), (), MADE)
    with pytest.raises(Unreadable, match="no source itself"):
        prepared(f"paper.{to.value}", export(paper, to))


def test_an_article_that_speaks_of_the_program_is_read() -> None:
    told = "<p>Councillors use a program called Scrutiny Desk to ask better questions of them.</p>"
    prepared("article.html", f"<html><body><article>{told * 3}</article></body></html>".encode())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_example_packs_are_refused_too(path: Path) -> None:
    with pytest.raises(Unreadable, match="no source itself"):
        prepared(path.name, path.read_bytes())


def test_there_is_an_example_pack() -> None:
    assert EXAMPLES
