"""Pure: whether a model's rewriting of a follow-up question may take the place of the rules'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.generation.faithfulness.figures import numerals
from rag.generation.prompts import Exchange
from rag.generation.stream.markdown import plain
from rag.question.intent import answer_types
from rag.question.scope import Scope, read_scope
from rag.text.people import people
from rag.text.tokens import content_terms
from rag.types import Document

_LONGEST = 60
"""Words of a question; a model that writes more has answered it."""


def accepted(
    said: str,
    question: str,
    by_rule: str,
    earlier: Sequence[Exchange],
    documents: Sequence[Document],
) -> str:
    """The model's question where it is one, of the same councils and times, asking for the same
    kinds of thing, with every telling word of the follow-up and no figure or name of its own; else
    the question as the rules complete it."""
    lines = [line for line in plain(said).strip().splitlines() if line.strip()]
    rewritten = " ".join(lines[0].split()) if len(lines) == 1 else ""
    if not rewritten.endswith("?") or len(rewritten.split()) > _LONGEST:
        return by_rule
    known = [question, by_rule, *(text for one in earlier for text in (one.question, one.answer))]
    keeps = (
        _scope(read_scope(rewritten, documents)) == _scope(read_scope(by_rule, documents))
        and answer_types(rewritten) == answer_types(by_rule)
        and set(content_terms(question)) <= set(content_terms(rewritten))
        and _adds_nothing(rewritten, known)
    )
    return rewritten if keeps else by_rule


def _scope(scope: Scope) -> tuple[object, ...]:
    return (
        frozenset(scope.councils),
        frozenset(scope.absent),
        scope.years,
        scope.latest,
        scope.kinds,
    )


def _adds_nothing(text: str, known: Iterable[str]) -> bool:
    """Whether every figure, name and telling word of a text stands in what is known."""
    told = " ".join(known)
    named = {name.last for name in people(told)}
    return (
        numerals(text) <= numerals(told)
        and all(name.last in named for name in people(text))
        and set(content_terms(text)) <= set(content_terms(told))
    )
