"""How sure a judge must be; each fixed on groups of councils that its model was not fitted to."""

from __future__ import annotations

ANSWERS = -0.5
"""The log odds below which no sentence answers: of the questions that the documents do not answer
57% are then refused, where rules refused 30%, and of the others no more than by rules (11%)."""
ANSWERS_EXACTLY = 0.5
"""... and the same where a figure, a sum or a name is asked for, which a sentence gives or not: of
40 such questions that were answered right none lay below 1.1."""
SUPPORTED = 0.35
"""The probability of entailment below which no sentence of an inspection report supports a claim,
whatever its words and values: of 84 false or unfounded claims 3 are then called supported, where
rules called 19%."""
SUPPORTED_ELSEWHERE = 0.5
"""The same for sources of other kinds, which the judge knows less of: of 94 such claims 3 are
called supported, and 8 from .35."""
CONTRADICTED = 0.3
"""The probability of contradiction below which no sentence contradicts a claim whose values it has,
though comparators of words say so."""
CONTRADICTED_BY_DENIAL = 0.8
"""The same where all that differs is what is denied or praised: on councils that the model was not
fitted to, four of nine of such below it were wrong."""
CONTRADICTED_BY_VALUE = 0.05
"""The same where a value differs: below it the values are mostly of two matters. With these three,
3 of 48 true claims are called contradicted where words alone contradict 8."""
SUPPORTED_ALONE = 0.6
"""The probability of entailment from which a sentence whose values agree supports a claim where
comparators of words decide nothing."""
BORNE_OUT = 0.9
"""The probability of entailment from which a sentence in other words is shown as backed: of false
ones at most 2% then pass."""
