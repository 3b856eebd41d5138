"""What a council has promised, by when: what its own papers say is to be done on a day to come, and
the rows of its plans that give a deadline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answering.compose import MOST_WORDS, AnswerDraft
from rag.answering.matters import names_matter, names_one
from rag.answering.reports import asked_for
from rag.citation.quote import Quote, quotes_within, with_neighbours
from rag.inspection.reports import newest_first
from rag.library.corpus import Corpus
from rag.listing import listed
from rag.question.intent import FIGURES, AnswerType, Intent
from rag.question.scope import documents_about
from rag.retrieval.search import Retrieved
from rag.speech.utterances import utterance_of, utterances_in
from rag.text.calendar import day_of
from rag.text.dates import DateMention, moments
from rag.text.lexicon import cue, lists
from rag.text.tokens import content_terms, terms
from rag.types import Document, Kind, Passage, Status

FEWEST_TERMS = 4
"""Terms besides its dates of a sentence that tells what is to be done: a heading has fewer."""
LONGEST = 60
"""Words of a sentence that is quoted for a promise."""
ROOM = MOST_WORDS - 20
"""Words of the quotes; the names of two sources take the others."""
_CELLS = " | "
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ")
_NOT_ALONE = (AnswerType.MONEY, AnswerType.PERSON, AnswerType.GRADE, AnswerType.DURATION, *FIGURES)
_SAID = frozenset(
    {Status.ASSERTED, Status.PLANNED, Status.FORECAST, Status.RECOMMENDED, Status.REPORTED}
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence that tells what is to be done, and the last day that it gives for it."""

    quote: Quote
    due: date


def promises_answer(library: Corpus, retrieved: Retrieved) -> AnswerDraft | None:
    """What was promised with a day to come or a deadline, that of the newest paper first; None
    where no promise is asked for, or none bears on the matter that is named.

    The council's own papers tell it; where none does, the press, which names who promised.
    """
    question = retrieved.question
    if not question.wants(Intent.PROMISES) or question.asks_for(*_NOT_ALONE):
        return None
    if not names_one(retrieved):
        return None
    about = _of_years(documents_about(retrieved.scope.councils, retrieved.documents), retrieved)
    own = [each for each in about if each.description.kind is Kind.COUNCIL_DOCUMENT]
    press = [each for each in about if each.description.kind is Kind.NEWS]
    quotes = _quotes(library, own) or _quotes(library, press)
    if quotes and (names_matter(library, retrieved) or question.areas):
        quotes = _on_matter(retrieved, quotes) or asked_for(library, retrieved, quotes)
        if not quotes:
            return None
    # They are not joined: who speaks may change between one sentence and the next.
    shown = tuple(quotes_within(quotes, ROOM))
    return AnswerDraft(shown, sure=True, lacking=_lacking(retrieved, own, press))


def _of_years(documents: Sequence[Document], retrieved: Retrieved) -> list[Document]:
    """The documents of the years that are asked about; all where none of them is."""
    years = frozenset(retrieved.scope.years)
    of_years = [each for each in documents if not years.isdisjoint(each.description.years)]
    return of_years or list(documents)


def _lacking(retrieved: Retrieved, own: Sequence[Document], press: Sequence[Document]) -> str:
    councils = retrieved.scope.councils
    about = f" about {listed(councils)}" if councils else ""
    if own:
        return f"No paper held{about} gives a day by which something is to be done."
    if press:
        return f"No paper of the council itself is held{about}, and no article tells of a promise."
    return f"Only inspection reports are held{about}, and no paper of the council itself."


def _on_matter(retrieved: Retrieved, quotes: Iterable[Quote]) -> list[Quote]:
    """The promises that name all that is asked about; one of which the sentence before does, with
    that sentence."""
    matter = retrieved.question.matter
    asked: set[str] = set()
    for item in retrieved.weighed:
        if not item.generic and matter.issuperset(item.concept.own):
            asked.update(item.concept.own)
    found: list[Quote] = []
    for quote in quotes if asked else ():
        before = Quote(quote.passage, quote.first - 1, quote.first - 1)
        if asked.issubset(terms(quote.text)):
            found.append(quote)
        elif quote.first and asked.issubset(terms(f"{before.text} {quote.text}")):
            found += [before, quote]
    return found


def _quotes(library: Corpus, documents: Iterable[Document]) -> list[Quote]:
    """The promises of some documents: of the newest first, and of each what is due soonest after it
    spoke, then what was due before."""
    quotes: list[Quote] = []
    for document in newest_first(documents):
        spoke = document.description.speaks_for or date.min
        of_press = document.description.kind is Kind.NEWS
        said = utterances_in(library, document)
        found: list[Promise] = []
        for promise in library.analysed(document, promises_in, spoke):
            quote = promise.quote
            status = utterance_of(said, quote.passage.number, quote.places).status
            if status in _SAID and (status is Status.REPORTED or not of_press):
                found.append(promise)
        found.sort(key=lambda each: (each.due < spoke, each.due))
        quotes += [promise.quote for promise in found]
    return quotes


def promises_in(passages: Sequence[Passage], spoke: date) -> tuple[Promise, ...]:
    """The sentences of a document that name a day after the one on which it speaks, and the rows of
    its plans that give a deadline, whenever that is."""
    promises: list[Promise] = []
    column: int | None = None
    for passage in passages:
        for at, sentence in enumerate(passage.sentences):
            cells = sentence.text.split(_CELLS)
            column = _deadline_column(cells, column)
            if sentence.text == passage.heading or not _tells_something(sentence.text):
                continue
            due = _deadline(cells, column) or _day_to_come(sentence.text, spoke)
            quote = with_neighbours(passage, at, turning=False) if due else None
            if due and quote and len(quote.text.split()) <= LONGEST:
                promises.append(Promise(quote, due))
    return tuple(promises)


def _tells_something(text: str) -> bool:
    for moment in reversed(moments(text)):
        text = text[: moment.mark.start] + text[moment.mark.end :]
    return len(content_terms(text)) >= FEWEST_TERMS


def _deadline_column(cells: Sequence[str], before: int | None) -> int | None:
    """Which cell of a row holds its deadline: as the head of the table says, or the row itself
    ("Deadline: 31 July 2025"); None outside of tables."""
    if len(cells) < 2:
        return None
    for at, cell in enumerate(cells):
        if cue(lists.Events.DEADLINE_COLUMN).fullmatch(cell.partition(":")[0].strip()):
            return at
    return before


def _deadline(cells: Sequence[str], column: int | None) -> date | None:
    if column is None or column >= len(cells):
        return None
    return max((day for each in moments(cells[column]) if (day := _last_day(each))), default=None)


def _day_to_come(text: str, spoke: date) -> date | None:
    """The first day that a sentence names after the one on which it is said; a month without a year
    is one to come where the sentence says that something is."""
    days: list[date] = []
    for moment in moments(text):
        since = text[: moment.mark.start].endswith("from ")
        if since or moment.last > 12:  # a financial year is as often the name of a plan
            continue
        if not moment.year:
            if not cue(lists.Events.COMING).search(text[: moment.mark.start]):
                continue
            year = spoke.year + (moment.last < spoke.month)
            moment = DateMention(year, moment.first, moment.last, moment.mark, moment.written)
        day = _last_day(moment)
        if day and day > spoke:
            days.append(day)
    return min(days, default=None)


def _last_day(moment: DateMention) -> date | None:
    """The day that a date names, else the first of the last month that it means."""
    named_day = _DAY.match(moment.written)
    return day_of(moment.year, min(moment.last, 12), int(named_day[1]) if named_day else 1)
