"""Where the sources about one council differ on one matter: a figure, a grade, a date.

A wrong disagreement is worse than none: two sentences must speak of nearly the same thing at nearly
the same time, each with one figure for it, and no source is set against what it restates.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, combinations, islice, product

from rag.citation.line import line_of
from rag.citation.quote import Quote, sentence_quotes, with_neighbours
from rag.citation.source_label import ORDER, own_voice
from rag.inspection.grades import NAMED_GRADE, areas_judged, judges
from rag.inspection.reports import grades_of, quote_of, reports
from rag.library.corpus import Corpus
from rag.library.reader import kept
from rag.packs.timeline.timeline import posts_in
from rag.packs.types import Disagreement
from rag.question.expansion import generic_terms
from rag.text.dates import is_of, moments
from rag.text.lexicon import cue, lists
from rag.text.negation_scope import negated_at
from rag.text.parse import parse
from rag.text.quantities import Quantity, Unit, quantities
from rag.text.synonyms import same_stem
from rag.text.vocabulary import rarity
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
_CELLS = " | "
_APART_IN_POST = frozenset(
    {"interim", "acting", "deputy", "assistant", "previous", "former", "trust"}
)
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
    differences = chain(
        _of_grades(library, documents),
        _of_figures(library, documents),
        _of_dates(library, documents),
    )
    return tuple(islice(differences, MOST))


def _disagreement(
    library: Corpus, one: Quote, other: Quote, respect: str
) -> Iterator[Disagreement]:
    """Two quotes that differ in a respect, if both stand on their pages."""
    first, second = line_of(library, one), line_of(library, other)
    if first and second:
        yield Disagreement(first, second, respect)


def _pairs(documents: Sequence[Document]) -> Iterator[tuple[Document, Document]]:
    """Two documents each of about one time, neither a telling of the other, inspectors first."""
    ordered = sorted(documents, key=lambda d: ORDER.index(own_voice(d.description)))
    for one, other in combinations(ordered, 2):
        day, other_day = one.description.appeared_on, other.description.appeared_on
        near = day and other_day and abs(day - other_day) <= TOGETHER
        if near and other.name not in one.related:
            yield one, other


# ---------------------------------------------------------------- figures


def _of_figures(library: Corpus, documents: Sequence[Document]) -> Iterator[Disagreement]:
    """The figures that two documents give otherwise, each pair of figures once."""
    weight = term_weight(library)
    written: set[tuple[str, str]] = set()
    for one, other in _pairs(documents):
        figures = library.analysed(one, figure_mentions)
        for a, b in product(figures, library.analysed(other, figure_mentions)):
            pair = a.quantity.written, re.sub(r"\s?per ?cent", "%", b.quantity.written)
            if pair in written or not _are_of_one_time(a, one, b, other):
                continue
            if not of_one_matter(a, b, weight):
                continue
            respect = f"{a.quantity.written} against {b.quantity.written}"
            for disagreement in _disagreement(library, a.quote, b.quote, respect):
                written.add(pair)
                yield disagreement


def term_weight(library: Corpus) -> Callable[[str], float]:
    """How much a stem says, by its rarity in the library."""
    frequencies, passages = library.vocabulary().frequencies, library.passage_count()
    return lambda stem: rarity(frequencies.get(stem, 0), passages)


@kept
def figure_mentions(passages: Sequence[Passage]) -> tuple[FigureMention, ...]:
    """The figures of a document that are the only ones of their sort in their sentences: shares,
    sums of money and counts of how things are, not what is aimed at."""
    figures: list[FigureMention] = []
    for quote in sentence_quotes(passages):
        passage, text = quote.passage, quote.text
        if text == passage.heading or len(text.split()) > _LONGEST:
            continue
        if with_neighbours(passage, quote.first, turning=False) == quote:  # it leans on no other
            figures += figures_in(quote)
    return tuple(figures)


def figures_in(quote: Quote) -> Iterator[FigureMention]:
    """The figures of a sentence that stand alone of their sort."""
    text = quote.text
    if _CELLS in text:
        return  # a row of a plan: what is aimed at
    by_unit: dict[Unit, list[Quantity]] = {Unit.SHARE: [], Unit.MONEY: [], Unit.COUNT: []}
    for quantity in quantities(text):
        tells = not quantity.part and not _is_aimed_at(text, quantity)
        if tells and quantity.sort in by_unit and not _is_start(text, quantity):
            by_unit[quantity.sort].append(quantity)
    for alone in by_unit.values():
        if len(alone) == 1 and not alone[0].approximate and not math.isinf(alone[0].high):
            clause, half = _part(text, alone[0], _CLAUSES), _part(text, alone[0], _HALVES)
            yield FigureMention(quote, alone[0], clause, half)


def _is_aimed_at(text: str, quantity: Quantity) -> bool:
    """Whether a figure is what is hoped for, or a limit."""
    before = text[max(0, quantity.mark.start - 60) : quantity.mark.start]
    return bool(cue(lists.Events.COMING).search(before))


def _is_start(text: str, quantity: Quantity) -> bool:
    """Whether it is the first of two: "from 9% to 17%" tells that it is 17%."""
    before = text[max(0, quantity.mark.start - 6) : quantity.mark.start].rstrip()
    return before.endswith("from") and bool(re.match(r"\s+to\s", text[quantity.mark.end :]))


def _part(text: str, quantity: Quantity, between: re.Pattern[str]) -> str:
    """The part of a text that a quantity stands in, where it is cut at what is `between`."""
    start, end = 0, len(text)
    for match in between.finditer(text):
        if match.end() <= quantity.mark.start:
            start = match.end()
        elif match.end() >= quantity.mark.end:
            end = min(end, match.end())
    return text[start:end]


def of_one_matter(one: FigureMention, other: FigureMention, weight: Callable[[str], float]) -> bool:
    """Whether two figures are of one matter and differ; `weight` tells how much a stem says."""
    if one.quantity.sort is not other.quantity.sort or not one.quantity.bars(other.quantity):
        return False
    if _words_apart(one.clause) != _words_apart(other.clause):
        return False
    are_counts = one.quantity.sort is Unit.COUNT
    if are_counts and not _shared(one.quantity.unit, other.quantity.unit):
        return False
    common = min(len(_shared(one.about, other.about)), len(_shared(other.about, one.about)))
    less, more = sorted((_covered(one, other, weight), _covered(other, one, weight)))
    if are_counts:
        return common >= _FEW_WORDS and less >= _MOSTLY
    return (common >= MANY_WORDS and less >= PARTLY) or (
        common >= _FEW_WORDS and more >= _MOSTLY and less >= HARDLY
    )


def _words_apart(text: str) -> set[str]:
    """The words that tell one matter from another that is told in nearly the same words."""
    return {match.group().casefold() for match in cue(lists.Findings.APART).finditer(text)}


def _shared(stems: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those of the stems that are among the others, or alike to one."""
    return [stem for stem in stems if any(same_stem(stem, other) for other in others)]


def _covered(own: FigureMention, other: FigureMention, weight: Callable[[str], float]) -> float:
    """The share of the weight of a figure's words that the other's say, in these or like words."""
    total = sum(map(weight, own.about))
    return sum(map(weight, _shared(own.about, other.about))) / total if total else 0.0


def _are_of_one_time(
    one: FigureMention, first: Document, other: FigureMention, second: Document
) -> bool:
    """Whether two figures may be of one time: a date that one names is that of the other or of the
    document it stands in."""
    times, others_times = moments(one.half), moments(other.half)
    if times and others_times:
        return any(a.meets(b) for a, b in product(times, others_times))
    about = second.description if times else first.description
    return all(is_of(time, about) for time in (*times, *others_times) if time.year)


# ---------------------------------------------------------------- grades


def _of_grades(library: Corpus, documents: Sequence[Document]) -> Iterator[Disagreement]:
    """What the press or the council says of a report's grade, where the report gives another."""
    for document in documents:
        is_report = document.description.kind is Kind.INSPECTION_REPORT
        report = None if is_report else _newest_before(document, documents)
        if report is None:
            continue
        for quote in library.analysed(document, _sentences_with_a_grade):
            named = NAMED_GRADE.search(quote.text)
            if named is None or not _is_of_report(quote.text, named, report):
                continue
            (area,) = areas_judged(quote.text)
            row = grades_of(library, report).get(area)
            if row and not row.grade.is_called(named.group()):
                respect = f"{row.grade.word} against {named.group().casefold()}"
                yield from _disagreement(library, quote_of(row), quote, respect)


def _newest_before(document: Document, documents: Iterable[Document]) -> Document | None:
    """The report that a document may tell of: the newest of the year before it."""
    day = document.description.appeared_on
    earlier: list[tuple[date, str, Document]] = []
    for report in reports(documents):
        report_day = report.description.appeared_on
        if day and report_day and timedelta() <= day - report_day <= _AFTER:
            earlier.append((report_day, report.name, report))
    return max(earlier)[2] if earlier else None


def _sentences_with_a_grade(passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """The sentences that give one grade, of an inspection."""
    quotes = sentence_quotes(passages)
    return tuple(q for q in quotes if judges(q.text) and len(NAMED_GRADE.findall(q.text)) == 1)


def _is_of_report(text: str, grade: re.Match[str], report: Document) -> bool:
    """Whether a sentence gives a grade of one area at the inspection of a report, and not of
    another time, nor of what it is not."""
    if len(areas_judged(text)) != 1 or cue(lists.Grades.OTHERWISE).search(text):
        return False
    if not all(is_of(time, report.description) for time in moments(text)):
        return False
    if cue(lists.Grades.RECALLED, lists.Numbers.EARLIER).search(text):
        return False
    return not negated_at(parse(text), grade.start())


# ---------------------------------------------------------------- dates


@dataclass(frozen=True, slots=True)
class _TermInPost:
    """A sentence that says since which month the holder of a post has been in it."""

    quote: Quote
    post: frozenset[str]
    since: date


def _of_dates(library: Corpus, documents: Sequence[Document]) -> Iterator[Disagreement]:
    """Two days since when one holder has held one post, told in one document or at one time."""
    terms: list[_TermInPost] = []
    for document in documents:
        terms += library.analysed(document, _terms_in_post)
    pairs = {frozenset({one.name, other.name}) for one, other in _pairs(documents)}
    for a, b in combinations(terms, 2):
        names = frozenset({a.quote.passage.document, b.quote.passage.document})
        near = len(names) == 1 or names in pairs
        if near and a.post == b.post and a.since != b.since:
            respect = f"since {a.since:%B %Y} against since {b.since:%B %Y}"
            yield from _disagreement(library, a.quote, b.quote, respect)


def _terms_in_post(passages: Sequence[Passage]) -> tuple[_TermInPost, ...]:
    terms: list[_TermInPost] = []
    for quote in sentence_quotes(passages):
        match = _IN_POST.match(quote.text)
        post = _post(match["post"]) if match else None
        months = [time for time in moments(quote.text) if time.names_month and time.year]
        if post and len(months) == 1:
            terms.append(_TermInPost(quote, post, date(months[0].year, months[0].first, 1)))
    return tuple(terms)


def _post(text: str) -> frozenset[str] | None:
    """What tells a post from others, where the words name one alone."""
    posts = posts_in(text)
    if len(posts) != 1 or lists.Posts.SAME_HEAD in posts:
        return None
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return posts | _APART_IN_POST.intersection(words)
