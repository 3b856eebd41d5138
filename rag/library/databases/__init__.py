"""Which database holds what is held: the port, SQLite files or PostgreSQL behind it."""
