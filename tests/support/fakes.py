"""Hand-written stand-ins: a desk that knows three things about an invented council."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from shared_data import WordEmbedder, made

from ingest.pages.page_images import Box, PagePicture
from rag.claims.splitting import split_claims
from rag.errors import LibraryLocked, ScrutinyError, Unreadable
from rag.library.library import Library
from rag.packs.types import Briefing, History, Pack, Timeline
from rag.question.filters import EVERYTHING, Filters
from rag.saved.checks import SavedChecks
from rag.saved.conversations import Conversations
from rag.saved.feedback import FeedbackBook
from rag.saved.library_changes import LibraryChanges
from rag.saved.packs import SavedPacks
from rag.saved.shares import Shares
from rag.saved.tokens import Tokens
from rag.saved.tracker import TrackerNotes
from rag.saved.visits import Visits
from rag.settings import Settings
from rag.types import (
    Agreement,
    Answer,
    CheckedPart,
    Citation,
    Comparison,
    Description,
    Document,
    Kind,
    Page,
    ScopePart,
    Searched,
    Statement,
    TextSpan,
    Verdict,
    VerdictGround,
    VerdictRuling,
    Voice,
)
from ui.web.jobs.ingest_job import IngestJobs
from ui.web.jobs.pack_job import PackJobs
from ui.web.session.services import WebServices, open_administration

HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\"> [x](javascript:alert(1)) $x^2$ :smile: **b**"
)

REPORT = Citation(
    n=1,
    document="reports/fallowmere-2024.pdf",
    title="Inspection of Fallowmere children's services",
    publisher="Office for Invented Inspections",
    kind=Kind.INSPECTION_REPORT,
    date=date(2024, 3, 4),
    page=5,
    paragraph="23",
    quote="Caseloads are too high in the assessment teams, and some children wait too long.",
    sha256="1" * 64,
    context=(
        "Social workers know their children well. Caseloads are too high in the\nassessment teams, "
        "and some children wait too long. Leaders have a plan to recruit more staff."
    ),
)
NEWER_REPORT = replace(
    REPORT, document="reports/fallowmere-2026.pdf", date=date(2026, 5, 6), sha256="6" * 64
)
"""Of the next inspection of the same council."""
PLAN = Citation(
    n=2,
    document="council/improvement-plan.docx",
    title="Improvement plan 2024 to 2026",
    publisher="Fallowmere Council",
    kind=Kind.COUNCIL_DOCUMENT,
    date=date(2024, 7, 1),
    page=2,
    paragraph=None,
    quote="We will recruit 24 social workers by March 2025.",
    sha256="2" * 64,
    context="Our first aim is stability. We will recruit 24 social workers by March 2025.",
)
ARTICLE = Citation(
    n=3,
    document="news/fallowmere-gazette.html",
    title="Social work posts unfilled",
    publisher="Fallowmere Gazette",
    kind=Kind.NEWS,
    date=None,
    page=1,
    paragraph=None,
    quote="Only nine of the promised posts had been filled by the spring.",
    sha256="3" * 64,
    context=(
        "The council made its promise last summer. Only nine of the promised posts had been filled "
        "by the spring. A spokesman declined to comment."
    ),
)


def documents() -> tuple[Document, ...]:
    """Three sources of three kinds, two inspections apart."""
    return (
        _document("reports/fallowmere-2021.pdf", Kind.INSPECTION_REPORT, date(2021, 2, 1)),
        _document(REPORT.document, Kind.INSPECTION_REPORT, REPORT.date),
        _document(PLAN.document, Kind.COUNCIL_DOCUMENT, PLAN.date),
        _document(ARTICLE.document, Kind.NEWS, ARTICLE.date),
    )


def _document(name: str, kind: Kind, published: date | None) -> Document:
    description = Description(name, kind=kind, published=published, councils=("Fallowmere",))
    return Document(name, "0" * 64, description, (Page(1, "Text."),))


SEARCHED = Searched(
    4,
    date(2021, 2, 1),
    date(2024, 7, 1),
    scope="Fallowmere",
    parts=(ScopePart("council:Fallowmere", "Fallowmere"),),
)


def answer(question: str = "Are caseloads too high?") -> Answer:
    """An answer in all four voices."""
    statements = (
        Statement(REPORT.quote, (1,), Voice.INSPECTOR, "Invented Inspections, Fallowmere, 2024"),
        Statement(PLAN.quote, (2,), Voice.COUNCIL, "Fallowmere Council, July 2024"),
        Statement(ARTICLE.quote, (3,), Voice.PRESS, "Fallowmere Gazette"),
        Statement("Nine of the 24 posts are reported filled.", (2, 3), Voice.PROGRAM),
    )
    text = " ".join(f"{s.text} {' '.join(f'[{n}]' for n in s.citations)}" for s in statements)
    return Answer(question, True, text, statements, (REPORT, PLAN, ARTICLE), SEARCHED)


def refusal(question: str = "Who won the cup?") -> Answer:
    """A refusal with one nearest passage."""
    text = "The documents do not say who won the cup. 4 documents of 2021 to 2024 were searched."
    return Answer(question, False, text, (), (), SEARCHED, nearest=(replace(ARTICLE, n=1),))


def asked_back(question: str, choices: Sequence[str] = ("Fallowmere", "Thornbeck")) -> Answer:
    """What is asked back where a question may be of several councils."""
    return replace(refusal(question), text="Which council is meant?", choices=tuple(choices))


def hostile_answer(question: str) -> Answer:
    """An answer whose every word from a document tries to be something else than text."""
    quote = f"{HOSTILE} said the report."
    cited = replace(
        REPORT,
        title=HOSTILE,
        publisher=HOSTILE,
        document=HOSTILE,
        paragraph=HOSTILE,
        quote=quote,
        context=f"{HOSTILE} {quote} {HOSTILE}",
    )
    statement = Statement(quote, (1,), Voice.INSPECTOR, HOSTILE)
    searched = replace(SEARCHED, scope=HOSTILE, parts=(ScopePart(f"council:{HOSTILE}", HOSTILE),))
    return Answer(question, True, quote, (statement,), (cited,), searched, understood=HOSTILE)


# ---------------------------------------------------------------- claims


def supported(claim: str) -> Verdict:
    """A verdict that two sources bear out."""
    agreed = Comparison(
        "number", Agreement.AGREES, (TextSpan(0, 9),), (TextSpan(0, 9),), "both say so"
    )
    grounds = (
        _ground(REPORT, "Caseloads", agreed),
        _ground(replace(ARTICLE, n=2), "nine", agreed),
    )
    return Verdict(
        claim,
        VerdictRuling.SUPPORTED,
        "Invented Inspections, Fallowmere, 2024 says so.",
        grounds,
        marks=_marks(claim, "Caseloads"),
        searched=SEARCHED,
    )


def contradicted(claim: str) -> Verdict:
    """A verdict on posts: the council says 24, the press nine."""
    words = "the source says 24, the claim says 42"
    differs = Comparison(
        "number", Agreement.DIFFERS, _marks(claim, "42"), (TextSpan(16, 18),), words
    )
    against = _ground(replace(ARTICLE, n=2), "nine", replace(differs, finding=Agreement.AGREES))
    return Verdict(
        claim,
        VerdictRuling.CONTRADICTED,
        "Fallowmere Council, July 2024 says otherwise: the source says 24, the claim says 42. The "
        "sources disagree: Fallowmere Gazette says otherwise. This rests on Fallowmere Council.",
        (replace(_ground(replace(PLAN, n=1), "24", differs), agrees=False),),
        (against,),
        marks=_marks(claim, "42"),
        searched=SEARCHED,
    )


def not_found(claim: str) -> Verdict:
    """A verdict that nothing held decides, with one nearest passage."""
    words = "No document held says this or contradicts it."
    near = (replace(ARTICLE, n=1),)
    return Verdict(claim, VerdictRuling.NOT_FOUND, words, nearest=near, searched=SEARCHED)


def hostile_verdict(claim: str) -> Verdict:
    """A verdict whose every word tries to be something else than text."""
    (cited,) = hostile_answer(claim).citations
    differs = Comparison("name", Agreement.DIFFERS, (TextSpan(0, 5),), (TextSpan(0, 5),), HOSTILE)
    ground = VerdictGround((cited,), (differs,), ((TextSpan(0, 5),),), agrees=False)
    return Verdict(
        claim,
        VerdictRuling.CONTRADICTED,
        HOSTILE,
        (ground,),
        (replace(ground, citations=(replace(cited, n=2),)),),
        marks=(TextSpan(0, 5),),
        searched=replace(SEARCHED, scope=HOSTILE, filters=HOSTILE),
    )


def _ground(citation: Citation, word: str, *comparisons: Comparison) -> VerdictGround:
    return VerdictGround((citation,), comparisons, (_marks(citation.quote, word),))


def _marks(text: str, word: str) -> tuple[TextSpan, ...]:
    at = text.find(word)
    return (TextSpan(at, at + len(word)),) if at >= 0 else ()


def checked(text: str = "Caseloads are too high.") -> tuple[CheckedPart, ...]:
    """A text, every claim of which is supported."""
    return tuple(
        CheckedPart(part, supported(part.claim) if part.claim else None)
        for part in split_claims(text)
    )


def empty_pack(council: str = "Fallowmere") -> Pack:
    """A pack on a council of which nothing is held."""
    return Pack(
        council, council, "2026-03-04T10:00:00+00:00", History(council, ()), (), (),
        Timeline(council, ()), Briefing((), (), (), (), (), (), ()), (),
    )  # fmt: skip


def verdict_on(claim: str) -> Verdict:
    """By a word in the claim: "posts" is contradicted, "cup" not found, "hostile" attacks."""
    made = {"posts": contradicted, "cup": not_found, "hostile": hostile_verdict}
    return next((of for word, of in made.items() if word in claim), supported)(claim)


@dataclass
class FakeDesk:
    """Answers by a word in the question: "cup" is refused, "which" asked back, "locked" fails,
    "hostile" attacks."""

    asked: list[tuple[str, int]] = field(default_factory=list)
    filters: list[Filters] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)

    def stream(
        self, question: str, history: Sequence[Answer] = (), *, filters: Filters = EVERYTHING
    ) -> Iterator[Answer]:
        yield self.ask(question, history, filters=filters)

    def ask(
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        filters: Filters = EVERYTHING,
        quotes_only: bool = False,
    ) -> Answer:
        self.asked.append((question, len(history)))
        self.filters.append(filters)
        if "locked" in question:
            raise LibraryLocked(f"Another program is writing to the library. {HOSTILE}")
        if "cup" in question:
            return refusal(question)
        if "hostile" in question:
            return hostile_answer(question)
        if "which" in question and "Fallowmere" not in question:
            return asked_back(question)
        if question.startswith("And"):
            return replace(answer(question), understood="Were caseloads too high in 2021?")
        return answer(question)

    def check_speech(self, text: str, *, filters: Filters = EVERYTHING) -> tuple[CheckedPart, ...]:
        self.checked.append(text)
        self.filters.append(filters)
        if "locked" in text:
            raise LibraryLocked(f"Another program is writing to the library. {HOSTILE}")
        parts = split_claims(text)
        return tuple(CheckedPart(p, verdict_on(p.claim) if p.claim else None) for p in parts)


PICTURE = PagePicture(
    page=5,
    pages=9,
    image=base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
    ),
    media_type="image/png",
    width=1,
    height=1,
    boxes=(Box(0.1, 0.2, 0.5, 0.02), Box(0.1, 0.23, 0.3, 0.02)),
)
"""One white dot with two lines marked."""


@dataclass
class FakePictures:
    """Draws the same page whatever is asked for; marks it only where words are given."""

    asked: list[tuple[int, str]] = field(default_factory=list)

    def draw(self, file: Path, page: int, marked: str = "", around: str = "") -> PagePicture:
        self.asked.append((page, marked))
        if page == 7:
            raise Unreadable("Page 7 is damaged.", "Ask for a new copy.")
        return replace(PICTURE, page=page, boxes=PICTURE.boxes if marked else ())


def bench(
    folder: Path,
    desk: FakeDesk | None = None,
    *,
    empty: bool = False,
    settings: Settings | None = None,
) -> WebServices:
    """A bench over a real library that holds the sources cited above, and a fake desk."""
    library = Library(folder, WordEmbedder())
    if not empty:
        for citation in (REPORT, PLAN, ARTICLE):
            hold(library, citation)
        library.keep_original(REPORT.sha256, ".pdf", b"%PDF-1.7 only its beginning is looked at")
    packs, administration = SavedPacks(folder), open_administration(folder)
    return WebServices(
        settings or Settings(folder),
        desk or FakeDesk(),  # type: ignore[arg-type]
        library,
        LibraryChanges(library, administration.audit),
        Conversations(folder),
        SavedChecks(folder),
        FeedbackBook(folder),
        FakePictures(),  # type: ignore[arg-type]
        IngestJobs(),
        packs,
        PackJobs(library, packs),
        TrackerNotes(folder),
        Shares(folder),
        administration,
        Visits(folder),
        Tokens(folder),
    )


def hold(library: Library, citation: Citation) -> None:
    """Hold a document whose every page says what a citation quotes."""
    description = Description(
        citation.title,
        citation.publisher,
        citation.kind,
        published=citation.date,
        councils=("Fallowmere",),
    )
    document, passages = made(citation.document, citation.context, description=description)
    pages = tuple(replace(document.pages[0], number=n + 1) for n in range(max(citation.page, 2)))
    vectors = library.embedder.encode([passage.text for passage in passages])
    with library.writing():
        library.put(replace(document, sha256=citation.sha256, pages=pages), passages, vectors)


def broken_bench() -> WebServices:
    """No bench: the library was made with another model."""
    raise ScrutinyError(f"The library was made with another model. {HOSTILE}")
