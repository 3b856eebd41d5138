"""Pure: claims checked as a paper: each claim with its verdict and the quotes that decide it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from rag.citation.source_label import in_quotation_marks
from rag.question.older import Older, older_reports
from rag.types import (
    CheckedPart,
    Citation,
    ClaimPart,
    Document,
    PartKind,
    TextSpan,
    Verdict,
    VerdictGround,
    VerdictRuling,
)
from ui.export.documents.answer_document import NEAREST
from ui.export.footnotes import Notes, quotation, source_cell
from ui.export.front_matter import KINDS_DIFFER, RESTS, made_by
from ui.export.paper import (
    Items,
    Paper,
    PaperSection,
    PaperWords,
    Paragraph,
    Run,
    paper_words,
    paragraph,
    text_table,
)
from ui.export.sources import source_files, sources_section
from ui.wording.checks import OTHERWISE, check_searched, check_summary, explanation, ruling_words
from ui.wording.sources import speaker

_LIMITS = (
    "A verdict is about the documents searched: not found means that they do not tell, not that "
    "the claim is false. In a quote, the words that decide stand in bold type."
)
_HEADINGS = {
    VerdictRuling.SUPPORTED: "The documents say so",
    VerdictRuling.CONTRADICTED: "The documents say otherwise",
    VerdictRuling.NOT_FOUND: "What the documents say",
}


def as_checked(verdict: Verdict) -> CheckedPart:
    """A verdict on one claim as the piece of a text that it would be."""
    return CheckedPart(ClaimPart(verdict.claim, 0, PartKind.CLAIM, verdict.claim), verdict)


def check_paper(
    checked: Sequence[CheckedPart], documents: Sequence[Document], made: datetime
) -> Paper:
    """The paper of a check; `documents` are the library's, `made` the moment now."""
    older = older_reports(documents)
    notes = Notes(older)
    sections: list[PaperSection] = []
    rows: list[Sequence[str]] = []
    for number, part in enumerate(checked, 1):
        sections += _piece(part, number, notes)
        rows += _rows(part, number, older)
    title, summary = "A check of claims against the documents", check_summary(checked)
    about = [made_by(title, made), f"{summary}.", check_searched(checked), _LIMITS, RESTS]
    header = ("Number", "Words", "Verdict", "Why", "Quote", "Source")
    return Paper(
        "Claims checked against the documents",
        summary,
        made,
        tuple(map(paragraph, filter(None, [*about, KINDS_DIFFER]))),
        (*sections, *sources_section(source_files(notes.cited.values(), documents), older)),
        notes.all(),
        text_table("Claims checked", header, rows, (1, 4, 2, 4, 4, 4)),
        contents=1 if len(checked) > 5 else 0,
    )


def _piece(checked: CheckedPart, number: int, notes: Notes) -> tuple[PaperSection, ...]:
    notes.begin_part()
    part, verdict = checked.part, checked.verdict
    blocks = [Paragraph(paper_words(part.text, strong=True))]
    if verdict is None:
        blocks.append(paragraph(explanation(checked)))
    elif part.claim and part.claim[1:] not in part.text:  # completed, beyond its first letter
        blocks.append(paragraph(f"Checked as: {verdict.claim}", quiet=True))
    heading = f"{'Claim' if verdict else 'Sentence'} {number}: {ruling_words(checked).casefold()}"
    head = PaperSection(heading, tuple(blocks))
    return (head, *_verdict(verdict, notes)) if verdict else (head,)


def _verdict(verdict: Verdict, notes: Notes) -> list[PaperSection]:
    deciding = notes.numbers(_deciding(verdict))
    why = Paragraph(paper_words(verdict.explanation, *deciding))
    sections = [PaperSection("Why", (why,), 2)]
    if verdict.grounds:
        sections.append(_grounds(_HEADINGS[verdict.ruling], verdict.grounds, notes))
        if verdict.conflicts:
            sections.append(_grounds(OTHERWISE, verdict.conflicts, notes))
    elif verdict.nearest:
        near = [quotation(citation, notes) for citation in verdict.nearest]
        sections.append(PaperSection(NEAREST, (Items(tuple(near)),), 2))
    return sections


def _deciding(verdict: Verdict) -> Sequence[Citation]:
    """What the explanation tells of: the ground that decides, those that say otherwise, or the
    nearest passage."""
    grounds = (*verdict.grounds[:1], *verdict.conflicts)
    return [c for ground in grounds for c in ground.citations] or verdict.nearest[:1]


def _grounds(heading: str, grounds: Sequence[VerdictGround], notes: Notes) -> PaperSection:
    items = tuple([_ground(ground, notes) for ground in grounds])
    return PaperSection(heading, (Items(items),), 2)


def _ground(ground: VerdictGround, notes: Notes) -> PaperWords:
    """Who speaks and when, and the quotes with their deciding words in bold."""
    words = [Run(f"{speaker(ground.citations[0])}: ")]
    for place, citation in enumerate(ground.citations):
        marks = ground.marks[place] if place < len(ground.marks) else ()
        words += _marked(citation, marks)
        words += [Run("", notes.numbers([citation])), Run(" ")]
    return tuple(words)


def _marked(citation: Citation, marks: Sequence[TextSpan]) -> Iterable[Run]:
    """A quote in quotation marks, what is marked in bold; marks that overlap are one."""
    quote, whole = citation.quote, in_quotation_marks(citation.quote)
    at = whole.find(quote)
    bold: set[int] = set()
    for mark in marks:
        bold.update(range(at + max(mark.start, 0), at + min(mark.end, len(quote))))
    for strong, places in groupby(range(len(whole)), key=bold.__contains__):
        yield Run("".join(map(whole.__getitem__, places)), strong=strong)


def _rows(checked: CheckedPart, number: int, older: Older) -> Sequence[Sequence[str]]:
    """A row of the spreadsheet for each quote; one row where there is none."""
    head = (str(number), checked.part.text, ruling_words(checked), explanation(checked))
    citations = checked.verdict.citations if checked.verdict else ()
    rows = [(*head, citation.quote, source_cell([citation], older)) for citation in citations]
    return rows or [(*head, "", "")]
