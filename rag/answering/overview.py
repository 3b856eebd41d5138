"""Overviews: what a report says of one of its areas, of a matter or of the whole, in a few of its
sentences that a reader would want to hear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.answering.compose import MOST_WORDS, AnswerDraft, words_told
from rag.answering.matters import asks_broadly, names_matter, names_one
from rag.answering.salience import OPPOSITE, SOUGHT, Candidate, likeliest, likelihoods
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
from rag.retrieval.sentence_features import TermSet, coverage
from rag.text.injection import addressed_sentences
from rag.text.lexicon import cue, lists
from rag.text.tokens import content_terms, terms
from rag.types import Document, Kind, Passage

MOST_JUDGED = 50
"""Sentences of a report that a judge is asked about."""
MOST_QUOTES = 9
ROOM = MOST_WORDS - 10
"""Words of the quotes and their markers; the name of their one source takes the others."""
FEWEST_PASSAGES = 3
"""Passages that an area has where a report sums it up."""
FEWEST_IN_QUOTE, MOST_IN_QUOTE = 5, 38
"""Words of a sentence that an overview quotes."""
MOST_PASSAGES = 1000
"""Passages of a report of which it is known how near they are."""
NEAREST = 10
"""Passages on a matter that is no area of its own."""
FEWEST_TELLING = 3
"""Sentences that praise or find fault beside which no other is told."""
FAULT_WORDS = 30
"""Room for what is amiss, where good and bad are asked about alike."""
ALIKE = 0.5
"""What of its likelihood a sentence loses whose words all stand in a quote."""
BY_WORDS = 0.5
"""How much a long sentence must be likelier: this power of its words."""
LEAST_LIKELY = 0.25
"""The part of the likelihood of the likeliest that a sentence must have to be quoted."""
Place = tuple[str, int]
"""Where a passage stands: its document and number."""
_HEADINGS = {
    Sentiment.PRAISE: lists.Printed.STRENGTHS_HEADING,
    Sentiment.FAULT: lists.Printed.WEAKNESSES_HEADING,
}


@dataclass(frozen=True, slots=True)
class _Likely:
    """A candidate and how likely it is one to quote."""

    candidate: Candidate
    likelihood: float
    terms: frozenset[str]
    """What it speaks of."""

    @property
    def quote(self) -> Quote:
        """What would be quoted."""
        return self.candidate.quote


@dataclass(frozen=True, slots=True)
class Material:
    """What an overview is made of: one report, its sentences that may be quoted, and whether praise
    or fault is sought."""

    report: Document
    candidates: Sequence[Candidate]
    sought: Sentiment | None


def overview_answer(library: Corpus, retrieved: Retrieved) -> AnswerDraft | None:
    """What one report says in sum of what is asked about; None where no overview is asked for."""
    if not names_one(retrieved) or not asks_broadly(library, retrieved):
        return None
    material = overview_material(library, retrieved)
    if material is None:
        return None
    read = read_candidates(library, retrieved, likeliest(material.candidates, MOST_JUDGED))
    likely = _likely(read, material.sought)
    if material.sought:
        quotes = _chosen(likely, ROOM)
    else:
        grades = _grades(library, retrieved, material.report)
        quotes = [*grades, *_both_sides(likely, ROOM - words_told(grades))]
    return AnswerDraft(tuple(join_neighbours(quotes)), sure=True) if quotes else None


def overview_material(library: Corpus, retrieved: Retrieved) -> Material | None:
    """What an overview of what is asked about may be made of; None where no report tells of it."""
    reports = _reports(library, retrieved)
    sought = _tone(library, retrieved, reports)
    part = _part(library, retrieved, sought, reports)
    if not part:
        return None
    report = held_documents(retrieved.documents).by_name[part[0].document]
    candidates = _candidates(library, retrieved, report, part, sought)
    return Material(report, candidates, sought) if candidates else None


def read_candidates(
    library: Corpus, retrieved: Retrieved, candidates: Sequence[Candidate]
) -> list[Candidate]:
    """The candidates with what a judge says of each, where there is one."""
    quotes = [each.quote for each in candidates]
    answers = answers_of(library, retrieved, quotes) or (0.0,) * len(quotes)
    meant = polarities_of(library, retrieved, quotes)
    return [
        replace(each, answers=said, polarity=polarity)
        for each, said, polarity in zip(candidates, answers, meant, strict=True)
    ]


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
    library: Corpus,
    retrieved: Retrieved,
    report: Document,
    part: Sequence[Passage],
    sought: Sentiment | None,
) -> list[Candidate]:
    """The sentences of a report that may be quoted, but the lines that every report prints, and
    where each stands: in the part that is asked about, on an area, where the report sums up."""
    areas = retrieved.question.parts_judged
    on_area = _places(library.analysed(report, on_areas, areas)) if areas else frozenset()
    headed = _HEADINGS[sought] if sought else None
    sums_up = _places(library.analysed(report, summing_up, headed))
    early = {passage.place: 1 - at / len(part) for at, passage in enumerate(part)}
    quotable = library.analysed(report, _quotable, report.description.kind)
    near = dict(library.nearest(retrieved.query.vector, MOST_PASSAGES, [report.name]))
    printed = {(line.place, line.first) for line in printed_facts_of(library, report).values()}
    named = [item for item in retrieved.weighed if not item.generic]
    found: list[Candidate] = []
    for quote, opens, words in quotable:
        place = quote.place
        if (place, quote.first) in printed:
            continue
        covered = coverage(named, words)
        found.append(
            Candidate(
                quote, opens, early.get(place, 0.0), place in on_area, place in sums_up,
                near.get(place, 0.0), covered,
            )
        )  # fmt: skip
    return found


def _places(passages: Iterable[Passage]) -> frozenset[Place]:
    return frozenset(passage.place for passage in passages)


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


def _quotable(passages: Sequence[Passage], kind: Kind) -> tuple[tuple[Quote, bool, TermSet], ...]:
    """The sentences that may be quoted by themselves, whether each opens its paragraph, and its
    terms."""
    found: list[tuple[Quote, bool, TermSet]] = []
    for passage in passages:
        addressed = addressed_sentences(passage, kind)
        opening = True
        for at, sentence in enumerate(passage.sentences):
            if sentence.text == passage.heading:
                continue
            if at not in addressed and _stands_alone(sentence.text):
                words = TermSet.of(terms(sentence.text))
                found.append((Quote(passage, at, at), opening, words))
            opening = False
    return tuple(found)


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


def _likely(candidates: Sequence[Candidate], sought: Sentiment | None) -> list[_Likely]:
    """The candidates with how likely each is, but those that say the opposite of what is sought;
    others than those that tell what is sought where these are few."""
    every = likelihoods(candidates, sought)
    least = LEAST_LIKELY * max(every)
    likely: list[_Likely] = []
    for each, likelihood in zip(candidates, every, strict=True):
        if likelihood >= least:
            likely.append(_Likely(each, likelihood, frozenset(content_terms(each.quote.text))))
    told = SOUGHT[sought] if sought else frozenset(Polarity) - {Polarity.NEUTRAL}
    telling = [each for each in likely if each.candidate.polarity in told]
    if len(telling) >= FEWEST_TELLING:
        return telling
    against = OPPOSITE[sought] if sought else None
    return [each for each in likely if each.candidate.polarity is not against]


def _both_sides(likely: Sequence[_Likely], room: int) -> list[Quote]:
    """The likeliest sentences, as many as there is room for, some of it kept for those that find
    fault."""
    quotes = _chosen(likely, room - FAULT_WORDS)
    left = [each for each in likely if each.quote not in quotes]
    amiss = (Polarity.WEAKNESS, Polarity.MIXED, Polarity.ASK)
    faults = [each for each in left if each.candidate.polarity in amiss]
    return [*quotes, *_chosen(faults or left, room - words_told(quotes))]


def _chosen(likely: Sequence[_Likely], room: int) -> list[Quote]:
    """The likeliest sentences for their length that say different things, as many as there is room
    for."""
    chosen: list[_Likely] = []
    left = list(likely)
    while left and len(chosen) < MOST_QUOTES:
        left = [each for each in left if words_told([each.quote]) <= room]
        if not left:
            break
        best = max(left, key=lambda each: _worth(each, chosen))
        left.remove(best)
        chosen.append(best)
        room -= words_told([best.quote])
    return [each.quote for each in chosen]


def _worth(likely: _Likely, chosen: Sequence[_Likely]) -> float:
    """How likely a sentence is, less for what the chosen ones say already and for its length."""
    said = 0.0
    for other in chosen:
        shared = len(likely.terms & other.terms)
        said = max(said, shared / (min(len(likely.terms), len(other.terms)) or 1))
    for_length = float(words_told([likely.quote]) ** BY_WORDS)
    return likely.likelihood * (1 - ALIKE * said) / for_length
