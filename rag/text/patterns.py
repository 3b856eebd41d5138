"""Pieces of expressions that several readers share."""

from __future__ import annotations

from rag.text.lexicon import any_of, lists

NUMBERS = any_of(lists.Words.NUMBER)
NAME_WORD = (
    rf"(?!{any_of(lists.Words.NOT_IN_A_NAME)}\b)(?:Mc|Mac|O[\u2019'])?[A-Z][a-z]+"
    r"(?:[-\u2019'][A-Z][a-z]+)?(?!\w)"
)
