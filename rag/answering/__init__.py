"""Weighed sentences in, a cited answer or a refusal out."""
