"""How sure a judge must be; each fixed on councils and papers that its models were not fitted to:
440 claims and 240 questions on inspection reports, 588 and 96 on papers of other kinds."""

from __future__ import annotations

ANSWERS = 0.0
"""The log odds below which no sentence answers, and no grade of the whole is that of a matter: of
488 questions that a page comes near and does not answer 238 are then refused, and 50 of 688 others;
from 1 280, and 65."""
SUPPORTED = 0.6
"""The likelihood from which an inspection report supports a claim: of 278 false or unfounded ones
10 are then told as supported, and 126 of 162 true ones; from .575 13, and 130."""
SUPPORTED_ELSEWHERE = 0.6
"""The same for sources of other kinds: 16 of 392 false ones, and 119 of 196 true ones; from .65
14, and 110. Of 139 claims about papers of other writers: 2 of 94, and 20 of 45."""
CONTRADICTED = 0.575
"""The likelihood from which an inspection report contradicts a claim: so it then does 1 of 162 true
ones, and 108 false ones; from .55 3, and 113."""
CONTRADICTED_ELSEWHERE = 0.7
"""The same for sources of other kinds: 7 of 196 true ones, and 70 false ones; from .675 8, and
75."""
OPPOSED = 0.9
"""The judge's probability of contradiction from which it is held sure of it: what it says beyond
that counts for more than its log odds."""
OF_ANOTHER_COUNCIL = 0.4
"""The judge's probability of contradiction below which what is said of another council does not
contradict a claim."""
BORNE_OUT = 0.84
"""The probability of entailment from which a sentence in other words is shown as backed: of 280
false ones 4% then pass, most by a word of degree or time, and half of 280 true ones; from .78
6%."""
SAID = 0.05
"""The probability of entailment below which a sentence that says all of a rewording by its words is
not taken to bear it out: of 94 true ones none is then lost, and two of five others; from .1 8 of
270 of another set."""
