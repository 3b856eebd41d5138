"""Pure: what a box may suggest while it is typed in: councils held, topics, earlier questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.packs.briefing.themes import theme_definitions
from rag.types import Document

_LONGEST = 200
"""Of a question that is suggested, in characters; a longer one is typed anew sooner than read."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What there is to suggest, the likeliest of each sort first."""

    councils: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def suggestions(documents: Sequence[Document], questions: Iterable[str] = ()) -> Suggestions:
    """The councils of which most is held first, the topics of committees, and the questions."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(document.description.councils)
    councils = tuple(name for name, _ in counts.most_common())
    short = (question for question in questions if len(question) <= _LONGEST)
    return Suggestions(councils, _topics(), tuple(dict.fromkeys(short)))


def _topics() -> tuple[str, ...]:
    names = (theme.name for theme in theme_definitions())
    return tuple(name[:1].lower() + name[1:] for name in names)
