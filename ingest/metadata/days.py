"""When a document was published, and when what it tells of was inspected: each with how sure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ingest.metadata import dates
from ingest.metadata.dates import DayOrder
from ingest.metadata.face import DocumentFace

_INSPECTED = re.compile(
    r"^(?:(?:inspection|assessment|site\s+visit|visit|fieldwork)(?:\s+visit)?\s+(?:dates?|period)"
    r"|dates?\s+of\s+(?:the\s+)?(?:inspection|visit|assessment)|assessment\s+visit|inspected)"
    r"\s*:?\s*(?:from\s+)?",
    re.IGNORECASE,
)
_VISITED = re.compile(
    r"\b(?:inspection|visit|fieldwork|assessment|inspected|visited|review)\b[^.;]{0,140}?"
    r"\b(?:on|between|from|during|of)\s+(?:the\s+)?(?=\d)"
    r"|\b(?:on|between|from)\s+(?=\d)(?=[^.;]{4,200}\b(?:undertook|carried\s+out|conducted|visited|"
    r"inspected)\b)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:previous|last|earlier|since|was\s+judged|former|next|following)\b", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"(?:^|(?<=[.|]\s))(?:(?:this\s+)?(?:report|article|document|paper|assessment|judgement|"
    r"page|decision|guidance)\s+)?(?:was\s+)?(?:first\s+)?"
    r"(?:published|publication\s+date|date\s+published|date\s+of\s+(?:publication|issue)|issued|"
    r"posted|date\s+first\s+published)(?:\s+on)?\s*[:\-–]?\s*",
    re.IGNORECASE,
)  # fmt: skip
_RELEASED = re.compile(
    r"^(?:for\s+immediate\s+release|embargoed\s+until|released?|(?:press|news|media)\s+"
    r"(?:release|statement))\b[^\d]{0,40}",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"^(?:date(?:d)?(?:\s+of\s+(?:the\s+)?(?:meeting|report|decision|letter))?|"
    r"(?:meeting|report|decision|hearing|determination)\s+date|last\s+updated(?:\s+(?:on|at))?)"
    r"\s*:?\s*(?:[\d.:]+\s*(?:am|pm)?,?\s+)?(?:on\s+)?",
    re.IGNORECASE,
)  # fmt: skip
_OTHER_DAY = re.compile(
    r"\b(?:opened|closed|closes|closing|opens|deadline|due|(?:by|until)\s+\d|expires?|starts?|"
    r"ends?|ended|"
    r"comes?\s+into\s+force|effective|previous|last\s+inspect\w+|next|since|born|review\s+date|"
    r"last\s+(?:changed|reviewed|modified)|adopted|call(?:ed)?[- ]in|received|"
    r"as\s+at|approved?|confirm\w*|"
    r"year\s+end\w*|for\s+the\s+(?:calendar\s+)?year)\b",
    re.IGNORECASE,
)
_DATELINE_WORDS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:first\s+)?published|posted|updated|on|at|"
    r"[ap]m|gmt|bst|\d{1,2}[:.]\d\d)\b|[^\w\s]", re.IGNORECASE
)  # fmt: skip
_MET = re.compile(
    r"\b(?:report\s+to|cabinet|committee|panel|council|commission|board|executive|meeting|minutes|"
    r"considered\s+by|scrutiny|speech|agenda)\b",
    re.IGNORECASE,
)
_PART_EDGE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_HEAD = 14
_LONGEST_LINE = 22
_AMERICAN = re.compile(
    r"\b(?:color|neighborhood|center|labor|honor|program|behavior|favor|defense|county\s+"
    r"commissioners|city\s+hall|superintendent)\b", re.IGNORECASE
)  # fmt: skip
_BRITISH = re.compile(
    r"£|\.gov\.uk|\b(?:colour|neighbourhood|centre|labour|honour|programme|behaviour|favour|"
    r"councillors?|borough|ofsted|whilst|cabinet\s+member)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day of publication, and whether what gives it can be relied on."""

    day: date | None
    sure: bool


def day_order(text: str, host: str = "") -> DayOrder:
    """Which comes first in the dates of a document that are written in figures: told by one whose
    day is over 12, else by its spelling and what it speaks of; UNKNOWN where nothing tells."""
    first, second = dates.over_twelve(text)
    if first or second:
        return DayOrder.DAY_FIRST if first >= second else DayOrder.MONTH_FIRST
    british, american = len(_BRITISH.findall(text)), len(_AMERICAN.findall(text))
    if host.endswith(".uk"):
        british += 3
    if british == american:
        return DayOrder.UNKNOWN
    return DayOrder.DAY_FIRST if british > american else DayOrder.MONTH_FIRST


def inspected_days(face: DocumentFace) -> tuple[date, date] | None:
    """First and last day of the inspection that a document reports: on a line of their own, else
    in a sentence of its beginning. Never those of an earlier inspection."""
    for line, below in pairwise((*face.head, "")):
        label = _INSPECTED.match(line)
        days = label and dates.range_at_start(f"{line} {below}"[label.end() :])
        if days:
            return days
    running = " ".join((*face.head, *face.text.split("\n")[:40]))[:5000]
    for match in _VISITED.finditer(running):
        before = running[: match.start()].rsplit(". ", 1)[-1]
        if _EARLIER.search(before) or _EARLIER.search(match.group()):
            continue
        days = dates.range_at_start(running[match.end() :], before=letter_day(face))
        if days:
            return days
    return None


def letter_day(face: DocumentFace, order: DayOrder = DayOrder.DAY_FIRST) -> date | None:
    """The day that stands over the salutation of a letter; None where it is none or has none."""
    above = face.letter.above if face.letter else ()
    found = (dates.date_at_start(line, order) for line in above)
    return next(filter(None, found), None)


def published_day(
    face: DocumentFace, title: str, inspected: tuple[date, date] | None, *, reported: bool
) -> FoundDay:
    """The day of publication: printed, in the metadata, in the title, in the file name.

    `reported` says that the document reports an inspection: a day in its running text is then as
    likely one of that. The weights say which of several is believed.
    """
    weights: defaultdict[date, float] = defaultdict(float)
    order = day_order(face.text, face.host)
    for day, weight in _days(face, title, order, reported=reported):
        if not (inspected and inspected[0] <= day <= inspected[1]):
            weights[day] = max(weights[day], weight)
    if not weights:
        return FoundDay(None, True)
    best = max(weights, key=lambda day: weights[day])
    others = [weight for day, weight in weights.items() if day != best]
    return FoundDay(best, weights[best] >= 2.5 and weights[best] - max(others, default=0) >= 0.2)


def _days(
    face: DocumentFace, title: str, order: DayOrder, *, reported: bool
) -> Iterator[tuple[date, float]]:
    """Each day that may be that of publication, and how much speaks for it."""
    yield from _stated_days(face, order, reported=reported)
    for at, line in enumerate(face.head):
        for part in _PART_EDGE.split(line):
            for day, weight in _of_line(part, order, at=at, reported=reported):
                yield day, weight - at / 50
    for words in () if reported else (title, face.hints.page_title or ""):
        titled = dates.find_date(words, order)
        if titled:
            yield titled, 3.9


def _stated_days(
    face: DocumentFace, order: DayOrder, *, reported: bool
) -> Iterator[tuple[date, float]]:
    """The days that are called that of publication, that head a letter, or that the format, the
    name of the file or its address states."""
    for line in face.ends:
        printed = _labelled(_PUBLISHED, line, order)
        if printed:
            yield printed, 6
    if face.hints.published:
        yield face.hints.published, 5 if face.format == "html" else 2.6
    written = letter_day(face, order)
    if written:
        yield written, 5.5
    for place in (face.name, face.hints.source_url or ""):
        named = dates.date_in_file_name(place)
        if named:
            yield named, 3.6 if reported else 2.5


def _of_line(
    line: str, order: DayOrder, *, at: int, reported: bool
) -> Iterator[tuple[date, float]]:
    """What a line of the first page tells of the day of publication."""
    for label, weight in ((_RELEASED, 5.0), (_DATED, 4.6)):
        day = _labelled(label, line, order)
        if day:
            yield day, weight
    day = dates.find_date(line, order)
    if not day or len(line.split()) > _LONGEST_LINE:
        return
    rest = _DATELINE_WORDS.sub(" ", dates.without_dates(line)).split()
    is_sentence = line.endswith(".") and len(rest) > 1 and not _MET.search(line)
    alone = len(rest) <= (1 if reported else 4) and not (is_sentence or _OTHER_DAY.search(line))
    if alone and at < 10:
        yield day, 4
    elif reported or _OTHER_DAY.search(line):
        return
    elif _MET.search(line) and at < _HEAD:
        yield day, 3.8
    elif at < 6:
        yield day, 3
    elif not line.endswith((".", ",", ";")) and len(rest) <= 6:
        yield day, 1.5


def _labelled(label: re.Pattern[str], line: str, order: DayOrder) -> date | None:
    for match in label.finditer(line):
        day = dates.date_at_start(line[match.end() :], order)
        if day:
            return day
    return None
