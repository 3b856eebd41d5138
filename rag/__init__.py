"""Question in, cited answer out. Knows no file format and no screen."""
