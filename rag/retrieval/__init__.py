"""Question in, passages and weighed sentences out."""
