"""What the command line says of how documents stand to each other."""

from __future__ import annotations

from datetime import date

from rag.types import (
    BoundPaper,
    Description,
    Document,
    Kind,
    Relation,
    RelationKind,
    Voice,
)
from ui.cli.library_text import document_text


def test_a_draft_is_told_as_replaced_and_a_pack_with_what_is_bound_in() -> None:
    about = Description(
        "Agenda pack",
        kind=Kind.COUNCIL_DOCUMENT,
        published=date(2025, 6, 3),
        bound=(BoundPaper(3, 9, Voice.INSPECTOR, "Ofsted"),),
    )
    relations = (Relation(RelationKind.SUPERSEDED_BY, "final.pdf"),)
    text = document_text(Document("draft.pdf", "ab", about, (), relations=relations), 4)
    assert "  superseded by   final.pdf" in text
    assert "  bound in        Pages 3 to 9: Ofsted" in text
