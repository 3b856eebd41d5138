"""Whether a sentence holds the kind of thing asked for."""

from __future__ import annotations

import pytest

from rag.question.answer_type import counted_stems, counts_the_thing, holds_type
from rag.question.intent import AnswerType

HOLDS = [
    (AnswerType.PERCENT, "Some 45% are in work."),
    (AnswerType.PERCENT, "About a third are in work."),
    (AnswerType.PERCENT, "In six of 20 cases plans were late."),
    (AnswerType.PERCENT, "Most children are visited."),
    (AnswerType.MONEY, "It cost £3 million."),
    (AnswerType.MONEY, "It cost three million pounds."),
    (AnswerType.DURATION, "Children wait for 23 months."),
    (AnswerType.DURATION, "Some wait too long."),
    (AnswerType.NUMBER, "There are 1,240 children in need."),
    (AnswerType.NUMBER, "There are twelve homes."),
    (AnswerType.DATE, "It was inspected in March."),
    (AnswerType.DATE, "It has fallen since 2019."),
    (AnswerType.COMING, "A monitoring visit will be carried out."),
    (AnswerType.PERSON, "It is led by Otto Brackenridge."),
    (AnswerType.PERSON, "Cllr Oakes disagreed."),
    (AnswerType.PERSON, "Marian O\u2019Dell spoke."),
    (AnswerType.GRADE, "Anything at all."),
]
LACKS = [
    (AnswerType.PERCENT, "There are 45 children."),
    (AnswerType.MONEY, "There are 45 children."),
    (AnswerType.DURATION, "There are 45 children."),
    (AnswerType.NUMBER, "It was inspected in 2019."),
    (AnswerType.NUMBER, "Plans for 2019-20 were late."),
    (AnswerType.NUMBER, "Young people aged 16 to 17 were helped."),
    (AnswerType.NUMBER, "The 16-year-olds were helped."),
    (AnswerType.NUMBER, "It ended on 3 March."),
    (AnswerType.NUMBER, "Leaders know their service."),
    (AnswerType.DATE, "Leaders know their service."),
    (AnswerType.COMING, "Inspectors visited twice."),
    (AnswerType.PERSON, "The Local Safeguarding Children Board met."),
    (AnswerType.PERSON, "Senior Managers and Social Workers agree."),
    (AnswerType.PERSON, "Foster carers are well supported."),
]


@pytest.mark.parametrize(("kind", "text"), HOLDS)
def test_a_sentence_holds_a_thing(kind: AnswerType, text: str) -> None:
    assert holds_type(kind, text)


@pytest.mark.parametrize(("kind", "text"), LACKS)
def test_a_sentence_holds_no_such_thing(kind: AnswerType, text: str) -> None:
    assert not holds_type(kind, text)


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
    assert counts_the_thing(counted_stems(question), text) == value
