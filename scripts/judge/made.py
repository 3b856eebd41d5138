"""Examples that are made of real reports by rule: verbatim truths, and what leaves a claim open."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from judge.examples import PairExample, rows
from rag.citation.source_label import source_label
from rag.claims.candidates import candidate_quotes, prepared_claim, timeless
from rag.claims.check import DEPTH
from rag.judge.port import Span
from rag.library.library import Library
from rag.question.filters import EVERYTHING, filtered_documents
from rag.question.question import read_question
from rag.retrieval.search import retrieve
from rag.types import Document

VERBATIM = 700
"""Sentences with a figure, and as many without, that are told as they stand."""
ALTERED = 0.5
"""The share of those with a figure that are told once more with another."""
FOUND = 2
"""Sentences that are found for a claim which nothing bears out."""
TIMELESS = 0.7
"""The share of claims that are told without the year of their source, as the judge is asked."""
NAMED = 0.4
"""The share of the public pairs whose source is given a name."""
_FEWEST, _MOST = 8, 38
_FIGURE = re.compile(r"(?<![\d,.])\d{1,3}(?![\d,])")
_CLAUSE = re.compile(
    r"(?P<told>.{30,}?),? (?:but|although|while|which|and this|with|so that|because)\b"
)
_NAMED = re.compile(r"[A-Z]{2}|[A-Z][a-z]+ [A-Z]|Ofsted")


def groups_of(learn: Path) -> dict[str, str]:
    """The group of every document of labelled data that is there to learn from."""
    asked = (*rows(learn / "qa.jsonl"), *rows(learn / "pairs.jsonl"))
    return {str(row["doc"]): str(row["group"]) for row in asked if row.get("doc")}


def verbatim_examples(
    library: Library, groups: Mapping[str, str], dice: random.Random
) -> tuple[PairExample, ...]:
    """Sentences of the reports of some groups (document to group) that are told as they stand, or a
    whole clause of one, the council or the year named, all entailed; and some with another figure,
    which are contradicted."""
    held = [d for d in library.documents() if d.name in groups and d.description.councils]
    sentences = [(d, text) for d in held for text in _whole_sentences(library, d)]
    chosen: list[tuple[Document, str]] = []
    for with_figure in (True, False):
        own = [each for each in sentences if bool(_FIGURE.search(each[1])) is with_figure]
        chosen += dice.sample(own, min(VERBATIM, len(own)))
    made: list[PairExample] = []
    for document, text in chosen:
        source = Span(text, label=source_label(document.description))
        group = groups[document.name]
        told = dice.choice(list(_told(document, text)))
        made.append(PairExample(group, source, told, 0, "verbatim"))
        figures = list(_FIGURE.finditer(text))
        if figures and dice.random() < ALTERED:
            other = _with_another_figure(text, dice.choice(figures), dice)
            made.append(PairExample(group, source, other, 1, "figure"))
    return tuple(made)


def _whole_sentences(library: Library, document: Document) -> Iterator[str]:
    for passage in library.passages(document.name):
        for sentence in passage.sentences:
            text = sentence.text
            whole = text.endswith(".") and text[0].isupper() and text != passage.heading
            if whole and _FEWEST <= len(text.split()) <= _MOST:
                yield text


def _told(document: Document, text: str) -> Iterator[str]:
    council = document.description.councils[0]
    clause = _CLAUSE.match(text)
    texts = [text, f"{clause['told'].rstrip(',')}."] if clause else [text]
    for each in texts:
        within = each if _NAMED.match(each) else each[0].lower() + each[1:]
        yield each
        yield f"In {council}, {within}"
        yield f"Inspectors found that {within}"
        if document.description.years:
            yield f"In {max(document.description.years)}, {within}"


def _with_another_figure(text: str, figure: re.Match[str], dice: random.Random) -> str:
    value = int(figure.group())
    others = {value + dice.randint(2, 9), 2 * value, value - dice.randint(1, 8)} - {value}
    other = dice.choice(sorted(n for n in others if n > 0))
    return f"{text[: figure.start()]}{other}{text[figure.end() :]}"


def found_examples(
    library: Library, claims: Iterable[Mapping[str, Any]], documents: Collection[str]
) -> tuple[PairExample, ...]:
    """Claims that nothing bears out, each held against the sentences that are found for it in some
    of the documents: neither entailed nor contradicted."""
    within = filtered_documents(EVERYTHING, library.documents())
    about = {document.name: document.description for document in library.documents()}
    made: list[PairExample] = []
    for row in claims:
        claim = str(row["claim"])
        read = read_question(claim, within)
        found = retrieve(library, library.embedder, read, within, depth=DEPTH)
        quotes = candidate_quotes(library, prepared_claim(library, claim, found))
        own = [quote for quote in quotes if quote.passage.document in documents]
        for quote in own[:FOUND]:
            source = Span(quote.text, label=source_label(about[quote.passage.document]))
            made.append(PairExample(str(row["group"]), source, claim, 2, "found"))
    return tuple(made)


def unborne_claims(learn: Path, reports: Path) -> Iterator[Mapping[str, Any]]:
    """The labelled claims that no document bears out."""
    for path in (learn / "claims.jsonl", *sorted(reports.glob("*.jsonl"))):
        yield from (row for row in rows(path) if row.get("label") == "not_found")


def without_years(
    pairs: Iterable[PairExample], years: Mapping[str, Collection[int]], dice: random.Random
) -> tuple[PairExample, ...]:
    """The pairs, most of their claims without the year of their source (by its label): a judge is
    asked like that."""
    told: list[PairExample] = []
    for pair in pairs:
        own = years.get(pair.source.label, ())
        if own and dice.random() < TIMELESS:
            pair = replace(pair, statement=timeless(pair.statement, own))
        told.append(pair)
    return tuple(told)


def named_alike(
    public: Iterable[PairExample], own: Iterable[PairExample], dice: random.Random
) -> tuple[PairExample, ...]:
    """The public pairs, some of their sources under the name of one of our own: by what a source is
    called a judge is not to know which sort of pair it reads."""
    labels = [pair.source.label for pair in own if pair.source.label]
    return tuple(
        replace(pair, source=replace(pair.source, label=dice.choice(labels)))
        if labels and dice.random() < NAMED
        else pair
        for pair in public
    )
