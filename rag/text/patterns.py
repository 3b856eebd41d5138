"""Pieces of expressions that several readers share."""

from __future__ import annotations

from rag.text.lexicon import any_of

MONTHS = any_of("words.month")
NUMBERS = any_of("words.number")
NAME_WORD = (
    rf"(?!{any_of('not_in_a_name.words')}\b)(?:Mc|Mac|O[\u2019'])?[A-Z][a-z]+"
    r"(?:[-\u2019'][A-Z][a-z]+)?(?!\w)"
)
