"""Parts of pages: forms, panes and rows that several pages show."""
