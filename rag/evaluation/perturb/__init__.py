"""Sentences made untrue in one respect, to try the checking of a language model."""
