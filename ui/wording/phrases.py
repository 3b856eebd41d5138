"""Pure: what screen, terminal and paper call things; plain text, never markup."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from rag.citation.source_label import in_quotation_marks
from rag.claims.splitting import UNCHECKED
from rag.text.tokens import squash
from rag.types import (
    Answer,
    CheckedPart,
    Citation,
    Document,
    Kind,
    Searched,
    Statement,
    Verdict,
    VerdictGround,
    VerdictRuling,
    Voice,
)

PRODUCT = "Scrutiny Desk"
HEADINGS = {
    Voice.INSPECTOR: "Inspection findings",
    Voice.COUNCIL: "The council's own words",
    Voice.PRESS: "Press reports",
    Voice.OTHER: "Other documents",
    Voice.PROGRAM: "What follows",
}
KINDS = {
    Kind.INSPECTION_REPORT: "Inspection report",
    Kind.COUNCIL_DOCUMENT: "Council document",
    Kind.NEWS: "Press report",
    Kind.OTHER: "Other document",
}


RULINGS = {
    VerdictRuling.SUPPORTED: "Supported",
    VerdictRuling.CONTRADICTED: "Contradicted",
    VerdictRuling.NOT_FOUND: "Not found",
}
NOT_CHECKABLE = "Not checkable"
OTHERWISE = "Other documents say otherwise"
SPEAKERS = {
    Kind.INSPECTION_REPORT: "Inspectors",
    Kind.COUNCIL_DOCUMENT: "The council",
    Kind.NEWS: "The press",
    Kind.OTHER: "Another document",
}


def count_words(number: int, one: str, many: str) -> str:
    """`number` with its noun: "1 page", "2 pages"."""
    return f"{number:,} {one if number == 1 else many}"


def listed(parts: Sequence[str]) -> str:
    """Parts as a sentence lists them: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def counted_kinds(kinds: Iterable[Kind]) -> str:
    """How many documents of which kinds: "2 inspection reports and 1 press report"."""
    held = [*kinds]
    names = {kind: name.casefold() for kind, name in KINDS.items()}
    return listed(
        [
            count_words(held.count(kind), names[kind], f"{names[kind]}s")
            for kind in Kind
            if kind in held
        ]
    )


def spoken_date(day: date) -> str:
    """A date as it is read aloud: "4 March 2024"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def spoken_moment(moment: str) -> str:
    """The day of an ISO 8601 moment as it is read aloud; the text itself where it is none."""
    try:
        return spoken_date(datetime.fromisoformat(moment).date())
    except ValueError:
        return moment


def spoken_span(first: date, last: date) -> str:
    """The first and the last day as they are read aloud: "3 to 14 March 2024"."""
    if first == last:
        return spoken_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {spoken_date(last)}"
    if first.year == last.year:
        return f"{first.day} {calendar.month_name[first.month]} to {spoken_date(last)}"
    return f"{spoken_date(first)} to {spoken_date(last)}"


def document_date(document: Document) -> str:
    """The date that a document bears, or that it bears none."""
    day = document.description.published or document.description.inspected_to
    return spoken_date(day) if day else "date not known"


def grouped(statements: Iterable[Statement]) -> tuple[tuple[Voice, tuple[Statement, ...]], ...]:
    """Statements by voice, the voice that speaks first first, the program's own words last."""
    groups: dict[Voice, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.voice, []).append(statement)
    order = sorted(groups, key=lambda voice: voice is Voice.PROGRAM)
    return tuple((voice, tuple(groups[voice])) for voice in order)


def place(citation: Citation) -> str:
    """The page and paragraph of a citation."""
    page = f"page {citation.page}"
    return f"{page}, paragraph {citation.paragraph}" if citation.paragraph else page


def source_line(citation: Citation) -> str:
    """Publisher, kind, date, page and paragraph in one line."""
    day = spoken_date(citation.date) if citation.date else "date not known"
    publisher = citation.publisher or "Publisher not known"
    return " · ".join([publisher, KINDS[citation.kind], day, place(citation)])


def committee_citation(citation: Citation) -> str:
    """A citation as a committee paper gives it: publisher, title, kind, date and place."""
    day = spoken_date(citation.date) if citation.date else "undated"
    source = f"{citation.publisher}, " if citation.publisher else ""
    kind = KINDS[citation.kind].casefold()
    return f"{source}{citation.title} ({kind}, {day}), {place(citation)}."


def quote_with_citation(citation: Citation) -> str:
    """The quoted words, and under them where they stand."""
    words = in_quotation_marks(" ".join(citation.quote.split()))
    return f"{words}\n{committee_citation(citation)}"


def searched_line(searched: Searched, *, scope: bool = True) -> str:
    """What was searched, in one or two sentences; `scope` adds what was looked at first."""
    count = count_words(searched.documents, "document", "documents")
    only = f", {searched.filters} only" if searched.filters else ""
    looked = f" {scope_line(searched)}" if scope and searched.scope else ""
    return f"Searched {count}{_span(searched)}{only}.{looked}"


def scope_line(searched: Searched) -> str:
    """The scope that was read out of the question, as a sentence; empty when there was none."""
    return f"Looked first at: {searched.scope}." if searched.scope else ""


def _span(searched: Searched) -> str:
    if not searched.earliest or not searched.latest:
        return ""
    first, last = spoken_date(searched.earliest), spoken_date(searched.latest)
    return f" of {first}" if first == last else f" dated {first} to {last}"


def verbatim(text: str, cited: Iterable[Citation]) -> bool:
    """Whether a text is the words of its citations, white space and a mark of cutting aside.

    A sentence that runs over a page is cited once for each page that it stands on.
    """
    told = squash(text.removesuffix("\u2026"))
    return bool(told) and told == squash("".join(citation.quote for citation in cited))


def answer_for_paper(answer: Answer) -> str:
    """An answer with its sources, as it can be put into a committee paper."""
    lines = [answer.question, ""]
    if not answer.answered:
        return "\n".join([*lines, answer.text])
    by_number = {citation.n: citation for citation in answer.citations}
    for voice, statements in grouped(answer.statements):
        lines.append(HEADINGS[voice])
        for said in statements:
            lines += _marked_statement(said, [by_number[n] for n in said.citations])
        lines.append("")
    lines += [f"[{citation.n}] {committee_citation(citation)}" for citation in answer.citations]
    return "\n".join([*lines, "", searched_line(answer.searched)])


def _marked_statement(statement: Statement, cited: Sequence[Citation]) -> list[str]:
    """In quotation marks only where the words are the source's; under a model's words, those."""
    marks = "".join(f"[{n}]" for n in statement.citations)
    if statement.written and not verbatim(statement.text, cited):
        rests = [
            f"  {in_quotation_marks(' '.join(each.quote.split()))} [{each.n}]" for each in cited
        ]
        return [f"- {statement.text} {marks}", *rests]
    words = (
        statement.text if statement.voice is Voice.PROGRAM else in_quotation_marks(statement.text)
    )
    return [f"- {words} {marks}"]


# ---------------------------------------------------------------- claims


def speaker(citation: Citation) -> str:
    """Who says something, and when: "Inspectors, 2024"."""
    return f"{SPEAKERS[citation.kind]}, {citation.date.year if citation.date else 'date not known'}"


def ruled(one: CheckedPart) -> str:
    """A verdict in one or two words; of a piece that is no claim, that it is none."""
    return RULINGS[one.verdict.ruling] if one.verdict else NOT_CHECKABLE


def check_summary(checked: Sequence[CheckedPart]) -> str:
    """How many claims a text makes, and how many of them are what."""
    words = [ruled(one) for one in checked]
    claims = count_words(sum(bool(one.verdict) for one in checked), "claim", "claims")
    told = [
        f"{words.count(word)} {word.casefold()}"
        for word in (*RULINGS.values(), NOT_CHECKABLE)
        if word in words
    ]
    return f"{claims}: {listed(told)}" if told else claims


def check_for_paper(checked: Sequence[CheckedPart]) -> str:
    """A whole check with its quotes and sources, as it can be put into a committee paper."""
    pieces = (_piece_for_paper(number, one) for number, one in enumerate(checked, 1))
    searched = next(
        (searched_line(o.verdict.searched, scope=False) for o in checked if o.verdict), ""
    )
    return "\n\n".join(part for part in (check_summary(checked), *pieces, searched) if part)


def _piece_for_paper(number: int, one: CheckedPart) -> str:
    head = f"{number}. {ruled(one)}: {' '.join(one.part.text.split())}"
    if one.verdict is None:
        return f"{head}\n{UNCHECKED.get(one.part.kind, '')}"
    return "\n".join([head, *_verdict_for_paper(one.verdict)])


def _verdict_for_paper(verdict: Verdict) -> list[str]:
    lines = [verdict.explanation, *_grounds_for_paper(verdict.grounds)]
    if verdict.conflicts:
        lines += [f"{OTHERWISE}:", *_grounds_for_paper(verdict.conflicts)]
    return lines


def _grounds_for_paper(grounds: Sequence[VerdictGround]) -> list[str]:
    return [f"- {quote_with_citation(c)}" for ground in grounds for c in ground.citations]
