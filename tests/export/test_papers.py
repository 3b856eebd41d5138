"""What stands in the papers of answers, checks, conversations and packs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import exported
import fakes
import pytest
from ofsted import ILACS, LEAVERS, OVERALL, SEND, VISIT

from rag.packs.edits import AS_MADE, edited_pack, reworded
from rag.packs.tracker import TrackedStatus, TrackerNote, tracked_items
from rag.packs.types import EventKind, Precision, TimelineEvent
from rag.saved.conversations import Conversation, ConversationTurn
from rag.types import CheckedPart, ClaimPart, PartKind, ScopePart, Statement, Verdict, Voice
from ui.cli.paper_text import paper_text
from ui.cli.wrapping import WIDTH
from ui.export.documents.answer_document import answer_paper
from ui.export.documents.briefing_document import doing_heading
from ui.export.documents.changes_document import counted_changes
from ui.export.documents.checks_document import as_checked, check_paper
from ui.export.documents.conversation_document import conversation_paper
from ui.export.documents.enquiries_document import REWORDED
from ui.export.documents.pack_document import (
    changes_paper,
    history_paper,
    pack_paper,
    timeline_paper,
)
from ui.export.documents.timeline_document import spoken
from ui.export.footnotes import LONGEST_QUOTE, Notes
from ui.export.paper import (
    Items,
    Paper,
    PaperFigure,
    PaperSection,
    PaperWords,
    Paragraph,
    Table,
    paper_words,
    text_of,
)
from ui.wording.sources import committee_citation

MADE = exported.MADE


def lines(paper: Paper) -> list[PaperWords]:
    """Every line of the sections of a paper, the cells of its tables included."""
    words: list[PaperWords] = []
    for block in (block for section in paper.sections for block in section.blocks):
        match block:
            case Paragraph():
                words.append(block.words)
            case Items():
                words += block.items
            case Table():
                words += [cell for row in block.rows for cell in row]
            case PaperFigure():
                words.append(paper_words(block.text))
    return words


def words_in(paper: Paper) -> str:
    about = [text_of(b.words) for b in paper.about if isinstance(b, Paragraph)]
    return "\n".join([*about, *(s.heading for s in paper.sections), *map(text_of, lines(paper))])


def line_with(paper: Paper, text: str) -> PaperWords:
    return next(line for line in lines(paper) if text in text_of(line))


def notes_of(words: PaperWords) -> list[int]:
    """The numbers of the notes of the words, in order, each once."""
    return [*dict.fromkeys(number for run in words for number in run.notes)]


def noted(paper: Paper, line: PaperWords) -> str:
    return " ".join(paper.notes[number - 1].text for number in notes_of(line))


# ---------------------------------------------------------------- the nouns


def test_a_heading_that_skips_a_level_is_no_paper() -> None:
    with pytest.raises(ValueError, match="skips a level"):
        Paper("t", "", MADE, (), (PaperSection("a"), PaperSection("b", (), 3)))


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Table("t", ("a", "b"), ((paper_words("1"),),), (1, 1))


def test_words_lose_their_control_characters_and_keep_the_spaces_at_their_ends() -> None:
    (run,) = paper_words(" a\x00\x1b[31m\u202eb\n\tc ")
    assert run.text == " ab c "


# ---------------------------------------------------------------- notes


def test_a_citation_has_one_number_in_a_part_and_another_in_the_next() -> None:
    notes = Notes()
    assert notes.numbers([fakes.REPORT, fakes.PLAN, fakes.REPORT]) == (1, 2)
    assert notes.numbers([replace(fakes.REPORT, n=9)]) == (1,)
    notes.begin_part()
    assert notes.numbers([fakes.REPORT]) == (3,)
    assert len(notes.all()) == 3


def test_a_note_repeats_the_words_once_a_line_does_not_hold_them() -> None:
    notes = Notes()
    notes.numbers([fakes.REPORT])
    assert notes.all()[0].quote == ""
    notes.numbers([fakes.REPORT], repeat=True)
    assert fakes.REPORT.quote in notes.all()[0].quote


def test_a_note_does_not_repeat_pages_of_words() -> None:
    notes = Notes()
    notes.numbers([exported.cited("word " * 5000)], repeat=True)
    assert len(notes.all()[0].quote) <= LONGEST_QUOTE + 2


# ---------------------------------------------------------------- an answer


def test_every_statement_of_an_answer_has_the_note_of_its_citation() -> None:
    answer = fakes.answer()
    paper = answer_paper(answer, fakes.documents(), MADE)
    by_number = {citation.n: citation for citation in answer.citations}
    for statement in answer.statements:
        note = noted(paper, line_with(paper, statement.text))
        assert all(committee_citation(by_number[n]) in note for n in statement.citations)


def test_a_source_is_quoted_and_the_program_is_not() -> None:
    paper = answer_paper(fakes.answer(), (), MADE)
    assert f"“{fakes.PLAN.quote}”" in words_in(paper)
    own = line_with(paper, "Nine of the 24 posts")
    assert "“" not in text_of(own)
    assert fakes.PLAN.quote in noted(paper, own)


def test_a_sentence_that_is_not_its_source_word_for_word_is_not_in_quotation_marks() -> None:
    statement = Statement("Caseloads have become unsafe.", (1,), Voice.INSPECTOR, "Inspectors")
    paper = answer_paper(replace(fakes.answer(), statements=(statement,)), (), MADE)
    line = line_with(paper, "have become unsafe")
    assert "“" not in text_of(line)
    assert fakes.REPORT.quote in noted(paper, line)


def test_a_quote_that_was_cut_is_still_a_quote() -> None:
    cut = replace(fakes.REPORT, quote="Caseloads are too high")
    statement = Statement("Caseloads are too high…", (1,), Voice.INSPECTOR, "Inspectors")
    answer = replace(fakes.answer(), statements=(statement,), citations=(cut,))
    assert "“Caseloads are too high…”" in words_in(answer_paper(answer, (), MADE))


def test_the_first_page_says_what_it_is_when_it_was_made_and_by_what() -> None:
    text = words_in(answer_paper(fakes.answer(), (), MADE))
    assert "made by Scrutiny Desk on 22 November 2026 at 14:05 UTC" in text
    assert "no language model wrote any of it" in text
    assert "Every line rests on the note" in text
    modelled = words_in(answer_paper(replace(fakes.answer(), engine="ollama:x"), (), MADE))
    assert "written by a language model (ollama:x)" in modelled


def test_an_answer_says_what_was_searched_and_what_the_reader_left_out() -> None:
    answer = fakes.answer()
    searched = replace(
        answer.searched, filters="press reports", left_out=(ScopePart("year:2017", "2017"),)
    )
    text = words_in(answer_paper(replace(answer, searched=searched, understood="Full?"), (), MADE))
    assert "Searched 4 documents" in text
    assert "press reports only" in text
    assert "at the reader's wish: 2017." in text
    assert "understood as: “Full?”" in text


def test_a_refusal_is_exported_as_a_refusal() -> None:
    paper = answer_paper(fakes.refusal(), (), MADE)
    assert paper.subtitle == "Not in the documents"
    assert fakes.refusal().text in words_in(paper)
    assert "related words, not an answer" in words_in(paper)
    assert "does not mean that it did not happen" in words_in(paper)


def test_the_sources_tell_kind_file_hash_and_the_day_of_adding() -> None:
    document = replace(fakes.documents()[1], sha256="1" * 64, added="2026-05-03T09:00:00+00:00")
    paper = answer_paper(fakes.answer(), (document,), MADE)
    sources = paper.sections[-1]
    assert sources.heading == "Sources"
    listed = sources.blocks[1]
    assert isinstance(listed, Items)
    report, plan, article = (text_of(item) for item in listed.items)
    assert "inspection report, 4 March 2024. File reports/fallowmere-2024.pdf" in report
    assert "added to the library on 3 May 2026. SHA-256 " + "1" * 64 in report
    assert "council document" in plan
    assert "no longer in the library" in plan
    assert "press report, date not known" in article


# ---------------------------------------------------------------- a conversation


def test_a_conversation_has_every_question_with_its_answer_or_its_problem() -> None:
    turns = (
        ConversationTurn("First?", fakes.answer("First?")),
        ConversationTurn("Second?", fakes.refusal("Second?")),
        ConversationTurn("Third?", None, "The library is locked."),
    )
    begun, touched = "2026-11-20T09:00:00+00:00", "2026-11-21T09:00:00+00:00"
    conversation = Conversation("id", "My talk", begun, touched, turns)
    paper = conversation_paper(conversation, (), MADE)
    assert paper.title == "My talk"
    assert [s.heading for s in paper.sections if s.level == 1] == [
        "Question 1: First?", "Question 2: Second?", "Question 3: Third?", "Sources",
    ]  # fmt: skip
    assert "3 questions, asked between 20 November 2026 and 21 November 2026" in words_in(paper)
    assert "There was a problem: The library is locked." in words_in(paper)


# ---------------------------------------------------------------- a check


def check() -> list[CheckedPart]:
    return [*fakes.FakeDesk().check_speech("Caseloads are too high. The council promised 42 posts. "
                                           "Who won the cup? It won the cup.")]  # fmt: skip


def test_a_check_has_a_section_for_each_piece_with_its_verdict() -> None:
    paper = check_paper(check(), (), MADE)
    headings = [section.heading for section in paper.sections if section.level == 1]
    assert headings == [
        "Claim 1: supported", "Claim 2: contradicted", "Sentence 3: not checkable",
        "Claim 4: not found", "Sources",
    ]  # fmt: skip
    assert "The documents say otherwise" in words_in(paper)


def test_every_quote_of_a_check_is_there_with_its_note() -> None:
    checked = check()
    paper = check_paper(checked, (), MADE)
    for citation in (c for part in checked if part.verdict for c in part.verdict.citations):
        line = next(
            line for line in lines(paper)
            if citation.quote in text_of(line) and notes_of(line)
        )  # fmt: skip
        assert committee_citation(citation) in noted(paper, line)


def test_the_words_that_decide_are_bold_and_the_quote_stays_whole() -> None:
    checked = check()
    paper = check_paper(checked, (), MADE)
    verdict = checked[0].verdict
    assert verdict is not None
    ground = verdict.grounds[0]
    line = line_with(paper, ground.citations[0].quote)
    bold = [run.text for run in line if run.strong]
    quote = ground.citations[0].quote
    assert bold == [quote[mark.start : mark.end] for mark in ground.marks[0]]


def test_a_check_as_a_table_has_a_row_for_each_quote_and_each_piece() -> None:
    table = check_paper(check(), (), MADE).spreadsheet
    assert table is not None
    assert {text_of(row[0]) for row in table.rows} == {"1", "2", "3", "4"}
    assert {text_of(row[2]) for row in table.rows} == {
        "Supported", "Contradicted", "Not checkable", "Not found",
    }  # fmt: skip


def test_one_verdict_is_a_check_of_one_claim() -> None:
    (verdict,) = [part.verdict for part in check()[:1]]
    assert isinstance(verdict, Verdict)
    paper = check_paper([as_checked(verdict)], (), MADE)
    assert paper.subtitle == "1 claim: 1 supported"


def test_a_completed_claim_tells_what_was_checked() -> None:
    verdict = check()[0].verdict
    part = ClaimPart("It is too high.", 0, PartKind.CLAIM, "Croydon is too high.")
    assert verdict is not None
    paper = check_paper([CheckedPart(part, replace(verdict, claim=part.claim))], (), MADE)
    assert "Checked as: Croydon is too high." in words_in(paper)


# ---------------------------------------------------------------- a pack


def test_every_line_of_a_pack_that_tells_something_has_a_note() -> None:
    pack = exported.pack()
    paper = pack_paper(pack)
    pack_lines = [
        *(line for part in pack.enquiries for line in part.why),
        *(item.item for part in pack.changes for item in part.items),
        *(line for part in pack.changes for item in part.items for line in item.later),
        *(event.line for event in pack.timeline.events),
        *pack.history.movements, *pack.briefing.doing, *pack.briefing.said,
    ]  # fmt: skip
    for line in pack_lines:
        shown = noted(paper, line_with(paper, line.text))
        assert all(committee_citation(citation) in shown for citation in line.citations)


def test_the_questions_come_in_the_order_given_with_what_to_listen_for() -> None:
    pack = exported.pack(3)
    turned = replace(pack, enquiries=pack.enquiries[::-1])
    text = words_in(pack_paper(turned))
    assert text.index("in team 3 hold?") < text.index("in team 1 hold?")
    assert "Why to ask: still a concern at the later inspection" in text
    assert "A figure for each team, and its date." in text


def test_what_is_followed_stands_in_a_pack_with_what_its_reader_marked_and_noted() -> None:
    pack = exported.pack()
    item = tracked_items(pack)[0]
    noted = {item.key: TrackerNote(TrackedStatus.RAISED, "Asked the director on 4 March.")}
    text, bare = words_in(pack_paper(pack, noted, MADE.date())), words_in(pack_paper(pack))
    assert "Tracker: asked for, and promised by when" in bare
    assert item.line.text in bare
    assert "Raised" not in bare
    assert text.index("Raised") < text.index("Asked the director on 4 March.")
    assert "has passed" in words_in(pack_paper(pack, {}, date(2999, 1, 1)))


def test_grades_of_two_frameworks_stand_in_tables_of_their_own() -> None:
    paper = history_paper(exported.history(), exported.sources(), MADE)
    tables = [b for s in paper.sections for b in s.blocks if isinstance(b, Table)]
    assert [len(table.header) for table in tables] == [2, 3, 2]
    last = [[text_of(cell) for cell in row] for row in tables[-1].rows]
    assert last[0] == ["Overall effectiveness", "not judged"]


def test_an_area_that_one_report_of_several_leaves_out_has_no_grade_there() -> None:
    history = exported.history()
    extra = exported.inspection(ILACS, date(2021, 1, 1), [(LEAVERS, "good")])
    history = replace(history, inspections=(*history.inspections, extra))
    paper = history_paper(history, (), MADE)
    row = next(
        row for s in paper.sections for b in s.blocks if isinstance(b, Table) and len(b.header) == 4
        for row in b.rows if text_of(row[0]) == "Care leavers"
    )  # fmt: skip
    assert [text_of(cell) for cell in row[1:]] == ["no grade", "no grade", "Good"]


def test_an_inspection_without_grades_is_named() -> None:
    bare = exported.inspection(VISIT, date(2020, 3, 4), [])
    history = replace(exported.history(), inspections=(bare,))
    assert "without grades in the report: Inspected 4 March 2020." in words_in(
        history_paper(history, (), MADE)
    )


def test_what_became_of_each_item_is_counted_and_told() -> None:
    assert counted_changes(exported.changes()) == (
        "3 items: 1 improved, 1 still a concern and 1 not mentioned."
    )
    text = words_in(changes_paper([exported.changes()], exported.sources(), MADE))
    assert "No words about it were found." in text


@pytest.mark.parametrize(
    ("precision", "until", "words_"),
    [
        (Precision.DAY, None, "4 March 2024"),
        (Precision.MONTH, None, "March 2024"),
        (Precision.YEAR, None, "2024"),
        (Precision.DAY, date(2024, 3, 15), "4 to 15 March 2024"),
        (Precision.DAY, date(2024, 4, 2), "4 March to 2 April 2024"),
        (Precision.DAY, date(2025, 1, 2), "4 March 2024 to 2 January 2025"),
    ],
)
def test_an_event_is_dated_no_more_exactly_than_its_source_does(
    precision: Precision, until: date | None, words_: str
) -> None:
    line = exported.line("x")
    event = TimelineEvent(date(2024, 3, 4), precision, EventKind.OTHER, line, None, until)
    assert spoken(event) == words_


def test_a_pack_of_nothing_says_so_in_each_part() -> None:
    pack = exported.pack(0)
    empty = replace(
        pack,
        history=replace(pack.history, inspections=(), movements=()),
        changes=(),
        timeline=replace(pack.timeline, events=()),
        briefing=replace(pack.briefing, findings=(), people=(), doing=(), said=(),
                         disagreements=(), uncovered=(), glossary=()),
        sources=(),
    )  # fmt: skip
    text = words_in(pack_paper(empty))
    assert "No ground for a question was found in the documents." in text
    assert "No inspection report about this council was found in the library." in text
    assert "No dated event about this was found in the documents." in text
    assert "No document was found to make it from." in text


def test_the_note_of_a_question_does_not_repeat_the_words_that_stand_under_it() -> None:
    paper = pack_paper(exported.pack(1))
    in_full = [line for line in lines(paper) if "in team 1 hold?" in text_of(line)]
    question = in_full[-1]
    assert "Caseloads" not in noted(paper, question)


def test_an_area_inspection_judges_the_areas_arrangements_and_not_the_council() -> None:
    area = exported.inspection(
        SEND, date(2025, 3, 1), [(OVERALL, "inconsistent experiences and outcomes")]
    )
    history = replace(exported.history(), inspections=(area,))
    assert "The area's SEND arrangements" in words_in(history_paper(history, (), MADE))


# ---------------------------------------------------------------- a pack as it was prepared


def test_two_later_quotes_of_an_item_do_not_run_into_each_other() -> None:
    changed = exported.changes()
    first = replace(changed.items[0], later=(exported.line("One."), exported.line("Two.")))
    paper = changes_paper((replace(changed, items=(first,)),), (), exported.MADE)
    text = paper_text(paper)
    assert re.search(r"“One\.”\[\d+\] “Two\.”", " ".join(text.split()))


def test_a_question_in_a_readers_words_says_so() -> None:
    pack = exported.pack()
    edited = edited_pack(pack, reworded(pack, AS_MADE, "key-1", "Who answers for this?"))
    assert REWORDED in paper_text(pack_paper(edited)).replace("\n", " ")
    assert REWORDED not in paper_text(pack_paper(pack)).replace("\n", " ")


def test_a_pack_on_a_topic_says_what_it_keeps_to_and_claims_no_more() -> None:
    narrow = replace(exported.pack(), topic="housing", changes=(), inspection=fakes.REPORT.document)
    text = " ".join(paper_text(pack_paper(narrow)).split())
    assert "keep to “housing”" in text
    assert "Nothing on “housing” was found among what an earlier report asked for." in text
    assert f"keep to the report “{fakes.REPORT.title}” (4 March 2024)" in text


def test_what_others_report_of_a_council_is_not_called_its_own_words() -> None:
    own, others = exported.briefing().doing, exported.briefing().findings[0].lines
    council = tuple(replace(line, voice=Voice.COUNCIL) for line in own)
    assert doing_heading(council) == "What the council says that it is doing"
    assert doing_heading(others) == "What the council is doing, as others report it"


def test_a_paper_as_text_numbers_its_rows_and_breaks_no_line() -> None:
    text = paper_text(timeline_paper(exported.timeline(), exported.sources(), exported.MADE))
    assert "\n1. 1 to 20 January 2015\n  What: Inspection\n" in text
    assert max(map(len, text.splitlines())) <= WIDTH
