"""How sure a judge must be; each fixed on groups of councils that its model was not fitted to."""

from __future__ import annotations

ANSWERS = 0.4
"""The log odds below which no sentence answers: of 24 questions that the documents do not answer 14
are then refused, and 7 of 216 others; from .9 the same 14, and 15."""
ANSWERS_EXACTLY = 0.3
"""... and the same where a figure, a sum or a name is asked for, which a sentence gives or not."""
SUPPORTED = 0.33
"""The probability of entailment below which no sentence of an inspection report supports a claim,
whatever its words and values: of 114 false or unfounded claims 2 are then called supported, and 46
of 66 true ones; from .33 it is 3, and 47."""
SUPPORTED_ELSEWHERE = 0.5
"""The same for sources of other kinds, which the judge knows less of."""
CONTRADICTED = 0.4
"""The probability of contradiction below which no sentence contradicts a claim whose values it has,
though comparators of words say so."""
CONTRADICTED_BY_DENIAL = 0.8
"""The same where all that differs is what is denied or praised: from .7 three of 48 true claims are
called contradicted, from .8 none."""
CONTRADICTED_BY_VALUE = 0.4
"""The same where a value differs: below it the values are mostly of two matters."""
CONTRADICTED_ALONE = 0.75
"""The probability of contradiction from which a sentence of the claim's time contradicts it where
comparators of words decide nothing."""
GRADE_DENIED = 0.5
"""The probability of contradiction from which the grade that a claim tells does not support it."""
CONTRADICTED_ALONE_ELSEWHERE = 0.8
"""The same for sources of other kinds."""
SUPPORTED_ALONE_ELSEWHERE = 0.45
"""The same as the next for sources of other kinds."""
SUPPORTED_ALONE = 0.38
"""The probability of entailment from which a sentence whose values agree supports a claim where
comparators of words decide nothing."""
BORNE_OUT = 0.6
"""The probability of entailment from which a sentence in other words is shown as backed: of false
ones 2% then pass."""
