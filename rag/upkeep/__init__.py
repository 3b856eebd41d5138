"""Keeping a library well: backups of it, restoring them, and what may be wrong with it."""
