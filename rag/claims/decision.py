"""Pure: what the sentences that bear on a claim decide, and which of them decide it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.claims.candidates import ClaimEvidence
from rag.claims.comparators.contrast import CONTRAST
from rag.claims.table_rows import CELL
from rag.judge.thresholds import (
    CONTRADICTED,
    CONTRADICTED_ALONE,
    CONTRADICTED_ALONE_ELSEWHERE,
    CONTRADICTED_BY_DENIAL,
    CONTRADICTED_BY_VALUE,
    GRADE_DENIED,
    SUPPORTED,
    SUPPORTED_ALONE,
    SUPPORTED_ALONE_ELSEWHERE,
    SUPPORTED_ELSEWHERE,
)
from rag.retrieval.weights import BEARS, PARTS, score
from rag.types import Agreement, Kind, TextSpan, VerdictRuling

ENOUGH = -1.2
"""How surely, in log odds, a sentence must bear on a claim to decide it."""
SURELY = 0.5
"""... to be shown as saying otherwise than the one that decides."""
CLEARLY = 1.5
"""How clearly a sentence that lacks what the claim adds must say otherwise, else it must bear on
the claim SURELY."""
BESIDE = 2.0
"""Sentences within this of the deciding one, on its side, are shown with it."""
MOST_GROUNDS = 3
ALL_BUT = 0.7
"""The share of a claim's words that must be said of another council to show that it is of that."""
VERBATIM = 0.9
"""The share of a claim's words from which a sentence that denies is taken to deny the claim."""
_NEEDED = ("number", "name", "occasion", "status", CELL, CONTRAST)
"""What a claim adds in these respects a sentence must say to support it."""
_VALUES = ("number", "date", "grade", "name", "attribution", "council", "status")
"""Where a sentence differs in these it does not support a claim, whatever it means."""
_DENIALS = frozenset({"negation", "stance"})


@dataclass(frozen=True, slots=True)
class ScoredEvidence:
    """A bearing with how surely it bears on the claim and says otherwise, in log odds."""

    bearing: ClaimEvidence
    bears: float
    parts: float
    means_otherwise: bool = False
    """Whether it is against the claim by what it means alone."""

    @property
    def says_otherwise(self) -> bool:
        """Whether it is against the claim."""
        return self.parts > 0 or self.takes_back or self.means_otherwise

    @property
    def takes_back(self) -> bool:
        """Whether it tells what the claim says as denied, lost or corrected."""
        return bool(self.bearing.found(Agreement.DIFFERS, "status"))

    @property
    def lacks(self) -> bool:
        """Whether the claim adds a figure, a name or a time of which it says nothing."""
        return bool(self.bearing.found(Agreement.ADDS, *_NEEDED))

    @property
    def is_of_cell(self) -> bool:
        """Whether it is the row and column of a table that the claim names in full."""
        return bool(self.bearing.found(Agreement.AGREES, CELL))

    @property
    def says_less(self) -> bool:
        """Whether the claim has a word that neither the passage nor its document's title has."""
        return bool(self.bearing.features["unsaid"])

    @property
    def is_borne_out(self) -> bool:
        """Whether the judge, where one was asked, does not hold that the sentence says less or
        something else: a wrong "supported" is worth ten times a "not found". A grade is a value,
        and a row of a table tells it without a sentence; "the one area short of it" says otherwise
        with the same grade."""
        entailment = self.bearing.entailment
        if entailment is None:
            return True
        if self.bearing.found(Agreement.AGREES, "grade"):
            return entailment.contradicted < GRADE_DENIED
        if self.is_of_cell and self.bearing.found(Agreement.AGREES, "number"):
            return not self.says_less or entailment.entailed >= SUPPORTED
        return entailment.entailed >= (SUPPORTED if self.is_inspected else SUPPORTED_ELSEWHERE)

    @property
    def is_inspected(self) -> bool:
        """Whether an inspection report says it, of which the judge knows most."""
        return self.bearing.document.description.kind is Kind.INSPECTION_REPORT

    @property
    def is_opposed(self) -> bool:
        """Whether the judge, where one was asked, finds it likely that the opposite is said: a
        word that turns a sense (a denial, "fell") is often of another part of the sentence, and a
        figure of another matter. A grade is of the matter that its table says, and so is what
        every report prints."""
        entailment = self.bearing.entailment
        printed = self.bearing.features.get("printed")
        if entailment is None or printed or self.bearing.found(Agreement.DIFFERS, "grade"):
            return True
        if self.is_of_cell and self.bearing.found(Agreement.DIFFERS, "number"):
            return not self.says_less or entailment.contradicted >= CONTRADICTED_BY_DENIAL
        return entailment.contradicted >= self._least_contradicted

    @property
    def _least_contradicted(self) -> float:
        if self.bearing.found(Agreement.DIFFERS, *_VALUES):
            return CONTRADICTED_BY_VALUE
        differing = {c.aspect for c in self.bearing.found(Agreement.DIFFERS)}
        if not differing <= _DENIALS:
            return CONTRADICTED
        # The judge is weak in plain denials; one of nearly all the claim's words is exact.
        denied_whole = self.bearing.features["covered"] >= VERBATIM
        return CONTRADICTED_BY_VALUE if denied_whole else CONTRADICTED_BY_DENIAL

    @property
    def decides(self) -> bool:
        """Whether it supports or contradicts the claim."""
        if not self.says_otherwise and (self.lacks or not self.is_borne_out):
            return False
        if self.says_otherwise and (self.is_outdated or not self.is_opposed):
            return False
        if self.bearing.found(Agreement.ADDS, CELL, CONTRAST):
            return False
        if self.takes_back and self.parts > 0:
            # It denies something else than what is claimed.
            return False
        if self.bearing.found(Agreement.DIFFERS, "date") and self._differs_in_value:
            # Another figure of another time says nothing of the claim's.
            return False
        clearly = self.parts >= CLEARLY and not self.of_another_time
        return self.bears >= (SURELY if self.lacks and not clearly else ENOUGH)

    @property
    def _differs_in_value(self) -> bool:
        return bool(self.bearing.found(Agreement.DIFFERS, "number", "grade"))

    @property
    def is_outdated(self) -> bool:
        """Whether the claim is of now, and a newer report than this is held: what was found then
        does not contradict it."""
        return bool(self.bearing.features.get("outdated"))

    @property
    def has_the_figure(self) -> bool:
        """Whether it gives the claim's figure and differs in nothing that can be compared: the
        judge suspects figures, and those who compare them know."""
        alike = self.bearing.found(Agreement.AGREES, "number")
        return bool(alike) and not self.bearing.found(Agreement.DIFFERS)

    @property
    def entailed(self) -> float:
        """How likely the judge finds it that it bears the claim out; 0 where none was asked."""
        return self.bearing.entailment.entailed if self.bearing.entailment else 0.0

    @property
    def contradicted(self) -> float:
        """How likely the judge finds it that it says the opposite; 0 where none was asked."""
        return self.bearing.entailment.contradicted if self.bearing.entailment else 0.0

    @property
    def is_borne_out_alone(self) -> bool:
        """Whether the judge is sure enough that it bears the claim out, with all its values, to
        decide where no words do."""
        if self.lacks or self.bearing.found(Agreement.DIFFERS):
            return False
        least = SUPPORTED_ALONE if self.is_inspected else SUPPORTED_ALONE_ELSEWHERE
        return self.entailed >= least

    @property
    def is_opposed_alone(self) -> bool:
        """Whether the judge is sure enough that it says the opposite of the claim's own time to
        decide where no words do."""
        if self.lacks or self.has_the_figure or self.is_outdated:
            return False
        least = CONTRADICTED_ALONE if self.is_inspected else CONTRADICTED_ALONE_ELSEWHERE
        return self.contradicted >= least

    @property
    def of_another_time(self) -> bool:
        """Whether the claim is of a time that neither the sentence nor its document is of."""
        return bool(self.bearing.found(Agreement.ADDS, "occasion"))

    @property
    def of_grade(self) -> bool:
        """Whether it is compared by the grade it gives."""
        features = self.bearing.features
        return "agrees grade" in features or "differs grade" in features


@dataclass(frozen=True, slots=True)
class Decision:
    """The ruling, the sentences it rests on, and those of other documents that say otherwise."""

    ruling: VerdictRuling
    grounds: tuple[ScoredEvidence, ...] = ()
    against: tuple[ScoredEvidence, ...] = ()
    ranked: tuple[ScoredEvidence, ...] = ()
    once: tuple[ScoredEvidence, ...] = ()
    """The sentence that says of another time what the claim says of its own, if there is one."""


def place(bearing: ClaimEvidence) -> ScoredEvidence:
    """Weigh a bearing; several findings of one kind in one respect count once."""
    once = {"constant": 1.0} | {
        name: min(value, 1.0) if " " in name else value for name, value in bearing.features.items()
    }
    return ScoredEvidence(bearing, score(BEARS, once), score(PARTS, once))


def rule(
    bearings: Iterable[ClaimEvidence], related: Mapping[str, Sequence[str]] | None = None
) -> Decision:
    """Rule on a claim by the sentence that bears on it most surely.

    Where a grade of several is told of, one that differs decides. `related` names, for each
    document, those that it nearly repeats: they are no second source.
    """
    ranked = tuple(sorted(map(place, bearings), key=lambda p: -p.bears))
    told = _figures_told(ranked)
    deciding = [p for p in ranked if p.decides and not _differs_from(p, told)]
    if not deciding:
        return _by_meaning(ranked) or Decision(
            VerdictRuling.NOT_FOUND, ranked=ranked, once=_once(ranked)
        )
    first = _first(deciding)
    grounds, against = _grounds(first, deciding), _against(first, deciding, related or {})
    if not first.says_otherwise:
        return Decision(VerdictRuling.SUPPORTED, grounds, against, ranked)
    return Decision(VerdictRuling.CONTRADICTED, grounds, against, ranked, _once(ranked))


def _figures_told(ranked: Iterable[ScoredEvidence]) -> frozenset[TextSpan]:
    """The claim's figures that a sentence has which surely bears on it and says nothing else, if it
    does not decide: what it says may be of one part, or of another time."""
    return frozenset(
        mark
        for p in ranked
        if p.bears >= SURELY and not (p.decides or p.lacks or p.bearing.found(Agreement.DIFFERS))
        for c in p.bearing.found(Agreement.AGREES, "number")
        for mark in c.in_claim
    )


def _differs_from(p: ScoredEvidence, told: frozenset[TextSpan]) -> bool:
    """Whether a sentence has another figure for one that is told of the same matter elsewhere: it
    is then no proof of the opposite."""
    differing = p.bearing.found(Agreement.DIFFERS, "number")
    return any(mark in told for c in differing for mark in c.in_claim)


def _by_meaning(ranked: tuple[ScoredEvidence, ...]) -> Decision | None:
    """The sentence that the judge is surest bears the claim out, with all its values; else the one
    of which it is surest that it says the opposite, of the claim's own time."""
    borne_out = [p for p in ranked if p.is_borne_out_alone]
    if borne_out:
        best = max(borne_out, key=lambda p: p.entailed)
        return Decision(VerdictRuling.SUPPORTED, (best,), ranked=ranked)
    opposed = [p for p in ranked if p.is_opposed_alone]
    if not opposed:
        return None
    worst = max(opposed, key=lambda p: p.contradicted)
    against = replace(worst, means_otherwise=True)
    return Decision(VerdictRuling.CONTRADICTED, (against,), ranked=ranked, once=_once(ranked))


def elsewhere(
    decision: Decision, bearings: Iterable[ClaimEvidence], related: Mapping[str, Sequence[str]]
) -> Decision:
    """Where nothing is said of the claim's own council: a sentence that says all of it of another
    council contradicts it."""
    if any(p.bears >= ENOUGH for p in decision.ranked):
        return decision
    found = rule(bearings, related)
    first = found.grounds[0] if found.grounds else None
    if first is None or first.bearing.features["covered"] < ALL_BUT or first.bears < SURELY:
        return decision
    aside = [c for c in first.bearing.found(Agreement.DIFFERS) if c.aspect != "council"]
    if aside or first.lacks or not first.bearing.found(Agreement.DIFFERS, "council"):
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
        aside = p.bearing.found(Agreement.DIFFERS) or p.bearing.found(
            Agreement.ADDS, "number", "name"
        )
        if p.of_another_time and told and alike and not aside:
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
