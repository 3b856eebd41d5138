"""Pure: whether a figure is told as what was found that its source gives as what to compare with.

"At 34 weeks, proceedings take longer than the expected average of 26 weeks" has two figures of one
sort, and only one of them is how long proceedings took.
"""

from __future__ import annotations

import re

from rag.generation.faithfulness.context_words import Place
from rag.generation.faithfulness.figures import figures
from rag.text.lexicon import cue, lists
from rag.text.parse import ParsedText, parse

_BEFORE = 5
"""How many words before a figure may say that it is one to compare with."""
_AFTER = 2
"""... and after it."""
_BREAK = re.compile(r"[,;:()\u2013]")


def untold(statement: str, said: str) -> int:
    """How many figures a statement gives as found that a source gives only as a target, as what is
    expected or usual elsewhere, or as what another is more or less than."""
    if cue(lists.Backing.COMPARES, lists.Backing.BENCHMARK).search(statement):
        return 0
    source = parse(said)
    theirs = figures(said)
    same = [[t for t in theirs if t.what == ours.what] for ours in figures(statement)]
    return sum(bool(held) and all(_is_compared_with(t, source) for t in held) for held in same)


def _is_compared_with(figure: Place, source: ParsedText) -> bool:
    before = [t for t in source.tokens if t.end <= figure.start][-_BEFORE:]
    start = before[0].start if before else figure.start
    ahead = _BREAK.split(source.text[start : figure.start])[-1]
    after = [t for t in source.tokens if t.start >= figure.end][:_AFTER]
    end = after[-1].end if after else figure.end
    behind = _BREAK.split(source.text[figure.end : end])[0]
    told = cue(lists.Backing.BENCHMARK).search(ahead) or cue(lists.Backing.BENCHMARK).search(behind)
    return bool(told) or bool(cue(lists.Backing.THAN_ANOTHER).search(ahead))
