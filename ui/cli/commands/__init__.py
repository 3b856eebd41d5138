"""The commands of `scrutiny`, each imported when it is called."""
