"""For other programs: what the desk can do over HTTP and over the Model Context Protocol."""
