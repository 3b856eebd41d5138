"""Whether a model’s sentence is borne out by the words that it cites."""
