"""A pack that is open on the Prepare page: its questions to be arranged, and its other parts."""

from __future__ import annotations

import streamlit as st

from rag.packs.edits import LONGEST, edited_pack, ordered_enquiries, reworded
from rag.packs.first_page import first_page
from rag.packs.types import LineOfEnquiry, Pack
from rag.saved.packs import SavedPack
from rag.saved.shares import ShareKind
from ui.export.documents import changes_document, enquiries_document
from ui.export.documents.pack_document import pack_paper
from ui.web import controls
from ui.web.controls import Attention
from ui.web.panes import export_row, share_row, tracker_pane
from ui.web.panes.chart_slots import Charts
from ui.web.render.chips import Chips
from ui.web.render.first_page import first_page_html
from ui.web.render.html import Html, note_html
from ui.web.render.packs import (
    briefing_html,
    head_html,
    left_out_html,
    question_html,
    section_html,
    sources_html,
    title_html,
)
from ui.web.render.record import changes_html, events_html, judgements_html, silent_html
from ui.web.session import state
from ui.web.session.pack_session import PackSession
from ui.web.session.services import WebServices
from ui.wording.translation import tr


def show(
    services: WebServices, visit: state.Visit, place: PackSession, saved: SavedPack, charts: Charts
) -> None:
    """Draw the pack; its charts are given their places."""
    pack = edited_pack(saved.pack, saved.arrangement)
    exporting = visit.exporting == "pack"
    deleting = place.deleting == saved.number
    sharing = visit.sharing == str(saved.number)
    st.html(head_html(saved.number, pack, exporting=exporting, deleting=deleting, sharing=sharing))
    share_row.show(services, visit, ShareKind.PACK, str(saved.number))
    if exporting:
        # A pack bears the day on which it was made, not that of its export; what its reader noted
        # is as it stands now.
        noted = services.tracker.on(pack.council)
        export_row.show("pack", pack.subject, lambda now: pack_paper(pack, noted, now.date()))
    chips = Chips(1)
    st.html(section_html("page") + first_page_html(first_page(pack), chips))
    _questions(services, place, saved, chips)
    tracker_pane.show(services, place, pack, chips)
    _rest(pack, chips, charts)


def show_read_only(pack: Pack, charts: Charts) -> None:
    """Draw a pack of another's, its questions as they arranged them."""
    chips = Chips(1)
    st.html(title_html(pack))
    how = enquiries_document.HOW if pack.enquiries else enquiries_document.NONE
    st.html(section_html("questions") + note_html(tr(how)))
    for number, enquiry in enumerate(pack.enquiries, 1):
        st.html(question_html(enquiry, number, len(pack.enquiries), chips, own=False))
    tracker_pane.show_read_only(pack, chips)
    _rest(pack, chips, charts)


def _rest(pack: Pack, chips: Chips, charts: Charts) -> None:
    _record(pack, chips, charts)
    st.html(section_html("briefing") + briefing_html(pack.briefing, chips))
    st.html(section_html("sources") + sources_html(pack.sources))


def _questions(services: WebServices, place: PackSession, saved: SavedPack, chips: Chips) -> None:
    enquiries = ordered_enquiries(saved.pack, saved.arrangement)
    how = enquiries_document.HOW if enquiries else enquiries_document.NONE
    st.html(section_html("questions") + note_html(tr(how)))
    left_out = saved.arrangement.left_out
    shown = [enquiry for enquiry in enquiries if enquiry.key not in left_out]
    without = [enquiry for enquiry in enquiries if enquiry.key in left_out]
    for number, enquiry in enumerate(shown, 1):
        st.html(question_html(enquiry, number, len(shown), chips))
        if place.rewording == enquiry.key:
            _reword(services, place, saved, enquiry, number)
    if without:
        st.html(left_out_html(without))


def _reword(
    services: WebServices, place: PackSession, saved: SavedPack, enquiry: LineOfEnquiry, number: int
) -> None:
    """The form in which a question is put into other words."""
    with st.form("reword"):
        words = st.text_area(
            tr("Question {} in your words").format(number),
            enquiry.question.text,
            max_chars=LONGEST,
            height=120,
        )
        keep, undo, leave = st.columns(3)
        kept_now = keep.form_submit_button(tr("Keep this wording"), type="primary", width="stretch")
        undone = undo.form_submit_button(
            tr("Back to as made"), disabled=not enquiry.reworded, width="stretch"
        )
        left = leave.form_submit_button(tr("Cancel"), width="stretch")
    if not (kept_now or undone or left):
        return
    if not left:
        arrangement = reworded(saved.pack, saved.arrangement, enquiry.key, "" if undone else words)
        services.packs.arrange(saved.number, arrangement)
    place.rewording = None
    controls.attend(Attention.FOCUS, f"reword-{enquiry.key}")
    st.rerun()


def _record(pack: Pack, chips: Chips, charts: Charts) -> None:
    st.html(section_html("judgements"))
    charts.place(pack.history)
    st.html(judgements_html(pack.history, chips))
    none = (
        tr(changes_document.NONE_ON).format(pack.topic) if pack.topic else tr(changes_document.NONE)
    )
    changes = Html().join(changes_html(pair, chips) for pair in pack.changes)
    st.html(section_html("changes") + (silent_html() + changes if changes else note_html(none)))
    st.html(section_html("timeline"))
    charts.place(pack.timeline)
    st.html(events_html(pack.timeline, chips))
