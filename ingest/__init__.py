"""Files and web pages in, documents out. Never answers a question."""
