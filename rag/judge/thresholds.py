"""How sure a judge must be; each fixed on councils and papers that its models were not fitted to:
440 claims and 240 questions on inspection reports, 588 and 96 on papers of other kinds."""

from __future__ import annotations

ANSWERS = 1.0
"""The log odds below which no sentence answers, and no grade of the whole is that of a matter: of
488 questions that a page comes near and does not answer 206 are then refused, and 50 of 688 others;
from .4 189, and 47."""
ANSWERS_EXACTLY = 0.3
"""... and the same where a figure, a sum or a name is asked for, which a sentence gives or not."""
SUPPORTED = 0.6
"""The likelihood from which an inspection report supports a claim: of 278 false or unfounded ones
11 are then told as supported, and 108 of 162 true ones; from .625 9, and 101."""
SUPPORTED_ELSEWHERE = 0.625
"""The same for sources of other kinds: 18 of 392 false ones, and 102 of 196 true ones; from .675
14, and 86. Of 139 claims about papers of other writers, which have less that is nearly true: 2 of
94, and 21 of 45; from .675 2, and 17."""
CONTRADICTED = 0.575
"""The likelihood from which an inspection report contradicts a claim: so it then does 3 of 162 true
ones, and 103 false ones; from .55 4, and 106."""
CONTRADICTED_ELSEWHERE = 0.7
"""The same for sources of other kinds: 6 of 196 true ones, and 54 false ones; from .65 9, and
59."""
OPPOSED = 0.9
"""The judge's probability of contradiction from which it is held sure of it: what it says beyond
that counts for more than its log odds."""
OF_ANOTHER_COUNCIL = 0.4
"""The judge's probability of contradiction below which what is said of another council does not
contradict a claim."""
BORNE_OUT = 0.78
"""The probability of entailment from which a sentence in other words is shown as backed: of 280
false ones 4% then pass, most by a word of degree or time."""
SAID = 0.05
"""The probability of entailment below which a sentence that says all of a rewording by its words is
not taken to bear it out: of 94 true ones none is then lost, and two of five others; from .1 8 of
270 of another set."""
