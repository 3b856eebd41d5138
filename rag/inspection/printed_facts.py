"""Lines that reports print: when inspectors were there, before that and are to come again, and who
led them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.citation.quote import Quote
from rag.library.corpus import Corpus
from rag.library.reader import kept
from rag.text.lexicon import cue, lists
from rag.types import Document, Passage

LINES = (
    lists.Printed.LEAD_INSPECTOR,
    lists.Printed.PREVIOUS_DATES,
    lists.Printed.DATES,
    lists.Printed.NO_OVERALL,
    lists.Printed.NEXT_INSPECTION,
)


def printed_facts_of(library: Corpus, document: Document) -> Mapping[str, Quote]:
    """The printed lines of a report, by the name of the cue that tells each."""
    return library.analysed(document, printed_lines)


@kept
def printed_lines(passages: Sequence[Passage]) -> Mapping[str, Quote]:
    """The first sentence of each kind, by the name of the cue that tells it."""
    lines: dict[str, Quote] = {}
    for passage in passages:
        for n, sentence in enumerate(passage.sentences):
            for name in LINES:
                if name not in lines and cue(name).search(sentence.text):
                    lines[name] = Quote(passage, n, n)
    return lines
