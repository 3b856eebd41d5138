"""Pure: a true sentence -> sentences that are not true any more, each with the kind of its fault.

They try the checking of what a model writes. Figures, dates and names are found here by plain
patterns and not by the comparators: an alteration that leaned on what finds it out would prove
nothing. Where a change might leave a sentence true, none is made. The same sentence is always
altered in the same ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.evaluation.perturb.denials import denials
from rag.evaluation.perturb.edits import first_sentence
from rag.evaluation.perturb.figures import dates, figures
from rag.evaluation.perturb.names import names
from rag.evaluation.perturb.voices import additions, attributions
from rag.types import Kind


class Fault(StrEnum):
    """What is untrue of an altered sentence."""

    FIGURE = "figure"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    """Also of a quantifier, a direction or a grade."""
    ATTRIBUTION = "attribution"
    ADDITION = "addition"


@dataclass(frozen=True, slots=True)
class Altered:
    """A sentence that its source does not bear out, and why it does not."""

    fault: Fault
    text: str


_BY_FAULT = {
    Fault.FIGURE: figures,
    Fault.DATE: dates,
    Fault.NAME: names,
    Fault.NEGATION: denials,
    Fault.ADDITION: additions,
}


def alterations(sentence: str, source: Kind = Kind.INSPECTION_REPORT) -> tuple[Altered, ...]:
    """Every alteration for which a true sentence of a source of that kind offers a hold.

    Of several sentences the first is altered, and it alone is given.
    """
    text = first_sentence(sentence)
    made = [Altered(fault, other) for fault, alter in _BY_FAULT.items() for other in alter(text)]
    made += [Altered(Fault.ATTRIBUTION, other) for other in attributions(text, source)]
    return tuple(one for one in dict.fromkeys(made) if one.text != text)
