"""What is held: one way to write it; adapters for SQLite, BM25, Chroma and the encoder."""
