"""The vectors of passages: searched one and all, and put right after a crash."""
