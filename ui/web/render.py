"""Pure: answers as HTML strings. Every word of a document or a reader goes through `escaped`."""

from __future__ import annotations

import calendar
import html
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rag.cite import find_quote
from rag.compose import quoted
from rag.types import Answer, Citation, Kind, Searched, Statement, Voice
from rag.words import squash
from ui.web.holdings import counted

_HEADINGS = {
    Voice.INSPECTOR: "Inspection findings",
    Voice.COUNCIL: "The council's own words",
    Voice.PRESS: "Press reports",
    Voice.OTHER: "Other documents",
    Voice.PROGRAM: "What follows",
}
_KINDS = {
    Kind.INSPECTION_REPORT: "Inspection report",
    Kind.COUNCIL_DOCUMENT: "Council document",
    Kind.NEWS: "Press report",
    Kind.OTHER: "Other document",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage cut at its quote: the three parts together are the passage."""

    before: str
    quote: str
    after: str


def escaped(text: str) -> str:
    """`text` as HTML that shows it and does nothing else; lone surrogates become "?"."""
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"), quote=True)


def spoken_date(day: date) -> str:
    """A date as it is read aloud: "4 March 2024"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def mark_quote(context: str, quote: str) -> Marked:
    """Cut `context` at `quote`, white space aside; a quote that is not in it stands alone."""
    found = find_quote(quote, context)
    if found is None:
        return Marked("", quote, "")
    start, end = found
    return Marked(context[:start], context[start:end], context[end:])


def grouped(statements: Iterable[Statement]) -> tuple[tuple[Voice, tuple[Statement, ...]], ...]:
    """Statements by voice, the voice that speaks first first, the program's own words last."""
    groups: dict[Voice, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.voice, []).append(statement)
    order = sorted(groups, key=lambda voice: voice is Voice.PROGRAM)
    return tuple((voice, tuple(groups[voice])) for voice in order)


def question_html(question: str, number: int) -> str:
    """The heading under which a turn of the conversation stands."""
    return (
        f'<h2 class="question" id="question-{number}">'
        f'<span class="who">Question {number}</span> '
        f'<span class="words">{escaped(question)}</span></h2>'
    )


def problem_html(problem: str) -> str:
    """One sentence that says what went wrong."""
    return f'<p class="problem" role="alert"><strong>Not done:</strong> {escaped(problem)}</p>'


def note_html(note: str) -> str:
    """A paragraph in the program's own voice."""
    return f'<p class="note">{escaped(note)}</p>'


def answer_html(answer: Answer, number: int, *, unfolded: bool = True) -> str:
    """An answer or a refusal, with its sources, as answer `number` of the conversation."""
    body = _answered(answer, number, unfolded) if answer.answered else _refused(answer, number)
    return (
        f'<article class="answer" aria-label="Answer to question {number}">'
        f"{_understood(answer)}{body}</article>"
    )


def source_line(citation: Citation) -> str:
    """Publisher, kind, date, page and paragraph in one line of plain text."""
    parts = [citation.publisher or "Publisher not known", _KINDS[citation.kind]]
    parts.append(spoken_date(citation.date) if citation.date else "date not known")
    place = f"page {citation.page}"
    if citation.paragraph:
        place += f", paragraph {citation.paragraph}"
    return " · ".join([*parts, place])


def searched_line(searched: Searched) -> str:
    """What was searched, in one or two sentences of plain text."""
    count = counted(searched.documents, "document", "documents")
    return f"Searched {count}{_span(searched)}. {scope_line(searched)}".rstrip()


def scope_line(searched: Searched) -> str:
    """The scope that was read out of the question, as a sentence; empty when there was none."""
    return f"Looked first at: {searched.scope}." if searched.scope else ""


def _span(searched: Searched) -> str:
    if not searched.earliest or not searched.latest:
        return ""
    first, last = spoken_date(searched.earliest), spoken_date(searched.latest)
    return f" of {first}" if first == last else f" dated {first} to {last}"


def _understood(answer: Answer) -> str:
    if not answer.understood or answer.understood.strip() == answer.question.strip():
        return ""
    return f'<p class="understood">Understood as: <q>{escaped(answer.understood)}</q></p>'


def _answered(answer: Answer, number: int, unfolded: bool) -> str:
    by_number = {citation.n: citation for citation in answer.citations}
    voices = "".join(
        _voice(voice, statements, by_number, number)
        for voice, statements in grouped(answer.statements)
    )
    return (
        f'{voices}<section class="sources" aria-label="Sources of answer {number}">'
        f"<h3>Sources</h3>{_cards(answer.citations, f'a{number}-source', unfolded)}</section>"
        f'<p class="searched">{escaped(searched_line(answer.searched))}</p>'
    )


def _refused(answer: Answer, number: int) -> str:
    # A refusal's own text says how much was searched; the scope is what it leaves out.
    scope = scope_line(answer.searched)
    return (
        f'<section class="refusal"><h3>Not in the documents</h3><p>{escaped(answer.text)}</p>'
        + (f'<p class="searched">{escaped(scope)}</p>' if scope else "")
        + f"{_nearest(answer.nearest, number)}</section>"
    )


def _nearest(citations: tuple[Citation, ...], number: int) -> str:
    if not citations:
        return ""
    # Nothing is marked in these: no words of theirs are quoted.
    cards = "".join(
        _card(citation, f"a{number}-nearest-{citation.n}", escaped(citation.quote), unfolded=True)
        for citation in citations
    )
    return (
        '<details class="nearest"><summary>Nearest passages '
        f"({len(citations)}): related words, not an answer</summary>{cards}</details>"
    )


def _voice(
    voice: Voice, statements: Iterable[Statement], by_number: dict[int, Citation], number: int
) -> str:
    items = "".join(
        f"<li>{_said(tuple(run), by_number, number)}{_attribution(source)}</li>"
        for source, run in groupby(statements, key=lambda statement: statement.source)
    )
    return (
        f'<section class="voice voice-{voice.value}"><h3>{escaped(_HEADINGS[voice])}</h3>'
        f"<ul>{items}</ul></section>"
    )


def _said(statements: Iterable[Statement], by_number: dict[int, Citation], number: int) -> str:
    """What one source says, a paragraph a statement."""
    return "".join(_statement(statement, by_number, number) for statement in statements)


def _attribution(source: str) -> str:
    return f'<p class="source-label">{escaped(source)}</p>' if source else ""


def _statement(statement: Statement, by_number: dict[int, Citation], number: int) -> str:
    cited = [by_number[n] for n in statement.citations if n in by_number]
    chips = "&nbsp;".join(_chip(citation, number) for citation in cited)
    return f"<p>{_words(statement, cited)}&nbsp;{chips}</p>"


def _words(statement: Statement, cited: Iterable[Citation]) -> str:
    """Quotation marks and the serif only where the words are the source's own, word for word."""
    # A sentence that runs over a page is cited once for each page that it stands on.
    if squash(statement.text) == squash("".join(citation.quote for citation in cited)):
        return f'<q class="quoted">{escaped(quoted(statement.text))}</q>'
    return f'<span class="own">{escaped(statement.text)}</span>'


def _chip(citation: Citation, number: int) -> str:
    label = escaped(f"Source {citation.n}: {source_line(citation)}")
    return (
        f'<a class="chip" href="#a{number}-source-{citation.n}" title="{label}"'
        f' aria-label="{label}">{citation.n}</a>'
    )


def _cards(citations: Iterable[Citation], prefix: str, unfolded: bool) -> str:
    return "".join(
        _card(citation, f"{prefix}-{citation.n}", _marked(citation), unfolded)
        for citation in citations
    )


def _marked(citation: Citation) -> str:
    cut = mark_quote(citation.context or citation.quote, citation.quote)
    return f"{escaped(cut.before)}<mark>{escaped(cut.quote)}</mark>{escaped(cut.after)}"


def _card(citation: Citation, key: str, passage: str, unfolded: bool) -> str:
    # The id stands inside the details, so that following a chip opens them.
    return (
        f'<details class="source"{" open" if unfolded else ""}><summary>'
        f'<span class="number">{citation.n}</span> '
        f'<span class="title">{escaped(citation.title)}</span> '
        f'<span class="meta">{escaped(source_line(citation))}</span></summary>'
        f'<blockquote id="{key}">{passage}</blockquote>'
        f'<p class="file">File: <span>{escaped(citation.document)}</span></p></details>'
    )


def scroll_to_question(number: int) -> str:
    """The one script of the page: bring the newest question to the top. No text goes into it."""
    return (
        f"<script>document.getElementById('question-{number:d}')"
        "?.scrollIntoView({block: 'start'})</script>"
    )
