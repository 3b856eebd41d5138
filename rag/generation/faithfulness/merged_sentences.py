"""Pure: whether a statement makes of two sentences a third that neither says.

Two sentences that run on may back a statement together ("There were 45 visits. This was up from
30."), each with words of its own. A single word or figure of one among the words of the other is no
such thing: it is put where it was not.
"""

from __future__ import annotations

from collections.abc import Hashable

from rag.generation.faithfulness.figures import dated, figures
from rag.generation.faithfulness.unsupported_words import is_among, telling
from rag.text.parse import parse
from rag.text.sentences import segments

_AHEAD = 3
"""How many times as many words of the first sentence a statement has where those of the second are
put into it."""


def joined(statement: str, said: str) -> int:
    """Whether a statement puts a single word of the second of two sentences into the first, or a
    single figure of either into the other."""
    sentences = tuple(segments(said))
    if len(sentences) != 2:
        return 0
    ours = tuple(telling(parse(statement)))
    first, second = (frozenset(t.stem for t in parse(s).tokens) for s in sentences)
    ahead = [t for t in ours if is_among(t, first) and not is_among(t, second)]
    after = [t for t in ours if is_among(t, second) and not is_among(t, first)]
    told, held, other = (_values(text) for text in (statement, *sentences))
    ours_alone, theirs_alone = bool(told & held - other), bool(told & other - held)
    if len(ahead) >= _AHEAD and not theirs_alone:
        return len(after) > 0 and _AHEAD * len(after) <= len(ahead)
    if len(ahead) >= _AHEAD:
        return not after
    return len(after) >= _AHEAD and not ahead and ours_alone


def _values(text: str) -> frozenset[Hashable]:
    """The figures and dates of a text."""
    return frozenset(place.what for place in (*figures(text), *dated(text)))
