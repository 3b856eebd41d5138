"""Claim -> the sentences that bear on it, what the comparators find in each, its features."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from rag.citation.quote import Quote, adjoin
from rag.citation.source_label import source_label
from rag.claims.comparators.bound_figures import crossed_figures
from rag.claims.comparators.compare import compare
from rag.claims.shared_sentences import share_meant
from rag.claims.table_rows import RowReading, read_row, unsaid
from rag.inspection.grades import areas_judged, judges
from rag.inspection.printed_facts import printed_facts_of
from rag.inspection.reports import grades_of, newest_first, quote_of
from rag.judge.inputs import text_in_place
from rag.judge.port import Entailment, Judge, Span, agreed
from rag.library.corpus import Corpus
from rag.library.encoder import Vectors
from rag.library.relations import asks_for_draft, superseding
from rag.question.expansion import generic_terms
from rag.question.held import documents_at, held_documents, kept
from rag.question.older import older_reports
from rag.question.scope import YEAR, places_in_scope
from rag.retrieval.search import Retrieved, fitting_reports
from rag.retrieval.sentence_features import TermSet, coverage
from rag.speech.utterances import utterance_of, utterances_in
from rag.text.councils import council_mentions, pattern_mentions
from rag.text.dates import is_of, moments
from rag.text.injection import addressed_sentences
from rag.text.lexicon import cue, lists, words
from rag.text.parse import ParsedSource, ParsedText, Token, adds, parse
from rag.text.people import speakers
from rag.text.quantifiers import quantifiers
from rag.text.quantities import quantities
from rag.text.synonyms import same_stem, shared
from rag.text.tokens import terms
from rag.text.trends import trends
from rag.text.vocabulary import rarity
from rag.types import Agreement, Comparison, Document, Kind, Passage, Sentence, TextSpan, Utterance

MOST = 7
"""How many sentences are compared with a claim."""
FURTHER = 0.15
"""How much more of a claim two sentences must say together than either alone."""
MOST_AGAIN = 3
"""How many of them, the likeliest either way, a judge is asked of once more with what stands around
them."""
MOST_REPORTS, MOST_ROWS = 2, 4
"""Reports, and rows of the grades of each, that are compared besides."""
PRINTED = {
    lists.Claims.LEAD_INSPECTOR: lists.Printed.LEAD_INSPECTOR,
    lists.Claims.PREVIOUS_DATES: lists.Printed.PREVIOUS_DATES,
    lists.Claims.NO_OVERALL: lists.Printed.NO_OVERALL,
}
"""What a claim may tell of that every report prints."""


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """A sentence, or two that belong together, set against a claim."""

    quote: Quote
    document: Document
    features: Mapping[str, float]
    comparisons: tuple[Comparison, ...] = ()
    shared: tuple[Comparison, ...] = ()
    """The words that both say."""
    entailment: Entailment | None = None
    """What a judge of meaning makes of it; None where none was asked."""

    def found(self, finding: Agreement, *aspects: str) -> tuple[Comparison, ...]:
        """The comparisons that found this, of some aspects alone where given."""
        return tuple(
            c for c in self.comparisons
            if c.finding is finding and (not aspects or c.aspect in aspects)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PreparedClaim:
    """A claim made ready: what was looked up for it, and the words that make its matter."""

    reading: ParsedText
    found: Retrieved
    matter: str
    """The claim without its council, the inspection it names and who is said to have found it."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """How much each stem of the matter says, by rarity."""


def prepared_claim(library: Corpus, text: str, found: Retrieved) -> PreparedClaim:
    """A claim with the weights of its words."""
    reading, core = parse(text), matter(text)
    frequencies = library.vocabulary().frequencies
    passages = library.passage_count()
    weights = {
        token.stem: rarity(frequencies.get(token.stem, 0), passages)
        for token in telling(parse(core))
    }
    return PreparedClaim(reading, found, core, weights)


def matter(text: str) -> str:
    """What a claim says, without whom and which inspection it says it of."""
    spans = [(m.start, m.end) for m in (*pattern_mentions(text), *council_mentions(text))]
    spans += [match.span() for match in cue(lists.Claims.OCCASION).finditer(text)]
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    core = " ".join("".join(kept).split())
    return re.sub(r"^\W*(?:'s\b|\u2019s\b)?\s*|\s+(?='s\b|\u2019s\b)", "", core)


def timeless(text: str, years: Collection[int]) -> str:
    """A claim without its time where that is one of these years, which are its source's.

    A judge cannot count years and takes any that is told for a difference; those who compare dates
    can.
    """

    def left(match: re.Match[str]) -> str:
        named = [int(year[1]) for year in YEAR.finditer(match.group())]
        return "" if named and all(year in years for year in named) else match.group()

    for name in (lists.Claims.OCCASION, lists.Claims.REPORT_OF_YEAR):
        text = cue(name).sub(left, text)
    text = re.sub(r"[\s,]+(?=[.?!]|$)", "", " ".join(text.split()))
    text = re.sub(r"\s+(?=,)|^(?:[\s,]|that\b)+", "", text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def telling(reading: ParsedText) -> tuple[Token, ...]:
    """The words of a claim's matter that tell something and that no comparator looks after."""
    taken = [
        *(q.mark for q in quantities(reading.text)),
        *(m.mark for m in moments(reading.text)),
        *(m.mark for m in trends(reading)),
        *(q.mark for q in quantifiers(reading)),
        *(s.mark for s in speakers(reading.text)),
    ]
    return tuple(
        token
        for token in reading.tokens
        if token.carries
        and token.stem not in generic_terms()
        and token.word not in words(lists.Words.HEDGES)
        and not any(mark.start <= token.start < mark.end for mark in taken)
    )


# ---------------------------------------------------------------- which sentences


def candidate_quotes(library: Corpus, claim: PreparedClaim) -> tuple[Quote, ...]:
    """The sentences worth comparing: the best by words and passage, the grades and printed lines
    that the claim is about, and neighbours that belong together."""
    scored: dict[tuple[str, int, int, int], tuple[float, Quote]] = {}
    documents = held_documents(claim.found.documents).by_name
    for rank, hit in enumerate(claim.found.hits):
        for quote in _units(claim, hit.passage, documents[hit.passage.document].description.kind):
            share = _told(claim, quote.text)
            fit = claim.found.fit.get(hit.passage.document, 0.0)
            key = (*quote.place, quote.first, quote.last)
            scored[key] = share + 0.5 * fit + 0.3 / (rank + 1), quote
    best = sorted(scored.values(), key=lambda row: -row[0])[:MOST]
    chosen = [*_rows(library, claim), *(quote for _, quote in best)]
    return tuple({(*q.place, q.first, q.last): q for q in chosen}.values())


def _units(claim: PreparedClaim, passage: Passage, kind: Kind) -> Iterator[Quote]:
    """Each sentence that tells something, and each two that run on and say more together than
    either."""
    last = 0.0
    before: Sentence | None = None
    addressed = addressed_sentences(passage, kind)
    for n, sentence in enumerate(passage.sentences):
        if n in addressed:
            before = None
            continue
        told = _told(claim, sentence.text)
        if sentence.text != passage.heading or judges(sentence.text):
            yield Quote(passage, n, n)
        if before is not None and adjoin(before, sentence):
            pair = Quote(passage, n - 1, n)
            leans = cue(lists.Grammar.LEANS_BACK, lists.Grammar.TURNS_BACK).match(sentence.text)
            if leans or _told(claim, pair.text) > max(told, last) + FURTHER:
                yield pair
        last, before = told, sentence


def _rows(library: Corpus, claim: PreparedClaim) -> Iterator[Quote]:
    """The rows of a report's judgement table, and the lines it prints, that a claim tells of."""
    text = claim.reading.text
    fitting = newest_first(fitting_reports(claim.found)) if claim.found.scope.councils else []
    reports = fitting if claim.found.scope.years else fitting[:1]
    for report in reports[:MOST_REPORTS]:
        if judges(text):
            table = grades_of(library, report)
            areas = [area for area in areas_judged(text) if area in table]
            yield from (quote_of(table[area]) for area in areas[:MOST_ROWS])
        lines = printed_facts_of(library, report)
        yield from (lines[line] for line in _printed(text) if line in lines)


def _printed(text: str) -> tuple[lists.Printed, ...]:
    """The lines, of those that every report prints, that a claim tells of."""
    return tuple(line for told, line in PRINTED.items() if cue(told).search(text))


def _is_printed(claim: PreparedClaim, quote: Quote) -> bool:
    return any(cue(line).search(quote.text) for line in _printed(claim.reading.text))


# ---------------------------------------------------------------- their features


@dataclass(frozen=True, slots=True)
class JudgedQuote:
    """A quote as far as a claim means it, and what a judge makes of the two; None without one."""

    claim: PreparedClaim
    quote: Quote
    row: RowReading
    entailment: Entailment | None = None

    @property
    def alone(self) -> tuple[Span, str]:
        """What a judge is asked of: what the claim means, and the claim."""
        return self._asked(self.row.text)

    @property
    def in_place(self) -> tuple[Span, str]:
        """The same with what stands around it in its passage."""
        first, passage = self.quote.first, self.quote.passage
        texts = [sentence.text for sentence in passage.sentences]
        texts[first : self.quote.last + 1] = [self.row.text]
        return self._asked(text_in_place(passage.heading or "", texts, first, first))

    def _asked(self, text: str) -> tuple[Span, str]:
        documents = held_documents(self.claim.found.documents).by_name
        about = documents[self.quote.passage.document].description
        inspected = about.kind is Kind.INSPECTION_REPORT
        claim = self.claim.reading.text
        told = timeless(claim, about.years) if inspected else claim
        return Span(_as_sentence(text), label=source_label(about)), told


def judged_quotes(
    judge: Judge | None, asked: Sequence[tuple[PreparedClaim, Sequence[Quote]]]
) -> list[list[JudgedQuote]]:
    """What the quotes of each claim come to by the judge, if there is one: it is asked of all of
    them at once, and once more of those of each claim that are likeliest either way."""
    groups = [
        [JudgedQuote(claim, quote, _row_of(claim.reading.text, quote)) for quote in quotes]
        for claim, quotes in asked
    ]
    if judge is None:
        return groups
    every = [each for group in groups for each in group]
    judged = list(judge.entails([each.alone for each in every]))
    likeliest = _likeliest(judged, map(len, groups))
    again = judge.entails_in_place([every[n].in_place for n in likeliest])
    for n, in_place in zip(likeliest, again, strict=True):
        judged[n] = agreed(judged[n], in_place)
    told = iter(judged)
    return [[replace(each, entailment=next(told)) for each in group] for group in groups]


def _likeliest(judged: Sequence[Entailment], sizes: Iterable[int]) -> list[int]:
    """The places, of each of some groups of these sizes, of those likeliest to be told either
    way."""
    places: list[int] = []
    start = 0
    for size in sizes:
        own = range(start, start + size)
        either = (max(judged[n].entailed, judged[n].contradicted) for n in own)
        ranked = sorted(zip(own, either, strict=True), key=lambda row: -row[1])
        places += [n for n, _ in ranked[:MOST_AGAIN]]
        start += size
    return places


def claim_evidence(
    library: Corpus,
    claim: PreparedClaim,
    judged: Sequence[JudgedQuote],
    vector: NDArray[np.float32],
    vectors: Vectors,
) -> tuple[ClaimEvidence, ...]:
    """Set each quote against the claim; the vectors are of its matter and of the quotes."""
    documents = held_documents(claim.found.documents).by_name
    of_draft = asks_for_draft(claim.reading.text)
    relations = library.relations()
    evidence: list[ClaimEvidence] = []
    for each, embedding in zip(judged, vectors, strict=True):
        document = documents[each.quote.passage.document]
        said = utterances_in(library, document)
        utterance = utterance_of(said, each.quote.passage.number, each.quote.places)
        cosine = float(embedding @ vector)
        bearing = _bearing(claim, each.quote, each.row, document, utterance, cosine)
        bearing = replace(bearing, entailment=each.entailment)
        later_version = None if of_draft else superseding(relations, document.name)
        if later_version:
            whole = TextSpan(0, len(claim.reading.text))
            words = f"this stands in a version that {later_version} has replaced"
            later = adds("status", whole, words)
            bearing = replace(bearing, comparisons=(*bearing.comparisons, later))
        evidence.append(bearing)
    return tuple(evidence)


def _row_of(claim: str, quote: Quote) -> RowReading:
    """What of a quote a claim means, and how it is named where that is a row of a table."""
    text = share_meant(claim, quote.text)
    return read_row(claim, text, (sentence.text for sentence in quote.passage.sentences))


def _as_sentence(text: str) -> str:
    """What is left of a sentence or a row, without what is blank in it."""
    return " ".join(re.sub(r"(?:\s*\|)+\s*(?=\||$)", "", text).split())


def _of_row(row: RowReading, compared: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Whether a claim is of this row and column of a table; a grade names its own row."""
    if row.of_another_row and any(c.aspect == "grade" for c in compared):
        return ()
    return row.comparison


def _bearing(
    claim: PreparedClaim,
    quote: Quote,
    row: RowReading,
    document: Document,
    utterance: Utterance,
    cosine: float,
) -> ClaimEvidence:
    said = parse(row.text)
    around = parse(f"{quote.passage.heading or ''}. {quote.passage.text}")
    source = ParsedSource(said, around, document.description, utterance)
    compared = compare(claim.reading, source)
    compared = (*compared, *_of_row(row, compared))
    whole = f"{document.description.title} {around.text}"
    features = {
        "covered": _told(claim, quote.text),
        "around": _coverage(claim, around),
        "missing_around": _missing(claim, around),
        "cosine": cosine,
        "fit": claim.found.fit.get(document.name, 0.0),
        "printed": float(_is_printed(claim, quote)),
        "unsaid": float(len(unsaid(claim.reading.text, claim.weights, whole))),
        "elsewhen": float(_elsewhen(claim, document, said)),
        "crossed": float(bool(crossed_figures(claim.reading, said))),
        "outdated": float(_is_outdated(claim, document)),
        **_counts(compared),
    }
    return ClaimEvidence(quote, document, features, compared, shared(claim.reading, said))


def _is_outdated(claim: PreparedClaim, document: Document) -> bool:
    """Whether the claim is of how things stand, and a newer report of the document's council and
    service is held."""
    if not claim.found.scope.present:
        return False
    documents = claim.found.documents
    return document.name in kept(documents, "older", lambda: older_reports(documents))


def _elsewhen(claim: PreparedClaim, document: Document, said: ParsedText) -> bool:
    """Whether the claim names the time of another document held of its council, and neither this
    one nor the sentence is of that time."""
    told = moments(claim.reading.text)
    if not told:
        return False
    documents = claim.found.documents
    places = places_in_scope(claim.found.scope, held_documents(documents))
    about = [d.description for d in documents_at(documents, places)]
    named = [m for m in told if any(is_of(m, d) for d in about)]
    if not named or any(is_of(m, document.description) for m in named):
        return False
    return not any(m.meets(s) for m in named for s in moments(said.text))


def _counts(compared: Iterable[Comparison]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for c in compared:
        key = f"{c.finding.value} {c.aspect}"
        counts[key] = counts.get(key, 0.0) + 1.0
    return counts


def _told(claim: PreparedClaim, text: str) -> float:
    """How much of a claim a text says, by the abbreviations and synonyms of questions or by words
    that say the same."""
    in_other_words = coverage(claim.found.weighed, TermSet.of(terms(text)))
    return max(_coverage(claim, parse(text)), in_other_words)


def _coverage(claim: PreparedClaim, said: ParsedText) -> float:
    """The share of the weight of the claim's words that a text says, in these or like words."""
    total = sum(claim.weights.values())
    stems = {token.stem for token in said.tokens}
    told = sum(w for stem, w in claim.weights.items() if _says(stems, stem))
    return told / total if total else 0.0


def _missing(claim: PreparedClaim, said: ParsedText) -> float:
    """The weight of the rarest word of the claim that a text lacks, 0 to about 1."""
    stems = {token.stem for token in said.tokens}
    lacking = (w for stem, w in claim.weights.items() if not _says(stems, stem))
    return max(lacking, default=0.0) / 8.0


def _says(stems: set[str], stem: str) -> bool:
    return stem in stems or any(same_stem(stem, other) for other in stems)
