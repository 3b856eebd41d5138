"""A language model writes or points; what the documents do not bear out is left out."""
