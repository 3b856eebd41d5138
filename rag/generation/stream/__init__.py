"""What a model writes, read piece by piece as it comes."""
