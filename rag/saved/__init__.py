"""What a reader keeps: conversations, feedback, packs, in one file beside the library."""
