"""Pure: a line that a model wrote -> the sentences that it proposes, with their passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from rag.generation.stream.markdown import plain, tidy
from rag.generation.stream.markers import unmarked
from rag.text.lexicon import cue, lists
from rag.text.sentences import segments

_FEWEST_WORDS = 3
MOST_LETTERS = 700
"""No sentence is longer: a model that runs on, or a passage copied whole."""
_ANY = 10_000
"""More passages than there are: every number is one of them."""
_NO_SENTENCE = re.compile(r"^\s*(?:```|~~~|#{1,6}\s|[-=*_]{3,}\s*$|\||\[\^?\w+\]:\s*\S+:)")
_BULLET = re.compile(
    r"^\s*(?:>\s*)*(?:(?:[-*+•‣▪–—·●○]|\(?[a-h]\)|\(?\d{1,2}[.)]|#\d{1,2}[.:]?)\s+)?"
)
_LEADING = re.compile(r"^\s*((?:[\[【(]\s*\d{1,3}\s*[\])】]\s*)+)[:.-]?\s+(?=[^\s\d])")
_CLOSERS = r"[\"'”’)\]*_]*"
_MARKER = r"(?:\s*[\[【(^][^\[\]【】()]{0,80}[\]】)]|\s*\^\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
_STOP = re.compile(rf"[.!?…]{_CLOSERS}{_MARKER}*\s+(?=\S)")
_STOP_BEFORE_MARKERS = re.compile(rf"[.!?…]{_CLOSERS}\s+(?=\S)")
_ENDED = re.compile(rf"[.!…]{_CLOSERS}\s*$")
_PAIRS = (("[", "]"), ("(", ")"), ("【", "】"))


@dataclass(frozen=True, slots=True)
class ProposedSentence:
    """A sentence, and the numbers of the passages said to back it."""

    text: str
    passages: tuple[int, ...]


def proposed_in(line: str, count: int, given: tuple[int, ...] = ()) -> Iterator[ProposedSentence]:
    """The sentences of one line about `count` passages; nothing of headings and chatter.

    `given` are numbers that go with the line as a whole.
    """
    if _NO_SENTENCE.match(line):
        return
    while cut := first_stop(line):
        yield from _sentence(line[:cut], count, given)
        line = line[cut:]
    yield from _sentence(line, count, given)


def first_stop(line: str) -> int:
    """Where the second sentence of a line begins; 0 when there is but one."""
    # Who puts a number before a sentence does so before each.
    stops = _STOP_BEFORE_MARKERS if _LEADING.match(line) else _STOP
    for stop in stops.finditer(line):
        left, right = line[: stop.end()], line[stop.end() :]
        balanced = all(left.count(a) == left.count(b) for a, b in _PAIRS)
        ended = balanced and not cue(lists.Written.TITLE).search(left.rstrip())
        if ended and _parts_there(_words(left), _words(right)):
            return stop.end()
    return 0


def is_whole(line: str, count: int) -> bool:
    """Whether a line ends as a sentence does: with a stop, or with a marker."""
    return bool(_ENDED.search(line)) or unmarked(line, count).text != line


def _words(text: str) -> str:
    return tidy(unmarked(plain(text), _ANY).text)


def _parts_there(left: str, right: str) -> bool:
    if not left or not right:
        return bool(right)
    ends = accumulate(len(part) for part in segments(f"{left} {right}"))
    return any(end in (len(left), len(left) + 1) for end in ends)


def _sentence(raw: str, count: int, given: tuple[int, ...]) -> Iterator[ProposedSentence]:
    text = cue(lists.Written.HEADING).sub("", _BULLET.sub("", plain(raw), count=1), count=1)
    led = _LEADING.match(text)
    marked = unmarked(text[led.end() :] if led else text, count)
    leading = [int(n) for n in re.findall(r"\d+", led[1])] if led else []
    numbers = list(dict.fromkeys([*given, *(marked.numbers or leading)]))
    words = _without_reply(tidy(marked.text))
    if _is_statement(words, bool(numbers)):
        known = tuple(n for n in numbers if 1 <= n <= count)
        words = words if _ENDED.search(words) else f"{words}."
        yield ProposedSentence(words, known)


def _without_reply(words: str) -> str:
    """A sentence without the "Yes, " or "No, " before it: no passage bears that out."""
    rest = cue(lists.Written.REPLY).sub("", words, count=1)
    return rest if rest == words else rest[:1].upper() + rest[1:]


def _is_statement(words: str, marked: bool) -> bool:
    """Not a heading, a question, a scrap, or talk about the answer."""
    if len(re.findall(r"\w+", words)) < _FEWEST_WORDS or len(words) > MOST_LETTERS:
        return False
    if words.endswith(("?", ":")):
        return False
    return (marked or bool(_ENDED.search(words))) and not cue(lists.Written.CHATTER).search(words)
