"""Whether a sentence holds the kind of thing asked for."""

from __future__ import annotations

import pytest

from rag.question.answer_type import counted, has
from rag.question.intent import Asks

HOLDS = [
    (Asks.PERCENT, "Some 45% are in work."),
    (Asks.PERCENT, "About a third are in work."),
    (Asks.PERCENT, "In six of 20 cases plans were late."),
    (Asks.PERCENT, "Most children are visited."),
    (Asks.MONEY, "It cost £3 million."),
    (Asks.MONEY, "It cost three million pounds."),
    (Asks.DURATION, "Children wait for 23 months."),
    (Asks.DURATION, "Some wait too long."),
    (Asks.NUMBER, "There are 1,240 children in need."),
    (Asks.NUMBER, "There are twelve homes."),
    (Asks.DATE, "It was inspected in March."),
    (Asks.DATE, "It has fallen since 2019."),
    (Asks.COMING, "A monitoring visit will be carried out."),
    (Asks.PERSON, "It is led by Otto Brackenridge."),
    (Asks.PERSON, "Cllr Oakes disagreed."),
    (Asks.PERSON, "Marian O\u2019Dell spoke."),
    (Asks.GRADE, "Anything at all."),
]
LACKS = [
    (Asks.PERCENT, "There are 45 children."),
    (Asks.MONEY, "There are 45 children."),
    (Asks.DURATION, "There are 45 children."),
    (Asks.NUMBER, "It was inspected in 2019."),
    (Asks.NUMBER, "Plans for 2019-20 were late."),
    (Asks.NUMBER, "Young people aged 16 to 17 were helped."),
    (Asks.NUMBER, "The 16-year-olds were helped."),
    (Asks.NUMBER, "It ended on 3 March."),
    (Asks.NUMBER, "Leaders know their service."),
    (Asks.DATE, "Leaders know their service."),
    (Asks.COMING, "Inspectors visited twice."),
    (Asks.PERSON, "The Local Safeguarding Children Board met."),
    (Asks.PERSON, "Senior Managers and Social Workers agree."),
    (Asks.PERSON, "Foster carers are well supported."),
]


@pytest.mark.parametrize(("kind", "text"), HOLDS)
def test_a_sentence_holds_a_thing(kind: Asks, text: str) -> None:
    assert has(kind, text)


@pytest.mark.parametrize(("kind", "text"), LACKS)
def test_a_sentence_holds_no_such_thing(kind: Asks, text: str) -> None:
    assert not has(kind, text)


COUNTED = [
    ("How many children were in care?", "There were 240 children in care.", 1.0),
    ("How many kids were in care?", "There were 240 children in care.", 1.0),
    ("How many of the council\u2019s social workers left?", "Nine social workers left.", 1.0),
    ("How many homes are there?", "There were 240 children in care.", 0.0),
    ("How many children were in care?", "The 2019 report is on children.", 0.0),
    ("How many children were in care?", "3. Children are in care", 0.0),
    (
        "How many children were in care?",
        "The 14 homes that the council has run for many years by itself look after children.",
        0.0,
    ),
    ("Are children safe?", "There were 240 children in care.", 0.5),
]


@pytest.mark.parametrize(("question", "text", "value"), COUNTED)
def test_a_figure_counts_what_stands_near_it(question: str, text: str, value: float) -> None:
    assert counted(question, text) == value
