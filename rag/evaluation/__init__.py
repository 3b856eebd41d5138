"""Labelled sets, metrics and reports: how well all of this does."""
