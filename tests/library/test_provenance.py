"""What has become of a citation's source is told in words that anybody understands."""

from __future__ import annotations

import time
from dataclasses import replace

from fakes import REPORT
from shared_data import put

from rag.library.library import Library
from rag.library.provenance import SENTENCES, CitationStatus, citation_status, held_as
from rag.types import Citation, Document

PLAN = "The council will recruit twenty social workers by the spring."
OTHER = "Caseloads are too high in the assessment teams."


def cited(document: Document) -> Citation:
    return replace(REPORT, document=document.name, sha256=document.sha256)


def test_a_source_is_followed_through_all_that_may_befall_it(library: Library) -> None:
    citation = cited(put(library, "plan.docx", PLAN))
    assert citation_status(library, citation) is CitationStatus.HELD
    assert held_as(library, citation) == "plan.docx"

    library.set_aside("plan.docx")
    assert citation_status(library, citation) is CitationStatus.ASIDE
    put(library, "plan.docx", OTHER)
    assert citation_status(library, citation) is CitationStatus.REPLACED
    assert held_as(library, citation) is None
    put(library, "plans/plan.docx", PLAN)
    assert citation_status(library, citation) is CitationStatus.RENAMED
    assert held_as(library, citation) == "plans/plan.docx"

    library.remove("plans/plan.docx")
    library.remove("plan.docx")
    library.discard("plan.docx")
    assert citation_status(library, citation) is CitationStatus.GONE
    assert held_as(library, citation) is None


def test_every_standing_has_one_plain_sentence() -> None:
    assert SENTENCES.keys() == set(CitationStatus)
    for sentence in SENTENCES.values():
        assert sentence.startswith("This document")
        assert sentence.count(".") == 1


def test_a_page_of_citations_is_told_at_once(library: Library) -> None:
    held = cited(put(library, "plan.docx", PLAN))
    gone = replace(held, document="missing.pdf", sha256="0" * 64)
    citation_status(library, held)
    started = time.perf_counter()
    for _ in range(100):
        citation_status(library, held)
        citation_status(library, gone)
    assert time.perf_counter() - started < 0.5
