"""The promise of the whole program, held against anything that it shows."""

from __future__ import annotations

from collections.abc import Sequence

from rag.citation.line import Line, values_of_type
from rag.citation.verify import stands_on
from rag.library.library import Library
from rag.text.tokens import squash
from rag.types import Answer, Citation, Voice


def assert_cited(library: Library, value: object) -> None:
    """Every citation of an answer, a verdict or a pack stands on its stored page of the file that
    it names; every line and statement has one, and what is in a source's voice are its words."""
    for citation in values_of_type(value, Citation):
        page = library.page_text(citation.document, citation.page)
        assert page, citation
        assert stands_on(citation.quote, page), citation
        assert citation.sha256 == library.entry(citation.document).document.sha256
    for line in values_of_type(value, Line):
        assert line.citations, line.text
        if line.voice is not Voice.PROGRAM:
            assert squash(line.text) == _words_of(line.citations)
    for answer in values_of_type(value, Answer):
        for statement in answer.statements:
            cited = [c for c in answer.citations if c.n in statement.citations]
            assert cited, statement.text
            if statement.voice is not Voice.PROGRAM and not statement.written:
                words = _words_of(cited)
                assert squash(statement.text) in (words, f"{words}\u2026")


def _words_of(citations: Sequence[Citation]) -> str:
    return squash("".join(citation.quote for citation in citations))
