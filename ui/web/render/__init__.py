"""Pure: values as `Html`, into which a word of a document or a reader goes as text alone."""
