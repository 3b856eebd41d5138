"""Where a quote stands on its page, and whether it does at all."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from shared_data import cleaned

from ingest.chunking import split
from rag.citation.verify import cite, find_quote, stands_on
from rag.text.tokens import squash
from rag.types import Description, Document, Kind

TEXTS = st.text(alphabet=st.sampled_from("ab .\n\t\u00a0\u2003"), max_size=30)


@given(TEXTS, TEXTS)
def test_a_quote_that_is_found_is_the_words_of_the_quote(quote: str, page: str) -> None:
    found = find_quote(quote, page)
    assert (found is not None) == stands_on(quote, page)
    if found:
        start, end = found
        assert squash(page[start:end]) == squash(quote)
        assert page[start:end].strip() == page[start:end]


@given(st.text(max_size=40), st.data())
def test_any_part_of_a_page_stands_on_it_however_it_is_spaced(
    page: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(page)))
    part = page[start : data.draw(st.integers(start, len(page)))]
    assert stands_on("  ".join(part.split()), page) == bool(part.split())


def test_other_words_and_no_words_do_not_stand() -> None:
    assert not stands_on("Caseloads are low", "Caseloads are too high")
    assert find_quote("high too", "too high") is None
    assert find_quote(" \n", "too high") is None


def test_a_sentence_over_two_pages_is_cited_on_both_word_for_word() -> None:
    pages = cleaned(
        ["Social workers visit children often and record what they say so that all leaders"],
        ["can see what life is like for them. The next one ends."],
    )
    described = Description("Report", "Inspectors", Kind.INSPECTION_REPORT, date(2024, 7, 29))
    document = Document("r.pdf", "0" * 64, described, tuple(page.page for page in pages))
    passage = split("r.pdf", pages)[0]
    first, second = cite(document, passage, passage.sentences[:1], first=3)
    assert [(c.n, c.page) for c in (first, second)] == [(3, 1), (4, 2)]
    assert second.quote == "can see what life is like for them."
    for citation in (first, second):
        assert stands_on(citation.quote, document.pages[citation.page - 1].text)
        assert citation.date == date(2024, 7, 29)
    assert squash(first.quote + second.quote) == squash(passage.sentences[0].text)
