"""The Prepare page: a topic or a council in, a committee pack out, a source beside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag.errors import LibraryError, ScrutinyError
from rag.packs.edits import edited_pack, left_out, moved, put_back
from rag.packs.request import LONGEST, read_subject
from rag.records.answers import BadRecord
from rag.saved.packs import SavedPack
from rag.types import Document
from ui.web import controls
from ui.web.controls import Action, Attention
from ui.web.panes import (
    export_row,
    job_pane,
    pack_pane,
    page_setup,
    share_row,
    source_pane,
    suggestion_list,
    tracker_pane,
)
from ui.web.panes.chart_slots import Charts
from ui.web.render.html import Html, contents_html, note_html, problem_html
from ui.web.render.packs import SECTIONS, kept_html
from ui.web.session import library_summary, state
from ui.web.session.pack_session import PackSession
from ui.web.session.services import WebServices
from ui.web.session.suggestions import suggestions
from ui.wording.translation import N_, tr

_EMPTY_LIBRARY = N_(
    "The library is empty. Add reports and articles on the Library page, then come "
    "back to make a pack."
)
_HOW = N_(
    "Type a council, a topic in a council, or the year of a report. The pack holds "
    "questions to ask and why, the judgements over time, what changed, a timeline "
    "and a briefing, every line with its source. Making one takes up to a minute."
)
_TYPED = "pack subject"
_SUBJECT_BOX = ".st-key-pack-subject input"


@page_setup.over_library
def show(services: WebServices, documents: Sequence[Document]) -> None:
    """Draw the page."""
    place, visit = PackSession(), state.Visit(services, beside="opened of a pack")
    page_setup.dispatch(lambda action: _do(action, services, place, visit))
    charts = Charts()
    left, beside = st.columns([11, 9], gap="medium")
    with left:
        _begin(services, place, documents)
        saved = _open_pack(services, place)
        if saved:
            pack_pane.show(services, visit, place, saved, charts)
    with beside, st.container(key="beside"):
        _beside(services, visit, saved)
    charts.draw()


def _begin(services: WebServices, place: PackSession, documents: Sequence[Document]) -> None:
    """What the next pack is to be about, and the one that is being made."""
    open_now = place.pack is not None
    with st.container(key="told-here"):
        if place.notice:
            notice = Html('<div id="told" tabindex="-1" role="status">{}</div>')
            st.html(notice.format(note_html(place.notice)))
            place.notice = ""
        if not open_now:
            st.html(note_html(tr(_HOW if documents else _EMPTY_LIBRARY)))
            if documents:
                st.html(
                    note_html(tr("In the library: {}").format(library_summary.summary(documents)))
                )
    with st.form("prepare", border=False):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        words = left.text_input(
            tr("Council or topic"),
            key=_TYPED,
            max_chars=LONGEST,
            placeholder=tr("care leavers in ..."),
        )
        pressed = right.form_submit_button(
            tr("Make the pack"), type="primary", disabled=not documents, width="stretch"
        )
    suggestion_list.show(_SUBJECT_BOX, suggestions(documents))
    making = services.making.view()
    busy = making is not None and making.running
    example = "" if open_now or busy else _example(documents)
    with st.container(key="happening"):
        if (pressed and words.strip()) or example:
            _make(services, place, example or words)
        job_pane.show_pack(services.making, place)


def _example(documents: Sequence[Document]) -> str:
    """The subject that was chosen of those that a reader could begin with."""
    subjects = library_summary.councils_held(documents)
    if not subjects:
        return ""
    st.html(note_html(tr("You could begin with one of these:")))
    with st.container(key="subjects", horizontal=True):
        chosen = [subject for subject in subjects if st.button(subject, key=f"pack on {subject}")]
    return "".join(chosen[:1])


def _make(services: WebServices, place: PackSession, words: str) -> None:
    try:
        subject = read_subject(services.library.documents(), words)
        place.awaited = services.making.start(subject)
    except ScrutinyError as error:
        st.html(problem_html(str(error)))
        return
    controls.attend(Attention.FOCUS, "job-title")
    st.rerun()


def _open_pack(services: WebServices, place: PackSession) -> SavedPack | None:
    """The pack that is open; one that cannot be read says why."""
    number = place.pack
    if number is None:
        return None
    try:
        saved = services.packs.get(number)
    except (LibraryError, BadRecord) as error:
        place.open(None)
        st.html(problem_html(str(error)))
        return None
    place.open(number)
    return saved


def _beside(services: WebServices, visit: state.Visit, saved: SavedPack | None) -> None:
    parts = (saved.pack,) if saved else ()
    if source_pane.show_opened(services, visit, state.cited_in(parts, visit.opened)):
        return
    if saved:
        st.html(contents_html(((name, tr(words)) for name, words in SECTIONS), tr("This pack")))
    st.html(kept_html(services.packs.listed(), saved.number if saved else None))


def _do(
    action: Action | None, services: WebServices, place: PackSession, visit: state.Visit
) -> None:
    """Do what a control asks for; one that asks for nothing known is passed over."""
    if source_pane.do(action, visit) or share_row.do(action, services, visit):
        return
    match action:
        case Action("pack", (number,)):
            visit.opened = visit.exporting = visit.sharing = None
            services.making.dismiss()
            place.open(int(number))
            controls.attend(Attention.FOCUS, "pack-title")
        case Action("home"):
            place.open(None)
            visit.opened = visit.exporting = None
        case Action("export", (what,)):
            export_row.toggle(visit, what)
        case Action("stop-pack"):
            services.making.stop()
        case Action("dismiss-pack"):
            services.making.dismiss()
        case Action("make-again", (number,)):
            _make_again(services, place, int(number))
        case Action():
            _delete(action, services, place)
            _arrange(action, services, place)
            tracker_pane.do(action, services, place)


def _make_again(services: WebServices, place: PackSession, number: int) -> None:
    pack = services.packs.get(number).pack
    subject = read_subject(
        services.library.documents(), pack.subject, council=pack.council, topic=pack.topic,
        inspection=pack.inspection,
    )  # fmt: skip
    place.awaited = services.making.start(subject)
    controls.attend(Attention.FOCUS, "job-title")


def _delete(action: Action, services: WebServices, place: PackSession) -> None:
    match action:
        case Action("delete-pack", (number,)):
            place.deleting = int(number)
            controls.attend(Attention.FOCUS, "certain")
        case Action("delete-pack-not"):
            place.deleting = None
            controls.attend(Attention.FOCUS, "delete-pack")
        case Action("delete-pack-certainly", (number,)):
            services.packs.remove(int(number))
            place.open(None)
            place.notice = tr("The pack was deleted for good.")
            controls.attend(Attention.FOCUS, "told")


def _arrange(action: Action, services: WebServices, place: PackSession) -> None:
    """Move, reword, leave out or put back a question, and keep that."""
    number = place.pack
    if number is None or action.verb not in ("move", "reword", "leave-out", "put-in"):
        return
    saved = services.packs.get(number)
    pack, arrangement = saved.pack, saved.arrangement
    match action:
        case Action("move", (key, by)):
            arrangement = moved(pack, arrangement, key, int(by))
            services.packs.arrange(number, arrangement)
            keys = [enquiry.key for enquiry in edited_pack(pack, arrangement).enquiries]
            if key in keys:
                # The keyboard stays on the question that was moved, on a control that can be used.
                ends = {0: "down", len(keys) - 1: "up"}
                way = ends.get(keys.index(key), "up" if int(by) < 0 else "down")
                controls.attend(Attention.FOCUS, f"{way}-{key}")
        case Action("reword", (key,)):
            place.rewording = None if place.rewording == key else key
            controls.attend(Attention.BACK)
        case Action("leave-out", (key,)):
            services.packs.arrange(number, left_out(arrangement, key))
            controls.attend(Attention.FOCUS, "left-out-title")
        case Action("put-in", (key,)):
            services.packs.arrange(number, put_back(arrangement, key))
            controls.attend(Attention.FOCUS, f"leave-{key}")
