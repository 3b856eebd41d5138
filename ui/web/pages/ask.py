"""The Ask page: conversations, the questions and answers of one, and a source beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from rag.question.filters import Filters, lets_through
from rag.question.followup import completed_question
from rag.question.older import older_reports
from rag.saved.conversations import Conversation
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
    share_row,
    source_pane,
    streaming_pane,
    suggestion_list,
)
from ui.web.panes.suggestion_list import QUESTION_BOX
from ui.web.render.access import elsewhere_html, gone_html
from ui.web.render.answers import answer_html, question_html
from ui.web.render.engines import MODEL, QUOTES, engines_html, no_model_html
from ui.web.render.html import note_html, problem_html
from ui.web.session import library_summary, state
from ui.web.session.services import WebServices
from ui.web.session.suggestions import suggestions
from ui.wording.sources import new_words
from ui.wording.translation import N_, tr

_EMPTY_LIBRARY = N_(
    "The library is empty. Add reports and articles on the Library page, then come back to ask."
)
_MOST_SUGGESTED = 100
"""Earlier questions of a reader that may be suggested to them."""


@page_setup.over_library
def show(services: WebServices, documents: Sequence[Document]) -> None:
    """Draw the page."""
    visit = state.Visit(services)
    page_setup.dispatch(lambda action: _do(action, services, visit))
    growing = visit.growing()
    conversation = visit.conversation()
    with st.sidebar, st.container(key="conversations"):
        conversation_pane.show(services, visit, conversation)
    left, beside = st.columns([11, 9], gap="medium")
    with left:
        _conversation(services, visit, conversation, growing, documents)
    with beside, st.container(key="beside"):
        turns = conversation.turns if conversation else ()
        source_pane.show(services, visit, (*turns, *streaming_pane.turns_of(growing)))


def _conversation(
    services: WebServices,
    visit: state.Visit,
    conversation: Conversation | None,
    growing: Sequence[GrowingAnswer],
    documents: Sequence[Document],
) -> None:
    # A container each: the box below stays the same to the browser, and keeps the focus.
    with st.container(key="conversation"):
        # Filled last: what is typed now is not asked where its conversation is gone.
        gone = st.empty()
        if services.model_problem:
            st.html(no_model_html(services.model_problem))
        if conversation:
            if told := visit.changed_elsewhere(conversation):
                st.html(elsewhere_html(told))
            _turns(services, visit, conversation, growing)
    with st.container(key="examples"):
        begun = growing or (conversation and conversation.turns)
        if not begun and (new := state.new_documents(services)):
            st.html(note_html(new_words(new)))
        example = "" if begun else _example(documents, visit.filters)
    with st.container(key="ask-box"):
        mode = services.settings.model_mode
        switch = engines_html(services.engine, mode, quotes_only=visit.quotes_only)
        filter_form.show(visit, documents, switch)
        asked_before = services.conversations.questions(_MOST_SUGGESTED)
        suggestion_list.show(QUESTION_BOX, suggestions(documents, asked_before), above=True)
        typed = st.chat_input(
            tr("Ask about the documents"), key="question", max_chars=1000, disabled=not documents
        )
    question = (typed or "").strip() or example
    if visit.lost_now:
        visit.lost_now, visit.not_asked, question = False, question, ""
    if visit.lost and not conversation:
        identity = visit.deleted[0] if visit.deleted else ""
        gone.html(gone_html(visit.lost, identity, visit.not_asked))
    if question:
        _ask(visit, question, visit.filters, follows=True)


def _turns(
    services: WebServices,
    visit: state.Visit,
    conversation: Conversation,
    growing: Sequence[GrowingAnswer],
) -> None:
    for number, turn in enumerate(conversation.turns, start=1):
        st.html(question_html(turn.question, number))
        if turn.answer is None:
            st.html(problem_html(turn.problem))
        else:
            _answer(services, visit, turn.answer, number)
    number = len(conversation.turns) + 1
    streaming_pane.show(services.answering, conversation.id, growing, number)
    if problem := services.answering.problem(conversation.id):
        st.html(problem_html(problem))


def _answer(services: WebServices, visit: state.Visit, answer: Answer, number: int) -> None:
    feedback = services.feedback.on(answer)
    exporting = visit.exporting == str(number)
    judged = feedback.judged if feedback else None
    older = older_reports(services.library.documents())
    st.html(answer_html(answer, number, judged, exporting=exporting, older=older))
    if exporting:
        export_row.show(
            str(number),
            answer.question,
            lambda now: answer_paper(answer, services.library.documents(), now),
        )
    if feedback and visit.judging == number:
        feedback_form.show(services, visit, feedback)


def _example(documents: Sequence[Document], filters: Filters) -> str:
    """The question that was chosen of those that a reader could begin with."""
    if not documents:
        st.html(note_html(tr(_EMPTY_LIBRARY)))
        return ""
    st.html(note_html(tr("In the library: {}").format(library_summary.summary(documents))))
    examples = library_summary.examples([d for d in documents if lets_through(filters, d)])
    if examples:
        st.html(note_html(tr("You could begin with one of these:")))
    chosen = [text for text in examples if st.button(text, key=f"example {text}", width="stretch")]
    return "".join(chosen[:1])


def _ask(visit: state.Visit, question: str, filters: Filters, *, follows: bool) -> None:
    visit.lost = visit.not_asked = ""
    # One in quotes is here at once; it waits too where others are being written before it.
    if visit.quotes_only and not visit.growing():
        with st.spinner(tr("Searching the documents")):
            number = len(visit.ask(question, filters, follows=follows).turns)
    else:
        number = visit.begin(question, filters, follows=follows)
    controls.attend(Attention.TOP, f"question-{number}")
    st.rerun()


def _do(action: Action | None, services: WebServices, visit: state.Visit) -> None:
    """Do what a control asks for; one that asks for nothing known is passed over."""
    if source_pane.do(action, visit) or share_row.do(action, services, visit):
        return
    match action:
        case Action("ask-anew" | "without" | "within" | "choose"):
            _do_ask(action, services, visit)
        case Action("seen-elsewhere"):
            visit.elsewhere = ""
        case Action("judge", (turn, judged)):
            _judge(services, visit, int(turn), FeedbackVerdict(judged))
        case Action("engine", (chosen,)) if chosen in (QUOTES, MODEL):
            visit.quotes_only = chosen == QUOTES
            controls.attend(Attention.BACK)
        case Action("unfilter", about):
            filter_form.take_away(visit, about)
        case Action("export", (what,)):
            export_row.toggle(visit, what)
        case Action():
            conversation_pane.do(action, services, visit)


def _do_ask(action: Action, services: WebServices, visit: state.Visit) -> None:
    """Ask what was not asked, or the question of a turn again, in another scope."""
    match action:
        case Action("ask-anew") if visit.not_asked:
            _ask(visit, visit.not_asked, visit.filters, follows=False)
        case Action("without" | "within" as verb, (turn, key)):
            _ask_again(visit, int(turn), key, left_out=verb == "without")
        case Action("choose", (turn, council)):
            _ask_of(visit, services, int(turn), council)


def _answer_of(conversation: Conversation | None, turn: int) -> Answer | None:
    turns = conversation.turns if conversation else ()
    return turns[turn - 1].answer if 0 < turn <= len(turns) else None


def _ask_again(visit: state.Visit, turn: int, key: str, *, left_out: bool) -> None:
    """Ask the question of a turn again, a part of the scope read out of it left out or put back."""
    answer = _answer_of(visit.conversation(), turn)
    if answer is None:
        return
    before = frozenset(part.key for part in answer.searched.left_out)
    without = before | {key} if left_out else before - {key}
    filters = replace(visit.filters, without=without)
    _ask(visit, answer.understood or answer.question, filters, follows=False)


def _ask_of(visit: state.Visit, services: WebServices, turn: int, council: str) -> None:
    """Ask the question of a turn again of the council that was asked back for."""
    answer = _answer_of(visit.conversation(), turn)
    if answer is None or council not in answer.choices:
        return
    documents = services.library.documents()
    question = completed_question(council, (answer,), documents, visit.filters)
    _ask(visit, question, visit.filters, follows=False)


def _judge(services: WebServices, visit: state.Visit, turn: int, judged: FeedbackVerdict) -> None:
    """Note what the reader says of an answer; the same again takes it back."""
    answer = _answer_of(visit.conversation(), turn)
    if answer is None:
        return
    feedback = services.feedback.on(answer)
    visit.judging = turn
    if feedback is None:
        services.feedback.give(answer, judged)
    elif feedback.judged is judged:
        services.feedback.remove(feedback.id)
        visit.judging = None
    else:
        services.feedback.change(feedback.id, judged, feedback.note)
