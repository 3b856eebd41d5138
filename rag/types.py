"""The nouns of the program, and nothing else: frozen values that every module shares.

What is held
    document      a source as it was taken in: an inspection report, council paper, press article
    description   what is known about a document: title, publisher, kind, dates, councils
    kind          what sort of source it is; the reader is always told
    council       the local authority that a document or a question is about, by its short name
    page          one page of a document, its text as every quote is checked against it
    span          characters of a page, half open
    sentence      a whole sentence, list item or table row, with the spans where it stands
    passage       neighbouring sentences of one document: what is embedded and retrieved
    library       everything held in one folder, with its indexes; the one write path
    corpus        what answers may read of a library: the whole, or what a filter lets through

What is asked and answered
    desk          asks, searches and checks one library
    question      what a person asks, in a sentence; read once, before anything is decided
    presupposition  what a question takes for granted, to be held against the documents
    scope         the councils, years, kinds and publishers that a question keeps to
    hit           a passage that a search found, with its score
    quote         neighbouring sentences of a passage, shown word for word
    citation      where a quote stands: document, page, paragraph, hash; frozen with its answer
    statement     one sentence of an answer with the citations that back it
    voice         who speaks in it: inspector, official body, council, press, other, or the program
    status        how it is said in its document: asserted, alleged, denied, asked, planned ...
    answer        the statements that answer a question, or a refusal
    refusal       an answer that says what was searched and not found, with the nearest passages

What is claimed and checked
    claim         a sentence that somebody says of the record, to be checked against it
    verdict       whether the documents support it, contradict it, or say nothing of it
    ground        the quotes on which a verdict rests, and how each compares with the claim

What inspectors judge
    framework     the rules that an inspection followed; grades of two are not one scale
    area          what is judged: overall effectiveness, care leavers, leaders ...
    grade         the word given for an area: outstanding, good, requires improvement, inadequate
    judgement     the row or sentence of a report that gives an area its grade
    finding       a sentence of inspectors that praises or finds fault

What a committee takes into the room
    pack          the record, timeline, briefing and lines of enquiry on one subject
    line          a sentence of a pack with the citations that back it
    theme         what findings are about ("workforce"), by which a briefing groups them
    event         something that a source dates, a row of the timeline
    line of enquiry  a question to put to a cabinet member, why, and what to listen for
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Day = date
"""The type of a field that is called `date`: there the field hides the type of that name."""
Stop = Callable[[], bool]
"""What long work asks again and again: whether it is to end soon."""


class Kind(StrEnum):
    """What sort of source a document is: the reader is always told which."""

    INSPECTION_REPORT = "inspection_report"
    COUNCIL_DOCUMENT = "council_document"
    NEWS = "news"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind as a reader is told it: "press report"."""
        return _KIND_WORDS[self]

    @property
    def plural(self) -> str:
        """Several of the kind: "press reports"."""
        return f"{self.words}s"


_KIND_WORDS = {
    Kind.INSPECTION_REPORT: "inspection report",
    Kind.COUNCIL_DOCUMENT: "council document",
    Kind.NEWS: "press report",
    Kind.OTHER: "other document",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document as stored: every quote is checked against `text`.

    `by_ocr` says that the text was read from a picture by OCR, and `doubtful` holds the figures in
    it that were not surely read.
    """

    number: int
    text: str
    by_ocr: bool = False
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoundPaper:
    """A paper of another body within a document: pages `first` to `last` (both included) that
    `publisher` speaks on, an inspectors' letter in an agenda pack."""

    first: int
    last: int
    voice: Voice
    publisher: str


@dataclass(frozen=True, slots=True)
class Description:
    """What is known about a document; `guessed` names the fields found by rule, not given, and
    `edited` those that a person has set, which are guessed no longer. `unsure` names those that
    the rules found on weak evidence, or looked for and did not find.

    `councils` are the authorities that the document is about, by their short names ("Croydon").
    A date that is not known is None.
    """

    title: str
    publisher: str | None = None
    kind: Kind = Kind.OTHER
    published: date | None = None
    inspected_from: date | None = None
    inspected_to: date | None = None
    councils: tuple[str, ...] = ()
    source_url: str | None = None
    agency: str | None = None
    guessed: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    voice: Voice | None = None
    """Who speaks in a document of the kind OTHER, where that is known: an official body."""
    bound: tuple[BoundPaper, ...] = ()
    """The papers of other bodies within it, by their pages."""

    def __post_init__(self) -> None:
        """What a person has set is neither guessed nor unsure."""
        object.__setattr__(self, "guessed", self.guessed - self.edited)
        object.__setattr__(self, "unsure", self.unsure - self.edited)

    @property
    def appeared_on(self) -> date | None:
        """The day on which it came before its readers: of its publication, else the end of its
        inspection. What it is cited by, and what was known when."""
        return self.published or self.inspected_to

    @property
    def speaks_for(self) -> date | None:
        """The day for which its words hold: the end of its inspection, else its publication. What
        people mean by "the 2024 report", and which of two documents is the newer."""
        return self.inspected_to or self.published

    @property
    def inspected(self) -> tuple[date, ...]:
        """The first and last day of its inspection; () where they are not known."""
        first, last = self.inspected_from, self.inspected_to
        return (first or last, last) if last else ()

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it is dated by: those of its inspection, then its publication."""
        return tuple(d for d in (self.inspected_from, self.inspected_to, self.published) if d)

    @property
    def years(self) -> frozenset[int]:
        """The years that people call it by: of its inspection and of its publication."""
        return frozenset(day.year for day in self.days)


class Voice(StrEnum):
    """Who speaks in a statement."""

    INSPECTOR = "inspector"
    OFFICIAL = "official"
    """An ombudsman, an auditor, a regulator: a body that rules and is no inspectorate."""
    COUNCIL = "council"
    PRESS = "press"
    OTHER = "other"
    PROGRAM = "program"
    """The program's own words: only what follows from the quotes that it cites."""


class Status(StrEnum):
    """How a sentence is said in its document."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    """Claimed by somebody by whose words the document does not stand; a rumour too."""
    REPORTED = "reported"
    """Told by somebody whom the document only lets speak."""
    DENIED = "denied"
    """Told as not so."""
    ASKED = "asked"
    PLANNED = "planned"
    FORECAST = "forecast"
    RECOMMENDED = "recommended"
    REJECTED = "rejected"
    """A motion that was lost, an option that was not taken."""
    CORRECTED = "corrected"
    """Printed once, and taken back here."""

    @property
    def is_backed(self) -> bool:
        """Whether its document stands by what it tells, be it of what is or of what is to be."""
        return self in (
            Status.ASSERTED,
            Status.PLANNED,
            Status.FORECAST,
            Status.RECOMMENDED,
        )


@dataclass(frozen=True, slots=True)
class Utterance:
    """How a sentence is said, and by whom.

    `voice` is None where the document's own voice says it; `speaker` names another as the page
    does ("Mrs K"). `within` are the characters of the sentence that the status holds for, None for
    all.
    """

    status: Status = Status.ASSERTED
    voice: Voice | None = None
    speaker: str = ""
    within: tuple[int, int] | None = None


OWN_WORDS = Utterance()
"""How a sentence is said that its document simply says itself."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (half open) of the stored text of page `page`."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence, list item or table row; one span for each page that it stands on."""

    text: str
    spans: tuple[Span, ...]

    @property
    def page(self) -> int:
        """The page on which the sentence starts."""
        return self.spans[0].page


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences of one document: the unit that is embedded and retrieved."""

    document: str
    number: int
    sentences: tuple[Sentence, ...]
    heading: str | None = None
    paragraph: str | None = None

    @property
    def text(self) -> str:
        """The sentences, one space between them."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def page(self) -> int:
        """The page on which the passage starts."""
        return self.sentences[0].page

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands in the library: its document and number."""
        return self.document, self.number


class RelationKind(StrEnum):
    """How one document stands to another of its series."""

    SUPERSEDES = "supersedes"
    """The final to its draft, a later version to an earlier one."""
    SUPERSEDED_BY = "superseded_by"
    CORRECTS = "corrects"
    FOLLOWS = "follows"
    """The paper of one year or visit to that of the one before."""


@dataclass(frozen=True, slots=True)
class Relation:
    """That a document stands so to the document of that name."""

    kind: RelationKind
    document: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source as held: `name` is its path relative to the folder that was ingested."""

    name: str
    sha256: str
    description: Description
    pages: tuple[Page, ...]
    added: str = ""
    """When it was added, ISO 8601 with seconds, UTC."""
    related: tuple[str, ...] = ()
    """Names of documents that it nearly repeats (an article that restates a report)."""
    utterances: Mapping[tuple[int, int], Utterance] = field(default_factory=dict, compare=False)
    """How its sentences are said, by passage and place in it, where it does not simply say them
    itself; loaded with the pages that are quoted."""
    relations: tuple[Relation, ...] = field(default=(), compare=False)
    """How it stands to others of its series; loaded with the pages that are quoted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, with its fused score (higher is nearer, 0 to about 1)."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands, frozen with its answer so that it can be reproduced years later.

    `quote` stands on page `page` of the file with hash `sha256` word for word, white space aside;
    `context` is the passage around it. `by_ocr` says that the page was read by OCR; `doubtful` are
    figures of the quote that were not surely read.
    """

    n: int
    document: str
    title: str
    publisher: str | None
    kind: Kind
    date: Day | None
    page: int
    paragraph: str | None
    quote: str
    sha256: str
    context: str = ""
    voice: Voice | None = None
    """Who speaks, where that is not the document's own voice."""
    speaker: str = ""
    """Who says it as the page names them, where that is not the document itself ("Mrs K")."""
    status: Status = Status.ASSERTED
    inspected: tuple[Day, ...] = ()
    """The first and last day of the inspection that it reports, where they are known."""
    replaced_by: str = ""
    """The document that has taken the place of this one, its draft or earlier version."""
    by_ocr: bool = False
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the numbers of the citations that back it."""

    text: str
    citations: tuple[int, ...]
    voice: Voice = Voice.OTHER
    source: str = ""
    """A short label of the source ("Ofsted, Croydon, inspected October 2024")."""
    written: bool = False
    """Whether the words are a language model's, each checked against the quotes that it cites."""
    speaker: str = ""
    """Who says it in the source, where that is not the source itself ("Mrs K")."""
    status: Status = Status.ASSERTED


@dataclass(frozen=True, slots=True)
class ScopePart:
    """A part of a question's scope that a reader may take away: "year:2017", told as "2017"."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched: how many documents, their earliest and latest dates, the scope."""

    documents: int
    earliest: date | None
    latest: date | None
    scope: str
    """The scope read out of the question, in words; empty when everything was searched."""
    parts: tuple[ScopePart, ...] = ()
    """The same scope in parts that can be taken away one by one."""
    left_out: tuple[ScopePart, ...] = ()
    """The parts that the reader took away."""
    filters: str = ""
    """The filter that the reader set, in words; empty when there was none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer, or a refusal that says what was searched.

    `text` is plain, at most 120 words, with [n] markers. When `answered` is false, `text` says
    what was not found and `nearest` holds the closest passages. `understood` is the question as
    completed from the conversation, when that differs from what was typed.
    """

    question: str
    understood: str | None = field(default=None, kw_only=True)
    answered: bool
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    searched: Searched
    nearest: tuple[Citation, ...] = ()
    engine: str = "extractive"
    elapsed_ms: float = 0.0
    checked: int = 0
    """How many statements of a language model were checked."""
    left_out: int = 0
    """How many of them are not shown, because the documents do not say them."""
    notice: str = ""
    """What the reader must know of how the answer was made: that the model did not answer, say."""
    choices: tuple[str, ...] = ()
    """Where it is asked back which council is meant: those that there are documents about."""
    pointed_by: str = ""
    """The language model that pointed to some of what is quoted; empty where none did."""


# ---------------------------------------------------------------- claims


class VerdictRuling(StrEnum):
    """What the documents say to a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"


class Agreement(StrEnum):
    """What one comparison of a claim with a sentence finds, in one respect."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ADDS = "adds"
    """The claim says something here of which the sentence tells nothing."""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Characters `start` to `end` (half open) of a claim or of a quote."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One respect in which a claim and a sentence meet; nothing is made where both are silent.

    `in_claim` and `in_source` mark the words on both sides; `words` puts it for a reader.
    """

    aspect: str
    finding: Agreement
    in_claim: tuple[TextSpan, ...] = ()
    in_source: tuple[TextSpan, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class VerdictGround:
    """What bears on a claim: where it stands, and how it compares.

    `marks` belong to the citations one by one: the deciding words in each quote.
    """

    citations: tuple[Citation, ...]
    comparisons: tuple[Comparison, ...]
    marks: tuple[tuple[TextSpan, ...], ...] = ()
    agrees: bool = True
    alike: tuple[tuple[TextSpan, ...], ...] = ()
    """Words of each quote that agree, where the ground says otherwise."""


class Basis(StrEnum):
    """What sort of words a verdict rests on."""

    FINDING = "finding"
    """Of an inspector or another official body."""
    STATEMENT = "statement"
    """The council's own words, or those of somebody whom a document lets speak."""
    REPORT = "report"
    """The press's own words, or another document's."""
    ALLEGATION = "allegation"
    """What somebody claims or asks, by which the document does not stand."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the documents say to one claim, with the words that decide it.

    The deciding ground comes first. `conflicts` are grounds of other documents that say otherwise;
    `nearest` holds the closest passages where nothing was found.
    """

    claim: str
    ruling: VerdictRuling
    explanation: str
    grounds: tuple[VerdictGround, ...] = ()
    conflicts: tuple[VerdictGround, ...] = ()
    nearest: tuple[Citation, ...] = ()
    marks: tuple[TextSpan, ...] = ()
    """The deciding words of the claim."""
    basis: Basis | None = None
    """What it rests on; of what was not found, how the nearest words tell it that tell it only as
    said or alleged. None where nothing tells it."""
    searched: Searched = Searched(0, None, None, "")
    elapsed_ms: float = 0.0

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every quote shown for the verdict."""
        return tuple(c for ground in (*self.grounds, *self.conflicts) for c in ground.citations)


class PartKind(StrEnum):
    """What a piece of a speech is; only a claim is checked."""

    CLAIM = "claim"
    QUOTATION = "quotation"
    OPINION = "opinion"
    QUESTION = "question"
    INSTRUCTION = "instruction"


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """A piece of a speech: its words as written, where, what it is, and the claim to check.

    `claim` is the piece with what it takes from the pieces before it ("It" for a council).
    """

    text: str
    start: int
    kind: PartKind
    claim: str = ""


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """A piece of a speech and, when it is a claim, the verdict."""

    part: ClaimPart
    verdict: Verdict | None = None
