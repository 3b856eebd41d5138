"""A crowd: what scripts/measure_crowd.py sends against a running server."""
