"""Findings by theme, holders of posts, abbreviations, and where sources disagree."""
