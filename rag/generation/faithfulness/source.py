"""Words of a source that may back a statement."""

from __future__ import annotations

from dataclasses import dataclass

from rag.types import Description


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Words that may back a statement: what is said, the heading above, and the document."""

    said: str
    heading: str
    about: Description
