"""Who wrote an answer is told alike on the page, the terminal and paper."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import exported
import fakes
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rag.saved.conversations import Conversation, ConversationTurn
from rag.settings import ModelMode, Settings
from rag.types import Answer, Statement, Voice
from ui.cli.main import main
from ui.cli.services import Services
from ui.cli.terminal import answer_text
from ui.export.documents.answer_document import answer_paper
from ui.export.documents.conversation_document import conversation_paper
from ui.export.formats import export, format_of
from ui.export.paper import Paper, Paragraph, text_of
from ui.web.render.answers import answer_html, growing_html
from ui.web.render.desk.about import Engines, about_html
from ui.web.render.engines import engines_html, no_model_html
from ui.web.session.quality import measured
from ui.wording import attribution_note
from ui.wording.answers import answer_for_paper
from ui.wording.attribution_note import MODELS_WORDS, QUOTED, how_to_tell, what_is_sent, who_wrote

ENGINE = "openai:gpt-x"
WORDS = "The assessment teams carry caseloads that are too high."
TAGS = re.compile(r"<(/?[a-z0-9]+)")


def written(words: str = WORDS) -> Answer:
    """An answer with a model's sentence, a quotation after it and what the program concludes."""
    quoted_, conclusion = fakes.answer().statements[1], fakes.answer().statements[3]
    statement = Statement(words, (1,), Voice.INSPECTOR, "Invented Inspections, 2024", written=True)
    return replace(
        fakes.answer(),
        statements=(statement, quoted_, conclusion),
        engine=ENGINE,
        checked=5,
        left_out=2,
    )


def about(paper: Paper) -> str:
    return " ".join(text_of(block.words) for block in paper.about if isinstance(block, Paragraph))


# ---------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (fakes.answer(), QUOTED),
        (fakes.refusal(), ""),
        (
            replace(fakes.answer(), pointed_by=ENGINE),
            f"Quoted from the documents; {ENGINE} helped to choose the sentences and wrote none of "
            "them.",
        ),
        (
            written(),
            f"Written by {ENGINE}; 5 sentences were checked against the documents. 2 sentences "
            "were left out because the documents do not say them.",
        ),
        (
            replace(written(), checked=1, left_out=0),
            f"Written by {ENGINE}; 1 sentence was checked against the documents.",
        ),
        (
            replace(fakes.answer(), checked=1, left_out=1),
            f"{QUOTED} A language model was asked: 1 sentence was left out because the documents "
            "do not say it.",
        ),
    ],
)
def test_a_line_says_which_engine_answered_and_what_it_left_out(answer: Answer, line: str) -> None:
    assert who_wrote(answer) == line


def test_what_is_sent_to_a_model_is_told_with_where_and_without_a_path() -> None:
    local = Settings(Path("/l"), model=ENGINE, model_url="http://127.0.0.1:8080/v1")
    assert f"are sent to {ENGINE} at 127.0.0.1:8080." in what_is_sent(ENGINE, local)
    assert f"the provider of {ENGINE}." in what_is_sent(ENGINE, Settings(Path("/l")))
    assert what_is_sent(attribution_note.EXTRACTIVE, local) == ""


def test_how_to_tell_a_model_s_words_is_said_only_where_there_are_any() -> None:
    assert how_to_tell(fakes.answer()) == ""
    assert "the others are the model’s" in how_to_tell(written())
    assert "What follows" in how_to_tell(written())
    alone = replace(written(), statements=written().statements[:1])
    assert "What follows" not in how_to_tell(alone)


def test_a_copied_answer_never_puts_a_model_s_words_in_quotation_marks() -> None:
    copied = answer_for_paper(written())
    assert f"- {WORDS} [1]\n  “{fakes.REPORT.quote}” [1]" in copied
    assert f"- “{fakes.PLAN.quote}” [2]" in copied
    assert f"“{WORDS}" not in copied


# ---------------------------------------------------------------- the terminal


def test_the_terminal_tells_quotations_from_a_model_s_words() -> None:
    text = " ".join(answer_text(written()).split())
    assert f"{WORDS} [1]" in text
    assert f"“{WORDS}" not in text
    assert f"“{fakes.PLAN.quote}” [2]" in text
    assert who_wrote(written()) in text
    assert how_to_tell(written()) in text


def test_the_terminal_says_that_a_model_failed_and_what_is_quoted() -> None:
    failed = replace(fakes.answer(), notice="The model is down. \x1b[31mWhat is said is quoted.")
    text = " ".join(answer_text(failed).split())
    assert "The model is down. What is said is quoted. Sources" in text
    assert QUOTED in text


@pytest.mark.parametrize(("flags", "model"), [((), ENGINE), (("--quotes-only",), None)])
def test_quotes_only_opens_the_desk_without_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...], model: str | None
) -> None:
    opened: list[Settings] = []

    class Desk(fakes.FakeDesk):
        library = fakes.bench(tmp_path / "held").library

    def open_desk(settings: Settings) -> Desk:
        opened.append(settings)
        return Desk()

    monkeypatch.setenv("SCRUTINY_MODEL", ENGINE)
    services = Services(open_desk=open_desk)  # type: ignore[arg-type]
    result = CliRunner().invoke(main, ["ask", "Caseloads?", *flags], obj=services)
    assert result.exit_code == 0, result.output
    assert [settings.model for settings in opened] == [model]


def test_a_model_that_is_wrongly_named_stops_only_what_would_use_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRUTINY_MODEL", "sk-secret")
    wrong = CliRunner().invoke(main, ["ask", "Caseloads?"])
    assert (wrong.exit_code, "provider:name" in wrong.output) == (1, True)
    assert "secret" not in wrong.output
    assert CliRunner().invoke(main, ["library", "list"]).exit_code == 0


# ---------------------------------------------------------------- paper


def test_a_paper_gives_a_model_s_sentence_with_the_quote_in_its_note() -> None:
    paper = answer_paper(written(), fakes.documents(), exported.MADE)
    assert f"written by a language model ({ENGINE})" in about(paper)
    assert "no language model" not in about(paper)
    text = export(paper, format_of(Path("a.md"))).decode()
    assert f"{WORDS}[^1]" in text
    assert f"“{fakes.REPORT.quote}”" in text.split("[^1]:")[1].splitlines()[0]
    assert "2 sentences were left out" in text


def test_a_paper_of_quotations_says_that_no_model_wrote_any_of_it() -> None:
    words = about(answer_paper(fakes.answer(), (), exported.MADE))
    assert "The answer is made of quotations; no language model wrote any" in words


def test_a_conversation_in_part_written_by_a_model_does_not_say_that_none_was() -> None:
    def of(*answers: Answer) -> str:
        turns = tuple(ConversationTurn(answer.question, answer) for answer in answers)
        moment = exported.MADE.isoformat()
        conversation = Conversation("1", "Caseloads", moment, moment, turns)
        return about(conversation_paper(conversation, (), exported.MADE))

    both = of(written(), fakes.answer())
    assert f"written by a language model ({ENGINE})" in both
    assert "Every other answer is quoted" in both
    assert "Every other answer" not in of(written(), written())
    assert "Each answer is made of quotations" in of(fakes.answer(), fakes.refusal())


# ---------------------------------------------------------------- the page


def test_a_model_s_words_stand_over_the_source_s_and_quotations_do_not() -> None:
    html = answer_html(written(), 1)
    assert f'<span class="own">{WORDS}</span>' in html
    assert html.count(MODELS_WORDS) == 1
    assert f'<q class="quoted">“{fakes.REPORT.quote}”</q>' in html
    verbatim = replace(written().statements[0], text=fakes.REPORT.quote)
    assert MODELS_WORDS not in answer_html(replace(written(), statements=(verbatim,)), 1)


def test_what_grows_has_no_tools_and_says_that_more_may_come() -> None:
    html = growing_html(written(), 2)
    assert WORDS in html
    assert attribution_note.WAITING in html
    assert 'aria-busy="true"' in html
    assert "Was this right?" not in html
    assert who_wrote(written()) not in html
    assert attribution_note.WAITING in growing_html(None, 1)


@given(st.text(st.characters(codec=None), min_size=1))
def test_a_model_s_words_make_no_tag_whatever_they_are(text: str) -> None:
    def tags(words: str) -> list[str]:
        answer = replace(written(f"a{words}"), engine=f"x:{words}", notice=f"n{words}")
        return TAGS.findall(answer_html(answer, 1) + growing_html(answer, 1))

    assert tags(text) == tags("word")


def test_the_switch_is_there_only_with_a_model_and_escapes_its_name() -> None:
    assert engines_html(attribution_note.EXTRACTIVE, ModelMode.POINT, quotes_only=False) == ""
    html = engines_html(fakes.HOSTILE, ModelMode.WRITE, quotes_only=True)
    assert "<img" not in html
    assert html.index('aria-pressed="true">Quotes only') < html.index('aria-pressed="false"')


def test_the_about_page_says_what_is_sent_where_and_claims_no_more_than_is_so() -> None:
    def of(engines: Engines) -> str:
        return about_html((), measured(), engines, "1", "/l")

    without, with_one = of(Engines()), of(Engines(ENGINE, "The question is sent to <x>."))
    assert "No question and no document is sent anywhere." in without
    assert "No language model writes any part of an answer." in without
    assert "sent anywhere" not in with_one
    assert ENGINE in with_one
    assert "The question is sent to &lt;x&gt;." in with_one
    assert no_model_html("It is <b>.") in of(Engines(problem="It is <b>."))
    assert "<b>" not in of(Engines(problem="It is <b>."))
