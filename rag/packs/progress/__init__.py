"""What became of what inspectors asked for."""
