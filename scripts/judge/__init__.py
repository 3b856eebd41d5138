"""How the weights of `rag.judge` are made: examples, a fit, its measure, its export."""
