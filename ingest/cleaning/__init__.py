"""Lines in, page text and blocks out: running heads off, lines and broken words joined."""
