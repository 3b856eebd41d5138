"""The Library page's HTML: right in each state, and the same whatever a document is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import source
from markup import Seen

from ingest.cleaning.clean import BETWEEN
from ingest.events import IngestOutcome, IngestTotals, Status
from rag.library.rejected import RejectedDocument
from rag.library.tables import LibraryEntry
from rag.library.trash import TrashedDocument
from rag.types import Description, Document, Kind
from ui.web.jobs.background import JobView
from ui.web.jobs.ingest_job import FileLine, FileState, IngestState
from ui.web.render.document import document_head_html, text_html, unchecked_html, unknown_html
from ui.web.render.jobs import (
    LONG,
    job_html,
    progress_words,
    state_words,
    stop_html,
    summary_html,
    totals_words,
)
from ui.web.render.library import (
    LONGEST,
    aside_html,
    checks_html,
    count_line,
    mark_of,
    refused_html,
    removed_html,
    table_html,
    titled_html,
    told_html,
)
from ui.web.session.library_checks import documents_to_check
from ui.web.session.library_table import ROWS, Column, LibraryRow, TableQuery, table_page

ANYTHING = st.text(st.characters(codec=None))
AT = "2024-12-03T10:00:00+00:00"
ANY = TableQuery()


def row(name: str = "r/a.pdf", words: str = "Invented", **fields: object) -> LibraryRow:
    made: dict[str, object] = {
        "name": name, "title": words, "publisher": words, "kind": Kind.NEWS, "councils": (words,),
        "day": date(2024, 3, 4), "pages": 1200, "added": AT, "sought": "", **fields,
    }  # fmt: skip
    return LibraryRow(**made)  # type: ignore[arg-type]


def table(*rows: LibraryRow, wanted: TableQuery = ANY) -> str:
    return table_html(table_page(rows, wanted), wanted)


# ---------------------------------------------------------------- the table


def test_a_row_says_everything_of_a_document_under_a_heading_each() -> None:
    seen = Seen(table(row()))
    assert seen.tags.count("th") == 8
    assert ("scope", "row") in seen.attributes
    assert [value for name, value in seen.attributes if name == "scope"].count("col") == 7
    for words in ("r/a.pdf", "Press report", "4 March 2024", "1,200", "3 December 2024"):
        assert words in seen.text


def test_what_is_not_known_is_said_in_words() -> None:
    text = Seen(table(row(publisher="", councils=(), day=None))).text
    assert "not known" in text
    assert "none named" in text
    assert "date not known" in text


def test_a_document_without_a_title_is_opened_by_its_file_name() -> None:
    assert '">r/a.pdf</button>' in table(row(title="  "))


@pytest.mark.parametrize(
    ("wanted", "way", "words"),
    [
        (TableQuery(), "ascending", "title, A to Z"),
        (TableQuery(column=Column.KIND, falling=True), "descending", "kind, Z to A"),
        (TableQuery(column=Column.DATE, falling=True), "descending", "date, newest first"),
        (TableQuery(column=Column.PAGES), "ascending", "pages, smallest first"),
    ],
)
def test_the_column_sorted_by_is_told_to_a_screen_reader(
    wanted: TableQuery, way: str, words: str
) -> None:
    html = table(row(), wanted=wanted)
    assert html.count("aria-sort") == 1
    assert f'class="{wanted.column.value}" aria-sort="{way}"' in html
    assert f"sorted by {words}</caption>" in html


def test_every_column_has_a_control_that_sorts_by_it() -> None:
    html = table(row())
    assert all(f'data-act="sort:{column.value}"' in html for column in Column)


def test_the_count_tells_which_of_how_many() -> None:
    rows = [row(f"{n}.pdf") for n in range(5000)]
    assert count_line(table_page(rows, TableQuery())) == "1 to 50 of 5,000 documents"
    assert count_line(table_page(rows, TableQuery(part=100))) == "4,951 to 5,000 of 5,000 documents"
    assert count_line(table_page(rows[:1], TableQuery())) == "1 document"
    few = table_page([row(), row("b.pdf", kind=Kind.OTHER)], TableQuery(kind=Kind.NEWS))
    assert count_line(few, narrowed=True) == "1 document found among 2"


def test_the_way_to_the_other_parts_ends_at_both_ends() -> None:
    rows = [row(f"{n}.pdf") for n in range(ROWS + 1)]
    first, last = table(*rows), table(*rows, wanted=TableQuery(part=2))
    assert 'id="part-before" disabled' in first
    assert 'data-act="part:2"' in first
    assert 'id="part-after" disabled' in last
    assert "<nav" not in table(*rows[:ROWS])


def test_a_search_without_a_match_says_so_and_offers_everything() -> None:
    html = table(row(), wanted=TableQuery(words="zzz"))
    assert "No document matches." in html
    assert 'data-act="show-all"' in html
    assert "<table" not in html


# ---------------------------------------------------------------- refused and removed


def test_a_short_list_of_refused_is_open_and_a_long_one_closed() -> None:
    few = [RejectedDocument(f"{n}.pdf", "It is empty. Download it again.", AT) for n in range(3)]
    many = [RejectedDocument(f"{n}.pdf", "It is empty.", AT) for n in range(LONGEST + 2)]
    assert '<details class="folded refused" open>' in refused_html(few)
    assert '<details class="folded refused">' in refused_html(many)
    assert " open>" in refused_html(many, opened=True)
    assert "And 2 older ones." in refused_html(many)
    assert refused_html([]) == ""


def test_a_refused_document_has_its_reason_and_a_way_off_the_list() -> None:
    html = refused_html([RejectedDocument("a:b.pdf", "It is empty. Download it again.", AT)])
    assert "It is empty. Download it again." in html
    assert 'data-act="dismiss-refused:a%3Ab.pdf"' in html


def test_a_removed_document_is_put_back_or_deleted_after_a_second_question() -> None:
    one = TrashedDocument("a.pdf", "A title", AT)
    asked_once = aside_html([one])
    assert 'data-act="put-back:a.pdf"' in asked_once
    assert 'data-act="discard:a.pdf"' in asked_once
    assert "discard-certainly" not in asked_once
    asked_twice = aside_html([one], "a.pdf")
    assert 'data-act="discard-certainly:a.pdf"' in asked_twice
    assert 'data-act="discard-not"' in asked_twice
    assert aside_html([]) == ""


# ---------------------------------------------------------------- jobs

LINES = (
    FileLine("a.pdf", FileState.DONE, IngestOutcome("a.pdf", Status.ADDED, "", 40, 2)),
    FileLine("b.pdf", FileState.DONE, IngestOutcome("b.pdf", Status.REFUSED, "It is empty.")),
    FileLine("c.pdf", FileState.READING),
    FileLine("d.pdf", FileState.WAITING),
)
TOTALS = IngestTotals({Status.ADDED: 1, Status.REFUSED: 1, Status.STOPPED: 2})
RUNNING = JobView(IngestState(LINES, done=2, total=4))
ENDED = JobView(replace(RUNNING.progress, totals=TOTALS), running=False)


def with_lines(view: JobView[IngestState], *lines: FileLine) -> JobView[IngestState]:
    return replace(view, progress=replace(view.progress, lines=lines))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "Added: 2 pages"),
        (1, "Not added. It is empty."),
        (2, "Reading"),
        (3, "Waiting"),
    ],
)
def test_every_file_says_how_far_it_has_come(number: int, words: str) -> None:
    assert state_words(LINES[number]) == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.REPLACED, "Replaced the older one: 1 page. Because."),
        (Status.UNCHANGED, "Held already. Because."),
        (Status.DUPLICATE, "Held already. Because."),
        (Status.STOPPED, "Not read. Because."),
    ],
)
def test_every_outcome_has_its_words(status: Status, words: str) -> None:
    line = FileLine("a", FileState.DONE, IngestOutcome("a", status, "Because.", 1, 1))
    assert state_words(line) == words


def test_a_job_shows_a_bar_and_says_the_same_in_words() -> None:
    html = job_html(RUNNING)
    assert '<progress max="4" value="2"' in html
    assert "2 of 4 documents done, 1 of them could not be added." in html
    assert "<progress" not in job_html(JobView(IngestState(())))


def test_a_job_that_stops_says_so_and_is_stopped_once() -> None:
    stopping = replace(RUNNING, stopping=True)
    assert progress_words(stopping).endswith("Stopping.")
    assert "disabled" in stop_html(stopping)
    assert "disabled" not in stop_html(RUNNING)


def test_the_summary_opens_what_is_held_and_says_what_was_not_read() -> None:
    html = summary_html(ENDED, {"a.pdf"})
    assert 'data-act="document:a.pdf"' in html
    assert 'data-act="document:b.pdf"' not in html
    assert "Done: 1 document was added, 1 could not be added and 2 were not read." in html
    assert html.count("Not read") == 2
    assert "Waiting" not in html


def test_a_job_that_failed_says_why() -> None:
    html = summary_html(replace(RUNNING, running=False, problem="The disk is full."), ())
    assert "<strong>There is a problem:</strong> The disk is full." in html


def test_of_a_long_job_what_went_well_is_folded_away_at_the_end() -> None:
    lines = LINES[:1] * LONG + LINES[1:2]
    html = summary_html(with_lines(ENDED, *lines), {"a.pdf"})
    assert f"<summary>{LONG} documents now in the library</summary>" in html
    assert html.index("b.pdf") < html.index("<details")
    assert "<details" not in job_html(with_lines(RUNNING, *lines))


def test_nothing_to_add_is_said() -> None:
    assert totals_words(IngestTotals()) == "There was nothing to add."


# ---------------------------------------------------------------- a document


def entry(words: str = "A title", name: str = "a.pdf", **fields: object) -> LibraryEntry:
    about = replace(Description(words), **fields)  # type: ignore[arg-type]
    return LibraryEntry(Document(name, "0" * 64, about, (), AT), "v", 3, 30)


def test_a_document_says_what_it_is_and_what_can_be_done_with_it() -> None:
    html = document_head_html(entry(publisher="Invented Inspections"))
    facts = "Invented Inspections · Other document · date not known · 3 pages"
    assert facts in html
    for verb in ("ask-about", "read-again", "remove"):
        assert f'data-act="{verb}:a.pdf"' in html


def test_only_a_web_address_becomes_a_link() -> None:
    assert 'href="https://example.org/a"' in document_head_html(
        entry(source_url="https://example.org/a")
    )
    assert "href" not in document_head_html(entry(source_url="javascript:alert(1)"))


def test_what_was_found_by_rule_is_said_and_can_be_confirmed() -> None:
    about = source("a.pdf", "Fallowmere", title="T").description
    html = unchecked_html("a.pdf", replace(about, guessed=frozenset({"title", "councils"})))
    assert "Title and councils it is about were read by the program" in html
    assert 'data-act="checked:a.pdf"' in html
    assert unchecked_html("a.pdf", about) == ""


def test_a_page_of_text_stands_in_its_paragraphs() -> None:
    html = text_html("a.pdf", f"One\nline.{BETWEEN}<b>Two</b>", 2, 3)
    assert "<p>One\nline.</p><p>&lt;b&gt;Two&lt;/b&gt;</p>" in html
    assert "Text, page 2 of 3" in html
    assert 'data-act="text-page:a.pdf:1"' in html
    assert 'data-act="text-page:a.pdf:3"' in html
    assert "no words on this page" in text_html("a.pdf", None, 1, 1)
    assert "<button" not in text_html("a.pdf", "x", 1, 1)


def test_a_document_that_is_not_held_is_a_sentence_with_a_way_on() -> None:
    assert "is not in the library." in unknown_html("a.pdf", aside=False)
    assert 'data-act="put-back:a.pdf"' in unknown_html("a.pdf", aside=True)


# ---------------------------------------------------------------- whatever it is called


def _outcome(words: str) -> JobView[IngestState]:
    line = FileLine(words, FileState.DONE, IngestOutcome(words, Status.REFUSED, words))
    return with_lines(RUNNING, line)


EVERYTHING: tuple[Callable[[str], str], ...] = (
    lambda words: table(row(words, words)),
    lambda words: refused_html([RejectedDocument(words, words, words)]),
    lambda words: aside_html([TrashedDocument(words, words, words)], words),
    lambda words: removed_html(TrashedDocument(words, words, AT)),
    lambda words: told_html(words, "") + told_html("", words),
    lambda words: titled_html("Related", {words: words}),
    lambda words: job_html(_outcome(words)),
    lambda words: summary_html(replace(_outcome(words), running=False, problem=words), {words}),
    lambda words: document_head_html(entry(words, words, publisher=words)),
    lambda words: unknown_html(words, aside=True) + text_html(words, f"a{words}", 1, 2),
)


@pytest.mark.parametrize("drawn", EVERYTHING)
@given(words=ANYTHING)
def test_no_words_of_a_document_become_a_tag_or_an_attribute(
    drawn: Callable[[str], str], words: str
) -> None:
    plain, wild = Seen(drawn("word")), Seen(drawn(f"a{words}a"))
    paragraphs = [tag for tag in wild.tags if tag != "p"]
    assert paragraphs == [tag for tag in plain.tags if tag != "p"]
    assert {name for name, _ in wild.attributes} == {name for name, _ in plain.attributes}


@given(ANYTHING)
def test_the_mark_of_a_document_is_plain_letters(name: str) -> None:
    assert mark_of(name).replace("-", "").isalnum()
    assert mark_of(name).isascii()


# ---------------------------------------------------------------- what should be checked


def held_with(name: str, title: str, *unsure: str, **fields: object) -> LibraryEntry:
    about = replace(Description(title, unsure=frozenset(unsure)), **fields)  # type: ignore[arg-type]
    return LibraryEntry(Document(name, "0" * 64, about, ()), "v", 1, 1)


def test_what_would_mislead_most_is_to_be_checked_first() -> None:
    found = documents_to_check(
        [
            held_with("a.pdf", "A letter", "published"),
            held_with("b.pdf", "Known in all"),
            held_with("c.pdf", "Whose paper?", "kind", "publisher", kind=Kind.COUNCIL_DOCUMENT),
        ]
    )
    assert [one.name for one in found] == ["c.pdf", "a.pdf"]
    assert found[0].reasons == (
        "Nothing shows clearly that its kind is “council document”.",
        "Who published it was not found.",
    )
    assert found[1].reasons == ("No date of publication was found.",)


def test_what_a_person_has_set_needs_no_check() -> None:
    about = Description("A letter", unsure=frozenset({"kind"}), edited=frozenset({"kind"}))
    assert not about.unsure
    assert not checks_html(documents_to_check([held_with("a.pdf", "A letter")]))


@given(ANYTHING, ANYTHING)
def test_what_is_to_be_checked_is_told_whatever_it_is_called(name: str, title: str) -> None:
    unsure = held_with(name, title, "kind", "councils", "published", "publisher")
    seen = Seen(checks_html(documents_to_check([unsure])))
    assert seen.tags.count("button") == 2
    assert "script" not in seen.tags
