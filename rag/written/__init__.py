"""Statements written by a model, and what the program makes of them."""
