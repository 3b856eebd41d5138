"""Orders to a machine, known by weights that were fitted to invented ones."""
