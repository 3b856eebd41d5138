"""What a document is, read from its own words by rule: title, publisher, kind, dates, councils.

The rules look for labels that are printed ("Report published:", "Inspection dates:"), for the
largest letters of the first page, and for the form of official names; they know no document by
name. What is not found stays empty: a date is never taken from the file system or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import pairwise
from urllib.parse import urlsplit

from ingest.metadata import dates
from ingest.metadata.councils_about import council_in_full, councils_about
from ingest.metadata.titles import title_of
from ingest.types import ExtractedPages
from rag.inspection.frameworks import CATALOGUE, Inspectorate
from rag.text.councils import find_council_patterns, find_councils
from rag.types import Description, Kind, Page

_INSPECTED = re.compile(
    r"^(?:(?:inspection|visit|fieldwork)\s+(?:dates?|period)|dates?\s+of\s+(?:the\s+)?"
    r"(?:inspection|visit))\s*:?\s*(?:from\s+)?", re.IGNORECASE
)  # fmt: skip
_PUBLISHED = re.compile(
    r"^(?:(?:this\s+)?(?:report|article|document|paper)\s+)?(?:first\s+)?"
    r"(?:published|publication\s+date|date\s+published|date\s+of\s+(?:publication|issue)|issued)"
    r"(?:\s+on)?\s*[:\-–]?\s*", re.IGNORECASE
)  # fmt: skip
_DATED = re.compile(
    r"^(?:date(?:\s+of\s+(?:the\s+)?(?:meeting|report))?|meeting\s+date|report\s+date)\s*:\s*"
    r"(?:\w+day,?\s+)?", re.IGNORECASE
)  # fmt: skip
_BYLINE = re.compile(r"^by:?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){1,3}\b(?!.*[.?!]$)", re.IGNORECASE)
_DATELINE_WORDS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:first\s+)?published|posted|updated|on|at|"
    r"[ap]m|gmt|bst|\d{1,2}[:.]\d\d)\b|[^\w\s]", re.IGNORECASE
)  # fmt: skip
_AGENCY = re.compile(
    r"(?:^|[.!?”\"]\s*)(?:this\s+)?(?:story|article|report)?\s*(?:was\s+)?(?:taken directly|taken|"
    r"originally published|first published|sourced|reproduced|syndicated)\s+(?:directly\s+)?"
    r"(?:from|by)\s+(?:the\s+)?(?P<who>\S[^.!?]{1,60}(?:\.\w[^.!?\s]*)*)\.?\s*$", re.IGNORECASE
)  # fmt: skip
_PUBLISHED_BY = re.compile(
    r"^(?:(?:this\s+)?(?:report|document|article|paper)\s+(?:is\s+|was\s+)?)?"
    r"(?:(?:published|issued|produced)\s+by|publisher)\s*:?\s+(?:the\s+)?"
    r"(?P<who>[A-Z][^.,;:()|]{2,80}?)(?:\s+on\b.*|\s+in\s+(?:19|20)\d\d.*|[.,;:()|].*)?$",
    re.IGNORECASE,
)
_INSPECTORATE = re.compile(
    r"(?:[A-Z][\w'’-]+\s+(?:(?:and|of|for|the)\s+)?){1,5}Inspectorate\b"
    r"(?:\s+(?:of|for)(?:\s+(?:and|the|of|[A-Z][\w'’-]+))*\s+[A-Z][\w'’-]+)?"
    r"|\bInspectorate\s+(?:of|for)(?:\s+(?:and|the|of|[A-Z][\w'’-]+))*\s+[A-Z][\w'’-]+"
)
_INSPECTION_TITLE = re.compile(
    r"\b(?:re-?)?inspection\s+(?:of|report)\b|^(?:focused|monitoring)\s+visit\s+(?:of|to)\b|"
    r"\binspection$|\bjoint\s+targeted\s+area\s+inspection\b", re.IGNORECASE
)  # fmt: skip
_INSPECTORS = re.compile(r"\binspectors?\b|\bHMI\b", re.IGNORECASE)
_PRESS_RELEASE = re.compile(
    r"^(?:press|news|media)\s+(?:release|statement)\b|^for immediate release", re.IGNORECASE
)
_COUNCIL_PAPER = re.compile(
    r"\b(?:(?:improvement|action|delivery|corporate|business|recovery)\s+plan|strategy|"
    r"report\s+(?:to|of)\s+(?:the\s+)?(?:cabinet|council|committee|director|leader|executive)|"
    r"(?:scrutiny|overview|select|audit)\s+(?:\w+\s+){0,3}(?:committee|panel|board)|cabinet|"
    r"self[- ]?(?:evaluation|assessment)|minutes\s+of|agenda|policy|annual\s+report|"
    r"progress\s+(?:report|update)|statement|response\s+to)\b", re.IGNORECASE
)  # fmt: skip
_SPEECH = re.compile(
    r"[”\"’'],?\s+(?:\w+[\s,]+){0,6}?(?:said|says|told|added|explained)\b|"
    r"\b(?:said|says|told|added|explained|stated)\b[^.]{0,40}[:,]\s*[“\"‘]"
)
_HEAD_LINES = 40


@dataclass(frozen=True, slots=True)
class _Source:
    """What the rules look at: the lines of the first page, and all the words."""

    name: str
    reading: ExtractedPages
    title: str
    head: tuple[str, ...]
    ends: tuple[str, ...]
    """The lines of the first page and of the last."""
    text: str


def described_document(name: str, reading: ExtractedPages, pages: Sequence[Page]) -> Description:
    """Describe the document `name` from its lines as read and its pages as cleaned.

    `guessed` names every field that has a value, as all are found by rule.
    """
    source = _source(name, reading, pages)
    inspected = _inspected(source.head)
    agency = _agency(source)
    kind = _kind(source, inspected is not None, agency)
    description = Description(
        title=source.title,
        publisher=_publisher(source, kind) or agency or _site(source, kind),
        kind=kind,
        published=_published(source, kind),
        inspected_from=inspected[0] if inspected else None,
        inspected_to=inspected[1] if inspected else None,
        councils=councils_about(source.title, source.head, source.text, kind),
        source_url=reading.hints.source_url,
        agency=agency,
    )
    guessed = filter(partial(getattr, description), Description.__dataclass_fields__)
    return replace(description, guessed=frozenset(guessed))


def _source(name: str, reading: ExtractedPages, pages: Sequence[Page]) -> _Source:
    lines = [[" ".join(line.text.split()) for line in page] for page in reading.pages]
    first, last = (lines[0], lines[-1]) if lines else ([], [])
    texts = [page.text for page in pages] or list(map("\n".join, lines))
    return _Source(
        name=name,
        reading=reading,
        title=title_of(name, reading),
        head=tuple(filter(None, first))[:_HEAD_LINES],
        ends=tuple(filter(None, (*first, *last))),
        text="\n".join(texts),
    )


# --- dates ---------------------------------------------------------------------------------------


def _inspected(head: Sequence[str]) -> tuple[date, date] | None:
    """First and last day after an "Inspection dates:" label; never those of an earlier one."""
    for line, below in pairwise((*head, "")):
        label = _INSPECTED.match(line)
        days = label and dates.range_at_start(f"{line} {below}"[label.end() :])
        if days:
            return days
    return None


def _published(source: _Source, kind: Kind) -> date | None:
    """The day printed, else the day in the format's metadata, else the day in the file name."""
    printed = _labelled(_PUBLISHED, source.ends)
    if not printed and kind is not Kind.INSPECTION_REPORT:
        printed = _labelled(_DATED, source.head) or _dateline(source.head[:8])
    return (
        printed
        or source.reading.hints.published
        or dates.date_in_file_name(source.name)
        or dates.date_in_file_name(source.reading.hints.source_url or "")
    )


def _labelled(label: re.Pattern[str], lines: Sequence[str]) -> date | None:
    for line in lines:
        match = label.match(line)
        day = match and dates.date_at_start(re.sub(r"^\w+day,?\s+", "", line[match.end() :]))
        if day:
            return day
    return None


def _dateline(head: Sequence[str]) -> date | None:
    """The date of a line that holds nothing else but a weekday, a time or a name."""
    for line in head:
        day = dates.find_date(line)
        if day and len(_DATELINE_WORDS.sub(" ", dates.without_dates(line)).split()) <= 4:
            return day
    return None


# --- kind ----------------------------------------------------------------------------------------


def _kind(source: _Source, inspected: bool, agency: str | None) -> Kind:
    if _is_inspection(source, inspected):
        return Kind.INSPECTION_REPORT
    top = source.head[:6]
    if any(map(_PRESS_RELEASE.match, top)) or _on_council_site(source):
        return Kind.COUNCIL_DOCUMENT
    author = source.reading.format == "html" and source.reading.hints.author
    if agency or author or any(map(_BYLINE.match, top)) or _reads_as_news(source):
        return Kind.NEWS
    return Kind.COUNCIL_DOCUMENT if _is_council_paper(source) else Kind.OTHER


def _is_inspection(source: _Source, inspected: bool) -> bool:
    titled = bool(_INSPECTION_TITLE.search(source.title))
    if _COUNCIL_PAPER.search(source.title) and not titled:
        return False
    inspectors = len(_INSPECTORS.findall(source.text)) >= 2
    paged = source.reading.format in ("pdf", "docx")
    if inspectors and (inspected or (titled and paged and _is_signed(source.text))):
        return True
    return paged and _titled_by(source) is not None


def _on_council_site(source: _Source) -> bool:
    publisher = source.reading.hints.publisher or ""
    host = urlsplit(source.reading.hints.source_url or "").hostname or ""
    return bool(find_council_patterns(publisher)) or (
        host.endswith(".gov.uk") and bool(find_councils(host.replace(".", " ")))
    )


def _reads_as_news(source: _Source) -> bool:
    if source.reading.format not in ("html", "text", "markdown"):
        return False
    if source.reading.format == "html" and source.reading.hints.published:
        return True
    spoken = len(_SPEECH.findall(source.text))
    return spoken >= 2 and not (_COUNCIL_PAPER.search(source.title) and _is_council_paper(source))


def _is_council_paper(source: _Source) -> bool:
    """Whether the head names a council in full, or a council's kind of paper and a council."""
    top = "\n".join((source.title, *source.head[:12]))
    paper = _COUNCIL_PAPER.search(top) is not None
    formatted = source.reading.format in ("docx", "pdf")
    if (paper or formatted) and find_council_patterns(top):
        return True
    return paper and bool(find_councils(top))


# --- publisher -----------------------------------------------------------------------------------


def _publisher(source: _Source, kind: Kind) -> str | None:
    if kind is Kind.INSPECTION_REPORT:
        return _published_by(source) or _inspectorate(source)
    if kind is Kind.COUNCIL_DOCUMENT:
        return (
            _published_by(source)
            or source.reading.hints.publisher
            or council_in_full("\n".join((source.title, *source.head)))
            or council_in_full(source.text)
        )
    return source.reading.hints.publisher or _published_by(source)


def _published_by(source: _Source) -> str | None:
    for line in source.ends:
        match = _PUBLISHED_BY.match(line)
        if match and match["who"][0].isupper():
            return match["who"].strip()
    return None


def _inspectorate(source: _Source) -> str | None:
    whole = f"{source.text}\n" + "\n".join(source.ends)
    for inspectorate in CATALOGUE.inspectorates.values():
        signed = inspectorate.signed
        if signed and inspectorate.named.search(whole) and signed.search(whole):
            joint = _is_joint(inspectorate, " ".join(source.head), whole)
            return f"{inspectorate.name} and {inspectorate.partner}" if joint else inspectorate.name
    titled = _titled_by(source)
    if titled:
        return titled.name
    named = [" ".join(match.group().split()) for match in _INSPECTORATE.finditer(whole)]
    named = [re.sub(r"^(?:The|This|An?)\s+", "", name) for name in named]
    return max(named, key=named.count) if named else None


def _is_joint(inspectorate: Inspectorate, head: str, whole: str) -> bool:
    """Whether a report is its partner's too."""
    said, led = inspectorate.jointly, inspectorate.jointly_led
    return bool((said and said.search(head)) or (led and led.search(whole)))


def _is_signed(text: str) -> bool:
    """Whether a text bears what the reports of some inspectorate bear."""
    inspectorates = CATALOGUE.inspectorates.values()
    return any(each.signed is not None and each.signed.search(text) for each in inspectorates)


def _titled_by(source: _Source) -> Inspectorate | None:
    """The inspectorate whose name the head has, with a title that only its reports have."""
    head = " ".join((source.title, *source.head[:12]))
    for inspectorate in CATALOGUE.inspectorates.values():
        titles = inspectorate.titles
        if titles and titles.search(head) and inspectorate.named.search(head):
            return inspectorate
    return None


def _agency(source: _Source) -> str | None:
    """Where the text says that it was taken from ("Story taken directly from ...")."""
    for line in (*source.ends[:12], *source.ends[-12:]):
        match = _AGENCY.search(line)
        if match:
            return match["who"].strip(" .")
    return None


def _site(source: _Source, kind: Kind) -> str | None:
    host = urlsplit(source.reading.hints.source_url or "").hostname
    return host.removeprefix("www.") if host and kind is not Kind.INSPECTION_REPORT else None
