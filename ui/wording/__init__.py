"""Dates, sources and checks put in words, the same on every surface."""
