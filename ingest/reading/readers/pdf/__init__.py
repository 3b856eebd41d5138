"""PDF files: their lines, marks, covers, tables and scanned pages."""
