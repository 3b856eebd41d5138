"""Pure: checked claims in words that screen, terminal and paper share."""

from __future__ import annotations

from collections.abc import Sequence

from rag.claims.splitting import UNCHECKED
from rag.question.older import NO_OLDER, Older
from rag.types import CheckedPart, VerdictGround, VerdictRuling
from ui.wording.answers import searched_line
from ui.wording.lists import count_words, counted
from ui.wording.sources import quote_with_citation
from ui.wording.translation import N_, tr

RULINGS = {
    VerdictRuling.SUPPORTED: N_("Supported"),
    VerdictRuling.CONTRADICTED: N_("Contradicted"),
    VerdictRuling.NOT_FOUND: N_("Not found"),
}
NOT_CHECKABLE = N_("Not checkable")
OTHERWISE = N_("Other documents say otherwise")


def ruling_words(checked: CheckedPart) -> str:
    """A verdict in one or two words; of a piece that is no claim, that it is none."""
    return tr(_ruling(checked))


def _ruling(checked: CheckedPart) -> str:
    return RULINGS[checked.verdict.ruling] if checked.verdict else NOT_CHECKABLE


def explanation(checked: CheckedPart) -> str:
    """Why a verdict is what it is; of a piece that is no claim, why it is not checked."""
    return checked.verdict.explanation if checked.verdict else UNCHECKED.get(checked.part.kind, "")


def check_summary(checked: Sequence[CheckedPart]) -> str:
    """How many claims a text makes, how many of them are what, and how many of its sentences are
    none."""
    rulings = [_ruling(part) for part in checked if part.verdict]
    claims = count_words(len(rulings), "claim", "claims")
    counts = counted(rulings, tuple(RULINGS.values()))
    summary = f"{claims}: {counts}" if counts else claims
    if aside := len(checked) - len(rulings):
        other = count_words(aside, "other sentence not checkable", "other sentences not checkable")
        return f"{summary}; {other}"
    return summary


def check_searched(checked: Sequence[CheckedPart]) -> str:
    """What was searched for the claims of a text; "" where it makes none."""
    for part in checked:
        if part.verdict:
            return searched_line(part.verdict.searched, scope=False)
    return ""


def check_for_paper(checked: Sequence[CheckedPart], older: Older = NO_OLDER) -> str:
    """A whole check with its quotes and sources, as it can be put into a committee paper; which of
    them are `older` reports is told."""
    pieces = [check_summary(checked)]
    for number, part in enumerate(checked, 1):
        pieces.append("\n".join(_piece_for_paper(number, part, older)))
    return "\n\n".join(filter(None, [*pieces, check_searched(checked)]))


def _piece_for_paper(number: int, checked: CheckedPart, older: Older) -> list[str]:
    words = " ".join(checked.part.text.split())
    lines = [f"{number}. {ruling_words(checked)}: {words}", explanation(checked)]
    if checked.verdict:
        lines += _grounds_for_paper(checked.verdict.grounds, older)
        if checked.verdict.conflicts:
            conflicts = _grounds_for_paper(checked.verdict.conflicts, older)
            lines += [f"{tr(OTHERWISE)}:", *conflicts]
    return lines


def _grounds_for_paper(grounds: Sequence[VerdictGround], older: Older) -> list[str]:
    return [f"- {quote_with_citation(c, older)}" for ground in grounds for c in ground.citations]
