"""What is asked: the kind of answer, scope, filters, comparisons, follow-ups."""
