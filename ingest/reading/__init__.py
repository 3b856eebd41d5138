"""Bytes in, lines out, in a process that may crash, hang or swell without harm."""
