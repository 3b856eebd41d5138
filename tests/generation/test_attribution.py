"""Who is said to say something says it in the source, and nobody's opinion is told as a fact."""

from __future__ import annotations

from datetime import date

import pytest

from rag.generation.faithfulness.attribution import stray_voices, unframed, voices
from rag.generation.faithfulness.source import SourceSpan
from rag.types import Description, Kind

REPORT = Description(
    title="Inspection of Eastmoor children's services",
    publisher="Ofsted",
    kind=Kind.INSPECTION_REPORT,
    published=date(2025, 3, 10),
    councils=("Eastmoor",),
)


def strays(statement: str, said: str) -> int:
    return stray_voices(statement, SourceSpan(said, "", REPORT))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Inspectors said that plans are clear.", "Plans are clear."),
        ("Care leavers said they feel safe.", "Care leavers report that they feel safe."),
        ("Carers told inspectors that visits help.", "Many carers spoke of visits that help."),
        ("Foster carers are proud of it.", "Foster carers are proud of it."),
        (
            "Ann Bell said that the post was filled.",
            "Ann Bell, the leader of the council, said that the post was filled.",
        ),
        (
            "Care leavers said that help is late.",
            "Care leavers are not happy. They said help is late.",
        ),
        ("Leaders have identified the gaps.", "The gaps have been identified by leaders."),
    ],
)
def test_those_who_speak_in_the_source_may_speak_in_a_statement(statement: str, said: str) -> None:
    assert strays(statement, said) == 0


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Parents said that plans are clear.", "Plans for children and parents are clear."),
        ("According to carers, plans are clear.", "Plans are clear to carers."),
        ("The council said that plans are clear.", "Plans are clear."),
        ("Plans are not clear.", "Carers said that plans are not clear."),
        (
            "Inspectors identified in 2024 that caseloads were too high.",
            "The partnership identified in 2024 that caseloads were too high.",
        ),
    ],
)
def test_nobody_else_is_made_to_say_it_and_no_opinion_becomes_a_fact(
    statement: str, said: str
) -> None:
    assert strays(statement, said) > 0


def test_who_speaks_is_read_from_the_clause_of_the_verb() -> None:
    found = voices("Plans are clear, but foster carers told inspectors that visits are late.")
    assert [[token.word for token in voice.who] for voice in found] == [["foster", "carers"]]


@pytest.mark.parametrize(
    ("statement", "plain"),
    [
        ("Inspectors found that plans are clear.", "plans are clear."),
        ("Plans are clear, inspectors said.", "Plans are clear."),
        ("Ofsted's May 2024 report said plans are clear.", "in May 2024 plans are clear."),
        ("Plans are clear, according to Ofsted in 2024.", "Plans are clear in 2024."),
        (
            "The council told Ofsted that plans are clear.",
            "The council told Ofsted that plans are clear.",
        ),
    ],
)
def test_that_a_report_says_it_is_taken_off_and_its_date_kept(statement: str, plain: str) -> None:
    assert unframed(statement, Kind.INSPECTION_REPORT) == plain


def test_a_statement_of_a_news_article_keeps_who_reports_it() -> None:
    told = "Inspectors found that plans are clear."
    assert unframed(told, Kind.NEWS) == told
