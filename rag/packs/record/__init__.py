"""Judgements over time, as each report gives them."""
