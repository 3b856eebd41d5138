"""The answers of a conversation that are being written: each drawn as far as it has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from rag.saved.conversations import ConversationTurn
from ui.web.jobs.answer_job import AnswerJobs, GrowingAnswer
from ui.web.render.answers import growing_html, question_html
from ui.web.render.html import note_html
from ui.web.session.language import Language
from ui.wording.translation import N_, tr

_POLL_SECONDS = 0.4
_WAITS = N_("This question is answered after the one before it.")


def show(
    answering: AnswerJobs, conversation: str, line: Sequence[GrowingAnswer], number: int
) -> None:
    """Draw the questions in hand, the first of them as question `number`."""
    for place, growing in enumerate(line):
        st.html(question_html(growing.question, number + place))
        if place:
            st.html(note_html(tr(_WAITS)))
        else:
            _watch(answering, conversation, growing, number, iter([True]))


def turns_of(line: Sequence[GrowingAnswer]) -> tuple[ConversationTurn, ...]:
    """The answer in the making as a turn, so that the sources of what it tells can be opened."""
    return tuple(
        ConversationTurn(first.question, first.answer) for first in line[:1] if first.answer
    )


@st.fragment(run_every=_POLL_SECONDS)
def _watch(
    answering: AnswerJobs,
    conversation: str,
    growing: GrowingAnswer,
    number: int,
    with_page: Iterator[bool],
) -> None:
    """Draw how far an answer has come; this alone is drawn again and again, until it is whole.

    The first time is with the page (`with_page`), which is not begun anew then: the question that
    was typed below would be lost.
    """
    Language().speak_again()
    if not next(with_page, False) and growing not in answering.line(conversation):
        st.rerun()
    st.html(growing_html(growing.answer, number))
