"""Pure: claims checked as a paper: each claim with its verdict and the quotes that decide it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from rag.citation.source_label import in_quotation_marks
from rag.claims.splitting import UNCHECKED
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
from ui.export.footnotes import Notes, named_files, quotation
from ui.export.front_matter import KINDS_DIFFER, RESTS, made_by
from ui.export.paper import (
    Items,
    Paper,
    PaperBlock,
    PaperSection,
    PaperWords,
    Paragraph,
    Run,
    Table,
    paper_words,
)
from ui.export.sources import source_files, sources_section
from ui.wording.answers import searched_line
from ui.wording.checks import OTHERWISE, check_summary, ruling_words
from ui.wording.sources import speaker

_BOLD = "In a quote, the words that decide stand in bold type."
_NO_LINE = (
    "A verdict is about the documents searched: not found means that they do not tell, not that "
    "the claim is false."
)
_SAYS = {
    VerdictRuling.SUPPORTED: "The documents say so",
    VerdictRuling.CONTRADICTED: "The documents say otherwise",
    VerdictRuling.NOT_FOUND: "What the documents say",
}


def as_checked(verdict: Verdict) -> CheckedPart:
    """A verdict on one claim as the piece of a text that it would be."""
    return CheckedPart(ClaimPart(verdict.claim, 0, PartKind.CLAIM, verdict.claim), verdict)


def check_paper(checked: Sequence[CheckedPart], held: Iterable[Document], made: datetime) -> Paper:
    """The paper of a check; `held` are the library's documents, `made` the moment now."""
    notes = Notes()
    sections = [
        section for number, one in enumerate(checked, 1) for section in _piece(one, number, notes)
    ]
    searched = [one.verdict.searched for one in checked if one.verdict][:1]
    about = [
        made_by("A check of claims against the documents", made),
        f"{check_summary(checked)}.",
        *(searched_line(each, scope=False) for each in searched),
        f"{_NO_LINE} {_BOLD}",
        RESTS,
        KINDS_DIFFER,
    ]
    return Paper(
        "Claims checked against the documents",
        check_summary(checked),
        made,
        tuple(Paragraph(paper_words(line)) for line in about),
        (*sections, *sources_section(source_files(notes.cited.values(), held))),
        notes.all(),
        _spreadsheet(checked),
        contents=1 if len(checked) > 5 else 0,
    )


def _piece(one: CheckedPart, number: int, notes: Notes) -> tuple[PaperSection, ...]:
    notes.begin_part()
    what = "Claim" if one.verdict else "Sentence"
    blocks: list[PaperBlock] = [Paragraph(paper_words(one.part.text, strong=True))]
    if one.verdict is None:
        blocks.append(Paragraph(paper_words(UNCHECKED.get(one.part.kind, ""))))
    elif _completed(one.part):
        blocks.append(Paragraph(paper_words(f"Checked as: {one.verdict.claim}"), quiet=True))
    head = PaperSection(f"{what} {number}: {ruling_words(one).casefold()}", tuple(blocks))
    return (head, *(_verdict(one.verdict, notes) if one.verdict else ()))


def _completed(part: ClaimPart) -> bool:
    """Whether the claim was checked in other words than its own, but for how it begins."""
    return bool(part.claim) and part.claim[1:] not in part.text


def _verdict(verdict: Verdict, notes: Notes) -> tuple[PaperSection, ...]:
    told = Paragraph(paper_words(verdict.explanation, *_deciding(verdict, notes)))
    if not verdict.grounds:
        near = [quotation(citation, notes) for citation in verdict.nearest]
        why = PaperSection("Why", (told,), 2)
        return (why, PaperSection(NEAREST, (Items(tuple(near)),), 2)) if near else (why,)
    found = [_grounds(_SAYS[verdict.ruling], verdict.grounds, notes)]
    if verdict.conflicts:
        found.append(_grounds(OTHERWISE, verdict.conflicts, notes))
    return (PaperSection("Why", (told,), 2), *found)


def _deciding(verdict: Verdict, notes: Notes) -> tuple[int, ...]:
    """The notes of what the explanation tells of: the ground that decides, those that say
    otherwise, or the nearest passage."""
    grounds = (*verdict.grounds[:1], *verdict.conflicts)
    cited = [citation for ground in grounds for citation in ground.citations]
    return notes.numbers(cited or verdict.nearest[:1])


def _grounds(heading: str, grounds: Sequence[VerdictGround], notes: Notes) -> PaperSection:
    return PaperSection(heading, (Items(tuple(_ground(ground, notes) for ground in grounds)),), 2)


def _ground(ground: VerdictGround, notes: Notes) -> PaperWords:
    """Who speaks and when, and the quotes with their deciding words in bold."""
    quotes = [
        run
        for n, citation in enumerate(ground.citations)
        for run in _marked(citation, ground.marks[n] if n < len(ground.marks) else (), notes)
    ]
    return (Run(f"{speaker(ground.citations[0])}: "), *quotes)


def _marked(citation: Citation, marks: Sequence[TextSpan], notes: Notes) -> PaperWords:
    """A quote in quotation marks, what is marked in bold; marks that overlap are one."""
    text, whole = citation.quote, in_quotation_marks(citation.quote)
    at = whole.find(text)
    bold = [False] * len(whole)
    for mark in marks:
        for place in range(max(mark.start, 0), min(mark.end, len(text))):
            bold[at + place] = True
    cuts = [0, *(n for n in range(1, len(whole)) if bold[n] != bold[n - 1]), len(whole)]
    runs = [Run(whole[start:end], strong=bold[start]) for start, end in pairwise(cuts)]
    return (*runs, Run("", notes.numbers([citation])), Run(" "))


# ---------------------------------------------------------------- as a table


def _spreadsheet(checked: Sequence[CheckedPart]) -> Table:
    rows = tuple(row for number, one in enumerate(checked, 1) for row in _rows(one, number))
    header = ("Number", "Words", "Verdict", "Why", "Quote", "Source")
    return Table("Claims checked", header, rows, (1, 4, 2, 4, 4, 4))


def _rows(one: CheckedPart, number: int) -> list[tuple[PaperWords, ...]]:
    """A row for each quote; one row where there is none."""
    verdict = one.verdict
    why = verdict.explanation if verdict else UNCHECKED.get(one.part.kind, "")
    head = (str(number), one.part.text, ruling_words(one), why)
    cited = verdict.citations if verdict else ()
    quotes = [(c.quote, named_files([c])) for c in cited] or [("", "")]
    return [tuple(paper_words(cell) for cell in (*head, *quote)) for quote in quotes]
