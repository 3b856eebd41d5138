"""The page that a link opens: a conversation, a check or a pack of another's, to be read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag.access.people import Person
from rag.access.roles import Role
from rag.packs.edits import edited_pack
from rag.question.older import Older, older_reports
from rag.saved.checks import SavedCheck
from rag.saved.conversations import Conversation
from rag.saved.shares import Share, ShareKind
from rag.types import Answer, Document, Verdict
from ui.web.controls import Action
from ui.web.panes import pack_pane, page_setup, share_row, source_pane
from ui.web.panes.chart_slots import Charts
from ui.web.render.answers import answer_html, question_html
from ui.web.render.checks import check_html, claims_html, copy_html
from ui.web.render.html import Html, note_html, problem_html
from ui.web.render.sources import no_sources_html
from ui.web.session import state
from ui.web.session.services import WebServices
from ui.web.session.session_value import SessionValue
from ui.wording.translation import N_, tr

_HOW = N_("Choose a number beside a quote to see the quoted words on their page.")
_NO_LINK = N_("This page shows what somebody has shared: open the link that they gave you.")


class SharedSession:
    """What this visitor has opened by links."""

    noted = SessionValue[frozenset[str]]("links opened", frozenset())
    """The links whose opening is noted already."""


@page_setup.over_library
def show(services: WebServices, documents: Sequence[Document]) -> None:
    """Draw the page."""
    token = st.query_params.get(share_row.LINK, "")
    visit = state.Visit(services, beside="opened of a link")
    page_setup.dispatch(lambda action: _do(action, visit))
    if not token:
        st.html(note_html(tr(_NO_LINK)))
        return
    share = page_setup.attempted(lambda: _opened(services, token))
    if share is None:
        return
    charts = Charts()
    left, beside = st.columns([11, 9], gap="medium")
    with left:
        st.html(_head(services, share))
        parts = page_setup.attempted(lambda: _drawn(services, share, charts)) or ()
    with beside, st.container(key="beside"):
        cited = _cited(share, parts, visit)
        if not source_pane.show_opened(services, visit, cited):
            st.html(no_sources_html(tr(_HOW)))
    charts.draw()


def _opened(services: WebServices, token: str) -> Share:
    """What the link leads to, looked up each time that the page is drawn: it may be withdrawn."""
    share = services.shares.open(services.person, token)
    session = SharedSession()
    if token not in session.noted:
        services.shares.note_opened(services.person, share)
        session.noted = session.noted | {token}
    return share


def _head(services: WebServices, share: Share) -> Html:
    owner = services.administration.people.name_of(share.owner) or tr("somebody")
    told = tr("A {} shared by {}. You can read it; it stays theirs.")
    return Html('<p class="note" id="shared-title" tabindex="-1">{}</p>').format(
        told.format(tr(share.kind.value), owner)
    )


def _drawn(services: WebServices, share: Share, charts: Charts) -> Sequence[object]:
    """Draw what was shared; the parts of it that cite sources."""
    # To read for a reader, and nothing else: no store is asked to change anything here.
    owner = Person(share.owner, "", Role.READER)
    older = older_reports(services.library.documents())
    match share.kind:
        case ShareKind.CONVERSATION:
            return _conversation(services.conversations.of(owner).get(share.item), older)
        case ShareKind.CHECK:
            return _check(services.checks.of(owner).get(share.item), older)
        case ShareKind.PACK:
            saved = services.packs.of(owner).get(int(share.item))
            pack_pane.show_read_only(edited_pack(saved.pack, saved.arrangement), charts)
            return (saved.pack,)


def _conversation(conversation: Conversation, older: Older) -> Sequence[Answer | None]:
    st.html(Html('<h2 class="checked">{}</h2>').format(conversation.name))
    for number, turn in enumerate(conversation.turns, start=1):
        st.html(question_html(turn.question, number))
        if turn.answer is None:
            st.html(problem_html(turn.problem))
        else:
            st.html(answer_html(turn.answer, number, own=False, older=older))
    return [turn.answer for turn in conversation.turns]


def _check(check: SavedCheck, older: Older) -> Sequence[Verdict | None]:
    if check.problem:
        st.html(problem_html(check.problem))
        return ()
    st.html(check_html(check.parts))
    st.html(copy_html(check.parts, older, own=False))
    st.html(claims_html(check.parts, older))
    return [part.verdict for part in check.parts]


def _cited(share: Share, parts: Sequence[object], visit: state.Visit):  # type: ignore[no-untyped-def]
    if share.kind is ShareKind.PACK:
        return state.cited_in(parts, visit.opened)
    return state.cited(parts, visit.opened)  # type: ignore[arg-type]


def _do(action: Action | None, visit: state.Visit) -> None:
    """Open and close sources; whatever else is asked for is passed over."""
    source_pane.do(action, visit)
