"""The words of lines of enquiry, from `enquiry.toml`: questions, what to listen for, follow-ups."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from rag.citation.source_label import in_quotation_marks
from rag.packs.progress.topic import recommendation_topic
from rag.packs.types import Cause
from rag.text.lexicon import bounded
from rag.text.tokens import shortened

_WORDS: dict[str, Any] = tomllib.loads(
    files("rag.packs.enquiry").joinpath("enquiry.toml").read_text(encoding="utf-8")
)
_LONGEST_QUOTE = 260
"""Characters of an item that a question quotes; the whole of it stands below."""
_ANSWERS = {
    Cause.GRADE_FELL: "grade",
    Cause.PROMISE_PASSED: "promise",
    Cause.SOURCES_DISAGREE: "source",
}
"""What a good answer would show by its cause alone, whatever the finding is."""
_ACROSS = "Across the service"
ACROSS_WORDS: str = _WORDS["spoken"]["across"]
"""What a question that can be spoken is about where it names no matter."""
LONGEST_TOPIC = 14
"""Words of a matter that a follow-up names; a longer one is called by its theme."""


def question(kind: str, form: str = "quoted", **words: str) -> str:
    """A question of a kind ("promise", "fell") in a form: what it quotes may be a sentence, a row
    of a plan, or stand alone."""
    return str(_WORDS["question"][kind][form]).format(**words)


def question_after(kind: str, item: str, **words: str) -> str:
    """A question after what inspectors asked for, in its own words where its grammar allows."""
    request = recommendation_topic(item).request
    form = "quoted" if not request else "named" if request.startswith("about ") else "done"
    return question(
        kind,
        form,
        request=request,
        matter=request.removeprefix("about "),
        quote=in_quotation_marks(shortened(item, _LONGEST_QUOTE)),
        **words,
    )


_SPOKEN = {
    Cause.STILL_A_CONCERN: "still",
    Cause.NO_LATER_EVIDENCE: "asked",
    Cause.NOTHING_LATER_HELD: "asked",
    Cause.PROMISE_PASSED: "promise",
    Cause.FIGURE_WORSE: "worse",
    Cause.SOURCES_DISAGREE: "disagree",
    Cause.NOT_KNOWN: "unknown",
    Cause.GRADE_FELL: "fell",
    Cause.CRITICISED: "criticised",
}


def spoken(cause: Cause, theme: str, item: str, whole: str, then: str, most: int) -> str:
    """A question of at most `most` words: on the matter itself where that is short, else on its
    theme; `whole` is the question as it stands in full, `item` the words that give the reason."""
    words: dict[str, str] = _WORDS["spoken"]
    form = _SPOKEN[cause]
    named = theme in _WORDS["theme"] and theme != _ACROSS
    topic = _theme(theme)["topic"] if named else ACROSS_WORDS
    on_topic = words.get(f"{form}_topic", words[form]).format(topic=topic, then=then, fell="")
    if form == "fell":
        text = words[form].format(fell=whole.split(". ")[0].rstrip("."))
    elif form in ("asked", "still"):
        request = recommendation_topic(item).request
        text = words[form].format(request=request, then=then) if request else on_topic
    else:
        text = on_topic
    return text if len(text.split()) <= most else on_topic


def asked_of(finding: str) -> str:
    """What to ask of a criticism."""
    return _first("asks", "ask", finding)


def good_answer(cause: Cause, theme: str, finding: str) -> tuple[str, ...]:
    """What a good answer would show, fitted to the finding: a figure, a date, an owner."""
    answers = _WORDS["answers"]
    own = _ANSWERS.get(cause)
    first = answers[own] if own else _first("shows", "show", finding)
    return tuple(dict.fromkeys((first, _theme(theme)["show"], answers["date"], answers["owner"])))


def follow_ups(theme: str, item: str, then: str) -> tuple[str, ...]:
    """The inspectorate's three questions to leaders, worded for the matter; `item` is what was
    asked for, where that is what the line is about."""
    follow = _WORDS["follow"]
    return (
        follow["know"].format(topic=_topic(theme, item), then=then),
        follow["how"].format(check=_theme(theme)["check"]),
        follow["doing"],
    )


def _topic(theme: str, item: str) -> str:
    request = recommendation_topic(item).request if item else ""
    matter = request.removeprefix("about ")
    is_named = matter != request and 0 < len(matter.split()) <= LONGEST_TOPIC
    return matter if is_named else _theme(theme)["topic"]


def _first(table: str, key: str, finding: str) -> str:
    """The words of the first row of a table whose cues the finding has; the last row has any."""
    return next(words for pattern, words in _rows(table, key) if pattern.search(finding))


def _theme(name: str) -> dict[str, str]:
    themes: dict[str, dict[str, str]] = _WORDS["theme"]
    return themes.get(name, themes[_ACROSS])


@cache
def _rows(table: str, key: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The rows of a table, each with its cues compiled."""
    return tuple(
        (re.compile(bounded(filter(None, row["cues"].splitlines())), re.IGNORECASE), row[key])
        for row in _WORDS[table]
    )
