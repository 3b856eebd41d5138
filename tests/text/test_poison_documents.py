"""A poison document goes in within bounds, says what was left out, and holds nothing up."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from made_files import in_words, poisons, seconds
from shared_data import WordEmbedder

from ingest.chunking import sentence_bounds, split
from ingest.cleaning import bounds
from ingest.cleaning.clean import clean
from ingest.events import IngestOutcome, Status
from ingest.pipeline import ingest
from ingest.prepare import Prepared, prepare
from ingest.reading.readers import read_file
from ingest.reading.sandbox import SourceBytes
from ingest.types import ExtractedLine, ExtractedPages, LineRole
from rag.bounds import LONGEST_SENTENCE as MOST_CHARACTERS
from rag.bounds import LONGEST_WORD
from rag.desk import Desk
from rag.library.codec import dump_passage, load_passage
from rag.library.library import Library
from rag.settings import Settings
from rag.types import Passage, Sentence, Span

TELLS = "Caseloads in Fallowmere are high and 12 of 21 plans were late."


def prepared(text: str) -> Prepared:
    source = SourceBytes("poison.txt", text.encode())
    return prepare(source, read_file(text.encode(), source.name))


def keep(made: list[Prepared], text: str) -> None:
    made.append(prepared(text))


def longest(made: Prepared) -> int:
    return max(len(sentence.text) for p in made.passages for sentence in p.sentences)


def test_a_run_of_three_million_characters_is_left_out_and_told() -> None:
    made = prepared(f"{TELLS}\n\n{'9' * 3_000_000}\n\nLeaders act.")
    assert made.note == "A run of characters was left out: no word has more than 250 letters."
    assert TELLS in made.pages[0].text
    assert len(made.pages[0].text) < 200


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in poisons(8_000)])
def test_every_poison_is_prepared_within_bounds_and_in_time(text: str) -> None:
    for kind in (text, in_words(text, LONGEST_WORD)):
        made: list[Prepared] = []
        whole = f"{TELLS}\n\n{kind}\n\n{TELLS}"
        assert seconds(partial(keep, made, whole)) < 9
        assert longest(made[0]) <= MOST_CHARACTERS
        for page in made[0].pages:
            assert max(map(len, page.text.split())) <= LONGEST_WORD


def test_a_page_longer_than_any_is_read_to_its_bound_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "LONGEST_PAGE", 200)
    made = prepared(f"{TELLS}\n\n" * 20)
    assert made.note == "Of page 1 the first 200 characters were read: split it into parts."
    assert made.pages[0].text.count("Caseloads") == 1


def test_a_row_and_a_heading_are_no_longer_than_a_sentence() -> None:
    cell = "Number of plans 12 " * 900
    for role in (LineRole.ROW, LineRole.HEADING, LineRole.NOTE):
        pages = clean(ExtractedPages(((ExtractedLine(cell, role),),), format="docx"))
        found = split("x", pages)
        assert max(len(s.text) for p in found for s in p.sentences) <= MOST_CHARACTERS
        for passage in found:
            for sentence in passage.sentences:
                (span,) = sentence.spans
                assert pages[0].page.text[span.start : span.end] == sentence.text


def test_a_sentence_without_spaces_or_stops_is_cut_all_the_same() -> None:
    cuts = sentence_bounds("a" * 9_001)
    assert [end - start for start, end in cuts] == [4000, 4000, 1001]
    text = "word " * 230 + "longer" * 30 + " word" * 3
    assert "".join(text[a:b] for a, b in sentence_bounds(text)).split() == text.split()


def test_a_sentence_that_an_earlier_version_held_is_read_within_bounds() -> None:
    long = Sentence("word " * 5000, (Span(1, 0, 12_000), Span(2, 0, 13_000)))
    read = load_passage("x", 0, dump_passage(Passage("x", 0, (long,))))
    (sentence,) = read.sentences
    assert len(sentence.text) == MOST_CHARACTERS
    assert sentence.spans == (Span(1, 0, MOST_CHARACTERS),)


def test_a_poison_document_holds_no_question_and_no_check_up(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    whole = [in_words(text, LONGEST_WORD) for _, text in poisons(1_000)]
    (folder / "poison.txt").write_text("\n\n".join([TELLS, *whole, "9" * 3_000_000, TELLS]))
    settings = Settings(library=tmp_path / "library")
    library = Library(settings.library, WordEmbedder())
    outcomes: list[object] = []
    ingest([str(folder)], settings, library=library, on_event=outcomes.append)
    (outcome,) = [event for event in outcomes if isinstance(event, IngestOutcome)]
    assert outcome.status is Status.ADDED
    assert "left out" in outcome.reason
    desk = Desk(library)
    for text in ("How many plans were late in Fallowmere?", "9" * 3_000_000, "1,111 " * 3000):
        assert seconds(partial(desk.ask, text)) < 9
        assert seconds(partial(desk.check_speech, text)) < 20
    library.close()
