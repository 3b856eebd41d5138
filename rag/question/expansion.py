"""A question in the words that documents use: abbreviations, synonyms, misspellings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rag.text.lexicon import lists, words
from rag.text.tokens import STOP, WORD, stem, terms
from rag.text.vocabulary import Vocabulary

# Of two letters there are too many meanings (PA, AP): a wrong one would mislead.
_CAPITALS = re.compile(r"\b[A-Z]{3,}s?\b")
_ASKS_MEANING = re.compile(
    r"\W*what(?:\W?s)?\s+(?:(?:is|are|does|do)\s+)?(?:an?\s+|the\s+)?(?P<form>[a-z]{3,10})"
    r"(?:\s+(?:mean|stand for|short for))?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that a question asks about: each form is a run of terms that says it.

    The first form is the question's own; the others are what documents write for it.
    """

    forms: tuple[tuple[str, ...], ...]

    @property
    def own(self) -> tuple[str, ...]:
        """The terms by which the question itself says it."""
        return self.forms[0]


@lru_cache(maxsize=1)
def _table() -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    return _data()["short"], _data()["words"]


@cache
def _data() -> Mapping[str, Any]:
    text = files("rag.question").joinpath("abbreviations.toml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = tomllib.loads(text)
    return data


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    short, words = _table()
    made = [(rf"(?<!\w){re.escape(key)}(?!\w)", 0, forms) for key, forms in short.items()]
    made += [
        (rf"(?<!\w){re.escape(key)}(?!\w)", re.IGNORECASE, forms) for key, forms in words.items()
    ]
    made.sort(key=lambda row: -len(row[0]))
    return tuple((re.compile(pattern, flags), tuple(forms)) for pattern, flags, forms in made)


def expansions(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What stands in `question` that documents say otherwise: (as written, the other forms)."""
    found = []
    for pattern, forms in _patterns():
        match = pattern.search(question)
        if match:
            found.append((match.start(), match.group(), forms))
    return tuple((written, forms) for _, written, forms in sorted(found))


def expanded(question: str) -> str:
    """The question with each abbreviation in capitals followed by what it stands for."""
    short, _ = _table()
    for written, forms in expansions(question):
        if written in short and forms[0].casefold() not in question.casefold():
            question = re.sub(
                rf"(?<!\w){re.escape(written)}(?!\w)", f"{written} ({forms[0]})", question, count=1
            )
    return question


def explained(text: str) -> tuple[tuple[str, str], ...]:
    """The abbreviations in capitals that stand in `text`, each once, with what it stands for; not
    one that the text spells out itself."""
    meanings = _meanings()
    plain = text.casefold().replace("\u2019", "'")
    found: dict[str, str] = {}
    for written in _CAPITALS.findall(text):
        forms = meanings.get(written, ())
        if forms and not any(form.casefold() in plain for form in forms):
            found[written] = forms[0]
    return tuple(found.items())


def asked_meaning(question: str) -> str:
    """What the short form stands for that a question asks for and for nothing else; "" where it
    asks for something else or the form is not known."""
    match = _ASKS_MEANING.match(question)
    for written, meaning in explained(match["form"].upper() if match else ""):
        return f"{written} stands for {meaning}."
    return ""


@cache
def _meanings() -> Mapping[str, Sequence[str]]:
    short, _ = _table()
    inspections = {name: [meaning] for name, meaning in _data()["inspections"].items()}
    return {**short, **inspections}


def concepts(question: str, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The things that a question names, in order, each with its other forms.

    A word that no document has, and that is near one of the vocabulary that some have, is read as
    that one.
    """
    found: list[Concept] = []
    taken: set[str] = set()
    for written, forms in expansions(question):
        own = tuple(terms(written)) or (written.casefold(),)
        found.append(Concept((own, *(tuple(terms(form)) for form in forms))))
        taken.update(own)
    for word in WORD.findall(question.casefold()):
        if word in STOP or word.replace("\u2019", "'").removesuffix("'s") in STOP:
            continue
        term = stem(word)
        if term in taken:
            continue
        taken.add(term)
        near = vocabulary.corrected(term)
        found.append(Concept(((term,), (near,)) if near and near != term else ((term,),)))
    return tuple(found)


@cache
def generic_terms() -> frozenset[str]:
    """The terms of asking itself ("inspectors", "figure", "latest")."""
    return frozenset(map(stem, words(lists.Words.GENERIC)))


@cache
def degree_terms() -> frozenset[str]:
    """The terms that say how much, and not of what ("high", "good", "enough")."""
    return frozenset(map(stem, words(lists.Words.DEGREE)))
