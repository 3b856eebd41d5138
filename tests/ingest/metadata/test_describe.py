"""A document is described from its own words; what it does not say stays empty."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from places import SHARED

from ingest.cleaning.clean import clean
from ingest.metadata import dates
from ingest.metadata.describe import described_document
from ingest.reading.readers.pdf.reader import read_pdf
from ingest.types import ExtractedLine, ExtractedPages, Hints, LineRole
from rag.types import Description, Kind

CORPUS = SHARED / "corpus"
PROSE = "Inspectors found that plans were late, and inspectors were told so by the staff there."


def text(words: str, format: str = "text", hints: Hints | None = None) -> ExtractedPages:
    lines = tuple(ExtractedLine(line) for line in words.split("\n"))
    return ExtractedPages(pages=(lines,), hints=hints or Hints(), format=format)


def pdf(*titles: tuple[str, float], last: str = "") -> ExtractedPages:
    body = tuple(ExtractedLine(PROSE, size=11.0) for _ in range(20))
    first = tuple(ExtractedLine(words, size=size) for words, size in titles)
    return ExtractedPages(pages=(first + body, (ExtractedLine(last, size=9.0),)), format="pdf")


def word(*blocks: tuple[LineRole, str]) -> ExtractedPages:
    return ExtractedPages(
        pages=(tuple(ExtractedLine(words, role) for role, words in blocks),), format="docx"
    )


def described(reading: ExtractedPages, name: str = "a-document") -> Description:
    return described_document(name, reading, [page.page for page in clean(reading)])


REPORT = pdf(
    ("1", 20),
    ("Wrenmoor Metropolitan Borough", 26),
    ("Council", 26),
    ("Inspection of services for children in need of help and", 16),
    ("protection", 16),
    ("and", 16),
    ("Review of the safeguarding board1", 16),
    ("Inspection dates: 30 January 2017 –", 12),
    ("10 February 2017", 12),
    ("Dates of previous inspection: 3 to 7 March 2014", 12),
    ("Report published: 4 April 2017", 12),
    last="Report published by the Northern Inspectorate for Children. It is invented.",
)


def test_an_inspection_report_is_described_from_its_first_page() -> None:
    found = described(REPORT, "wrenmoor-01-may-2019.pdf")
    assert found == Description(
        title="Wrenmoor Metropolitan Borough Council: Inspection of services for children in need "
        "of help and protection",
        publisher="Northern Inspectorate for Children",
        kind=Kind.INSPECTION_REPORT,
        published=date(2017, 4, 4),
        inspected_from=date(2017, 1, 30),
        inspected_to=date(2017, 2, 10),
        councils=("Wrenmoor",),
        guessed=frozenset(
            {
                "title",
                "publisher",
                "kind",
                "published",
                "inspected_from",
                "inspected_to",
                "councils",
            }
        ),
    )


def test_a_report_of_an_inspectorate_names_it_without_a_label() -> None:
    report = pdf(
        ("Inspection of Wrenmoor local authority", 26),
        ("children’s services", 26),
        ("Inspection dates: 6 to 17 June 2022", 12),
        last="The Northern Children’s Services Inspectorate is an invented body.",
    )
    found = described(report, "wrenmoor-29-july-2022.pdf")
    assert found.publisher == "Northern Children’s Services Inspectorate"
    assert found.title == "Inspection of Wrenmoor local authority children’s services"
    assert found.published == date(2022, 7, 29)


def test_a_previous_inspection_is_not_this_one() -> None:
    report = text("Inspection of Croydon\nDates of previous inspection: 2 to 6 October 2017")
    assert described(report).inspected_from is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("14 to 25 October 2024", (2024, 10, 14), (2024, 10, 25)),
        ("20 June – 13 July 2017", (2017, 6, 20), (2017, 7, 13)),
        ("24 February 2020 – 6 March 2020", (2020, 2, 24), (2020, 3, 6)),
        ("9–24 November 2017", (2017, 11, 9), (2017, 11, 24)),
        ("4 July 2016–28 July 2016", (2016, 7, 4), (2016, 7, 28)),
        ("12 December to 20 January 2025", (2024, 12, 12), (2025, 1, 20)),
        ("3rd and 4th October 2023", (2023, 10, 3), (2023, 10, 4)),
        ("2024-03-04 to 2024-03-08", (2024, 3, 4), (2024, 3, 8)),
        ("3 May 2019", (2019, 5, 3), (2019, 5, 3)),
    ],
)
def test_ranges_of_days_are_read(
    words: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert dates.range_at_start(words) == (date(*first), date(*last))


@pytest.mark.parametrize("words", ["soon", "31 February 2020", "25 to 14 October 2024", "2024"])
def test_what_is_no_day_is_not_made_one(words: str) -> None:
    assert dates.range_at_start(words) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ilacs-wrenmoor-03-december-2024.pdf", date(2024, 12, 3)),
        ("x/2024-12-03.txt", date(2024, 12, 3)),
        ("50298765-20241203.pdf", date(2024, 12, 3)),
        ("news/2024/03/12/story.html", date(2024, 3, 12)),
        ("report 3 Dec 2024.pdf", date(2024, 12, 3)),
        ("000_c591f3048068f891.txt", None),
        ("plan-2024-2026.docx", None),
        ("10310266 - 80428.pdf", None),
    ],
)
def test_dates_in_file_names_are_read(name: str, expected: date | None) -> None:
    assert dates.date_in_file_name(name) == expected


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("Wrenmoor Borough Council\nDate: 04/07/2025\nIt cost £3.", date(2025, 7, 4)),
        ("Notes\nDate: 04/07/2025\nIt was seen on 04/30/2025.", date(2025, 4, 7)),
        ("Notes\nDate: 04/07/2025\nIt was seen on 30/04/2025.", date(2025, 7, 4)),
        ("Notes\nDate: 04/07/2025\nIt was seen.", None),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_document(
    words: str, published: date | None
) -> None:
    assert described(text(words)).published == published


def test_a_council_document_is_its_councils_own() -> None:
    plan = word(
        (LineRole.HEADING, "Wrenmoor Council"),
        (LineRole.HEADING, "Children’s services improvement plan 2022 to 2024"),
        (LineRole.PARAGRAPH, "Cabinet, 12 October 2022"),
        (LineRole.PARAGRAPH, "Inspectors said so. We answer the inspectors here."),
    )
    found = described(plan, "plan.docx")
    assert found.title == "Wrenmoor Council: Children’s services improvement plan 2022 to 2024"
    assert (found.kind, found.publisher) == (Kind.COUNCIL_DOCUMENT, "Wrenmoor Council")
    assert (found.published, found.councils) == (date(2022, 10, 12), ("Wrenmoor",))
    assert found.inspected_from is None


def test_a_press_release_is_the_councils_own_words() -> None:
    found = described(
        text("PRESS RELEASE\n12 May 2024\nWrenmoor Council welcomes report\n\n“Good,” she said.")
    )
    assert (found.kind, found.publisher) == (Kind.COUNCIL_DOCUMENT, "Wrenmoor Council")
    assert (found.title, found.published) == ("Wrenmoor Council welcomes report", date(2024, 5, 12))


def test_a_web_article_is_described_by_its_metadata() -> None:
    hints = Hints(
        title="Wrenmoor services ‘inadequate’",
        publisher="Wexshire Gazette",
        published=date(2022, 7, 30),
        source_url="https://gazette.example/a",
        author="Jo Bloggs",
    )
    found = described(text("The report on Wrenmoor Council said so.", "html", hints))
    assert (found.title, found.kind) == ("Wrenmoor services ‘inadequate’", Kind.NEWS)
    assert (found.publisher, found.published) == ("Wexshire Gazette", date(2022, 7, 30))
    assert (found.councils, found.source_url) == (("Wrenmoor",), "https://gazette.example/a")


def test_an_agency_line_tells_where_an_article_is_from() -> None:
    found = described(
        text("Care leavers wait\nThey wait.\nStory taken directly from example-news.co.uk")
    )
    assert (found.kind, found.agency) == (Kind.NEWS, "example-news.co.uk")
    assert found.publisher == "example-news.co.uk"
    assert found.published is None


def test_an_article_is_about_the_council_it_names_most() -> None:
    article = text(
        "Council leader defends spending\n\n3 March 2023\n\n"
        "Hartlepool Borough Council spends more than Stockton. Hartlepool has to.\n"
        "“It is right,” she said. “Hartlepool matters,” she added."
    )
    found = described(article)
    assert (found.councils, found.published) == (("Hartlepool",), date(2023, 3, 3))


def test_other_documents_are_about_a_council_only_by_their_title() -> None:
    found = described(text("The plot of Hamlet\n\nIt has acts. Croydon, Croydon, Croydon."))
    assert (found.kind, found.councils, found.publisher) == (Kind.OTHER, (), None)
    assert described(text("# Notes on Newcastle", "markdown")).councils == ("Newcastle upon Tyne",)


def test_a_day_of_the_week_with_its_date_is_no_headline() -> None:
    article = (
        "THE FALLOWMERE ECHO\n\nThursday 3 April 2025\n\nRow over bins\n\nBy Jo Bloggs\n\n"
        "Residents accused Fallowmere Borough Council of hiding its prices.\n"
    )
    found = described(text(article))
    assert (found.title, found.councils) == ("Row over bins", ("Fallowmere",))


def test_a_body_is_known_by_its_name_in_capitals() -> None:
    assessment = (
        "CARE QUALITY COMMISSION\n\nLOCAL AUTHORITY ASSESSMENT: ADULT SOCIAL CARE\n\n"
        "Fallowmere Council\n\nReport published 22 January 2025\n"
        "Assessment carried out June to September 2024\n\nWe found that care was safe."
    )
    found = described(text(assessment))
    assert (found.kind, found.publisher) == (Kind.INSPECTION_REPORT, "Care Quality Commission")
    assert found.councils == ("Fallowmere",)


def test_a_document_without_words_goes_by_its_file_name() -> None:
    assert described(text(""), "news/some_old-file.txt").title == "some old file"


def test_a_long_first_sentence_is_the_title_without_the_next() -> None:
    first = "The watchdog has written to the secretary of state about the way in which children are"
    found = described(text(f"{first}\nlooked after in a town.\nIt said more.\nAnd more still."))
    assert found.title == f"{first} looked after in a town."


def _expected(name: str) -> tuple[str, date]:
    match = re.fullmatch(r"(?:ilacs|send)-(.+)-(\d\d)-(\w+)-(\d{4})\.pdf", name)
    assert match
    place = {"stockton-on-tees": "Stockton-on-Tees"}.get(match[1])
    published = dates.find_date(f"{match[2]} {match[3]} {match[4]}")
    assert published
    return place or match[1].replace("-", " ").title(), published


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
@pytest.mark.parametrize("path", sorted(CORPUS.glob("ofsted/*.pdf")), ids=lambda path: path.name)
def test_real_reports_are_described(path: Path) -> None:
    reading = read_pdf(path.read_bytes())
    found = described(reading, f"ofsted/{path.name}")
    council, published = _expected(path.name)
    assert (found.councils, found.published) == ((council,), published)
    assert found.kind is Kind.INSPECTION_REPORT
    joint = path.name.startswith("send")
    assert found.publisher == ("Ofsted and Care Quality Commission" if joint else "Ofsted")
    assert found.inspected_from
    assert found.inspected_to
    assert 3 <= (found.inspected_to - found.inspected_from).days <= 26
    assert 20 <= (published - found.inspected_to).days <= 130
    assert "nspection of" in found.title
    # The printed day and the day in the file name come by different rules and must agree.
    assert described(reading, "report.pdf").published in (published, None)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
def test_real_articles_are_described() -> None:
    found = [
        described(text(path.read_text("utf-8")), f"news/{path.name}")
        for path in sorted(CORPUS.glob("news/*.txt"))
    ]
    assert [(one.kind, one.councils, one.published) for one in found] == [
        (Kind.NEWS, ("Sunderland",), None),
        (Kind.NEWS, ("Sunderland",), None),
    ]
    assert [one.agency for one in found] == ["communitycare.co.uk", None]
