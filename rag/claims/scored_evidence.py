"""Pure: how surely a sentence bears on a claim and says otherwise, by its words and values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rag.claims.candidates import ClaimEvidence
from rag.claims.comparators.contrast import CONTRAST
from rag.claims.table_rows import CELL
from rag.retrieval.weights import BEARS, PARTS, score
from rag.types import Agreement, Kind

ENOUGH = -1.2
"""How surely, in log odds, a sentence must bear on a claim to decide it by its words."""
SURELY = 0.5
"""... to be shown as saying otherwise than the one that decides."""
CLEARLY = 1.5
"""How clearly a sentence that lacks what the claim adds must say otherwise, else it must bear on
the claim SURELY."""
SURE = 0.8
"""The judge's probability of contradiction from which the same words but for one respect, the words
of another speaker or another figure in the table decide."""
WORD_FOR_WORD = 0.9
"""The share of a claim's words that a sentence has which tells the same thing: of 1,028 claims 31
have one that says otherwise in one respect, all false, and 23 one that does in none, all true."""
EXACT = frozenset({"number", "date", "negation", "direction", "grade", "stance"})
"""The respects in which the same words may say otherwise."""
UNLIKELY = 0.1
"""The judge's probability of being borne out below which the same words do not say the same."""
NEARLY = 0.7
"""... that has the claim's figures of other things or times: of 1,028 claims 15 have one, and all
15 are false."""
_NEEDED = ("number", "name", "occasion", "status", CELL, CONTRAST)
"""What a claim adds in these respects a sentence must say to support it."""


@dataclass(frozen=True, slots=True)
class ScoredEvidence:
    """A bearing with how surely it bears on the claim and says otherwise, in log odds."""

    bearing: ClaimEvidence
    bears: float
    parts: float
    opposes: bool | None = None
    """Whether it is against the claim by all that is known of it; None where its words alone are to
    tell."""

    def has(self, finding: Agreement, *aspects: str) -> bool:
        """Whether the comparisons found this in any of some respects."""
        return bool(self.bearing.found(finding, *aspects))

    @property
    def says_otherwise(self) -> bool:
        """Whether it is against the claim."""
        if self.opposes is not None:
            return self.opposes
        return self.parts > 0 or self.takes_back

    @property
    def takes_back(self) -> bool:
        """Whether it tells what the claim says as denied, lost or corrected."""
        return self.has(Agreement.DIFFERS, "status")

    @property
    def lacks(self) -> bool:
        """Whether the claim adds a figure, a name or a time of which it says nothing."""
        return self.has(Agreement.ADDS, *_NEEDED)

    @property
    def says_less(self) -> bool:
        """Whether the claim has a word that neither the passage nor its document's title has."""
        return bool(self.bearing.features.get("unsaid"))

    @property
    def is_inspected(self) -> bool:
        """Whether an inspection report says it, of which the judge knows most."""
        return self.bearing.document.description.kind is Kind.INSPECTION_REPORT

    @property
    def is_outdated(self) -> bool:
        """Whether the claim is of now, and a newer report than this is held: what was found then
        does not contradict it."""
        return bool(self.bearing.features.get("outdated"))

    @property
    def entailed(self) -> float:
        """How likely the judge finds it that it bears the claim out; 0 where none was asked."""
        return self.bearing.entailment.entailed if self.bearing.entailment else 0.0

    @property
    def contradicted(self) -> float:
        """How likely the judge finds it that it says the opposite; 0 where none was asked."""
        return self.bearing.entailment.contradicted if self.bearing.entailment else 0.0

    @property
    def of_another_time(self) -> bool:
        """Whether the claim is of a time that neither the sentence nor its document is of."""
        return self.has(Agreement.ADDS, "occasion")

    @property
    def is_exact(self) -> bool:
        """Whether it is the claim word for word, or but for one respect, has the claim's figures of
        something else, is the row and column of a table that the claim names in full, with a figure
        there, a line that every report prints, or the words of another than is claimed: what
        decides is the value."""
        if self.is_otherwise_in_one_respect or self.is_word_for_word or self.has_crossed_figures:
            return True
        if self.has(Agreement.DIFFERS, "attribution") and not self.has(
            Agreement.DIFFERS, "negation"
        ):
            return self.contradicted >= SURE
        if self.has(Agreement.AGREES, CELL) and not self.has(Agreement.DIFFERS, "council"):
            differs = self.has_another_cell_figure and self.contradicted >= SURE
            return differs or self.has(Agreement.AGREES, "number")
        if not self.bearing.features.get("printed"):
            return False
        agrees = self.has(Agreement.AGREES, "name", "date") and not self.says_less
        return agrees or self.has(Agreement.DIFFERS, "name", "date")

    @property
    def has_another_cell_figure(self) -> bool:
        """Whether it is the row and column of a table that the claim names, with another figure."""
        return self.has(Agreement.AGREES, CELL) and self.has(Agreement.DIFFERS, "number")

    @property
    def has_figure_of_another_time(self) -> bool:
        """Whether it is of another date than the claim and none of its figures is the claim's."""
        differs = all(self.has(Agreement.DIFFERS, aspect) for aspect in ("date", "number"))
        return differs and not self.has(Agreement.AGREES, "number")

    @property
    def is_word_for_word(self) -> bool:
        """Whether it has all but every word of the claim and its figures, nothing that is
        otherwise, and is not held unlikely to bear it out."""
        aside = self.has(Agreement.DIFFERS) or self.has(Agreement.ADDS) or self.says_less
        agreed = self.has(Agreement.AGREES, "number") and not aside
        return agreed and self._told >= WORD_FOR_WORD and self.entailed >= UNLIKELY

    @property
    def is_otherwise_in_one_respect(self) -> bool:
        """Whether it has all but every word of the claim, says otherwise in one respect alone, and
        is held to."""
        aside = {c.aspect for c in self.bearing.found(Agreement.DIFFERS)}
        if len(aside) != 1 or not aside <= EXACT or self.lacks or self.is_outdated:
            return False
        if self.has(Agreement.ADDS, CELL, CONTRAST):
            return False
        return self._told >= WORD_FOR_WORD and self.contradicted >= SURE

    @property
    def has_crossed_figures(self) -> bool:
        """Whether it tells most of the claim and has its figures, but of something else."""
        return bool(self.bearing.features.get("crossed")) and self._told >= NEARLY

    @property
    def _told(self) -> float:
        """The share of the claim's words that it says."""
        return self.bearing.features["covered"]

    @property
    def of_grade(self) -> bool:
        """Whether it is compared by the grade it gives."""
        features = self.bearing.features
        return "agrees grade" in features or "differs grade" in features

    @property
    def decides(self) -> bool:
        """Whether it supports or contradicts the claim by its words and values alone."""
        if self.lacks if not self.says_otherwise else self.is_outdated:
            return False
        if self.has(Agreement.ADDS, CELL, CONTRAST):
            return False
        if self.takes_back and self.parts > 0:
            # It denies something else than what is claimed.
            return False
        if self.has(Agreement.DIFFERS, "date") and self.has(Agreement.DIFFERS, "number", "grade"):
            # Another figure of another time says nothing of the claim's.
            return False
        clearly = self.parts >= CLEARLY and not self.of_another_time
        return self.bears >= (SURELY if self.lacks and not clearly else ENOUGH)


def ranked_evidence(bearings: Iterable[ClaimEvidence]) -> tuple[ScoredEvidence, ...]:
    """The bearings weighed, what bears most surely on the claim first."""
    return tuple(sorted(map(scored, bearings), key=lambda each: -each.bears))


def scored(bearing: ClaimEvidence) -> ScoredEvidence:
    """Weigh a bearing; several findings of one kind in one respect count once."""
    once = {"constant": 1.0} | {
        name: min(value, 1.0) if " " in name else value for name, value in bearing.features.items()
    }
    return ScoredEvidence(bearing, score(BEARS, once), score(PARTS, once))
