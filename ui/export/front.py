"""Pure: what the first page of a paper says of it in plain words."""

from __future__ import annotations

from datetime import UTC, datetime

from ui.wording import PRODUCT, spoken_date

EXTRACTIVE = "extractive"
MODEL = (
    "Sentences without quotation marks were written by a language model ({engine}) and kept only "
    "where the program found them borne out by the words that their notes quote."
)
QUOTED = "It was made by quotation and by rule; no language model wrote any of it."
RESTS = (
    "Every line rests on the note whose number stands beside it: publisher, title, date, page and "
    "paragraph. The list of sources at the end names each file."
)
KINDS_DIFFER = (
    "What inspectors found, what the council says of itself and what the press reports are not the "
    "same kind of evidence: each line tells whose words it quotes."
)


def moment(made: datetime) -> str:
    """A moment as it is read aloud, in UTC: "22 November 2026 at 14:05 UTC"."""
    at = made.astimezone(UTC)
    return f"{spoken_date(at.date())} at {at:%H:%M} UTC"


def made_by(what: str, made: datetime) -> str:
    """What a paper is, who made it and when."""
    return f"{what}, made by {PRODUCT} on {moment(made)}."


def engine_line(engine: str) -> str:
    """Who wrote the sentences that are not quoted."""
    return QUOTED if engine == EXTRACTIVE else MODEL.format(engine=engine)
