"""An inspectors' letter that is bound into a council's pack of papers is told as theirs."""

from __future__ import annotations

from datetime import date

from ingest.metadata.describe import described_document
from ingest.types import ExtractedLine, ExtractedPages
from rag.citation.source_label import quoted_source, voice_of
from rag.citation.verify import cite
from rag.types import Description, Document, Kind, Page, Passage, Sentence, Span, Voice

COVER = (
    "Fallowmere Borough Council",
    "Children's Scrutiny Committee, 3 June 2024",
    "Agenda",
    "1. Apologies for absence",
    "2. Letter from inspectors (Appendix A)",
)
LETTER = (
    "Ofsted",
    "Piccadilly Gate, Store Street",
    "1 May 2024",
    "Ann Bell, Director of Children's Services, Fallowmere Borough Council",
    "Dear Ms Bell",
    "Focused visit to Fallowmere children's services",
    "This letter summarises the findings of the focused visit to Fallowmere on 3 April 2024.",
    "His Majesty's Inspectors for this visit were Jo Reed and Al Moss.",
)
END = (
    "Social workers' caseloads are too high.",
    "Ofsted will take the findings into account when planning the next inspection.",
    "Yours sincerely",
    "Jo Reed",
    "His Majesty's Inspector, Ofsted",
)
PLAN = ("Appendix B", "Action plan", "The council will appoint six social workers.")


def described(*pages: tuple[str, ...]) -> Description:
    reading = ExtractedPages(
        tuple(tuple(map(ExtractedLine, lines)) for lines in pages), format="pdf"
    )
    texts = [Page(number, "\n\n".join(lines)) for number, lines in enumerate(pages, 1)]
    return described_document("pack.pdf", reading, texts)


def test_a_letter_in_an_agenda_pack_is_found_with_its_pages() -> None:
    about = described(COVER, LETTER, END, PLAN)
    (paper,) = about.bound
    assert about.kind is Kind.COUNCIL_DOCUMENT
    assert (paper.first, paper.last, paper.voice) == (2, 3, Voice.INSPECTOR)
    assert paper.publisher == "Ofsted"


def test_a_pack_of_the_councils_own_papers_binds_nothing() -> None:
    assert described(COVER, PLAN, PLAN).bound == ()


def test_a_letter_that_stands_alone_is_the_inspectors_document() -> None:
    about = described(LETTER, END)
    assert (about.kind, about.bound) == (Kind.INSPECTION_REPORT, ())


def test_a_quote_from_a_bound_letter_is_in_the_inspectors_voice() -> None:
    about = described(COVER, LETTER, END, PLAN)
    text = END[0]
    passage = Passage("pack.pdf", 0, (Sentence(text, (Span(3, 0, len(text)),)),))
    document = Document("pack.pdf", "ab", about, (Page(3, text),))
    (citation,) = cite(document, passage, passage.sentences, 1)
    assert voice_of(citation) is Voice.INSPECTOR
    assert quoted_source(about, citation).endswith("words of Ofsted")


def test_a_quote_from_the_councils_own_page_is_the_councils() -> None:
    about = described(COVER, LETTER, END, PLAN)
    passage = Passage("pack.pdf", 1, (Sentence(PLAN[2], (Span(4, 0, len(PLAN[2])),)),))
    document = Document("pack.pdf", "ab", about, (Page(4, PLAN[2]),))
    (citation,) = cite(document, passage, passage.sentences, 1)
    assert voice_of(citation) is Voice.COUNCIL
    assert about.published is None or about.published >= date(2024, 6, 3)
