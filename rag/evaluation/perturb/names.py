"""A person, a council or a group of people that a sentence names made another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.evaluation.perturb.edits import cased, chosen, listed, pairs, places, put
from rag.text.councils import council_mentions

_PERSON = re.compile(
    r"(?:\b(?:Councillor|Cllr|Coun|Mr|Mrs|Ms|Dr|Sir) |(?:[Ii]nspector|[Oo]fficer): )"
    r"(?P<titled>[A-Z][a-z]+(?: [A-Z][\w'\u2019-]+)?)"
    r"|(?:^|(?<=, ))(?P<full>[A-Z][a-z]+ [A-Z][a-z]{2,})(?=, (?:the |an? |who )?[a-z ]*"
    r"(?:director|leader|chief|cabinet|chair|secretary|regional|branch|inspector|member))"
)


def names(text: str) -> Iterator[str]:
    """The sentence with one name, or one word for who it is said of, made another."""
    yield from _people(text)
    yield from _councils(text)
    for old, new in pairs("swaps.words"):
        found = places(old, text)
        if len(found) == 1 and not places(new, text):
            yield put(text, found[0], cased(new, text[found[0][0]]))


def _people(text: str) -> Iterator[str]:
    for match in _PERSON.finditer(text):
        group = "titled" if match["titled"] else "full"
        other = chosen(listed("swaps.people"), text)
        yield put(text, match.span(group), other if " " in match[group] else other.split()[1])


def _councils(text: str) -> Iterator[str]:
    for mention in council_mentions(text)[:1]:
        span = mention.start, mention.start + len(mention.name)
        if text[slice(*span)] == mention.name:
            free = [name for name in listed("swaps.councils") if name not in text]
            yield put(text, span, chosen(free, text))
