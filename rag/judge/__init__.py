"""Which words answer a question, what a source bears out, how a sentence is meant: by meaning."""
