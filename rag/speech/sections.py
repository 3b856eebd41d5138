"""What the sections of a document are for: a complaint, a request, a petition, questions."""

from __future__ import annotations

from rag.text.lexicon import cue, lists
from rag.types import OWN_WORDS, Status, Utterance, Voice

_LONGEST_HEADING = 16
"""Words from which on a line without a stop is no heading."""
_SECTIONS = (
    (lists.Section.COMPLAINT, Utterance(Status.ALLEGED, Voice.OTHER, "the complainant")),
    (lists.Section.REQUEST, Utterance(Status.ALLEGED, Voice.OTHER, "the person who asks")),
    (lists.Section.PETITION, Utterance(Status.ALLEGED, Voice.OTHER, "the petition")),
)


def is_heading(text: str, heading: str | None) -> bool:
    """Whether a sentence is the heading of what follows it: so laid out, or short and unended."""
    if text == heading:
        return True
    return text[-1:] not in ".!?:;,\u201d\"'\u2019|" and len(text.split()) <= _LONGEST_HEADING


_LETTER = Utterance(Status.ALLEGED, Voice.OTHER, "a reader's letter")


def opened_utterance(text: str) -> Utterance | None:
    """How what follows is said where a sentence opens a reader's letter, or the editor's reply."""
    if cue(lists.Section.LETTER).search(text):
        return _LETTER
    return OWN_WORDS if cue(lists.Section.EDITOR).search(text) else None


def section_utterance(heading: str) -> Utterance | None:
    """How the sentences under a heading are said; None where the document says them itself."""
    for section, utterance in _SECTIONS:
        if cue(section).search(heading.strip(" .:0123456789")):
            return utterance
    return None
