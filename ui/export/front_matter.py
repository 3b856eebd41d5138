"""Pure: what the first page of a paper says of it in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rag.types import Answer
from ui import PRODUCT
from ui.wording.attribution_note import EXTRACTIVE
from ui.wording.dates import spoken_date

_ANSWERED_BY_MODEL = (
    "Sentences without quotation marks that follow the name of a source were written by a language "
    "model ({engine}) and kept only where the program found them borne out by the words that their "
    "notes quote."
)
_POINTED = (
    "A language model ({model}) helped to choose what is quoted in answer to a question; it wrote "
    "none of it."
)
_OTHERS_QUOTED = "Every other answer is quoted, and no language model wrote any of it."
_QUOTED_ANSWER = "{which} is made of quotations; no language model wrote any of it."
QUOTED = _QUOTED_ANSWER.format(which="It")
RESTS = (
    "Every line rests on the note whose number stands beside it: publisher, title, date, page and "
    "paragraph. The list of sources at the end names each file."
)
KINDS_DIFFER = (
    "What inspectors found, what the council says of itself and what the press reports are not the "
    "same kind of evidence: each line tells whose words it quotes."
)


def made_by(what: str, made: datetime) -> str:
    """What a paper is, who made it and when: "... on 22 November 2026 at 14:05 UTC"."""
    at = made.astimezone(UTC)
    return f"{what}, made by {PRODUCT} on {spoken_date(at.date())} at {at:%H:%M} UTC."


def engine_lines(answers: Sequence[Answer]) -> list[str]:
    """Who wrote the sentences of answers that are not quoted, and who chose what is."""
    engines = [answer.engine for answer in answers]
    lines = []
    for engine in dict.fromkeys(engines):
        if engine != EXTRACTIVE:
            lines.append(_ANSWERED_BY_MODEL.format(engine=engine))
    if EXTRACTIVE in engines:
        which = "The answer" if len(engines) == 1 else "Each answer"
        lines.append(_OTHERS_QUOTED if lines else _QUOTED_ANSWER.format(which=which))
    pointed_by = dict.fromkeys(answer.pointed_by for answer in answers if answer.pointed_by)
    return [*lines, *(_POINTED.format(model=model) for model in pointed_by)]
