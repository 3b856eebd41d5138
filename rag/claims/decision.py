"""Pure: what the sentences that bear on a claim decide, and which of them decide it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.claims.candidates import ClaimEvidence
from rag.claims.likelihood import Likelihood, likelihood
from rag.claims.scored_evidence import ENOUGH, SURELY, ScoredEvidence, ranked_evidence
from rag.judge.thresholds import (
    CONTRADICTED,
    CONTRADICTED_ELSEWHERE,
    OF_ANOTHER_COUNCIL,
    SUPPORTED,
    SUPPORTED_ELSEWHERE,
)
from rag.types import Agreement, TextSpan, VerdictRuling

BESIDE = 2.0
"""Sentences within this of the deciding one, on its side, are shown with it."""
MOST_GROUNDS = 3
ALL_BUT = 0.7
"""The share of a claim's words that must be said of another council to show that it is of that."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The ruling, the sentences it rests on, and those of other documents that say otherwise."""

    ruling: VerdictRuling
    grounds: tuple[ScoredEvidence, ...] = ()
    against: tuple[ScoredEvidence, ...] = ()
    ranked: tuple[ScoredEvidence, ...] = ()
    once: tuple[ScoredEvidence, ...] = ()
    """The sentence that says of another time what the claim says of its own, if there is one."""


def rule(
    bearings: Iterable[ClaimEvidence], related: Mapping[str, Sequence[str]] | None = None
) -> Decision:
    """Rule on a claim by the sentences that bear on it: by words and values where a value decides,
    or no judge was asked, else by all that is known of them. `related` names, for each document,
    those that it nearly repeats: they are no second source."""
    ranked = ranked_evidence(bearings)
    if any(p.bearing.entailment for p in ranked):
        return by_value(ranked, related or {}) or _by_likelihood(ranked, related or {})
    return _by_words(ranked, related or {})


def by_value(
    ranked: tuple[ScoredEvidence, ...], related: Mapping[str, Sequence[str]]
) -> Decision | None:
    """The decision where a value decides, whatever a judge holds of it; else None."""
    decision = _by_words(ranked, related)
    return decision if any(p.is_exact for p in decision.grounds[:1]) else None


# ---------------------------------------------------------------- with a judge


def _by_likelihood(
    ranked: tuple[ScoredEvidence, ...], related: Mapping[str, Sequence[str]]
) -> Decision:
    """Rule as is likeliest, if it is likely enough: a wrong "supported" or "contradicted" is worth
    ten times a "not found"."""
    likely = likelihood(ranked)
    ruling = _likely_enough(ranked, likely)
    if ruling is VerdictRuling.NOT_FOUND:
        return Decision(ruling, ranked=ranked, once=_once(ranked))
    opposes = ruling is VerdictRuling.CONTRADICTED
    deciding = _on_side(ranked, likely, opposes=opposes)
    against = _on_side(ranked, likely, opposes=not opposes)
    first = deciding[0]
    beside = [p for p in deciding[1:] if not p.bearing.quote.overlaps(first.bearing.quote)]
    return Decision(
        ruling,
        (first, *beside[: MOST_GROUNDS - 1]),
        _against(first, against, related),
        ranked,
        _once(ranked) if opposes else (),
    )


def _likely_enough(ranked: Sequence[ScoredEvidence], likely: Likelihood) -> VerdictRuling:
    """The ruling that is likely enough, by the kinds of paper that it would rest on."""
    supports, opposes = (
        max(zip(likely.scores, ranked, strict=True), key=lambda row: row[0][side])[1]
        for side in (0, 1)
    )
    return likeliest_ruling(
        likely.supported,
        likely.contradicted,
        inspector_supports=supports.is_inspected,
        inspector_opposes=opposes.is_inspected,
    )


def likeliest_ruling(
    supported: float, contradicted: float, *, inspector_supports: bool, inspector_opposes: bool
) -> VerdictRuling:
    """The likelier ruling if it is likely enough, by whether an inspector or another says what is
    for a claim and what is against it."""
    if supported >= max(SUPPORTED if inspector_supports else SUPPORTED_ELSEWHERE, contradicted):
        return VerdictRuling.SUPPORTED
    least = CONTRADICTED if inspector_opposes else CONTRADICTED_ELSEWHERE
    if contradicted >= max(least, supported):
        return VerdictRuling.CONTRADICTED
    return VerdictRuling.NOT_FOUND


def _on_side(
    ranked: Sequence[ScoredEvidence], likely: Likelihood, *, opposes: bool
) -> list[ScoredEvidence]:
    """The sentences that tell for or against a claim, the surest first: the best of that side, and
    those that are nearly as sure and surer of it than of the other."""
    side = int(opposes)
    order = sorted(range(len(ranked)), key=lambda at: -likely.scores[at][side])
    best = likely.scores[order[0]][side]
    chosen = [
        at
        for at in order
        if at == order[0]
        or (likely.scores[at][side] > max(best - BESIDE, likely.scores[at][1 - side], 0.0))
    ]
    return [replace(ranked[at], opposes=opposes) for at in chosen]


# ---------------------------------------------------------------- by words alone


def _by_words(ranked: tuple[ScoredEvidence, ...], related: Mapping[str, Sequence[str]]) -> Decision:
    """Rule by the sentence that bears on the claim most surely; where a grade of several is told
    of, one that differs decides."""
    told = _figures_told(ranked)
    deciding = [p for p in ranked if p.decides and not _differs_from(p, told)]
    if not deciding:
        return Decision(VerdictRuling.NOT_FOUND, ranked=ranked, once=_once(ranked))
    first = _first(deciding)
    grounds, against = _grounds(first, deciding), _against(first, deciding, related)
    if not first.says_otherwise:
        return Decision(VerdictRuling.SUPPORTED, grounds, against, ranked)
    return Decision(VerdictRuling.CONTRADICTED, grounds, against, ranked, _once(ranked))


def _figures_told(ranked: Iterable[ScoredEvidence]) -> frozenset[TextSpan]:
    """The claim's figures that a sentence has which surely bears on it and says nothing else, if it
    does not decide: what it says may be of one part, or of another time."""
    return frozenset(
        mark
        for p in ranked
        if p.bears >= SURELY and not (p.decides or p.lacks or p.has(Agreement.DIFFERS))
        for c in p.bearing.found(Agreement.AGREES, "number")
        for mark in c.in_claim
    )


def _differs_from(p: ScoredEvidence, told: frozenset[TextSpan]) -> bool:
    """Whether a sentence has another figure for one that is told of the same matter elsewhere: it
    is then no proof of the opposite."""
    differing = p.bearing.found(Agreement.DIFFERS, "number")
    return any(mark in told for c in differing for mark in c.in_claim)


def elsewhere(
    decision: Decision, bearings: Iterable[ClaimEvidence], related: Mapping[str, Sequence[str]]
) -> Decision:
    """Where nothing is said of the claim's own council: a sentence that says all of it of another
    council contradicts it."""
    if any(p.bears >= ENOUGH for p in decision.ranked):
        return decision
    ranked = ranked_evidence(bearings)
    found = _by_words(ranked, related)
    first = found.grounds[0] if found.grounds else None
    if first is None or first.bearing.features["covered"] < ALL_BUT or first.bears < SURELY:
        return decision
    aside = [c for c in first.bearing.found(Agreement.DIFFERS) if c.aspect != "council"]
    if aside or first.lacks or not first.bearing.found(Agreement.DIFFERS, "council"):
        return decision
    if first.bearing.entailment and first.contradicted < OF_ANOTHER_COUNCIL:
        return decision
    return Decision(VerdictRuling.CONTRADICTED, (first,), ranked=decision.ranked)


def _first(deciding: Sequence[ScoredEvidence]) -> ScoredEvidence:
    if deciding[0].of_grade:
        return next((p for p in deciding if "differs grade" in p.bearing.features), deciding[0])
    return deciding[0]


def _once(ranked: Iterable[ScoredEvidence]) -> tuple[ScoredEvidence, ...]:
    """The best sentence that says all but all of the claim, its figures or grades too, of another
    time than the claim's."""
    for p in ranked:
        told = p.bearing.features["covered"] >= ALL_BUT
        alike = bool(p.bearing.found(Agreement.AGREES, "number", "grade"))
        differing = p.bearing.found(Agreement.DIFFERS)
        dated = bool(p.bearing.found(Agreement.DIFFERS, "date"))
        aside = len(differing) > dated or p.bearing.found(Agreement.ADDS, "number", "name")
        if (p.of_another_time or dated) and told and alike and not aside:
            return (p,)
    return ()


def _grounds(
    first: ScoredEvidence, deciding: Sequence[ScoredEvidence]
) -> tuple[ScoredEvidence, ...]:
    """The deciding sentence, and others on its side that bear nearly as surely."""
    beside = [
        p
        for p in deciding
        if p is not first
        and p.says_otherwise == first.says_otherwise
        and p.bears > first.bears - BESIDE
        and not p.bearing.quote.overlaps(first.bearing.quote)
    ]
    return (first, *beside[: MOST_GROUNDS - 1])


def _against(
    first: ScoredEvidence, deciding: Sequence[ScoredEvidence], related: Mapping[str, Sequence[str]]
) -> tuple[ScoredEvidence, ...]:
    """The best sentence of each other document, or of the same, that surely says otherwise."""
    own = first.bearing.document.name
    found: dict[str, ScoredEvidence] = {}
    for p in deciding:
        name = p.bearing.document.name
        otherwise = p.says_otherwise != first.says_otherwise and p.bears >= SURELY
        alike = bool(p.bearing.found(Agreement.AGREES, "number", "date", "grade", "direction"))
        counts = _of_itself(first, p) if name == own else name not in related.get(own, ())
        if otherwise and counts and (alike or p.says_otherwise):
            found.setdefault(name, p)
    return tuple(found.values())[:2]


def _of_itself(first: ScoredEvidence, other: ScoredEvidence) -> bool:
    """Whether a document disagrees with itself: two passages that say all but all of a claim, with
    another figure or date."""
    told = all(p.bearing.features["covered"] >= ALL_BUT for p in (first, other))
    figures = all(
        p.bearing.found(
            Agreement.DIFFERS if p.says_otherwise else Agreement.AGREES, "number", "date"
        )
        for p in (first, other)
    )
    return told and figures and first.bearing.quote.place != other.bearing.quote.place
