"""How sure a judge must be; each fixed on groups of councils that its model was not fitted to."""

from __future__ import annotations

ANSWERS = -0.5
"""The log odds below which no sentence answers: of the questions that the documents do not answer
57% are then refused, where rules refused 30%, and of the others no more than by rules (11%)."""
SUPPORTED = 0.3
"""The probability of entailment below which no sentence supports a claim, whatever its words and
values: of false or unfounded claims 4% are then called supported, where rules called 19%."""
