"""A document is told to be of whoever speaks in it, not of whom it speaks to or about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingest.cleaning.clean import clean
from ingest.metadata.councils_about import council_in_full
from ingest.metadata.describe import described_anew, described_document
from ingest.types import ExtractedLine, ExtractedPages, Hints
from rag.types import Description, Document, Kind, Page


def described(words: str, *, form: str = "text", hints: Hints | None = None) -> Description:
    lines = tuple(ExtractedLine(line) for line in words.strip().split("\n"))
    reading = ExtractedPages(pages=(lines,), hints=hints or Hints(), format=form)
    return described_document("paper", reading, [page.page for page in clean(reading)])


JOINT_LETTER = """
26 September 2022
Jo Bloggs, Director of Children’s Services, Fallowmere Borough Council
Sam Hale, Chief Nurse, NHS Fallowmere Integrated Care Board
Kit Marsh, Chief Constable, Wexshire Constabulary
Dear Fallowmere Local Safeguarding Partnership
Joint targeted area inspection of Fallowmere
This letter summarises the findings of the joint targeted area inspection (JTAI) of the response to
the exploitation of children in Fallowmere.
This inspection took place from 11 to 15 July 2022. It was carried out by inspectors from Ofsted,
the Care Quality Commission (CQC) and His Majesty’s Inspectorate of Constabulary and Fire &
Rescue Services (HMICFRS).
Inspectors found that leaders know their services well.
Yours sincerely
Ann Example
National Director, Regulation and Social Care, Ofsted
"""


def test_a_joint_letter_is_of_the_inspectorates_that_sign_it() -> None:
    found = described(JOINT_LETTER)
    assert found.kind is Kind.INSPECTION_REPORT
    assert found.publisher == "Ofsted, Care Quality Commission and HMICFRS"
    assert found.title == "Joint targeted area inspection of Fallowmere"
    assert found.councils == ("Fallowmere",)
    assert found.published == date(2022, 9, 26)
    assert (found.inspected_from, found.inspected_to) == (date(2022, 7, 11), date(2022, 7, 15))
    assert not found.unsure


SPEAKERS = {
    "a focused visit": (
        """
        Ofsted
        Agora
        6 Cumberland Place
        Nottingham
        NG1 6HJ
        T 0300 123 1231
        enquiries@ofsted.gov.uk

        12 March 2019

        Ms Jo Bloggs
        Director of Children’s Services
        Thornbeck County Council
        County Hall

        Dear Ms Bloggs

        Focused visit to Thornbeck local authority children’s services

        This letter summarises the findings of a focused visit to Thornbeck on 19 and 20
        February 2019. Her Majesty’s Inspectors were Al Ash and Bo Birch. Inspectors looked at
        the front door.

        Yours sincerely

        Al Ash
        Her Majesty’s Inspector
        """,
        Kind.INSPECTION_REPORT, "Ofsted", "Thornbeck", date(2019, 3, 12),
    ),
    "a council's answer to inspectors": (
        """
        Thornbeck County Council

        Response to the Ofsted inspection of children’s services
        Report to Cabinet, 4 June 2024
        Report author: Jo Bloggs, Director of Children’s Services

        1. Inspectors visited in March. Inspectors found that help came late. We accept that.
        """,
        Kind.COUNCIL_DOCUMENT, "Thornbeck County Council", "Thornbeck", date(2024, 6, 4),
    ),
    "an Ombudsman's decision": (
        """
        Local Government and Social Care Ombudsman

        Fallowmere Borough Council (23 001 002)
        Decision date: 14 February 2024

        The Ombudsman’s final decision
        Summary: We found fault by the Council. The Council has agreed to pay Ms X £300.
        The complaint
        1. Ms X complains that the Council failed to give her son a school place.
        """,
        Kind.OTHER, "Local Government and Social Care Ombudsman", "Fallowmere", date(2024, 2, 14),
    ),
    "a Housing Ombudsman's determination": (
        """
        Housing Ombudsman Service
        REPORT
        COMPLAINT 202301234
        Fallowmere Borough Council
        28 November 2023

        Our approach
        The complaint is about the landlord’s handling of reports of damp and mould.
        Determination
        There was severe maladministration by the landlord.
        """,
        Kind.OTHER, "Housing Ombudsman Service", "Fallowmere", date(2023, 11, 28),
    ),
    "an auditor's annual report": (
        """
        Auditor’s Annual Report on Thornbeck County Council
        Grant Thornton UK LLP
        Year ended 31 March 2023
        Published: 12 January 2024
        We have identified significant weaknesses in the Council’s arrangements for value for money.
        """,
        Kind.OTHER, "Grant Thornton", "Thornbeck", date(2024, 1, 12),
    ),
    "a report of commissioners": (
        """
        Thornbeck County Council commissioners: second report
        To the Secretary of State
        3 May 2024

        Since our first report the Council has made a plan. We remain concerned about its finances.
        """,
        Kind.OTHER, None, "Thornbeck", date(2024, 5, 3),
    ),
    "a police inspection": (
        """
        PEEL 2023–25
        Police effectiveness, efficiency and legitimacy
        An inspection of Wexshire Constabulary
        HMICFRS
        Published: 10 October 2024
        Inspectors found that the force is adequate at preventing crime. Inspectors spoke to staff.
        """,
        Kind.INSPECTION_REPORT, "HMICFRS", "Wexshire", date(2024, 10, 10),
    ),
    "a youth justice inspection": (
        """
        An inspection of youth justice services in Fallowmere
        HM Inspectorate of Probation, March 2024
        Fieldwork dates: 8 to 12 January 2024
        Published: 19 March 2024
        Overall rating: Good. Inspectors found that staff knew the children. Inspectors read 40
        cases.
        """,
        Kind.INSPECTION_REPORT, "HM Inspectorate of Probation", "Fallowmere", date(2024, 3, 19),
    ),
    "a council's reply to a request": (
        """
        Fallowmere Borough Council
        Town Hall, Fallowmere

        Our reference: FOI 1234
        9 July 2025

        Dear Mr Reed

        Freedom of Information request: agency staff

        You asked how much the Council spent on agency staff. We spent £2.1 million in 2024/25.

        Yours sincerely
        Information Officer
        Fallowmere Borough Council
        """,
        Kind.COUNCIL_DOCUMENT, "Fallowmere Borough Council", "Fallowmere", date(2025, 7, 9),
    ),
    "minutes": (
        """
        FALLOWMERE BOROUGH COUNCIL

        MINUTES of a meeting of the Children’s Scrutiny Committee held on Tuesday 3 June 2025

        Present: Councillors Ash (Chair), Birch and Cedar
        Apologies: Councillor Dale
        1. The minutes of the meeting held on 8 April 2025 were agreed.
        2. Ofsted: inspectors had written. RESOLVED: that the letter be noted.
        """,
        Kind.COUNCIL_DOCUMENT, "Fallowmere Borough Council", "Fallowmere", date(2025, 6, 3),
    ),
    "a local paper on an inspection": (
        """
        Inspectors praise Fallowmere children’s services

        Wexshire Argus
        By Pat Quill, local democracy reporter
        5 May 2024

        Inspectors found that children in Fallowmere get help. “I am proud,” said Ann Example of
        Fallowmere Borough Council. “There is more to do,” she added.
        """,
        Kind.NEWS, "Wexshire Argus", "Fallowmere", date(2024, 5, 5),
    ),
    "a paper's letters page": (
        """
        The Wexshire Mercury
        Letters to the editor
        Saturday 7 June 2025

        Sir – Fallowmere Borough Council has closed our library. Fallowmere deserves better.
        Ann Example, High Street
        """,
        Kind.NEWS, "The Wexshire Mercury", "Fallowmere", date(2025, 6, 7),
    ),
    "a peer challenge": (
        """
        Local Government Association
        Corporate Peer Challenge: Thornbeck County Council
        Feedback report
        14 to 17 May 2024
        Published 9 July 2024
        The peer team found that officers and councillors work well together.
        """,
        Kind.OTHER, "Local Government Association", "Thornbeck", date(2024, 7, 9),
    ),
    "a police inspection, its inspectorate in capitals": (
        """
        HIS MAJESTY'S INSPECTORATE OF CONSTABULARY AND FIRE & RESCUE SERVICES
        PEEL 2023-25: Police effectiveness, efficiency and legitimacy
        An inspection of Wexshire Constabulary: summary
        Published 8 August 2024
        Overall summary of judgments
        The force is good at preventing crime.
        """,
        Kind.INSPECTION_REPORT, "HMICFRS", "Wexshire", date(2024, 8, 8),
    ),
    "a coroner's report": (
        """
        REGULATION 28 REPORT TO PREVENT FUTURE DEATHS
        Ref: 2023-0417
        1. This report is sent to:
        (1) Chief Executive, Fallowmere County Council
        2. Coroner
        I am Ann Example, Area Coroner. This report is dated 23 November 2023.
        """,
        Kind.OTHER, "Coroner", "Fallowmere", date(2023, 11, 23),
    ),
    "a party's press release": (
        """
        FALLOWMERE LIBERAL DEMOCRATS
        Press release: for immediate use, 19 February 2024
        LIB DEMS SET OUT ALTERNATIVE BUDGET
        The group on Fallowmere Borough Council has published an amendment to the budget.
        """,
        Kind.OTHER, "Fallowmere Liberal Democrats", "Fallowmere", date(2024, 2, 19),
    ),
    "a report that says what it is called": (
        """
        FALLOWMERE COUNTY COUNCIL
        Report to: Children and Education Committee, 6 March 2024
        Subject: School Places Plan
        Report of: Head of Education, Ann Example
        1. Summary
        1.1 Fewer children start school. The Committee is asked to agree to consult.
        """,
        Kind.COUNCIL_DOCUMENT, "Fallowmere County Council", "Fallowmere", date(2024, 3, 6),
    ),
}  # fmt: skip


@pytest.mark.parametrize("sort", SPEAKERS)
def test_a_document_is_of_whoever_speaks_in_it(sort: str) -> None:
    words, kind, publisher, council, published = SPEAKERS[sort]
    found = described("\n".join(line.strip() for line in words.strip().split("\n")))
    assert (found.kind, found.publisher) == (kind, publisher)
    assert (found.councils, found.published) == ((council,), published)
    assert "irector" not in found.title


PAGES = {
    "an assessment on the inspectorate's site": (
        "Fallowmere Council: local authority assessment - Care Quality Commission",
        "Assessment published: 23 May 2025\nOverall summary\nStaff told us that waits were long.",
        Kind.INSPECTION_REPORT, "Care Quality Commission", "Fallowmere",
    ),
    "a committee's agenda": (
        "Agenda item - Complaints 2023/24 - Fallowmere Borough Council",
        "Agenda item\nThe committee is recommended to note 340 complaints.\nRESOLVED: to note it",
        Kind.COUNCIL_DOCUMENT, "Fallowmere Borough Council", "Fallowmere",
    ),
    "a decision on the Ombudsman's site": (
        "Fallowmere Borough Council (24 001 234) - Local Government and Social Care Ombudsman",
        "Decision : Upheld\nDecision date : 09 Jan 2025\nWe found fault by the Council.",
        Kind.OTHER, "Local Government and Social Care Ombudsman", "Fallowmere",
    ),
    "a party's blog": (
        "Spin cycle - Fallowmere Liberal Democrats",
        "18 September 2025\nBy Cllr Ann Example\nFallowmere Borough Council has lost control.",
        Kind.OTHER, "Fallowmere Liberal Democrats", "Fallowmere",
    ),
    "a paper's page": (
        "Council to close library | Wexshire Gazette",
        "The library is to close.\n“It is sad,” said a spokeswoman for Fallowmere Borough Council.",
        Kind.NEWS, "Wexshire Gazette", "Fallowmere",
    ),
}  # fmt: skip


@pytest.mark.parametrize("sort", PAGES)
def test_a_web_page_is_of_the_site_that_its_title_names(sort: str) -> None:
    title, words, kind, publisher, council = PAGES[sort]
    hints = Hints(title=title.split(" - ")[0].split(" | ")[0], page_title=title)
    found = described(words, form="html", hints=hints)
    assert (found.kind, found.publisher, found.councils) == (kind, publisher, (council,))


MISREAD = Description(
    "Jo Bloggs, Director of Children’s Services, Fallowmere Borough Council",
    publisher="Fallowmere Borough Council",
    kind=Kind.COUNCIL_DOCUMENT,
    published=date(2022, 9, 26),
    councils=("Fallowmere",),
    guessed=frozenset({"title", "publisher", "kind", "published", "councils"}),
)


def test_a_kind_put_right_puts_right_what_hangs_on_it() -> None:
    held = Document("letter.pdf", "0" * 64, MISREAD, (Page(1, JOINT_LETTER.strip()),))
    found = described_anew(held, Kind.INSPECTION_REPORT)
    assert found.kind is Kind.INSPECTION_REPORT
    assert found.publisher == "Ofsted, Care Quality Commission and HMICFRS"
    assert found.title == "Joint targeted area inspection of Fallowmere"
    assert (found.inspected_from, found.inspected_to) == (date(2022, 7, 11), date(2022, 7, 15))
    assert found.councils == ("Fallowmere",)


def test_what_a_person_has_set_is_not_found_again() -> None:
    mine = replace(MISREAD, publisher="The inspectors", edited=frozenset({"publisher", "title"}))
    held = Document("letter.pdf", "0" * 64, mine, (Page(1, JOINT_LETTER.strip()),))
    found = described_anew(held, Kind.INSPECTION_REPORT)
    assert (found.publisher, found.title) == ("The inspectors", MISREAD.title)


def test_what_is_no_report_has_no_days_of_inspection() -> None:
    about = replace(
        MISREAD,
        kind=Kind.INSPECTION_REPORT,
        inspected_from=date(2022, 7, 11),
        inspected_to=date(2022, 7, 15),
    )
    held = Document("letter.pdf", "0" * 64, about, (Page(1, "We welcome the report."),))
    found = described_anew(held, Kind.COUNCIL_DOCUMENT)
    assert (found.inspected_from, found.inspected_to) == (None, None)


def test_a_greeting_is_no_part_of_a_councils_name() -> None:
    assert council_in_full("Dear Fallowmere City Council,") == "Fallowmere City Council"
