"""The Ask page: a conversation with the documents."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag.errors import ScrutinyError
from rag.types import Document
from ui.web import holdings, render, state

_EMPTY_LIBRARY = (
    "The library is empty. Put reports and articles in a folder and run: scrutiny ingest FOLDER. "
    "Then load this page again."
)


def show() -> None:
    """Draw the page."""
    try:
        with st.spinner("Opening the library"):
            desk = state.desk()
        documents = desk.library.documents()
    except ScrutinyError as error:
        st.html(render.problem_html(str(error)))
        return
    conversation = state.Conversation()
    # A container each: the box below stays the same to the browser, and keeps the focus.
    with st.container(key="header"):
        _header(documents, conversation)
    with st.container(key="conversation"):
        _conversation(conversation.turns)
    with st.container(key="examples"):
        chosen = "" if conversation.turns else _example(documents)
    asked = _typed(documents) or chosen
    if asked:
        _ask(asked, conversation, desk)


def _header(documents: tuple[Document, ...], conversation: state.Conversation) -> None:
    if not documents:
        st.html(render.note_html(_EMPTY_LIBRARY))
        return
    about = render.note_html(f"In the library: {holdings.summary(documents)}")
    if not conversation.turns:
        st.html(about)
        return
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.html(about)
    right.button("Start again", on_click=conversation.clear, width="stretch")


def _conversation(turns: Sequence[state.Turn]) -> None:
    for number, turn in enumerate(turns, start=1):
        st.html(render.question_html(turn.question, number))
        if turn.answer is None:
            st.html(render.problem_html(turn.problem))
        else:
            newest = number == len(turns)
            st.html(render.answer_html(turn.answer, number, unfolded=newest))
    if turns:
        st.html(render.scroll_to_question(len(turns)), unsafe_allow_javascript=True)


def _typed(documents: Sequence[Document]) -> str:
    # In a container of its own, which the style sheet keeps in view: at the foot of the page
    # Streamlit would scroll to the end of an answer, past its beginning.
    with st.container(key="ask-box"):
        typed = st.chat_input(
            "Ask about the documents", key="question", max_chars=1000, disabled=not documents
        )
    return (typed or "").strip()


def _example(documents: Sequence[Document]) -> str:
    offered = holdings.examples(documents)
    if offered:
        st.html(render.note_html("You could begin with one of these:"))
    chosen = [text for text in offered if st.button(text, key=f"example {text}", width="stretch")]
    return "".join(chosen[:1])


def _ask(question: str, conversation: state.Conversation, desk: state.AnsweringDesk) -> None:
    with st.spinner("Searching the documents"):
        conversation.ask(question, desk)
    st.rerun()
