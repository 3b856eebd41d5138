"""The timeline: what is an event, of which kind, and when; each told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from invented import passage
from shared_data import WordEmbedder, made
from shelf import ARTICLE, PLAN, REPORT, shelf

from rag.citation.quote import Quote
from rag.library.library import Library
from rag.packs.timeline.event_extraction import event_mentions
from rag.packs.timeline.timeline import timeline
from rag.packs.types import EventKind, Precision, TimelineEvent
from rag.types import Description, Page, Voice

TOLD = date(2017, 9, 4)


def kinds_told(text: str, told: date | None = TOLD) -> list[tuple[EventKind, date]]:
    quote = Quote(passage(text), 0, 0)
    return [(mention.kind, mention.date.when) for mention in event_mentions(quote, told)]


@pytest.mark.parametrize(
    ("text", "kind", "when"),
    [
        ("The DCS has been in post since July 2016.", EventKind.APPOINTMENT, date(2016, 7, 1)),
        (
            "The permanent director took up her post in February 2016.",
            EventKind.APPOINTMENT, date(2016, 2, 1),
        ),
        (
            "The appointment of a new director, in July 2016, led to a review.",
            EventKind.APPOINTMENT, date(2016, 7, 1),
        ),
        (
            "The director who had led the service retired in October 2015.",
            EventKind.DEPARTURE, date(2015, 10, 1),
        ),
        (
            "The retirement was announced in April 2015, yet nobody was sought.",
            EventKind.ANNOUNCEMENT, date(2015, 4, 1),
        ),
        (
            "A sufficiency strategy was not adopted until February 2014.",
            EventKind.DECISION, date(2014, 2, 1),
        ),
        (
            "In August 2013, the Secretary of State directed that a trust be set up.",
            EventKind.DECISION, date(2013, 8, 1),
        ),
        (
            "The previous inspection of the services was in May 2012.",
            EventKind.INSPECTION, date(2012, 5, 1),
        ),
        ("At the visit that took place in June 2016, much was found.",
         EventKind.INSPECTION, date(2016, 6, 1)),
        ("In January 2016, part of the role ceased.", EventKind.OTHER, date(2016, 1, 1)),
        ("A drop-in centre opened in 2012 has become a home.", EventKind.OTHER, date(2012, 1, 1)),
        ("A team is due to start in January 2018.", EventKind.DEADLINE, date(2018, 1, 1)),
        ("By March 2018, the council will fill the posts.", EventKind.DEADLINE, date(2018, 3, 1)),
        ("The committee will meet in October.", EventKind.DEADLINE, date(2017, 10, 1)),
        ("She has agreed to stay until 2019.", EventKind.DEADLINE, date(2019, 1, 1)),
        ("Services were rated good in 2012.", EventKind.INSPECTION, date(2012, 1, 1)),
    ],
)  # fmt: skip
def test_an_event_has_its_kind_and_its_own_date(text: str, kind: EventKind, when: date) -> None:
    assert kinds_told(text) == [(kind, when)]


@pytest.mark.parametrize(
    "text",
    [
        "At 19 June 2017, 399 children were the subject of a child protection plan.",
        "This is an increase from 360 at 31 March 2016.",
        "Enquiries follow the Children Act 1989 and Working Together 2015.",
        "The review was carried out under the Regulations 2013.",
        "In 2015\u201316, 50 adopters were approved.",
        "Approved households fell from 164 in 2010 to 127 in 2014.",
        "No child has been moved to an unregistered home since 2014.",
        "The panel was not reviewed in 2015.",
        "26 social workers have joined since 2014.",
        "The commissioning of health services was changed across England in 2012.",
        "According to figures published in October 2014, many are poor.",
        "In 2016, performance was weak.",
        "Most were completed within the expected time in the first quarter of 2017.",
        "The share of agency staff came down to 15% by the end of June.",
    ],
)
def test_a_figure_a_law_or_a_standing_fact_is_no_event(text: str) -> None:
    assert kinds_told(text) == []


def test_what_lies_ahead_needs_words_that_say_so_and_a_known_day_of_the_source() -> None:
    assert kinds_told("Training was held in May 2018.") == []
    assert kinds_told("It is due to open in May 2018.", None) == []


def test_one_sentence_may_tell_two_events() -> None:
    told = kinds_told("The chair took up the post in October 2011 and left the post in March 2016.")
    assert told == [
        (EventKind.APPOINTMENT, date(2011, 10, 1)),
        (EventKind.DEPARTURE, date(2016, 3, 1)),
    ]


# ---------------------------------------------------------------- a whole timeline


def events(
    folder: Path, *rows: tuple[str, Description, tuple[str, ...]]
) -> tuple[TimelineEvent, ...]:
    library = shelf(folder, *rows)
    return timeline(library, library.documents(), "Fallowmere").events


def test_a_report_gives_its_inspection_with_both_days_apart_from_its_own_date(
    tmp_path: Path,
) -> None:
    (event,) = events(
        tmp_path, ("report.pdf", REPORT, ("Inspection dates: 7 to 18 October 2024", "Fine."))
    )
    assert event.kind is EventKind.INSPECTION
    assert (event.when, event.until) == (date(2024, 10, 7), date(2024, 10, 18))
    assert event.reported == date(2024, 12, 3)
    assert event.line.text == "Inspection dates: 7 to 18 October 2024"
    assert event.line.voice is Voice.INSPECTOR


def test_a_month_without_a_year_is_that_next_to_the_inspection_and_not_to_its_publication(
    tmp_path: Path,
) -> None:
    # Inspected in October, published in December 2024.
    told = "A permanent director has been appointed and was due to join in November."
    (event,) = events(tmp_path, ("report.pdf", REPORT, (told,)))
    assert (event.kind, event.when) == (EventKind.DEADLINE, date(2024, 11, 1))
    assert event.reported == date(2024, 12, 3)


def test_two_sources_of_one_event_make_one_with_the_other_beside_it(tmp_path: Path) -> None:
    (event,) = events(
        tmp_path,
        ("report.pdf", REPORT, ("A new safeguarding hub was opened in April 2018.",)),
        ("news.txt", ARTICLE, ("The safeguarding hub in Fallowmere was opened on 9 April 2018.",)),
    )
    assert (event.when, event.precision) == (date(2018, 4, 9), Precision.DAY)
    assert [line.citations[0].document for line in event.also] == ["report.pdf"]


def test_two_appointments_of_one_month_to_two_posts_are_two(tmp_path: Path) -> None:
    found = events(
        tmp_path,
        (
            "report.pdf",
            REPORT,
            (
                "The director has been in post since July 2016.",
                "The chief executive has been in post since July 2016.",
            ),
        ),
    )
    assert len(found) == 2


def test_the_rows_of_a_plan_are_its_deadlines(tmp_path: Path) -> None:
    library = Library(tmp_path, WordEmbedder())
    document, _ = made("plan.docx", "Actions", description=PLAN)
    rows = passage("No. | Action | Owner | Deadline", "1 | Open a home | A. Lee | 31 July 2025",
                   document="plan.docx")  # fmt: skip
    text = " ".join(s.text for s in rows.sentences)
    document = replace(document, pages=(Page(1, text),))
    with library.writing():
        library.put(document, (rows,), library.embedder.encode([rows.text]))
    (event,) = timeline(library, library.documents(), "Fallowmere").events
    assert (event.kind, event.when) == (EventKind.DEADLINE, date(2025, 7, 31))


def test_a_sentence_that_leans_brings_the_one_before_or_is_left_out(tmp_path: Path) -> None:
    (event,) = events(
        tmp_path,
        (
            "report.pdf",
            REPORT,
            ("The director led the new hub. This went live on 1 June 2016.",),
        ),
    )
    assert event.line.text == "The director led the new hub. This went live on 1 June 2016."
    assert not events(
        tmp_path / "b", ("report.pdf", REPORT, ("It was opened in the town in June 2016.",))
    )
