"""Lines that every report prints: when inspectors were there, when before that, who led them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.answering.compose import Draft
from rag.answering.selection import Quote
from rag.library.corpus import View
from rag.question.intent import Asks
from rag.retrieval.reports import fitting_reports, newest_first, recognised
from rag.retrieval.search import Look
from rag.text.lexicon import cue
from rag.types import Document, Passage

LINES = (
    "printed.lead_inspector",
    "printed.previous_dates",
    "printed.dates",
    "printed.no_overall",
)


def printed(library: View, found: Look) -> Draft | None:
    """The printed lines that the question asks for, from the newest report that fits it."""
    wanted = _wanted(found)
    fitting = fitting_reports(found) if wanted and found.scope.councils else []
    reports = newest_first(recognised(library, found, fitting))
    if not reports:
        return None
    lines = lines_of(library, reports[0])
    quotes = tuple(lines[name] for name in wanted if name in lines)
    return Draft(quotes, sure=True) if quotes else None


def _wanted(found: Look) -> list[str]:
    question = found.question
    led = cue("asks.led").search(question) and not cue("asks.other_inspectorate").search(question)
    dated = Asks.COMING not in found.asked and (
        cue("asks.inspected").search(question) or (led and Asks.DATE in found.asked)
    )
    before = cue("scope.before").search(question)
    dates = "printed.previous_dates" if before else "printed.dates"
    return (["printed.lead_inspector"] if led else []) + ([dates] if dated else [])


def lines_of(library: View, document: Document) -> Mapping[str, Quote]:
    """The printed lines of a report, by the name of the cue that tells each."""
    return library.derived(document, "printed", _lines)


def _lines(passages: Sequence[Passage]) -> Mapping[str, Quote]:
    """The first sentence of each kind."""
    lines: dict[str, Quote] = {}
    for passage in passages:
        for n, sentence in enumerate(passage.sentences):
            for name in LINES:
                if name not in lines and cue(name).search(sentence.text):
                    lines[name] = Quote(passage, n, n)
    return lines
