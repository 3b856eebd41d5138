"""A page drawn as a picture, and where on it a quote stands."""
