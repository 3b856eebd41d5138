"""A pack that is open on the Prepare page: its questions to be arranged, and its other parts."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from rag.packs.edits import LONGEST, edited_pack, ordered_enquiries, reworded
from rag.packs.types import LineOfEnquiry, Pack
from rag.saved.packs import SavedPack
from ui.export.documents import changes_document, enquiries_document
from ui.export.documents.pack_document import pack_paper
from ui.export.paper import Paper
from ui.web import controls
from ui.web.controls import Attention
from ui.web.panes import export_row
from ui.web.panes.chart_slots import Charts
from ui.web.render.chips import Chips
from ui.web.render.html import Html, note_html
from ui.web.render.packs import (
    briefing_html,
    head_html,
    left_out_html,
    question_html,
    section_html,
    sources_html,
)
from ui.web.render.record import changes_html, events_html, judgements_html, silent_html
from ui.web.session import state
from ui.web.session.pack_session import PackSession
from ui.web.session.services import WebServices


def show(
    bench: WebServices, visit: state.Visit, place: PackSession, kept: SavedPack, charts: Charts
) -> None:
    """Draw the pack; its charts are given their places."""
    told = edited_pack(kept.pack, kept.arrangement)
    exporting = visit.exporting == "pack"
    st.html(
        head_html(kept.number, told, exporting=exporting, deleting=place.deleting == kept.number)
    )
    if exporting:
        export_row.show("pack", told.subject, lambda made: _paper(told, made))
    chips = Chips(1)
    _questions(bench, place, kept, chips)
    _record(told, chips, charts)
    st.html(section_html("briefing") + briefing_html(told.briefing, chips))
    st.html(section_html("sources") + sources_html(told.sources))


def _paper(pack: Pack, made: datetime) -> Paper:
    return pack_paper(pack)  # a pack bears the day on which it was made, not that of its export


def _questions(bench: WebServices, place: PackSession, kept: SavedPack, chips: Chips) -> None:
    every = ordered_enquiries(kept.pack, kept.arrangement)
    asked = [each for each in every if each.key not in kept.arrangement.left_out]
    st.html(
        section_html("questions")
        + note_html(enquiries_document.HOW if every else enquiries_document.NONE)
    )
    for number, each in enumerate(asked, 1):
        st.html(question_html(each, number, len(asked), chips))
        if place.rewording == each.key:
            _reword(bench, place, kept, each, number)
    without = [each for each in every if each not in asked]
    if without:
        st.html(left_out_html(without))


def _reword(
    bench: WebServices, place: PackSession, kept: SavedPack, enquiry: LineOfEnquiry, number: int
) -> None:
    """The form in which a question is put into other words."""
    with st.form("reword"):
        words = st.text_area(
            f"Question {number} in your words", enquiry.question.text, max_chars=LONGEST, height=120
        )
        keep, undo, leave = st.columns(3)
        kept_now = keep.form_submit_button("Keep this wording", type="primary", width="stretch")
        undone = undo.form_submit_button(
            "Back to as made", disabled=not enquiry.reworded, width="stretch"
        )
        left = leave.form_submit_button("Cancel", width="stretch")
    if not (kept_now or undone or left):
        return
    if not left:
        arrangement = reworded(kept.pack, kept.arrangement, enquiry.key, "" if undone else words)
        bench.packs.arrange(kept.number, arrangement)
    place.rewording = None
    controls.attend(Attention.FOCUS, f"reword-{enquiry.key}")
    st.rerun()


def _record(pack: Pack, chips: Chips, charts: Charts) -> None:
    st.html(section_html("judgements"))
    charts.place(pack.history)
    st.html(judgements_html(pack.history, chips))
    none = changes_document.NONE_ON.format(pack.topic) if pack.topic else changes_document.NONE
    changed = Html().join(changes_html(each, chips) for each in pack.changes)
    st.html(section_html("changes") + (silent_html() + changed if changed else note_html(none)))
    st.html(section_html("timeline"))
    charts.place(pack.timeline)
    st.html(events_html(pack.timeline, chips))
