"""The line under an answer in which a reader may say what was wrong with it."""

from __future__ import annotations

import streamlit as st

from rag.saved.feedback import Feedback, FeedbackVerdict
from ui.web.render.html import note_html
from ui.web.session.services import WebServices
from ui.web.session.state import Visit
from ui.wording.translation import N_, tr

_ASKED = {
    FeedbackVerdict.RIGHT: N_("Thank you. Anything to add?"),
    FeedbackVerdict.WRONG: N_("Thank you. What is wrong, or what is the right answer?"),
    FeedbackVerdict.WRONG_SOURCE: N_("Thank you. Which source should it have cited?"),
}
LONGEST_NOTE = 2000
_WHERE = N_(
    "It helps whoever looks after this desk to find wrong answers and mend them. "
    "They read it with the question and the answer; it is kept on this machine and "
    "goes nowhere else."
)


def show(services: WebServices, visit: Visit, feedback: Feedback) -> None:
    """Draw the form for the feedback that was just given."""
    with st.form("feedback", clear_on_submit=True):
        note = st.text_area(
            tr(_ASKED[feedback.judged]), value=feedback.note, max_chars=LONGEST_NOTE, height=80
        )
        pressed = st.form_submit_button(tr("Keep this note"))
        st.html(note_html(tr(_WHERE)))
    if pressed:
        services.feedback.change(feedback.id, feedback.judged, note)
        visit.judging = None
        st.rerun()
