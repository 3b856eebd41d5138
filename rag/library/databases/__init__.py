"""Which database holds what is held: SQLite files, or PostgreSQL behind the same port."""
