"""Answers, checks, conversations and packs as Word, PDF, Markdown and CSV."""
