"""One writer for each format of file."""
