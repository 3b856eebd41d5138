"""True sentences made false, and said again in other words, to try what is checked of a model."""
