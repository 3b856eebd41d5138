"""A claim in, a verdict out: supported, contradicted or not found, with the words for it."""
