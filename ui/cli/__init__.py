"""The command `scrutiny`."""
