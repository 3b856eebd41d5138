"""What a sentence says denied, and what it denies said; directions and quantifiers turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.evaluation.perturb.edits import Span, cased, pairs, places, put

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|can|will|(?:has|have|had)(?= (?:also |since |now )?"
    r"(?:been|become|begun|come|gone|kept|led|lost|made|put|taken|\w+(?:ed|en|wn))\b))\b"
    r"(?! (?:not|no|never)\b)"
)
_DENIED = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nobody|without|cannot|few|fewer|only|unless|hardly|rarely"
    r"|seldom|lack\w*|too|fail\w*|un(?:able|til)|\w+n['\u2019]t)\b",
    re.IGNORECASE,
)
_BEFORE_ITS_VERB = re.compile(
    r"[,;:(\u201c\"]|\b(?:who|which|that|whose|where|when|if|as|since|while|although|because|there"
    r"|what|how|and|or|but)\b",
    re.IGNORECASE,
)
LONGEST_SUBJECT = 12
"""How many words may stand before the verb that is denied."""
_NOT = re.compile(
    r"\b(?P<verb>is|are|was|were|has|have|had|can|will|could) not(?: yet)? "
    r"(?!only|just|until|merely|all|every|always|always|so|as\b)"
)
_GRADE = re.compile(
    r"(?P<grade>Outstanding|Good|Requires improvement(?: to be good)?|Inadequate)\.?$"
)
_QUANTIFIERS = frozenset({"most", "many", "all", "few"})
_NO_QUANTIFIER = re.compile(
    r"\b(?:the|at|as|how|so|too|very|not|their|its|our|are|is|of|after|above|a|nearly|almost"
    r"|in|for|by) $",
    re.IGNORECASE,
)
_PLURAL = re.compile(r" (?:of )?(?:[\w'\u2019-]+ ){0,2}?(?:[\w-]+[^su\W]s|children|people|young)\b")
_IDLE_BEFORE = re.compile(r"(?:-|\b(?:where|when|if|as|not|how) )$", re.IGNORECASE)
_IDLE_AFTER = re.compile(r"-| (?:as|over|known|being)\b")


def denials(text: str) -> Iterator[str]:
    """The sentence with one thing in it turned into its contrary."""
    if _DENIED.search(text):
        yield from _affirmed(text)
    else:
        yield from _denied(text)
        yield from _turned(text)
    grade = _GRADE.search(text)
    if grade and not _AUXILIARY.search(text):
        yield put(text, grade.span("grade"), dict(pairs("opposites.grades"))[grade["grade"]])


def _denied(text: str) -> Iterator[str]:
    match = _AUXILIARY.search(text)
    if match is None or _BEFORE_ITS_VERB.search(text, 0, match.start()):
        return
    if 0 < len(text[: match.start()].split()) <= LONGEST_SUBJECT:
        word = "cannot" if match.group() == "can" else f"{match.group()} not"
        yield put(text, match.span(), word)


def _affirmed(text: str) -> Iterator[str]:
    """A denial taken out where it is the only one and its verb needs no other form."""
    match = _NOT.search(text)
    if match and len(_DENIED.findall(text)) == 1:
        yield put(text, match.span(), f"{match['verb']} ")


def _turned(text: str) -> Iterator[str]:
    for old, new in pairs("opposites.words"):
        found = places(old, text)
        if len(found) == 1 and _is_meant(old, text, found[0]):
            yield put(text, found[0], cased(new, text[found[0][0]]))


def _is_meant(old: str, text: str, span: Span) -> bool:
    """Whether the word stands in the sense that its opposite is one of."""
    before, after = text[: span[0]], text[span[1] :]
    if old in _QUANTIFIERS:
        return bool(_PLURAL.match(after)) and not _NO_QUANTIFIER.search(before)
    return not (_IDLE_BEFORE.search(before) or _IDLE_AFTER.match(after))
