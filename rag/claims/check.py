"""Claim -> Verdict: supported, contradicted or not found, with the words that decide it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from rag.batches import batches
from rag.citation.source_label import source_label
from rag.citation.verify import source_of, verified_citations
from rag.claims.basis import basis_of, basis_of_grounds, resting_on
from rag.claims.candidates import (
    ClaimEvidence,
    JudgedQuote,
    PreparedClaim,
    candidate_quotes,
    claim_evidence,
    judged_quotes,
    matter,
    prepared_claim,
)
from rag.claims.decision import ALL_BUT, Decision, elsewhere, rule
from rag.claims.scored_evidence import ScoredEvidence
from rag.library.corpus import Corpus
from rag.library.encoder import CachedEncoder, Embedder
from rag.listing import listed
from rag.question.expansion import expanded
from rag.question.filters import FilteredDocuments, none_left
from rag.question.question import read_question
from rag.retrieval.search import Retrieved, retrieve, search_summary
from rag.time_budget import done_in_time
from rag.types import (
    Agreement,
    Citation,
    Comparison,
    Document,
    TextSpan,
    Verdict,
    VerdictGround,
    VerdictRuling,
)

DEPTH = 18
"""How many passages are read for a claim."""
_NEAREST = 3
_AT_ONCE = 40
"""Claims for which everything is encoded together."""
_JUDGED_AT_ONCE = 8
"""... and whose sentences a judge is asked of together."""
NOT_LOOKED_UP = (
    "It was not looked up: the time allowed for a check was over. Check it by itself, or against "
    "fewer documents."
)
NOTHING_HELD = "The library is empty: add documents with `scrutiny ingest`, then check again."


def check_claims(
    library: Corpus, embedder: Embedder, claims: Sequence[str], within: FilteredDocuments
) -> tuple[Verdict, ...]:
    """Check claims, everything that is encoded for some of them in two batches; `library` holds
    what is `within`. Those that were not come to in the time for the work are told as that."""
    started = time.perf_counter()
    if not claims or not within.documents:
        told = none_left(within.filters) if within.filters.narrows else NOTHING_HELD
        return tuple(Verdict(claim, VerdictRuling.NOT_FOUND, told) for claim in claims)
    desk = _Lookup(library, CachedEncoder(embedder), within)
    groups = done_in_time(desk.verdicts, batches(claims, _AT_ONCE))
    verdicts = [verdict for group in groups for verdict in group]
    verdicts += map(_not_looked_up, claims[len(verdicts) :])
    elapsed = round((time.perf_counter() - started) * 1000 / len(claims), 1)
    return tuple(replace(verdict, elapsed_ms=elapsed) for verdict in verdicts)


def evidence_on_claims(
    library: Corpus, embedder: Embedder, claims: Sequence[str], within: FilteredDocuments
) -> Iterator[tuple[ClaimEvidence, ...]]:
    """The sentences that bear on each claim, set against it, whatever they decide."""
    desk = _Lookup(library, CachedEncoder(embedder), within)
    for group in batches(claims, _AT_ONCE):
        for _, bearings in desk.evidence(group):
            yield bearings


@dataclass(frozen=True, slots=True)
class _Lookup:
    """What claims are looked up in."""

    library: Corpus
    memory: CachedEncoder
    within: FilteredDocuments

    def look(self, text: str) -> Retrieved:
        question = read_question(text, self.within)
        return retrieve(self.library, self.memory, question, self.within, depth=DEPTH)

    def verdicts(self, claims: Sequence[str]) -> list[Verdict]:
        """The verdicts on claims, in their order; fewer where the time was over before the last."""
        return list(done_in_time(lambda both: _verdict(self, *both), self.evidence(claims)))

    def evidence(
        self, claims: Sequence[str]
    ) -> Iterator[tuple[PreparedClaim, tuple[ClaimEvidence, ...]]]:
        """Each claim made ready, with the sentences that bear on it."""
        own = [(expanded(c), matter(c), expanded(matter(c))) for c in claims]
        self.memory.prepare(text for texts in own for text in texts)
        ready = list(done_in_time(lambda c: prepared_claim(self.library, c, self.look(c)), claims))
        chosen = list(done_in_time(partial(candidate_quotes, self.library), ready))
        self.memory.prepare(quote.text for quotes in chosen for quote in quotes)
        for group in batches(list(zip(ready, chosen, strict=False)), _JUDGED_AT_ONCE):
            judged = judged_quotes(self.library.judge, group)
            for (claim, _), quotes in zip(group, judged, strict=True):
                yield claim, _bearings(self, claim, quotes)


def _not_looked_up(claim: str) -> Verdict:
    return Verdict(claim, VerdictRuling.NOT_FOUND, NOT_LOOKED_UP)


def _bearings(
    desk: _Lookup, claim: PreparedClaim, quotes: Sequence[JudgedQuote]
) -> tuple[ClaimEvidence, ...]:
    vectors = desk.memory.encode([each.quote.text for each in quotes])
    matter_vector = desk.memory.encode([claim.matter])[0]
    return claim_evidence(desk.library, claim, quotes, matter_vector, vectors)


def _of_others(desk: _Lookup, claim: PreparedClaim) -> tuple[ClaimEvidence, ...]:
    """What the sources about other councils say of the claim's matter."""
    if not claim.found.scope.councils:
        return ()
    own = set(claim.found.scope.councils)
    others = replace(claim, found=desk.look(claim.matter))
    strangers = {d.name for d in others.found.documents if own.isdisjoint(d.description.councils)}
    quotes = [q for q in candidate_quotes(desk.library, others) if q.passage.document in strangers]
    (judged,) = judged_quotes(desk.library.judge, [(others, quotes)])
    return _bearings(desk, others, judged)


def _verdict(desk: _Lookup, claim: PreparedClaim, bearings: Sequence[ClaimEvidence]) -> Verdict:
    library = desk.library
    related = {d.name: d.related for d in claim.found.documents}
    unheld = _unheld(claim.found)
    decision = Decision(VerdictRuling.NOT_FOUND) if unheld else rule(bearings, related)
    if not decision.grounds and not unheld:
        decision = elsewhere(decision, _of_others(desk, claim), related)
    deciding = tuple(_grounded(library, decision.grounds[:1]))
    if decision.grounds and not deciding:
        # The words that decide do not stand on their page: nothing may be said.
        decision = Decision(VerdictRuling.NOT_FOUND, ranked=decision.ranked)
    found = decision.ruling is not VerdictRuling.NOT_FOUND
    others = [p for p in decision.ranked[:_NEAREST] if p not in decision.once]
    grounds, conflicts, nearest = _numbered(
        (*deciding, *_grounded(library, decision.grounds[1:])),
        tuple(_grounded(library, (*decision.against, *decision.once))) if found else (),
        () if found else tuple(_grounded(library, (*decision.once, *others))),
    )
    basis = basis_of_grounds(grounds)
    whose = resting_on(basis, grounds[0].citations[0]) if grounds else ""
    return Verdict(
        claim=claim.reading.text,
        ruling=decision.ruling,
        explanation=" ".join(filter(None, (unheld or _explained(decision), whose))),
        grounds=grounds,
        conflicts=conflicts,
        nearest=nearest,
        marks=_claim_marks(decision),
        searched=search_summary(claim.found),
        basis=basis or (basis_of(nearest[0]) if nearest and _is_only_said(decision) else None),
    )


def _unheld(found: Retrieved) -> str:
    """Why nothing can be found, when the claim is about a council of which nothing is held."""
    if found.scope.councils or not found.scope.absent:
        return ""
    names = listed(found.scope.absent)
    return f"Nothing about {names} is held, so the documents can neither bear this out nor deny it."


# ---------------------------------------------------------------- grounds


def _grounded(library: Corpus, placed: Iterable[ScoredEvidence]) -> Iterator[VerdictGround]:
    """Each as a ground with verified citations; one that does not stand on its page is left out."""
    for p in placed:
        quote = p.bearing.quote
        citations = verified_citations(source_of(library, quote.passage), quote)
        if citations:
            marks = _in_citations(quote.text, citations, _in_source(telling(p)))
            agreeing = p.bearing.found(Agreement.AGREES) if p.says_otherwise else ()
            alike = _in_citations(quote.text, citations, _in_source(agreeing))
            yield VerdictGround(
                citations, p.bearing.comparisons, marks, not p.says_otherwise, alike
            )


def _in_source(comparisons: Iterable[Comparison]) -> list[TextSpan]:
    return [mark for c in comparisons for mark in c.in_source]


def telling(placed: ScoredEvidence) -> list[Comparison]:
    """The comparisons that tell on the placed bearing's side; where none points to words of the
    sentence, the words that both say."""
    if placed.says_otherwise:
        return list(placed.bearing.found(Agreement.DIFFERS) or placed.bearing.shared)
    agreeing = placed.bearing.found(Agreement.AGREES)
    pointing = any(c.in_source for c in agreeing)
    return [*agreeing, *(() if pointing else placed.bearing.shared)]


def _in_citations(
    text: str, citations: Sequence[Citation], marks: Iterable[TextSpan]
) -> tuple[tuple[TextSpan, ...], ...]:
    """Marks of a quote's text as marks of its citations' words, which differ in white space."""
    places = [
        (n, at)
        for n, c in enumerate(citations)
        for at, ch in enumerate(c.quote)
        if not ch.isspace()
    ]
    before = [0]
    for char in text:
        before.append(before[-1] + (not char.isspace()))
    found: list[list[TextSpan]] = [[] for _ in citations]
    for mark in marks:
        inside = places[before[mark.start] : before[mark.end]]
        for n in {n for n, _ in inside}:
            within = [at for m, at in inside if m == n]
            found[n].append(TextSpan(within[0], within[-1] + 1))
    return tuple(tuple(row) for row in found)


def _numbered(
    grounds: Iterable[VerdictGround],
    conflicts: Iterable[VerdictGround],
    nearest: Iterable[VerdictGround],
) -> tuple[tuple[VerdictGround, ...], tuple[VerdictGround, ...], tuple[Citation, ...]]:
    """The grounds and the conflicts with their citations numbered through, and the citations of
    what is nearest, numbered apart."""
    number = 0
    made: list[tuple[VerdictGround, ...]] = []
    for group in (grounds, conflicts):
        kept = []
        for ground in group:
            citations = tuple(replace(c, n=number + n) for n, c in enumerate(ground.citations, 1))
            number += len(citations)
            kept.append(replace(ground, citations=citations))
        made.append(tuple(kept))
    cited = (c for ground in nearest for c in ground.citations)
    return made[0], made[1], tuple(replace(c, n=n) for n, c in enumerate(cited, 1))


def _claim_marks(decision: Decision) -> tuple[TextSpan, ...]:
    if decision.grounds:
        marks = {m for c in telling(decision.grounds[0]) for m in c.in_claim}
    else:
        adding = decision.ranked[0].bearing.found(Agreement.ADDS) if decision.ranked else ()
        marks = {m for c in adding for m in c.in_claim}
    return tuple(sorted(marks, key=lambda mark: mark.start))


# ---------------------------------------------------------------- in words


def _explained(decision: Decision) -> str:
    if not decision.grounds:
        return _not_found(decision)
    first = decision.grounds[0]
    source = source_label(first.bearing.document.description)
    reasons = _reasons(telling(first))[:3]
    told = "says otherwise" if first.says_otherwise else "says so"
    sentence = f"{source} {told}" + (f": {'; '.join(reasons)}." if reasons else ".")
    conflicting = _conflicting(first.bearing.document, decision.against)
    return " ".join([sentence, *conflicting, *_of_another_time(decision)])


def _reasons(comparisons: Iterable[Comparison]) -> list[str]:
    """What comparisons say in words, the same words of the claim told of once."""
    by_words: dict[tuple[TextSpan, ...], str] = {}
    for c in comparisons:
        if c.words and not any(set(c.in_claim) & set(marks) for marks in by_words):
            by_words[c.in_claim] = c.words
    return list(dict.fromkeys(by_words.values()))


def _conflicting(own: Document, against: Sequence[ScoredEvidence]) -> list[str]:
    if not against:
        return []
    others = listed(source_label(p.bearing.document.description) for p in against)
    verb = "says" if len(against) == 1 else "say"
    return [
        f"The sources disagree: {others} {verb} otherwise. "
        f"This rests on {source_label(own.description)}."
    ]


def _of_another_time(decision: Decision) -> list[str]:
    labels = [source_label(p.bearing.document.description) for p in decision.once]
    return [f"It is true of another time: {name} says so." for name in labels]


def _is_only_said(decision: Decision) -> bool:
    """Whether the nearest words tell the claim, and only as said, alleged or asked."""
    if decision.once or not decision.ranked:
        return False
    bearing = decision.ranked[0].bearing
    adding = {c.aspect for c in bearing.found(Agreement.ADDS)}
    told = bearing.features["covered"] >= ALL_BUT and not bearing.found(Agreement.DIFFERS)
    return told and adding == {"status"}


def _not_found(decision: Decision) -> str:
    words = "No document held says this or contradicts it."
    if decision.once:
        words = "No document held says this of that time or contradicts it."
        return " ".join([words, *_of_another_time(decision)])
    nearest = decision.ranked[0].bearing if decision.ranked else None
    lacking = [c.words for c in nearest.found(Agreement.ADDS) if c.words] if nearest else []
    if not nearest or not lacking:
        return words
    if _is_only_said(decision):
        source = source_label(nearest.document.description)
        return f"No document held states this as a fact. In {source}, {lacking[0]}."
    return f"{words} In the nearest passage, {'; '.join(lacking[:2])}."
