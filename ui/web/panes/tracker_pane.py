"""The part of a pack in which its reader follows what was asked for and promised by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from rag.packs.tracker import (
    NO_NOTES,
    TrackedItem,
    TrackedStatus,
    TrackerNote,
    asked_for,
    tracked_items,
)
from rag.packs.types import Pack
from rag.saved.audit import Event
from rag.saved.tracker import LONGEST
from ui.export.documents.tracker_dates import HOW, calendar_entries, groups
from ui.export.formats import now
from ui.export.writers.calendar import MEDIA_TYPE, calendar
from ui.web import controls
from ui.web.controls import Action, Attention
from ui.web.panes import download
from ui.web.render.chips import Chips
from ui.web.render.html import Html, note_html
from ui.web.render.packs import section_html
from ui.web.render.tracker import folded_html, gone_html, item_html
from ui.web.session.pack_session import PackSession
from ui.web.session.services import WebServices
from ui.wording.translation import tr


def show(services: WebServices, place: PackSession, pack: Pack, chips: Chips) -> None:
    """Draw what is followed about the pack's council, with what its reader noted."""
    items, notes = tracked_items(pack), services.tracker.on(pack.council)
    st.html(section_html("tracker") + note_html(tr(HOW)))
    today = date.today()
    _calendar(services, pack, items, notes, today)
    for heading, group, none in groups(items, today):
        st.html(Html("<h3>{}</h3>{}").format(heading, "" if group else note_html(none)))
        for item in group:
            kept = notes.get(item.key, TrackerNote())
            st.html(item_html(item, kept, chips, today))
            if place.noting == item.key:
                _note(services, place, pack, item, kept)
    folded = _folded(items, notes, chips, today, own=True)
    keys = {item.key for item in items}
    # A pack on a topic or on one report gives a part of what is followed about its council.
    whole = not (pack.topic or pack.inspection or pack.unmade)
    gone = [key for key in notes if key not in keys] if whole else []
    if ends := folded + gone_html(gone, notes):
        st.html(ends)


def show_read_only(pack: Pack, chips: Chips) -> None:
    """Draw what a pack gives to follow, without anybody's notes."""
    items, today = tracked_items(pack), date.today()
    shown = section_html("tracker")
    for heading, group, none in groups(items, today):
        rows = Html().join(item_html(i, TrackerNote(), chips, today, own=False) for i in group)
        shown += Html("<h3>{}</h3>{}").format(heading, rows or note_html(none))
    st.html(shown + _folded(items, NO_NOTES, chips, today, own=False))


def do(action: Action, services: WebServices, place: PackSession) -> None:
    """Mark how far an item has come, or open its note; what else is asked for is passed over."""
    if place.pack is None:
        return
    match action:
        case Action("track", (key, status)) if status in set(TrackedStatus):
            _mark(services, place.pack, key, TrackedStatus(status))
            controls.attend(Attention.BACK)
        case Action("track-note", (key,)):
            place.noting = None if place.noting == key else key
            controls.attend(Attention.BACK)


def _mark(services: WebServices, number: int, key: str, status: TrackedStatus) -> None:
    pack = services.packs.get(number).pack
    kept = services.tracker.on(pack.council).get(key)
    item = next((item for item in tracked_items(pack) if item.key == key), None)
    if item is not None:
        kept = replace(kept or TrackerNote(), item=item.line.text)
        services.tracker.keep(pack.council, key, replace(kept, status=status))
    elif kept is not None:
        # One that the pack does not give any more can only be forgotten.
        services.tracker.keep(pack.council, key, TrackerNote())


def _folded(
    items: Iterable[TrackedItem],
    notes: Mapping[str, TrackerNote],
    chips: Chips,
    today: date,
    *,
    own: bool,
) -> Html:
    """What inspectors asked for and a later report finds improved, folded away."""
    _, improved = asked_for(items)
    if not improved:
        return Html()
    rows = [
        item_html(item, notes.get(item.key, TrackerNote()), chips, today, own=own)
        for item in improved
    ]
    return folded_html(tr("Found improved by a later report ({:,})").format(len(rows)), rows)


def _note(
    services: WebServices, place: PackSession, pack: Pack, item: TrackedItem, kept: TrackerNote
) -> None:
    """The form in which something is noted of an item."""
    with st.form("tracker note"):
        words = st.text_area(
            tr("Your note: what was said, by whom and when"),
            kept.words,
            max_chars=LONGEST,
            height=80,
        )
        keep, leave = st.columns(2)
        kept_now = keep.form_submit_button(tr("Keep this note"), type="primary", width="stretch")
        left = leave.form_submit_button(tr("Cancel"), width="stretch")
    if not (kept_now or left):
        return
    if kept_now:
        noted = replace(kept, words=words, item=item.line.text)
        services.tracker.keep(pack.council, item.key, noted)
    place.noting = None
    controls.attend(Attention.FOCUS, f"note-{item.key}")
    st.rerun()


def _calendar(
    services: WebServices,
    pack: Pack,
    items: Sequence[TrackedItem],
    notes: Mapping[str, TrackerNote],
    today: date,
) -> None:
    """The dates as a file that a calendar opens; made, and noted, when it is asked for."""
    entries = calendar_entries(pack.council, items, notes, today)
    if not entries:
        return
    name = tr("Scrutiny of {}").format(pack.council)
    person, trail = services.person, services.administration.audit

    def made() -> bytes:
        trail.note(person, Event.EXPORTED, "calendar", words=name)
        return calendar(name, entries, now())

    download.button(
        person,
        tr("Put the dates in your calendar (.ics)"),
        made,
        f"{pack.council}-dates.ics",
        MEDIA_TYPE,
        "tracker-calendar",
    )
