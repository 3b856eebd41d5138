"""Dates and periods, and which inspection or year a claim is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.claims.comparators.bound_figures import of_another_time
from rag.text.dates import DateMention, is_of, moments
from rag.text.parse import ParsedSource, ParsedText, adds, agrees, differs
from rag.types import Comparison, Description

_ASPECT = "date"
OCCASION = "occasion"
"""The aspect of the time that the whole document speaks for."""


def compare(claim: ParsedText, source: ParsedSource) -> tuple[Comparison, ...]:
    """Compare every date of the claim with the sentence's dates and with its document's."""
    said = moments(source.said.text)
    claimed = moments(claim.text)
    elsewhen = {
        each.claimed.mark: each.said
        for each in of_another_time(claim, source.said)
        if not each.instead
    }
    compared: list[Comparison] = []
    for moment in claimed:
        if moment.mark in elsewhen:
            other = elsewhen[moment.mark]
            words = f"the source says it of {other.written}, the claim of {moment.written}"
            compared.append(differs(_ASPECT, moment.mark, other.mark, words))
        else:
            compared += _one(moment, claimed, said, source)
    return tuple(compared)


def _one(
    moment: DateMention,
    claimed: Sequence[DateMention],
    said: Sequence[DateMention],
    source: ParsedSource,
) -> Iterator[Comparison]:
    met = [m for m in said if moment.meets(m)]
    if met:
        same = met[0].written.casefold() == moment.written.casefold()
        words = f"both say {met[0].written}" if same else ""
        yield agrees(_ASPECT, moment.mark, met[0].mark, words)
    elif is_of(moment, source.about) or _titled(moment, source.about):
        yield agrees(OCCASION, moment.mark, None, f"the document is of {moment.written}")
    else:
        yield _otherwise(moment, claimed, said, source)


def _titled(moment: DateMention, about: Description | None) -> bool:
    """Whether a document's title names that time."""
    return about is not None and any(moment.meets(m) for m in moments(about.title))


def _otherwise(
    moment: DateMention,
    claimed: Sequence[DateMention],
    said: Sequence[DateMention],
    source: ParsedSource,
) -> Comparison:
    """A date that neither the sentence nor its document has."""
    free = [m for m in said if not any(m.meets(c) for c in claimed)]
    alike = [m for m in free if m.names_month == moment.names_month]
    if alike and _dated(source.about, claimed, moment):
        words = f"the source says {alike[0].written}, the claim says {moment.written}"
        return differs(_ASPECT, moment.mark, alike[0].mark, words)
    if source.about is None and said:
        words = f"the source says {said[0].written}, the claim says {moment.written}"
        return differs(_ASPECT, moment.mark, said[0].mark, words)
    others = (m for m in claimed if m is not moment)
    placed = any(is_of(m, source.about) or any(m.meets(s) for s in said) for m in others)
    aspect = _ASPECT if placed else OCCASION
    return adds(aspect, moment.mark, f"this is not said of {moment.written}")


def _dated(about: Description | None, claimed: Sequence[DateMention], moment: DateMention) -> bool:
    """Whether the claim is of the document's time, so that a date in it is one of the matter: its
    other dates are the document's, or this date is finer than a year."""
    if about is None or moment.names_month:
        return True
    return any(is_of(m, about) for m in claimed if m is not moment)
