"""One page a file: Ask, Check, Prepare, Record, Library, About."""
