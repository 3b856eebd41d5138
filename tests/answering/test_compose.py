"""An answer is at most 120 words, and every one that is not a quote's own follows from quotes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import HOSTILE, described, page_of, passage

from rag.answering.compose import AnswerDraft, ComposedAnswer, compose, plain_text
from rag.citation.line import Conclusion
from rag.citation.quote import Quote
from rag.citation.source_label import in_quotation_marks, shown_source, source_label
from rag.citation.verify import stands_on
from rag.types import Description, Document, Kind, Page, Passage, Sentence, Span, Statement, Voice

REPORT = described("Inspection", "Fallowmere", inspected=(date(2024, 10, 7), date(2024, 10, 18)))
PRESS = described("Posts", kind=Kind.NEWS, publisher="The Lantern", published=date(2025, 5, 2))
PLAN = described("Plan", kind=Kind.COUNCIL_DOCUMENT, publisher="Fallowmere Council")
SOURCES = {"report.pdf": REPORT, "news.html": PRESS, "plan.docx": PLAN}


def document(of: Passage, description: Description | None = None) -> Document:
    """The document of a passage made by hand, with the page that it stands on."""
    page = page_of(*(sentence.text for sentence in of.sentences))
    return Document(of.document, "f" * 64, description or SOURCES[of.document], (page,))


def composed(*passages: Passage, conclusions: tuple[Conclusion, ...] = ()) -> ComposedAnswer:
    quotes = tuple(Quote(p, 0, len(p.sentences) - 1) for p in passages)
    return compose(AnswerDraft(quotes, conclusions), document)


def test_each_source_is_named_before_its_words_and_each_quote_is_cited() -> None:
    made = composed(passage("Visits are late.", number=0), passage("Plans are thin.", number=1))
    assert made.text == (
        "Invented Inspections, Fallowmere, inspected October 2024: “Visits are late.” [1] "
        "“Plans are thin.” [2]"
    )
    assert [c.n for c in made.citations] == [1, 2]
    assert [s.citations for s in made.statements] == [(1,), (2,)]
    assert {s.voice for s in made.statements} == {Voice.INSPECTOR}


def test_inspectors_speak_first_then_the_council_then_the_press() -> None:
    made = composed(
        passage("Posts are empty.", document="news.html"),
        passage("We will recruit.", document="plan.docx"),
        passage("Caseloads are high.", document="report.pdf"),
    )
    assert [s.voice for s in made.statements] == [Voice.INSPECTOR, Voice.COUNCIL, Voice.PRESS]
    assert [c.n for c in made.citations] == [1, 2, 3]
    assert [c.document for c in made.citations] == ["report.pdf", "plan.docx", "news.html"]


def test_a_conclusion_comes_first_and_cites_the_quotes_it_follows_from() -> None:
    made = composed(
        passage("Posts are empty.", document="news.html"),
        passage("Caseloads are high.", document="report.pdf"),
        conclusions=(Conclusion("They agree.", (0, 1)),),
    )
    assert made.statements[0] == Statement("They agree.", (2, 1), Voice.PROGRAM)
    assert made.text.startswith("They agree. [2][1] ")


def test_a_conclusion_goes_with_a_quote_that_is_left_out() -> None:
    long = passage(" ".join(["word"] * 90) + ".", number=1)
    also = passage(" ".join(["thing"] * 90) + ".", number=2)
    made = composed(long, also, conclusions=(Conclusion("They agree.", (0, 1)),))
    assert [s.voice for s in made.statements] == [Voice.INSPECTOR]


def test_a_quote_that_is_not_on_its_page_is_left_out() -> None:
    said = passage("Visits are late.")
    other = replace(document(said), pages=(Page(1, "Visits are never late, they say."),))
    assert compose(AnswerDraft((Quote(said, 0, 0),)), lambda _: other).text == ""
    gone = replace(document(said), pages=())
    assert compose(AnswerDraft((Quote(said, 0, 0),)), lambda _: gone).citations == ()


def test_a_sentence_over_two_pages_has_a_citation_for_each() -> None:
    first, second = "Visits are often", "late in the day."
    spans = (Span(4, 0, len(first)), Span(5, 0, len(second)))
    over = Passage("report.pdf", 0, (Sentence(f"{first} {second}", spans),))
    held = Document("report.pdf", "f" * 64, REPORT, (Page(4, first), Page(5, second)))
    made = compose(AnswerDraft((Quote(over, 0, 0),)), lambda _: held)
    assert [(c.n, c.page, c.quote) for c in made.citations] == [(1, 4, first), (2, 5, second)]
    assert made.text.endswith("“Visits are often late in the day.” [1][2]")


def test_a_sentence_longer_than_an_answer_is_cut_and_says_so() -> None:
    long = passage(" ".join(f"w{n}" for n in range(300)) + ".")
    made = composed(long)
    assert len(made.text.split()) <= 120
    assert made.statements[0].text.endswith("…")
    assert stands_on(made.citations[0].quote, long.text)


def test_what_a_document_tells_the_program_to_do_is_only_quoted() -> None:
    made = composed(passage(HOSTILE, document="news.html"))
    assert made.text == f"The Lantern, May 2025: “{HOSTILE}” [1]"
    assert made.statements[0].voice is Voice.PRESS


WORDS = st.text("abc.[]1“”… ", min_size=1, max_size=200).filter(lambda text: text.strip())
TEXTS = st.lists(WORDS.map(lambda text: " ".join(text.split())), min_size=1, max_size=4)
TITLES = st.text("abc, ", max_size=300)


@given(
    st.lists(st.tuples(TEXTS, st.sampled_from(sorted(SOURCES)), st.integers(1, 40)), max_size=5),
    TITLES,
    st.booleans(),
)
def test_whatever_is_quoted_an_answer_is_short_cited_and_word_for_word(
    made_of: list[tuple[list[str], str, int]], title: str, concluded: bool
) -> None:
    passages = [
        passage(*(" ".join([text] * times) for text in texts), document=name, number=n)
        for n, (texts, name, times) in enumerate(made_of)
    ]
    quotes = tuple(Quote(p, 0, len(p.sentences) - 1) for p in passages)
    conclusions = (Conclusion("They agree on this.", (0, 1)),) if concluded else ()
    pages = {p.number: page_of(*(s.text for s in p.sentences)).text for p in passages}

    def find(of: Passage) -> Document:
        return document(of, replace(SOURCES[of.document], title=title, publisher=None))

    made = compose(AnswerDraft(quotes, conclusions), find)
    assert len(made.text.split()) <= 120
    assert all(s.citations for s in made.statements)
    cited = [n for s in made.statements if s.voice is not Voice.PROGRAM for n in s.citations]
    assert cited == [c.n for c in made.citations] == list(range(1, len(made.citations) + 1))
    assert all(any(stands_on(c.quote, page) for page in pages.values()) for c in made.citations)
    assert bool(made.citations) is bool(quotes)
    order = [s.voice for s in made.statements if s.voice is not Voice.PROGRAM]
    assert order == sorted(order, key=[Voice.INSPECTOR, Voice.COUNCIL, Voice.PRESS].index)


def test_the_markers_of_the_text_are_the_citations() -> None:
    made = composed(passage("Visits are late."), passage("Posts are empty.", document="news.html"))
    assert {int(n) for n in re.findall(r"\[(\d+)\]", made.text)} == {c.n for c in made.citations}
    assert made.text == plain_text(made.statements)


@pytest.mark.parametrize(
    ("description", "name"),
    [
        (REPORT, "Invented Inspections, Fallowmere, October 2024"),
        (replace(REPORT, publisher=None), "Inspection report, Fallowmere, October 2024"),
        (PRESS, "The Lantern, May 2025"),
        (replace(PRESS, publisher=None), "Press article, May 2025"),
        (replace(PLAN, councils=("Fallowmere",)), "Fallowmere Council, undated"),
        (Description("Notes"), "Notes, undated"),
    ],
)
def test_a_source_is_named_in_a_few_words(description: Description, name: str) -> None:
    assert source_label(description) == name


def test_a_report_is_told_by_when_was_inspected_and_when_it_came_out() -> None:
    name = "Invented Inspections, Fallowmere, inspected October 2024"
    assert shown_source(REPORT) == name
    later = replace(REPORT, published=date(2025, 1, 20))
    assert shown_source(later) == f"{name}, published January 2025"
    assert shown_source(PRESS) == "The Lantern, May 2025"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("late", "“late”"),
        ("“late” they said", "“late” they said”"),
        ("he said “late”", "“he said “late”"),
    ],
)
def test_quotation_marks_are_not_doubled(text: str, shown: str) -> None:
    assert in_quotation_marks(text) == shown
