"""The Programs page: the tokens by which other programs and assistants act for this person."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag.saved.tokens import LONGEST_DAYS, USUAL_DAYS
from rag.types import Document
from ui.web import controls
from ui.web.controls import Action, Attention
from ui.web.panes import page_setup
from ui.web.render.desk.programs import secret_html, tokens_html
from ui.web.render.html import done_html, note_html
from ui.web.session.services import WebServices
from ui.web.session.session_value import SessionValue
from ui.wording.translation import N_, tr

LONGEST_NAME = 100
_WHAT_FOR = N_(
    "With a token another program, or an assistant, asks, checks and prepares for you, and reads "
    "the documents; it can add, change or remove nothing. Give each program one of its own: "
    "whoever has a token acts as you until you take it back or it runs out."
)


class ProgramsSession:
    """What this visitor is doing on this page."""

    made = SessionValue("token made", "")
    """The secret of the token made last, to be shown once."""
    notice = SessionValue("notice of programs", "")
    """What was done, to be shown once."""


@page_setup.over_library
def show(services: WebServices, documents: Sequence[Document]) -> None:
    """Draw the page."""
    place = ProgramsSession()
    page_setup.dispatch(lambda action: _do(action, services, place))
    page_setup.drawn(lambda: _draw(services, place))


def _draw(services: WebServices, place: ProgramsSession) -> None:
    if place.notice:
        st.html(done_html(place.notice))
    if place.made:
        st.html(secret_html())
        st.code(place.made, language=None)
    place.notice = place.made = ""
    st.html(note_html(tr(_WHAT_FOR)))
    _make(services, place)
    st.html(tokens_html(services.tokens.own(services.person)))


def _make(services: WebServices, place: ProgramsSession) -> None:
    with st.form("token", border=False, clear_on_submit=True):
        name_at, days_at, press_at = st.columns([5, 2, 2], vertical_alignment="bottom")
        name = name_at.text_input(tr("What is it for?"), max_chars=LONGEST_NAME, key="token name")
        days = days_at.number_input(
            tr("Days in force"), 1, LONGEST_DAYS, USUAL_DAYS, key="token days"
        )
        pressed = press_at.form_submit_button(tr("Make a token"), type="primary", width="stretch")
    if not pressed or not name.strip():
        return
    _, place.made = services.tokens.make_own(services.person, name.strip(), int(days))
    place.notice = tr("The token is made. Copy it now: it is kept nowhere and not shown again.")
    controls.attend(Attention.FOCUS, "told")
    st.rerun()


def _do(action: Action | None, services: WebServices, place: ProgramsSession) -> None:
    """Do what a control asks for; one that asks for nothing known is passed over."""
    match action:
        case Action("withdraw-token", (id,)):
            services.tokens.withdraw_own(services.person, id)
            place.notice = tr("The token opens nothing any more.")
            controls.attend(Attention.FOCUS, "told")
