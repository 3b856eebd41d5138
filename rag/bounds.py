"""How long a word, a sentence and a question may be: whatever reads texts is made for such lengths.

A document may hold one word of three million characters, and a pattern that looks at every pair of
places in it takes for ever. Texts are brought within these bounds where they come in.
"""

from __future__ import annotations

import re

LONGEST_WORD = 250
"""Characters without a space between them: more than any word, and than most addresses."""
LONGEST_SENTENCE = 4_000
"""Characters; a longer one (a table laid out as text, a page without a stop) is cut."""
LONGEST_QUESTION = 4_000
"""Characters of a question or a claim that are read."""
MOST_FIGURES = 200
"""Figures of one sentence that are read: more than any row of a table has."""
_LONG_WORD = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD + 1},}}")
_BEYOND_A_WORD = re.compile(rf"(\S{{{LONGEST_WORD}}})\S")
_SPACES = re.compile(r"(?<!\s)\s{2,}")


def without_long_words(text: str) -> tuple[str, int]:
    """A text without the runs of characters that are longer than any word, and how many it had."""
    return _LONG_WORD.subn(" ", text) if len(text) > LONGEST_WORD else (text, 0)


def parted(text: str) -> str:
    """A text in which such runs are parted by spaces, all else where it was."""
    return _BEYOND_A_WORD.sub(r"\1 ", text)


def within_bounds(text: str, most: int = LONGEST_QUESTION) -> str:
    """What is read of a text that somebody typed: its first `most` characters, without half
    characters, nor what is longer than any word."""
    return _SPACES.sub(" ", without_long_words(encodable(text[:most]))[0])


def encodable(text: str) -> str:
    """A text without half characters, which no index and no encoder takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def bounded_end(text: str) -> int:
    """How many characters of a stored sentence are within bounds: all of those that this version
    has stored, and what can be read of one from before there were any."""
    if len(text) <= LONGEST_WORD:
        return len(text)
    run = _LONG_WORD.search(text, 0, LONGEST_SENTENCE + LONGEST_WORD)
    return min(len(text), LONGEST_SENTENCE, max(run.start(), LONGEST_WORD) if run else len(text))
