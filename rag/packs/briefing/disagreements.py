"""Where the sources about one council differ on one matter: a figure, a grade, a date.

A wrong disagreement is worse than none: two sentences must speak of nearly the same thing at nearly
the same time, each with one figure for it, and no source is set against what it restates.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import combinations

from rag.citation.line import line_of
from rag.citation.quote import Quote, with_neighbours
from rag.citation.source_label import ORDER, VOICES
from rag.inspection.grades import NAMED_GRADE, Judgement, areas_judged, full_grade, judges
from rag.inspection.reports import grades_of, quote_of, reports
from rag.library.corpus import Corpus
from rag.packs.timeline.timeline import posts_in
from rag.packs.types import Disagreement
from rag.question.expansion import generic_terms
from rag.text.dates import is_of, moments
from rag.text.lexicon import cue, lists
from rag.text.negation_scope import negated_at
from rag.text.parse import parse
from rag.text.quantities import Quantity, Unit, quantities
from rag.text.synonyms import same_stem
from rag.types import Document, Kind, Passage

MOST = 5
TOGETHER = timedelta(days=183)
"""How far apart two sources may speak and still be of one time."""
_AFTER = timedelta(days=366)
"""How long after a report others may still tell of its grades."""
MANY_WORDS, _FEW_WORDS = 5, 3
"""Words about the matter that two sentences have in common: many tell that it is one, few do so
where they are most of what the shorter says."""
_MOSTLY = 0.6
PARTLY, HARDLY = 0.4, 0.33
"""The shares of the weight of the words of a sentence that the other must say too."""
_LONGEST = 45
_HALVES = re.compile(r"[;:]\s|\s(?:and|but) (?=that\b|the\b|it\b)")
_CLAUSES = re.compile(rf",\s|{_HALVES.pattern}")
_IN_POST = re.compile(
    r"The (?P<post>[\w\u2019'() -]{3,80}?) has "
    r"(?:been in (?:the )?post|held the (?:post|portfolio)) since",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A figure that a sentence gives, and the clause that tells of what it is one."""

    quote: Quote
    quantity: Quantity
    clause: str
    half: str
    """The half of the sentence with the clause, in which its date stands."""

    @property
    def about(self) -> frozenset[str]:
        """The stems of the words of its clause that tell something, figures apart."""
        tokens = parse(self.clause).tokens
        stems = {t.stem for t in tokens if t.carries and not t.word[:1].isdigit()}
        return frozenset(stems - generic_terms())


def disagreements(library: Corpus, documents: Sequence[Document]) -> tuple[Disagreement, ...]:
    """The clearest differences between the documents, which are about one council, grades first."""
    found = [
        *_of_grades(library, documents),
        *_of_figures(library, documents),
        *_of_dates(library, documents),
    ]
    return tuple(found[:MOST])


def _made(library: Corpus, one: Quote, other: Quote, respect: str) -> Disagreement | None:
    lines = line_of(library, one), line_of(library, other)
    return Disagreement(lines[0], lines[1], respect) if lines[0] and lines[1] else None


def _pairs(documents: Sequence[Document]) -> Iterator[tuple[Document, Document]]:
    """Two documents each of about one time, neither a telling of the other, inspectors first."""
    ordered = sorted(documents, key=lambda d: ORDER.index(VOICES[d.description.kind]))
    for one, other in combinations(ordered, 2):
        days = one.description.appeared_on, other.description.appeared_on
        near = days[0] is not None and days[1] is not None and abs(days[0] - days[1]) <= TOGETHER
        if near and other.name not in one.related:
            yield one, other


# ---------------------------------------------------------------- figures


def _of_figures(library: Corpus, documents: Sequence[Document]) -> Iterator[Disagreement]:
    """The figures that two documents give otherwise, each pair of sentences once."""
    weights = weights_of(library)
    told: set[tuple[str, str]] = set()
    for one, other in _pairs(documents):
        for a in library.analysed(one, figure_mentions):
            for b in library.analysed(other, figure_mentions):
                respect = f"{a.quantity.written} against {b.quantity.written}"
                key = a.quantity.written, _plain(b.quantity.written)
                same = _one_time(a, one, b, other) and of_one_matter(a, b, weights)
                if key in told or not same:
                    continue
                made = _made(library, a.quote, b.quote, respect)
                if made:
                    told.add(key)
                    yield made


def _plain(written: str) -> str:
    return re.sub(r"\s?per ?cent", "%", written)


def weights_of(library: Corpus) -> Callable[[str], float]:
    """How much a stem says, by its rarity in the library."""
    return partial(_weight, library.vocabulary().frequencies, library.passage_count() + 1)


def _weight(frequencies: Mapping[str, int], passages: int, stem: str) -> float:
    return math.log((passages + 1) / (1 + frequencies.get(stem, 0)))


def figure_mentions(passages: Sequence[Passage]) -> tuple[FigureMention, ...]:
    """The figures of a document that are the only ones of their sort in their sentences: shares,
    sums of money and counts of how things are, not what is aimed at."""
    return tuple(
        figure
        for passage in passages
        for n, sentence in enumerate(passage.sentences)
        if sentence.text != passage.heading and len(sentence.text.split()) <= _LONGEST
        and (quote := with_neighbours(passage, n, turning=False)) and quote.first == quote.last
        for figure in figures_in(quote)
    )  # fmt: skip


def figures_in(quote: Quote) -> Iterator[FigureMention]:
    """The figures of a sentence that stand alone of their sort."""
    text = quote.text
    real = [q for q in quantities(text) if not _is_aimed_at(text, q) and not _is_start(text, q)]
    for sort in (Unit.SHARE, Unit.MONEY, Unit.COUNT):
        alone = [q for q in real if q.sort is sort and not q.part]
        if len(alone) == 1 and not alone[0].approximate and not math.isinf(alone[0].high):
            yield FigureMention(
                quote, alone[0], *(_part(text, alone[0], cuts) for cuts in (_CLAUSES, _HALVES))
            )


def _is_aimed_at(text: str, quantity: Quantity) -> bool:
    """Whether a figure is what is hoped for, or a limit."""
    before = text[max(0, quantity.mark.start - 60) : quantity.mark.start]
    return bool(cue(lists.Events.COMING).search(before)) or " | " in text


def _is_start(text: str, quantity: Quantity) -> bool:
    """Whether it is the first of two: "from 9% to 17%" tells that it is 17%."""
    before = text[max(0, quantity.mark.start - 6) : quantity.mark.start].rstrip()
    return before.endswith("from") and bool(re.match(r"\s+to\s", text[quantity.mark.end :]))


def _part(text: str, quantity: Quantity, between: re.Pattern[str]) -> str:
    cuts = [0, *(m.end() for m in between.finditer(text)), len(text)]
    start = max(cut for cut in cuts if cut <= quantity.mark.start)
    return text[start : min(cut for cut in cuts if cut >= quantity.mark.end)]


def of_one_matter(one: FigureMention, other: FigureMention, weight: Callable[[str], float]) -> bool:
    """Whether two figures are of one matter and differ; `weight` tells how much a stem says."""
    if one.quantity.sort is not other.quantity.sort or not one.quantity.bars(other.quantity):
        return False
    if _apart(one.clause) != _apart(other.clause):
        return False
    counts = one.quantity.sort is Unit.COUNT
    if counts and not _shared(one.quantity.unit, other.quantity.unit):
        return False
    common = min(
        len(_shared(*pair)) for pair in ((one.about, other.about), (other.about, one.about))
    )
    less, more = sorted((_told(one, other, weight), _told(other, one, weight)))
    if counts:
        return common >= _FEW_WORDS and less >= _MOSTLY
    return (common >= MANY_WORDS and less >= PARTLY) or (
        common >= _FEW_WORDS and more >= _MOSTLY and less >= HARDLY
    )


def _apart(text: str) -> frozenset[str]:
    """The words that tell one matter from another that is told in nearly the same words."""
    return frozenset(m.group().casefold() for m in cue(lists.Disagreements.APART).finditer(text))


def _shared(own: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    return frozenset(s for s in own if any(same_stem(s, other) for other in others))


def _told(own: FigureMention, other: FigureMention, weight: Callable[[str], float]) -> float:
    """The share of the weight of a figure's words that the other's say, in these or like words."""
    total = sum(map(weight, own.about))
    return sum(map(weight, _shared(own.about, other.about))) / total if total else 0.0


def _one_time(one: FigureMention, first: Document, other: FigureMention, second: Document) -> bool:
    """Whether two figures may be of one time: a date that one names is that of the other or of the
    document it stands in."""
    times = moments(one.half), moments(other.half)
    if all(times):
        return any(a.meets(b) for a in times[0] for b in times[1])
    about = second.description if times[0] else first.description
    return all(is_of(m, about) for m in (*times[0], *times[1]) if m.year)


# ---------------------------------------------------------------- grades


def _of_grades(library: Corpus, documents: Sequence[Document]) -> Iterator[Disagreement]:
    """What the press or the council says of a report's grade, where the report gives another."""
    for document in documents:
        report = _told_of(document, documents)
        if report is None or document.description.kind is Kind.INSPECTION_REPORT:
            continue
        for quote in library.analysed(document, _graded):
            row = _otherwise(library, quote, report)
            if row:
                said = NAMED_GRADE.search(quote.text)
                respect = f"{row.grade} against {said.group().casefold() if said else ''}"
                made = _made(library, quote_of(row), quote, respect)
                if made:
                    yield made


def _told_of(document: Document, documents: Iterable[Document]) -> Document | None:
    """The report that a document may tell of: the newest of the year before it."""
    day = document.description.appeared_on
    earlier = [
        (told, report.name, report)
        for report in reports(documents)
        if day and (told := report.description.appeared_on) and timedelta() <= day - told <= _AFTER
    ]
    return max(earlier)[2] if earlier else None


def _graded(passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """The sentences that give one grade, of an inspection."""
    return tuple(
        Quote(passage, n, n)
        for passage in passages
        for n, sentence in enumerate(passage.sentences)
        if judges(sentence.text) and len(NAMED_GRADE.findall(sentence.text)) == 1
    )


def _otherwise(library: Corpus, quote: Quote, report: Document) -> Judgement | None:
    """The row of a report that gives another grade for the one area that a sentence grades."""
    named = NAMED_GRADE.search(quote.text)
    areas = areas_judged(quote.text)
    aside = [m for m in moments(quote.text) if not is_of(m, report.description)]
    if not named or len(areas) != 1 or aside or cue(lists.Grades.OTHERWISE).search(quote.text):
        return None
    earlier = cue(lists.Grades.RECALLED, lists.Numbers.EARLIER).search(quote.text)
    if earlier or negated_at(parse(quote.text), named.start()):
        return None
    row = grades_of(library, report).get(next(iter(areas)))
    return row if row and row.grade != full_grade(named.group()) else None


# ---------------------------------------------------------------- dates


def _of_dates(library: Corpus, documents: Sequence[Document]) -> Iterator[Disagreement]:
    """Two days since when one holder has held one post, told in one document or at one time."""
    told = [
        (document, quote, since, post)
        for document in documents
        for quote, since, post in library.analysed(document, _since)
    ]
    pairs = {frozenset({a.name, b.name}) for a, b in _pairs(documents)}
    for one, other in combinations(told, 2):
        near = one[0] is other[0] or frozenset({one[0].name, other[0].name}) in pairs
        if near and one[3] == other[3] and one[2] != other[2]:
            respect = f"since {one[2]:%B %Y} against since {other[2]:%B %Y}"
            made = _made(library, one[1], other[1], respect)
            if made:
                yield made


def _since(passages: Sequence[Passage]) -> tuple[tuple[Quote, date, frozenset[str]], ...]:
    """Sentences that say since when the holder of one post has been in it."""
    found = []
    for passage in passages:
        for n, sentence in enumerate(passage.sentences):
            match = _IN_POST.match(sentence.text)
            dated = [m for m in moments(sentence.text) if m.names_month and m.year]
            post = _post(match["post"]) if match else None
            if post and len(dated) == 1:
                found.append((Quote(passage, n, n), date(dated[0].year, dated[0].first, 1), post))
    return tuple(found)


def _post(told: str) -> frozenset[str] | None:
    """What tells a post from others, where the words name one alone."""
    posts = posts_in(told)
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", told)}
    apart = words & {"interim", "acting", "deputy", "assistant", "previous", "former", "trust"}
    return posts | apart if len(posts) == 1 and lists.Events.POST_HEAD not in posts else None
