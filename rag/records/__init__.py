"""The JSON contract of answers, verdicts and packs."""
