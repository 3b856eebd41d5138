"""The Ask page: conversations, the questions and answers of one, and a source beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from rag.question.filters import Filters, lets_through
from rag.saved.conversations import Conversation, ConversationTurn
from rag.saved.feedback import FeedbackVerdict
from rag.types import Answer, Document
from ui.export.documents.answer_document import answer_paper
from ui.web import controls
from ui.web.controls import Action, Attention
from ui.web.jobs.answer_job import GrowingAnswer
from ui.web.panes import (
    conversation_pane,
    export_row,
    feedback_form,
    filter_form,
    page_setup,
    source_pane,
    streaming_pane,
)
from ui.web.render.answers import answer_html, question_html
from ui.web.render.engines import MODEL, QUOTES, engines_html, no_model_html
from ui.web.render.html import note_html, problem_html
from ui.web.session import library_summary, state
from ui.web.session.services import WebServices

_EMPTY_LIBRARY = (
    "The library is empty. Add reports and articles on the Library page, then come back to ask."
)


def show() -> None:
    """Draw the page."""
    found = page_setup.opened()
    if found is None:
        return
    bench, documents = found
    visit = state.Visit(bench)
    page_setup.dispatch(lambda action: _do(action, bench, visit))
    line = visit.growing()
    conversation = visit.conversation()
    turns = conversation.turns if conversation else ()
    with st.sidebar, st.container(key="conversations"):
        conversation_pane.show(bench, visit, conversation)
    talk, beside = st.columns([11, 9], gap="medium")
    with talk:
        _talk(bench, visit, conversation, line, documents)
    with beside, st.container(key="beside"):
        source_pane.show(bench, visit, (*turns, *streaming_pane.told(line)))


# ---------------------------------------------------------------- drawing


def _talk(
    bench: WebServices,
    visit: state.Visit,
    conversation: Conversation | None,
    line: Sequence[GrowingAnswer],
    documents: Sequence[Document],
) -> None:
    # A container each: the box below stays the same to the browser, and keeps the focus.
    with st.container(key="conversation"):
        _said(bench, visit, conversation, line)
    with st.container(key="examples"):
        chosen = "" if _begun(conversation, line) else _beginning(documents, visit.filters)
    with st.container(key="ask-box"):
        switch = engines_html(bench.engine, quotes_only=visit.quotes_only)
        filter_form.show(visit, documents, switch)
        typed = st.chat_input(
            "Ask about the documents", key="question", max_chars=1000, disabled=not documents
        )
    asked = (typed or "").strip() or chosen
    if asked:
        _ask(visit, asked, visit.filters, follows=True)


def _begun(conversation: Conversation | None, line: Sequence[GrowingAnswer]) -> bool:
    return bool(line or (conversation and conversation.turns))


def _said(
    bench: WebServices,
    visit: state.Visit,
    conversation: Conversation | None,
    line: Sequence[GrowingAnswer],
) -> None:
    if bench.model_problem:
        st.html(no_model_html(bench.model_problem))
    if conversation is None:
        return
    _turns(bench, visit, conversation.turns)
    streaming_pane.show(bench.answering, conversation.id, line, len(conversation.turns) + 1)
    if problem := bench.answering.problem(conversation.id):
        st.html(problem_html(problem))


def _turns(bench: WebServices, visit: state.Visit, turns: Sequence[ConversationTurn]) -> None:
    for number, turn in enumerate(turns, start=1):
        st.html(question_html(turn.question, number))
        if turn.answer is None:
            st.html(problem_html(turn.problem))
            continue
        said = bench.feedback.on(turn.answer)
        exporting = visit.exporting == str(number)
        judged = said.judged if said else None
        st.html(answer_html(turn.answer, number, judged, exporting=exporting))
        if exporting:
            _export(bench, turn.answer, number)
        if said and visit.judging == number:
            feedback_form.show(bench, visit, said)


def _export(bench: WebServices, answer: Answer, number: int) -> None:
    export_row.show(
        str(number),
        answer.question,
        lambda made: answer_paper(answer, bench.library.documents(), made),
    )


def _beginning(documents: Sequence[Document], filters: Filters) -> str:
    if not documents:
        st.html(note_html(_EMPTY_LIBRARY))
        return ""
    st.html(note_html(f"In the library: {library_summary.summary(documents)}"))
    offered = library_summary.examples([d for d in documents if lets_through(filters, d)])
    if offered:
        st.html(note_html("You could begin with one of these:"))
    chosen = [text for text in offered if st.button(text, key=f"example {text}", width="stretch")]
    return "".join(chosen[:1])


def _ask(visit: state.Visit, question: str, filters: Filters, *, follows: bool) -> None:
    # One in quotes is here at once; it waits too where others are being written before it.
    if visit.quotes_only and not visit.growing():
        with st.spinner("Searching the documents"):
            number = len(visit.ask(question, filters, follows=follows).turns)
    else:
        number = visit.begin(question, filters, follows=follows)
    controls.attend(Attention.TOP, f"question-{number}")
    st.rerun()


# ---------------------------------------------------------------- doing what was chosen


def _do(action: Action | None, bench: WebServices, visit: state.Visit) -> None:
    """Do what a control asks for; one that asks for nothing known is passed over."""
    if source_pane.do(action, visit):
        return
    match action:
        case Action("without" | "within" as verb, (turn, key)):
            _ask_again(visit, int(turn), key, left_out=verb == "without")
        case Action("judge", (turn, judged)):
            _judge(bench, visit, int(turn), FeedbackVerdict(judged))
        case Action("engine", (chosen,)) if chosen in (QUOTES, MODEL):
            visit.quotes_only = chosen == QUOTES
            controls.attend(Attention.BACK)
        case Action("unfilter", about):
            filter_form.take_away(visit, about)
        case Action("export", (what,)):
            export_row.toggle(visit, what)
        case Action():
            conversation_pane.do(action, bench, visit)


def _answer(conversation: Conversation | None, turn: int) -> Answer | None:
    turns = conversation.turns if conversation else ()
    return turns[turn - 1].answer if 0 < turn <= len(turns) else None


def _ask_again(visit: state.Visit, turn: int, key: str, *, left_out: bool) -> None:
    """Ask the question of a turn again, a part of the scope read out of it left out or put back."""
    answer = _answer(visit.conversation(), turn)
    if answer is None:
        return
    before = frozenset(part.key for part in answer.searched.left_out)
    without = before | {key} if left_out else before - {key}
    filters = replace(visit.filters, without=without)
    _ask(visit, answer.understood or answer.question, filters, follows=False)


def _judge(bench: WebServices, visit: state.Visit, turn: int, judged: FeedbackVerdict) -> None:
    """Note what the reader says of an answer; the same again takes it back."""
    answer = _answer(visit.conversation(), turn)
    if answer is None:
        return
    said = bench.feedback.on(answer)
    visit.judging = turn
    if said is None:
        bench.feedback.give(answer, judged)
    elif said.judged is judged:
        bench.feedback.remove(said.id)
        visit.judging = None
    else:
        bench.feedback.change(said.id, judged, said.note)
