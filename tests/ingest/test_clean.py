"""Lines as laid out become the page text that quotes are checked against."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_data import cleaned

from ingest.chunking import split
from ingest.cleaning.clean import CleanPage, clean
from ingest.types import ExtractedLine, ExtractedPages, LineRole
from rag.types import Sentence

FILL = "Leaders in Wrenmoor know their services well and act on what they find there."


def texts(page: CleanPage) -> list[str]:
    return [page.text_of(block) for block in page.blocks]


def sentences(pages: tuple[CleanPage, ...]) -> list[Sentence]:
    return [s for passage in split("x", pages) for s in passage.sentences]


def as_stored(sentence: Sentence, pages: tuple[CleanPage, ...]) -> str:
    text = {page.page.number: page.page.text for page in pages}
    return " ".join(text[span.page][span.start : span.end] for span in sentence.spans)


def test_running_heads_and_page_numbers_go_and_the_title_stays() -> None:
    pages = cleaned(
        *(
            ["Inspection of Wrenmoor", FILL, f"Finding {word} is plain.", f"{n} March 2024", str(n)]
            for n, word in enumerate(("one", "two", "three", "four"), 1)
        )
    )
    assert "Inspection of Wrenmoor" in pages[0].page.text
    for page in pages[1:]:
        assert "Inspection of Wrenmoor" not in page.page.text
        assert "March 2024" not in page.page.text
        assert not page.page.text.splitlines()[-1].isdigit()
        assert "is plain." in page.page.text


def test_a_figure_inside_the_text_of_a_short_page_is_no_page_number() -> None:
    (page,) = cleaned(["Children in care", "412", FILL, "7"])
    assert "412" in page.page.text
    assert not page.page.text.endswith("7")


def test_page_numbers_are_those_of_the_file_even_where_pages_are_empty() -> None:
    pages = cleaned([FILL], [], [FILL])
    assert [page.page.number for page in pages] == [1, 2, 3]
    assert pages[1].page.text == ""


def test_a_sentence_that_runs_over_a_page_is_cited_to_the_page_where_it_starts() -> None:
    pages = cleaned(
        [FILL, "Social workers visit children often and record what they say so that leaders"],
        ["can see what life is like for them. A second sentence follows here."],
    )
    (run_over,) = [s for s in sentences(pages) if len(s.spans) == 2]
    assert run_over.page == 1
    assert [span.page for span in run_over.spans] == [1, 2]
    assert run_over.text.endswith("so that leaders can see what life is like for them.")
    assert as_stored(run_over, pages) == run_over.text
    assert not any(len(s.spans) > 1 for s in sentences(pages) if s != run_over)


def test_footnotes_do_not_break_a_sentence_that_runs_over_the_page() -> None:
    def body(text: str, top: float) -> ExtractedLine:
        return ExtractedLine(text, size=12, top=top, left=72, bottom=top - 10)

    def note(text: str, top: float) -> ExtractedLine:
        return ExtractedLine(text, size=8, top=top, left=72, bottom=top - 7)

    pages = cleaned(
        [
            *(body(FILL, 756 - 14 * n) for n in range(5)),
            body("The number of children who wait for an assessment has risen and leaders", 686),
            note("1 The authority checked these figures itself in the spring of the year.", 120),
            note("2 These are the schools that look after children for 295 days or less.", 96),
        ],
        [body("have not acted on it. The next sentence stands alone on the second page.", 700)],
    )
    (run_over,) = [s for s in sentences(pages) if len(s.spans) == 2]
    assert run_over.text == (
        "The number of children who wait for an assessment has risen and leaders "
        "have not acted on it."
    )
    assert "295 days" in pages[0].page.text


def test_a_finished_paragraph_a_heading_or_a_new_number_is_not_run_over() -> None:
    unfinished = "Leaders have made sure that all children have a plan which is reviewed by the"
    assert not cleaned([FILL], [FILL])[1].blocks[0].goes_on
    heading = ExtractedLine("What must improve", LineRole.HEADING)
    assert not cleaned([unfinished], [heading])[1].blocks[0].goes_on
    numbered = cleaned([f"1. {unfinished}"], ["2. Leaders know what to do about it now."])
    assert not numbered[1].blocks[0].goes_on


def test_an_item_without_a_stop_does_not_swallow_the_next_page() -> None:
    item = "\u2022 the quality of plans for children who need help and their parents' part in it"
    assert not cleaned([item], ["Leaders have begun to act."])[1].blocks[0].goes_on
    assert cleaned([item], ["and of the reviews of plans."])[1].blocks[0].goes_on


def test_the_agency_line_goes_and_a_sentence_that_begins_like_one_stays() -> None:
    sentence = (
        "Taken from a sample of the cases that inspectors read, two fifths had no plan that a "
        "parent could follow, and most of the rest had one that was out of date."
    )
    (page,) = cleaned(
        ["Story taken directly from Invented Press", sentence, "Have your say"],
        form="html",
        role=LineRole.PARAGRAPH,
    )
    assert texts(page) == [sentence]


def test_repeats_are_dropped_from_articles_and_kept_in_council_forms() -> None:
    lines = ["Leaders agreed to this action.", FILL, "Leaders agreed to this action."]
    assert len(cleaned(lines, form="html", role=LineRole.PARAGRAPH)[0].blocks) == 2
    assert len(cleaned(lines, form="docx", role=LineRole.PARAGRAPH)[0].blocks) == 3


def test_characters_that_cannot_be_stored_go() -> None:
    (page,) = cleaned(["Leaders\x00 act\ud800 on\ufffe it \x1b[31mnow."], form="html")
    assert page.page.text == "Leaders act on it [31mnow."
    page.page.text.encode("utf-8")


WORDS = st.text(
    alphabet=st.one_of(
        st.characters(max_codepoint=0x2FF), st.sampled_from(".!?-\u2019\u201c\u2022\u00ad\ud800")
    ),
    max_size=60,
)
LINES = st.builds(
    ExtractedLine,
    text=WORDS,
    role=st.sampled_from(LineRole),
    size=st.sampled_from([None, 8.0, 11.0, 16.0]),
    bold=st.booleans(),
)
READINGS = st.builds(
    ExtractedPages,
    pages=st.lists(st.lists(LINES, max_size=8).map(tuple), max_size=4).map(tuple),
    format=st.sampled_from(["pdf", "html", "text", "docx", "markdown"]),
)


def squashed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(READINGS)
def test_every_sentence_stands_on_its_pages_word_for_word(reading: ExtractedPages) -> None:
    pages = clean(reading)
    lengths = {page.page.number: len(page.page.text) for page in pages}
    for sentence in sentences(pages):
        assert sentence.spans
        assert sentence.text.strip()
        assert all(0 <= s.start < s.end <= lengths[s.page] for s in sentence.spans)
        assert [s.page for s in sentence.spans] == sorted({s.page for s in sentence.spans})
        assert squashed(as_stored(sentence, pages)) == squashed(sentence.text)


@settings(max_examples=150, deadline=None)
@given(READINGS)
def test_no_words_of_a_page_are_lost_in_splitting(reading: ExtractedPages) -> None:
    pages = clean(reading)
    covered = {page.page.number: [False] * len(page.page.text) for page in pages}
    for span in (span for sentence in sentences(pages) for span in sentence.spans):
        covered[span.page][span.start : span.end] = [True] * (span.end - span.start)
    for page in pages:
        left = [
            c for c, seen in zip(page.page.text, covered[page.page.number], strict=True) if not seen
        ]
        assert not "".join(left).strip()


@pytest.mark.parametrize("form", ["html", "text"])
def test_a_long_page_is_cleaned_in_good_time(form: str) -> None:
    lines = [
        f"Paragraph {n} says what no other of them says, that is {n * n}." for n in range(20_000)
    ]
    (page,) = cleaned(lines, form=form, role=LineRole.PARAGRAPH)
    assert len(page.blocks) == 20_000
