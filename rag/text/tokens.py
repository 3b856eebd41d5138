"""The one analyser: text -> the terms that the index, the scope and the evidence compare."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(
    r"[£$€]?\d+(?:[.,]\d+)*(?:%|[mk](?![^\W_]))?|[^\W\d_]+(?:['\u2019][^\W\d_]+)?|\d+"
)
STOP = frozenset(
    re.findall(
        r"\w+",
        """
        a about above after again all also am an and any are as at be because been before
        being below between both but by can could did do does doing don down during each
        else ever few for from further get gets getting give given go going got had has have
        having he her here hers him his how i if in into is it its just ll me more most much
        my no nor not now of off on once only or other our out over own per s same say said
        says she should so some such t tell than that the their them then there these they
        thing things this those through to too under until up upon us very was we were what
        when where which while who whom whose why will with would you your many whether vs
        per according make made put okay ok please know think
        """,
    )
)

_stemmer = snowballstemmer.stemmer("english")
# The stemmer keeps the word it is at work on, so two threads must not share it at once.
_stemming = threading.Lock()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one lower-case word (Snowball English); figures stay as they are."""
    word = word.replace("\u2019", "'").removesuffix("'s").replace("'", "")
    if not word or word[0].isdigit() or word[0] in "£$€":
        return word.replace(",", "")
    with _stemming:
        return str(_stemmer.stemWord(word))


def terms(text: str) -> list[str]:
    """The stems of all words of `text`, in order, function words included."""
    return [stem(word) for word in WORD.findall(text.casefold())]


def folded(terms: str) -> str:
    """Terms without their accents, as SQLite's index has them."""
    if terms.isascii() or unicodedata.is_normalized("NFD", terms):
        return terms
    parts = unicodedata.normalize("NFD", terms)
    return "".join(part for part in parts if not unicodedata.combining(part))


def content_terms(text: str) -> list[str]:
    """The stems of the words of `text` that carry meaning, in order."""
    return [
        stem(word)
        for word in WORD.findall(text.casefold())
        if word.replace("\u2019", "'") not in STOP
        and word.replace("\u2019", "'").removesuffix("'s") not in STOP
    ]


def shortened(text: str, most: int) -> str:
    """A text on one line, cut to `most` characters, of which the last tells that it was."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def squash(text: str) -> str:
    """`text` with white space removed: how a quote is compared with the page it stands on."""
    return "".join(text.split())
