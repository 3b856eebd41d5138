"""Pure: an answer in words that screen, terminal and paper share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.citation.source_label import in_quotation_marks
from rag.question.expansion import explained
from rag.question.older import NO_OLDER, Older
from rag.text.councils import misspelt_councils
from rag.types import Answer, Citation, Searched, Statement, Voice
from ui.wording.dates import spoken_date
from ui.wording.lists import count_words, listed
from ui.wording.sources import committee_citation, one_line_quote, verbatim
from ui.wording.translation import N_, tr

_COUNCIL = "council:"
"""How the key of a part of a scope begins that is a council."""
HEADINGS = {
    Voice.INSPECTOR: N_("Inspection findings"),
    Voice.OFFICIAL: N_("Findings of ombudsmen, auditors and regulators"),
    Voice.COUNCIL: N_("The council's own words"),
    Voice.PRESS: N_("Press reports"),
    Voice.OTHER: N_("Other documents"),
    Voice.PROGRAM: N_("What follows"),
}
REFUSED = N_("Not in the documents")
ASKED_BACK = N_("Please choose a council")
"""The heading of a question that is asked back."""


def statements_by_voice(statements: Iterable[Statement]) -> list[tuple[Voice, list[Statement]]]:
    """Statements by voice, the voice that speaks first first, the program's own words last."""
    groups: dict[Voice, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.voice, []).append(statement)
    return sorted(groups.items(), key=lambda group: group[0] is Voice.PROGRAM)


def citations_of(statement: Statement, answer: Answer) -> list[Citation]:
    """The citations that back a statement of an answer, in the statement's order."""
    by_number = {citation.n: citation for citation in answer.citations}
    return [by_number[number] for number in statement.citations if number in by_number]


def understood_as(answer: Answer) -> str:
    """What a question was understood as, where that is in other words than its own; else ""."""
    understood = answer.understood or ""
    return "" if understood.strip() == answer.question.strip() else understood


def read_as(answer: Answer) -> str:
    """Which misspelt names were read as which councils; "" where all are written as they are."""
    councils = [
        part.key.removeprefix(_COUNCIL)
        for part in (*answer.searched.parts, *answer.searched.left_out)
        if part.key.startswith(_COUNCIL)
    ]
    misspelt = misspelt_councils(answer.question, councils)
    told = [tr("“{}” was read as {}").format(said, name) for said, name in misspelt]
    return f"{listed(told)}." if told else ""


def abbreviations_line(answer: Answer) -> str:
    """What the abbreviations in an answer usually stand for; "" where there are none."""
    words = "\n".join((answer.question, *(statement.text for statement in answer.statements)))
    told = [f"{short}, {meaning}" for short, meaning in explained(words)]
    return tr("What abbreviations usually stand for: {}.").format("; ".join(told)) if told else ""


def searched_line(searched: Searched, *, scope: bool = True) -> str:
    """What was searched, in one or two sentences; `scope` adds what was looked at first."""
    count = count_words(searched.documents, "document", "documents")
    only = tr(", {} only").format(searched.filters) if searched.filters else ""
    looked = tr(" Looked first at: {}.").format(searched.scope) if scope and searched.scope else ""
    return tr("Searched {}{}{}.{}").format(count, _span(searched), only, looked)


def _span(searched: Searched) -> str:
    if not searched.earliest or not searched.latest:
        return ""
    first, last = spoken_date(searched.earliest), spoken_date(searched.latest)
    return (
        tr(" of {}").format(first) if first == last else tr(" dated {} to {}").format(first, last)
    )


def answer_for_paper(answer: Answer, older: Older = NO_OLDER) -> str:
    """An answer with its sources, as it can be put into a committee paper; which of them are
    `older` reports is told."""
    lines = [answer.question, ""]
    if not answer.answered:
        return "\n".join([*lines, answer.text])
    for voice, statements in statements_by_voice(answer.statements):
        lines.append(tr(HEADINGS[voice]))
        for statement in statements:
            lines += _marked_statement(statement, citations_of(statement, answer))
        lines.append("")
    for citation in answer.citations:
        lines.append(f"[{citation.n}] {committee_citation(citation, older)}")
    return "\n".join([*lines, "", searched_line(answer.searched)])


def _marked_statement(statement: Statement, cited: Sequence[Citation]) -> list[str]:
    """In quotation marks only where the words are the source's; under a model's words, those."""
    marks = "".join(f"[{number}]" for number in statement.citations)
    if statement.written and not verbatim(statement.text, cited):
        quotes = [f"  {one_line_quote(citation.quote)} [{citation.n}]" for citation in cited]
        return [f"- {statement.text} {marks}", *quotes]
    own = statement.voice is Voice.PROGRAM
    return [f"- {statement.text if own else in_quotation_marks(statement.text)} {marks}"]
