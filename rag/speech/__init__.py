"""Who speaks in each sentence of a document, and whether the document stands by what is said."""
