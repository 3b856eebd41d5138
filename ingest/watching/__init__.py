"""What is watched: folders, feeds and pages, and what is new in them taken in."""
