"""A line of enquiry rests on what documents say, and tells what to ask and what to listen for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from cited import assert_cited
from invented import described
from shared_data import made, real_embedder

from ingest.types import ExtractedLine as Printed
from ingest.types import LineRole
from rag.library.library import Library
from rag.packs.briefing.themes import theme_definitions
from rag.packs.enquiry.selection import ACROSS, lines_of_enquiry
from rag.packs.enquiry.templates import asked_of, follow_ups, good_answer, question_after
from rag.packs.progress.changes import changes, successive_reports
from rag.packs.record.judgement_history import history
from rag.packs.request import PackSubject
from rag.packs.types import Cause, LineOfEnquiry
from rag.types import Kind, Voice

pytestmark = pytest.mark.encoder

FIRST = (
    "Inspection of Thornbeck local authority children’s services",
    "The impact of leaders on social work practice with children and families Good",
    "The experiences and progress of children who need help and protection Good",
    "Overall effectiveness Good",
    "What needs to improve",
    "The timeliness of return home interviews.",
    "The sharing of dental records.",
    "The impact of leaders on social work practice with children and families: good",
    "Only 9% of social work posts in the assessment teams are held by agency staff.",
)
SECOND = (
    "Inspection of Thornbeck local authority children’s services",
    "The impact of leaders on social work practice with children and families Good",
    "The experiences and progress of children who need help and protection Requires improvement "
    "to be good",
    "Overall effectiveness Good",
    "What needs to improve?",
    "The timeliness and use of return home interviews.",
    "Ensure that all care leavers have a written pathway plan.",
    "The experiences and progress of care leavers: good",
    "Care leavers wait too long for a personal adviser in the north of the borough.",
    "Leaders did not know how many children in the borough were out of school.",
    "This is not good enough for these children and their families.",
    "Now 26% of social work posts in the assessment teams are held by agency staff.",
)
PLAN = (
    "The council will open four new foster homes for brothers and sisters by 31 March 2024.",
    "The council will publish a guide for kinship carers by 30 June 2030.",
)
TODAY = date(2025, 1, 15)


def put(library: Library, name: str, *paragraphs: str, year: int, kind: Kind) -> None:
    days = (date(year, 3, 4), date(year, 3, 15)) if kind is Kind.INSPECTION_REPORT else None
    about = described(
        paragraphs[0][:60], "Thornbeck", kind=kind, inspected=days, published=date(year, 6, 3)
    )
    lines = [Printed(p, LineRole.HEADING) if _heads(p) else p for p in paragraphs]
    document, passages = made(name, *lines, description=about)
    with library.writing():
        library.put(document, passages, library.embedder.encode([p.text for p in passages]))


def _heads(paragraph: str) -> bool:
    return paragraph.startswith("What needs") or ": good" in paragraph


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("held"), real_embedder())
    put(library, "first.pdf", *FIRST, year=2019, kind=Kind.INSPECTION_REPORT)
    put(library, "second.pdf", *SECOND, year=2023, kind=Kind.INSPECTION_REPORT)
    put(library, "plan.docx", *PLAN, year=2023, kind=Kind.COUNCIL_DOCUMENT)
    yield library
    library.close()


@pytest.fixture(scope="module")
def asked(held: Library) -> tuple[LineOfEnquiry, ...]:
    return questions(held)


def questions(
    library: Library,
    *,
    council: str = "Thornbeck",
    topic: str = "",
    inspection: str = "",
    today: date = TODAY,
) -> tuple[LineOfEnquiry, ...]:
    record = history(library, council)
    changed = []
    for pair in successive_reports(record):
        earlier, later = (library.entry(name).document for name in pair)
        changed.append(changes(library, library.embedder, earlier, later))
    subject = PackSubject(council, council, topic, inspection)
    return lines_of_enquiry(library, library.embedder, subject, record, changed, today)


def of(asked: tuple[LineOfEnquiry, ...], cause: Cause) -> list[LineOfEnquiry]:
    return [line for line in asked if line.cause is cause]


def test_every_line_quotes_words_that_stand_on_their_pages(
    held: Library, asked: tuple[LineOfEnquiry, ...]
) -> None:
    assert asked
    for line in asked:
        assert line.question.voice is Voice.PROGRAM
        assert line.why
    assert_cited(held, asked)


def test_every_line_says_what_to_listen_for_and_what_to_ask_next(
    asked: tuple[LineOfEnquiry, ...],
) -> None:
    for line in asked:
        assert len(line.good_answer) >= 3
        assert len(line.follow_ups) == 3
        assert line.question.text.endswith("?")
        assert "{" not in " ".join((line.question.text, *line.good_answer, *line.follow_ups))


def test_what_is_asked_for_again_is_asked_after_with_both_reports(
    asked: tuple[LineOfEnquiry, ...],
) -> None:
    (line,) = of(asked, Cause.STILL_A_CONCERN)
    assert line.question.text.startswith(
        "Inspectors raised the timeliness of return home interviews in March 2019, and their "
        "report of March 2023 still finds fault with it."
    )
    assert [c.document for c in line.question.citations] == ["first.pdf", "second.pdf"]


def test_what_the_newest_report_asks_for_is_asked_after(asked: tuple[LineOfEnquiry, ...]) -> None:
    texts = [line.question.text for line in of(asked, Cause.NOTHING_LATER_HELD)]
    assert (
        "What has been done since the inspection of March 2023 to ensure that all care leavers "
        "have a written pathway plan, and how do you know that it has worked?"
    ) in texts


def test_only_where_a_later_document_is_held_is_it_said_that_none_tells_of_action(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path, real_embedder())
    put(library, "second.pdf", *SECOND, year=2023, kind=Kind.INSPECTION_REPORT)
    alone = questions(library)
    put(library, "plan.pdf", *PLAN, year=2024, kind=Kind.COUNCIL_DOCUMENT)
    after = questions(library)
    library.close()
    assert of(alone, Cause.NOTHING_LATER_HELD)
    assert not of(alone, Cause.NO_LATER_EVIDENCE)
    assert of(after, Cause.NO_LATER_EVIDENCE)
    assert not of(after, Cause.NOTHING_LATER_HELD)


def test_a_grade_that_fell_is_asked_after(asked: tuple[LineOfEnquiry, ...]) -> None:
    (line,) = of(asked, Cause.GRADE_FELL)
    assert "The grade for help and protection fell from good in March 2019" in line.question.text


def test_what_leaders_had_not_known_is_asked_after(asked: tuple[LineOfEnquiry, ...]) -> None:
    (line,) = of(asked, Cause.NOT_KNOWN)
    assert "out of school" in line.question.text


def test_a_promise_is_asked_after_once_its_date_has_passed(
    held: Library, asked: tuple[LineOfEnquiry, ...]
) -> None:
    (line,) = of(asked, Cause.PROMISE_PASSED)
    assert "four new foster homes" in line.question.text
    before = questions(held, today=date(2024, 3, 31))
    assert of(before, Cause.PROMISE_PASSED) == []


def test_a_figure_that_got_worse_is_set_against_the_one_before(
    asked: tuple[LineOfEnquiry, ...],
) -> None:
    (line,) = of(asked, Cause.FIGURE_WORSE)
    assert "The figure before, in March 2019, was 9%." in line.question.text
    assert len(line.why) == 2


def test_what_leans_on_the_sentence_before_it_is_put_to_nobody(
    asked: tuple[LineOfEnquiry, ...],
) -> None:
    assert not any("This is not good enough" in line.question.text for line in asked)


def test_no_two_lines_are_about_one_thing(asked: tuple[LineOfEnquiry, ...]) -> None:
    assert len({line.key for line in asked}) == len(asked)
    assert sum("return home interviews" in line.question.text for line in asked) == 1


def test_a_line_keeps_its_key_when_made_again(
    held: Library, asked: tuple[LineOfEnquiry, ...]
) -> None:
    again = questions(held)
    assert [line.key for line in again] == [line.key for line in asked]


def test_a_topic_keeps_to_itself(held: Library) -> None:
    lines = questions(held, topic="care leavers")
    texts = " ".join(line.question.text for line in lines)
    assert "pathway plan" in texts
    assert "personal adviser" in texts
    assert "return home interviews" not in texts
    assert "foster homes" not in texts


def test_one_inspection_is_asked_after_alone(held: Library) -> None:
    lines = questions(held, inspection="first.pdf")
    assert lines
    assert {line.why[0].citations[0].document for line in lines} == {"first.pdf"}


def test_a_council_of_which_nothing_is_held_is_asked_nothing(held: Library) -> None:
    assert questions(held, council="Nowhere") == ()


# ---------------------------------------------------------------- words


def test_every_theme_has_its_words() -> None:
    text = files("rag.packs.enquiry").joinpath("enquiry.toml").read_text(encoding="utf-8")
    assert {*(theme.name for theme in theme_definitions()), ACROSS} == set(
        tomllib.loads(text)["theme"]
    )


@pytest.mark.parametrize(
    ("finding", "shown"),
    [
        ("Waiting time for early help support.", "longest waits"),
        ("Sufficiency of foster homes.", "how many are needed"),
        ("The quality of written plans.", "audits since the inspection"),
        ("The offer to care leavers.", "A figure with its date"),
    ],
)
def test_a_good_answer_is_fitted_to_the_finding(finding: str, shown: str) -> None:
    assert shown in good_answer(Cause.NO_LATER_EVIDENCE, ACROSS, finding)[0]


@pytest.mark.parametrize(
    ("finding", "asked"),
    [
        ("Caseloads are too high.", "highest caseloads"),
        ("Children wait too long.", "in this position today"),
        ("There is a lack of foster homes.", "shortfall"),
        ("The quality of plans is variable.", "the best practice and the weakest"),
    ],
)
def test_a_criticism_is_asked_after_by_what_is_wrong(finding: str, asked: str) -> None:
    assert asked in asked_of(finding)


def test_a_question_quotes_what_its_grammar_cannot_take_up() -> None:
    text = question_after("open", "Young people should be told about this.", then="May 2024")
    assert "“Young people should be told about this.”" in text


def test_the_follow_ups_name_the_matter_where_it_has_a_short_name() -> None:
    know, how, doing = follow_ups("Care leavers", "The quality of pathway plans.", "May 2024")
    assert "the quality of pathway plans today" in know
    assert how.startswith("How do you know it:")
    assert "by when, who answers for it" in doing
    assert "the support that care leavers get" in follow_ups("Care leavers", "", "May 2024")[0]
