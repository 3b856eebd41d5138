"""A quote: its limits, that it stands on its page word for word, whose voice it is."""
