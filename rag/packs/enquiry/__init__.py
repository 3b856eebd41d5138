"""Questions to ask and why: the lines of enquiry."""
