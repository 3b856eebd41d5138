"""Reads English: words, sentences, numbers, dates, names; knows no document and no question."""
