"""How sure a judge must be; each fixed on councils and papers that its models were not fitted to:
180 claims and 240 questions on inspection reports, 168 and 96 on papers of other kinds."""

from __future__ import annotations

ANSWERS = 0.4
"""The log odds below which no sentence answers: of 24 questions that the documents do not answer 14
are then refused, and 6 of 216 others; from -.1 the same 14, and 3, but on papers of other kinds 14
of 24 for 17."""
ANSWERS_EXACTLY = 0.3
"""... and the same where a figure, a sum or a name is asked for, which a sentence gives or not."""
SUPPORTED = 0.33
"""The probability of entailment below which no sentence of an inspection report supports a claim,
whatever its words and values: of 114 false or unfounded claims 3 are then called supported, and 53
of 66 true ones."""
SUPPORTED_ELSEWHERE = 0.5
"""The same for sources of other kinds, which the judge knows less of."""
SUPPORTED_ALONE = 0.38
"""The probability of entailment from which a sentence whose values agree supports a claim where
comparators of words decide nothing; from .3 three false ones are for one, from .5 seven true ones
fewer."""
SUPPORTED_ALONE_ELSEWHERE = 0.45
"""The same for sources of other kinds: of 111 false ones 4 are then supported, from .38 6."""
GRADE_DENIED = 0.5
"""The probability of contradiction from which the grade that a claim tells does not support it."""
CONTRADICTED = 0.4
"""The probability of contradiction below which no sentence contradicts a claim whose values it has,
though comparators of words say so."""
CONTRADICTED_BY_DENIAL = 0.8
"""The same where all that differs is what is denied or praised: from .7 three of 48 true claims are
called contradicted, from .8 none."""
CONTRADICTED_BY_VALUE = 0.4
"""The same where a value differs: below it the values are mostly of two matters. On papers of other
kinds 5 of 57 true claims are then called contradicted, from .1 7."""
CONTRADICTED_ALONE = 0.75
"""The probability of contradiction from which a sentence of the claim's time contradicts it where
comparators of words decide nothing: 11 more of 72 false claims are then told of, no true one."""
CONTRADICTED_ALONE_ELSEWHERE = 0.8
"""The same for sources of other kinds: from .7 three more are told of, and two more true ones."""
BORNE_OUT = 0.78
"""The probability of entailment from which a sentence in other words is shown as backed: of 280
false ones 4% then pass, most by a word of degree or time."""
SAID = 0.05
"""The probability of entailment below which a sentence that says all of a rewording by its words is
not taken to bear it out: of 94 true ones none is then lost, and two of five others; from .1 8 of
270 of another set."""
