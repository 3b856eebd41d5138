"""Overviews: what a report says of one of its areas, of a matter or of the whole, in a few of the
sentences with which its paragraphs open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.compose import MOST_WORDS, AnswerDraft, words_told
from rag.answering.matters import asks_broadly, names_matter, names_one
from rag.citation.quote import Quote, join_neighbours
from rag.inspection.frameworks import AREAS, OVERALL
from rag.inspection.grades import read_grade
from rag.inspection.printed_facts import printed_facts_of
from rag.inspection.reports import grades_of, newest_first, quote_of, rows_of
from rag.inspection.sections import on_areas, summing_up
from rag.judge.port import Polarity
from rag.library.corpus import Corpus
from rag.question.held import held_documents
from rag.question.overview import asks_why_graded, tone_sought
from rag.question.sentiment import Sentiment
from rag.retrieval.search import Retrieved, answers_of, fitting_reports, polarities_of
from rag.text.injection import addressed_sentences
from rag.text.lexicon import cue, lists
from rag.text.tokens import content_terms
from rag.types import Document, Kind, Passage

MOST_JUDGED = 40
"""Sentences of a part of a report that a judge is asked about."""
MOST_QUOTES = 9
ROOM = MOST_WORDS - 10
"""Words of the quotes and their markers; the name of their one source takes the others."""
FEWEST_PASSAGES = 3
"""Passages that an area has where a report sums it up."""
FEWEST_IN_QUOTE, MOST_IN_QUOTE = 5, 38
"""Words of a sentence that an overview quotes."""
NEAREST = 10
"""Passages on a matter that is no area of its own."""
SURE = 3.5
"""Log odds from which on one answer is as sure as another."""
ANSWERING, OPENS, EARLY, NEAR, TONE = 0.6, 1.0, 2.0, 0.5, 3.0
"""What counts for a sentence: a point of its log odds, that its paragraph opens with it, that it
stands early in its part of the report, that its passage is among the nearest to the question, and
that it praises or finds fault as is asked."""
FEWEST_TELLING = 3
"""Sentences that praise or find fault beside which no other is told."""
ASIDE = 6.0
"""How far below the best, in log odds, a sentence answers that is beside the point."""
FAULT_WORDS = 30
"""Room for what is amiss, where good and bad are asked about alike."""
LONG, SAME_PASSAGE, ALIKE = 0.08, 1.5, 2.0
"""What counts against it: each of its words, a quote of its paragraph, the words that it shares
with a quote."""
Place = tuple[str, int]
"""Where a passage stands: its document and number."""
_HEADINGS = {
    Sentiment.PRAISE: lists.Printed.STRENGTHS_HEADING,
    Sentiment.FAULT: lists.Printed.WEAKNESSES_HEADING,
}


_SOUGHT = {
    Sentiment.PRAISE: frozenset({Polarity.STRENGTH}),
    # What inspectors ask for is what they found amiss.
    Sentiment.FAULT: frozenset({Polarity.WEAKNESS, Polarity.ASK}),
}
_OPPOSITE = {Sentiment.PRAISE: Polarity.WEAKNESS, Sentiment.FAULT: Polarity.STRENGTH}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that an overview may quote; `early` is 1 for the first paragraph of its part of
    the report, less for later ones; `near` tells that its passage is among the nearest."""

    quote: Quote
    opens: bool
    early: float
    near: bool
    polarity: Polarity = Polarity.NEUTRAL
    worth: float = 0.0

    @property
    def terms(self) -> frozenset[str]:
        """What it speaks of."""
        return frozenset(content_terms(self.quote.text))


def overview_answer(library: Corpus, retrieved: Retrieved) -> AnswerDraft | None:
    """What one report says in sum of what is asked about; None where no overview is asked for."""
    if not names_one(retrieved) or not asks_broadly(library, retrieved):
        return None
    reports = _reports(library, retrieved)
    sought = _tone(library, retrieved, reports)
    part = _part(library, retrieved, sought, reports)
    if not part:
        return None
    report = held_documents(retrieved.documents).by_name[part[0].document]
    near = _nearest(library, retrieved, report.name)
    printed = {(line.place, line.first) for line in printed_facts_of(library, report).values()}
    found = _candidates(part, report.description.kind, near, printed)
    candidates = _weighed(library, retrieved, found, sought)
    if sought:
        quotes = _chosen(candidates, ROOM)
    else:
        grades = _grades(library, retrieved, report)
        quotes = [*grades, *_both_sides(candidates, ROOM - words_told(grades))]
    return AnswerDraft(tuple(join_neighbours(quotes)), sure=True) if quotes else None


def _grades(library: Corpus, retrieved: Retrieved, report: Document) -> list[Quote]:
    """How a report judged what is told in sum: the areas that are asked about, or the whole, or all
    of its parts; no grade is of a matter of its own."""
    areas = retrieved.question.parts_judged
    of_matter = not areas and names_matter(library, retrieved)
    if of_matter or asks_why_graded(retrieved.question):
        return []
    grades = grades_of(library, report)
    # Where the whole is not judged, its parts are.
    whole = (OVERALL,) if OVERALL in grades else AREAS
    return [quote_of(row) for row in rows_of(grades, sorted(areas) or whole)]


def _tone(library: Corpus, retrieved: Retrieved, reports: Sequence[Document]) -> Sentiment | None:
    """Whether praise or fault is asked for; where the reasons of a grade are asked for, as the
    newest report that fits judged, or that gave the grade which the question names."""
    question = retrieved.question
    supposed = question.presuppositions.grade
    if supposed is None or supposed.moved or not asks_why_graded(question):
        return tone_sought(question)
    if supposed.names_grade and supposed.stated is None:
        return tone_sought(question)
    area = question.areas_meant[0]
    for document in reports if supposed.stated else newest_first(fitting_reports(retrieved)):
        grades = grades_of(library, document)
        judged = [grades[area]] if area in grades else list(grades.values())
        if judged:
            # Where areas alone are judged, some may be good and some not.
            high = {judgement.grade.is_high for judgement in judged}
            return None if len(high) > 1 else Sentiment.PRAISE if True in high else Sentiment.FAULT
    return tone_sought(question)


def _reports(library: Corpus, retrieved: Retrieved) -> list[Document]:
    """The reports that fit the question best: where it asks why a grade was given, the newest that
    gave it; then those that still stand, where it names no year; then that in which most of what
    was found stands."""
    found: dict[str, float] = {}
    for hit in retrieved.hits:
        name = hit.passage.document
        found[name] = found.get(name, 0.0) + retrieved.pool.fused.get(hit.passage.place, 0.0)

    def order(document: Document) -> tuple[bool, bool, float]:
        passed = not retrieved.scope.years and not _stands(retrieved, document)
        asked_of = _gave_grade_asked_of(library, retrieved, document)
        return not asked_of, passed, -found.get(document.name, 0.0)

    return sorted(newest_first(fitting_reports(retrieved)), key=order)


def _gave_grade_asked_of(library: Corpus, retrieved: Retrieved, document: Document) -> bool:
    """Whether a report gave the grade whose reasons are asked for."""
    question = retrieved.question
    supposed = question.presuppositions.grade
    if supposed is None or supposed.moved or not question.grades:
        return False
    judgement = grades_of(library, document).get(question.areas_meant[0])
    return judgement is not None and judgement.grade.is_called(question.grades[-1])


def _stands(retrieved: Retrieved, document: Document) -> bool:
    held = held_documents(retrieved.documents)
    place = held.place_of[document.name]
    return bool(held.days[place] == held.newest[place])


# ---------------------------------------------------------------- what may be quoted


def _part(
    library: Corpus,
    retrieved: Retrieved,
    sought: Sentiment | None,
    reports: Sequence[Document],
) -> Sequence[Passage]:
    """The part of a report that is asked about: on an area, on another matter, or in sum; nothing
    where no report fits."""
    areas = retrieved.question.parts_judged
    for document in reports if areas else ():
        on_area = library.analysed(document, on_areas, areas)
        if len(on_area) >= FEWEST_PASSAGES:
            return on_area
    if not reports:
        return ()
    if names_matter(library, retrieved) and not asks_why_graded(retrieved.question):
        return _on_matter(library, retrieved, reports[0])
    # The reasons of a grade stand where a report sums up, not in its list of what to do.
    why = asks_why_graded(retrieved.question)
    headed = _HEADINGS[sought] if sought and not why else None
    return library.analysed(reports[0], summing_up, headed)


def _candidates(
    part: Sequence[Passage],
    kind: Kind,
    near: Collection[Place],
    printed: Collection[tuple[Place, int]],
) -> list[_Candidate]:
    """The sentences of a part of a report, those that open a paragraph first; but the lines that
    every report prints."""
    candidates: list[_Candidate] = []
    for at, passage in enumerate(part):
        early = 1 - at / len(part)
        candidates += _in_passage(passage, kind, early, near=passage.place in near)
    found = [c for c in candidates if (c.quote.place, c.quote.first) not in printed]
    found.sort(key=lambda each: not each.opens)
    return found[:MOST_JUDGED]


def _on_matter(library: Corpus, retrieved: Retrieved, document: Document) -> list[Passage]:
    """The passages of a report nearest to the question, in their order."""
    found = library.passages_at(_nearest(library, retrieved, document.name))
    return [found[place] for place in sorted(found)]


def _nearest(library: Corpus, retrieved: Retrieved, document: str) -> set[Place]:
    """Where the passages of a document stand that are nearest to the question."""
    near = library.nearest(retrieved.query.vector, NEAREST, [document])
    places = {place for place, _ in near}
    for hit in retrieved.hits:
        if hit.passage.document == document and len(places) < 2 * NEAREST:
            places.add(hit.passage.place)
    return places


def _in_passage(passage: Passage, kind: Kind, early: float, *, near: bool) -> Iterator[_Candidate]:
    addressed = addressed_sentences(passage, kind)
    opening = True
    for at, sentence in enumerate(passage.sentences):
        if sentence.text == passage.heading:
            continue
        if at not in addressed and _stands_alone(sentence.text):
            yield _Candidate(Quote(passage, at, at), opening, early, near)
        opening = False


def _stands_alone(text: str) -> bool:
    """Whether a sentence is whole, tells what inspectors found and leans on no other."""
    if (
        not FEWEST_IN_QUOTE <= len(text.split()) <= MOST_IN_QUOTE
        or text[-1:] not in ".\u201d\u2019"
    ):
        return False
    if cue(lists.Findings.LEANS).match(text) or cue(lists.Findings.REFERS).search(text):
        return False
    return not (cue(lists.Findings.PROCEDURAL).search(text) or read_grade(text))


# ---------------------------------------------------------------- what is quoted


def _weighed(
    library: Corpus,
    retrieved: Retrieved,
    candidates: Sequence[_Candidate],
    sought: Sentiment | None,
) -> list[_Candidate]:
    """The candidates with what each is worth, but those that are beside the point or say the
    opposite of what is sought; others than those that tell what is sought where these are few."""
    quotes = [each.quote for each in candidates]
    answers = answers_of(library, retrieved, quotes) or (0.0,) * len(quotes)
    meant = polarities_of(library, retrieved, quotes)
    least = max(answers, default=0.0) - ASIDE
    weighed: list[_Candidate] = []
    for each, said, polarity in zip(candidates, answers, meant, strict=True):
        if said < least or (sought and polarity is _OPPOSITE[sought]):
            continue
        worth = ANSWERING * min(said, SURE) - LONG * len(each.quote.text.split())
        worth += OPENS * each.opens + EARLY * each.early + NEAR * each.near
        worth += TONE * (sought is not None and polarity in _SOUGHT[sought])
        weighed.append(replace(each, polarity=polarity, worth=worth))
    told = _SOUGHT[sought] if sought else frozenset(Polarity) - {Polarity.NEUTRAL}
    telling = [each for each in weighed if each.polarity in told]
    return telling if len(telling) >= FEWEST_TELLING else weighed


def _both_sides(candidates: Sequence[_Candidate], room: int) -> list[Quote]:
    """The worthiest sentences, as many as there is room for, some of it kept for those that find
    fault."""
    quotes = _chosen(candidates, room - FAULT_WORDS)
    left = [each for each in candidates if each.quote not in quotes]
    faults = [each for each in left if each.polarity in (Polarity.WEAKNESS, Polarity.MIXED)]
    return [*quotes, *_chosen(faults or left, FAULT_WORDS)]


def _chosen(candidates: Sequence[_Candidate], words: int) -> list[Quote]:
    """The worthiest sentences that say different things, as many as there is room for."""
    chosen: list[_Candidate] = []
    left = list(candidates)
    while left and len(chosen) < MOST_QUOTES:
        best = max(left, key=lambda each: each.worth - _said(each, chosen))
        left.remove(best)
        size = words_told([best.quote])
        if size <= words:
            chosen.append(best)
            words -= size
    return [each.quote for each in chosen]


def _said(candidate: _Candidate, chosen: Sequence[_Candidate]) -> float:
    """How much of a candidate the chosen ones say already."""
    against = 0.0
    for other in chosen:
        shared = len(candidate.terms & other.terms)
        fewest = min(len(candidate.terms), len(other.terms)) or 1
        against = max(against, ALIKE * shared / fewest)
    same = [other for other in chosen if other.quote.place == candidate.quote.place]
    return against + SAME_PASSAGE * len(same)
