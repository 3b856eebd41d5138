"""Pure: values as HTML strings. Every word of a document or a reader goes through `escaped`."""
