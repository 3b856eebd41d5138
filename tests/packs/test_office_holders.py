"""Who is who: posts and names as sources of a date give them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from invented import described, passage
from shelf import shelf

from rag.citation.quote import Quote
from rag.packs.briefing.office_holders import office_holders, post_mentions
from rag.types import Kind


def posts_told(text: str) -> list[tuple[str, str]]:
    return [(mention.post, mention.name) for mention in post_mentions(Quote(passage(text), 0, 0))]


@pytest.mark.parametrize(
    ("text", "post", "name"),
    [
        ("Lead inspector: Otto Brackenridge, His Majesty\u2019s Inspector", "Lead inspector",
         "Otto Brackenridge"),
        ("Margaret Hollis, the interim director, has agreed to stay.", "interim director",
         "Margaret Hollis"),
        ("Councillor Hamish Fell, the city council\u2019s cabinet member for education, said so.",
         "cabinet member for education", "Hamish Fell"),
        ("Council leader Paul Otley has said that he will watch.", "Council leader", "Paul Otley"),
        ("Ada Fell, leader of the Green members on the council, has said no.",
         "leader of the Green members on the council", "Ada Fell"),
        ("I think the portfolio holder for children\u2019s services Pat Otley should go.",
         "portfolio holder for children\u2019s services", "Pat Otley"),
        ("It is chaired by the chief executive, Sunita Maddox, and meets.", "chief executive",
         "Sunita Maddox"),
        ("Devinder Kell, who became director of children\u2019s services in February, said so.",
         "director of children\u2019s services", "Devinder Kell"),
        ("In attendance: Beatrix Holl (Assistant Director, Help and Protection).",
         "Assistant Director, Help and Protection", "Beatrix Holl"),
    ],
)  # fmt: skip
def test_a_post_and_its_holder_are_read_together(text: str, post: str, name: str) -> None:
    assert posts_told(text) == [(post, name)]


def test_two_columns_run_together_give_each_name_its_own_post() -> None:
    told = posts_told(
        "Bolt Council Northern ICB Ann Lee, Director of Children\u2019s Services Bob Fell, "
        "Chief Executive"
    )
    assert told == [("Director of Children\u2019s Services", "Ann Lee")]  # whose chief executive?


def test_the_inspectors_of_two_inspectorates_are_told_apart() -> None:
    told = posts_told("Ann Lee HMI, Ofsted Lead inspector Bob Fell, CQC Lead inspector")
    assert told == [("Ofsted Lead inspector", "Ann Lee"), ("CQC Lead inspector", "Bob Fell")]


@pytest.mark.parametrize(
    "text",
    [
        "By Dorothy Marchbank Wrenmoor Gazette, 4 February 2017",
        "Deputy lead inspector: Ann Lee",
        "The director of children\u2019s services told Bob Fell of it.",
        "Ann Lee said that the director had gone.",
    ],
)
def test_a_journalist_and_a_post_of_somebody_else_are_left_out(text: str) -> None:
    assert posts_told(text) == []


def test_the_newest_holder_stands_before_an_older_one_with_the_date_of_each(tmp_path: Path) -> None:
    old = described("Old", "Fallowmere", kind=Kind.NEWS, published=date(2017, 2, 4))
    new = described("New", "Fallowmere", kind=Kind.NEWS, published=date(2026, 6, 18))
    library = shelf(
        tmp_path,
        ("old.txt", old, ("Owen Trell, the chief executive, said so.",)),
        ("new.txt", new, ("Sunita Maddox, the chief executive, said so. Sunita Maddox left.",)),
    )
    found = office_holders(library, library.documents())
    assert [(p.name, p.as_of) for p in found] == [
        ("Sunita Maddox", date(2026, 6, 18)),
        ("Owen Trell", date(2017, 2, 4)),
    ]
    assert found[0].post == "Chief executive"
    assert found[0].line.text == "Sunita Maddox, the chief executive, said so."


def test_one_person_told_twice_is_listed_once(tmp_path: Path) -> None:
    new = described("New", "Fallowmere", kind=Kind.NEWS, published=date(2026, 6, 18))
    library = shelf(
        tmp_path,
        (
            "new.txt",
            new,
            (
                "Ann Lee, branch secretary of the Workers\u2019 Union, was there.",
                "Ann Lee (Branch Secretary) spoke.",
            ),
        ),
    )
    assert len(office_holders(library, library.documents())) == 1
