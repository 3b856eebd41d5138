"""The Administration page: people, the audit trail, retention, and requests of the law."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from rag.access.people import require
from rag.access.roles import Permission, Role
from rag.saved.audit import MOST_SHOWN, Event
from rag.saved.requests import FoundRecord
from rag.saved.retention import MOST_DAYS, RecordKind
from rag.types import Document
from ui.export.formats import now
from ui.export.paper import text_table
from ui.export.writers.table import table
from ui.web import controls
from ui.web.controls import Action, Attention
from ui.web.panes import download, page_setup
from ui.web.render.desk.administration import (
    erase_html,
    let_go_words,
    people_html,
    retention_html,
    rows_html,
)
from ui.web.render.html import Html, done_html, note_html, problem_html
from ui.web.session.services import WebServices
from ui.web.session.session_value import SessionValue
from ui.wording.records import AUDIT_HEADS, FOUND_HEADS, audit_rows, found_rows, who

_REQUESTS = (
    "What is exported or searched here is noted in the audit trail. An export holds everything "
    "that is kept about one person; a search looks at the questions, checks, packs and notes of "
    "everyone, also those deleted in the last thirty days."
)


class AdministrationSession:
    """What an administrator is doing on this page."""

    notice = SessionValue("notice of administration", "")
    """What was done, to be shown once."""
    erasing = SessionValue[str | None]("person to erase", None)
    """The key of the person of whom it is asked whether to erase them."""
    exported = SessionValue[tuple[str, str] | None]("person exported", None)
    """The key and the record, as JSON, of the person exported last."""
    found = SessionValue[tuple[str, tuple[FoundRecord, ...]] | None]("records found", None)
    """The words searched last, and what was found."""


@page_setup.over_library
def show(services: WebServices, documents: Sequence[Document]) -> None:
    """Draw the page."""
    place = AdministrationSession()
    page_setup.dispatch(lambda action: _do(action, services, place))
    page_setup.drawn(lambda: _draw(services, place))


def _draw(services: WebServices, place: AdministrationSession) -> None:
    require(services.person, Permission.MANAGE_PEOPLE)
    if place.notice:
        st.html(done_html(place.notice))
        place.notice = ""
    _people(services)
    _audit(services)
    _retention(services, place)
    _requests(services, place)


def _heading(name: str, words: str) -> None:
    st.html(Html('<h2 class="part" id="{}-title" tabindex="-1">{}</h2>').format(name, words))


def _people(services: WebServices) -> None:
    _heading("people", "People")
    members = services.administration.people.listed(services.person)
    if not members:
        st.html(note_html("Nobody has logged in yet: this desk is used by one person alone."))
        return
    st.html(people_html(members, services.person.key))


# ---------------------------------------------------------------- the audit trail


def _audit(services: WebServices) -> None:
    _heading("audit", "Audit trail")
    trail = services.administration.audit
    words_at, event_at, since_at, until_at = st.columns([3, 2, 2, 2])
    words = words_at.text_input("Words, names or documents", key="audit words")
    event = event_at.selectbox(
        "What happened", ["", *Event], key="audit event", format_func=lambda e: e or "Everything"
    )
    since = since_at.date_input("From", value=None, key="audit since", format="DD/MM/YYYY")
    until = until_at.date_input("To", value=None, key="audit until", format="DD/MM/YYYY")
    entries = trail.entries(
        services.person,
        event=Event(event) if event else None,
        since=_day(since),
        until=_day(until),
        words=words,
    )
    if fault := trail.fault():
        st.html(problem_html(f"{fault} Somebody has changed it behind the program's back."))
    person = services.person
    download.button(
        person,
        "Export the whole trail (CSV)",
        # Made, and noted, when it is asked for.
        lambda: _csv("Audit trail", AUDIT_HEADS, audit_rows(trail.whole(person))),
        f"audit-trail-{now():%Y-%m-%d}.csv",
        "text/csv",
    )
    if len(entries) == MOST_SHOWN:
        st.html(note_html(f"The last {MOST_SHOWN} that match: narrow the search, or export all."))
    if entries:
        with st.container(height=420):
            st.html(rows_html("Audit trail", AUDIT_HEADS, audit_rows(entries)))
    else:
        st.html(note_html("Nothing of that kind has happened."))


def _csv(caption: str, heads: Sequence[str], rows: Iterable[tuple[str, ...]]) -> bytes:
    return table(text_table(caption, heads, rows, (1,) * len(heads)))


def _day(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else ""


# ---------------------------------------------------------------- retention


def _retention(services: WebServices, place: AdministrationSession) -> None:
    _heading("retention", "How long records are kept")
    retention, person = services.administration.retention, services.person
    rules = retention.preview(person)
    st.html(retention_html(rules))
    with st.form("retention"):
        st.html(note_html("In days; 0 keeps them until somebody deletes them."))
        days = {}
        for rule, column in zip(rules, st.columns(len(rules)), strict=True):
            days[rule.kind] = int(
                column.number_input(
                    rule.kind.value.capitalize(), 0, MOST_DAYS, rule.days or 0,
                    key=f"days of {rule.kind.value}",
                )
            )  # fmt: skip
        tried = st.form_submit_button("Preview what would be let go")
        kept = st.form_submit_button("Set these rules", type="primary")
    wanted: dict[RecordKind, int | None] = {kind: number or None for kind, number in days.items()}
    if tried:
        st.html(note_html("With these rules, now:"))
        st.html(retention_html(retention.preview(person, wanted)))
    if kept:
        for rule in rules:
            if wanted[rule.kind] != rule.days:
                retention.set(person, rule.kind, wanted[rule.kind])
        place.notice = (
            "The rules are set. What is older is let go once a day, or now by the button."
        )
        controls.attend(Attention.FOCUS, "told")
        st.rerun()
    if st.button("Let go now of what is due", disabled=not any(rule.due for rule in rules)):
        place.notice = let_go_words(retention.apply(person))
        controls.attend(Attention.FOCUS, "told")
        st.rerun()


# ---------------------------------------------------------------- requests


def _requests(services: WebServices, place: AdministrationSession) -> None:
    _heading("requests", "Requests for access and for information")
    st.html(note_html(_REQUESTS))
    requests, person = services.administration.requests, services.person
    names = {m.key: m.name for m in services.administration.people.listed(person)}
    names = {person.key: person.name} | names
    key = st.selectbox(
        "Person", list(names), key="person of the request", format_func=names.__getitem__
    )
    export, erase = st.columns(2)
    if export.button("Export everything about them", width="stretch"):
        record = json.dumps(requests.about(person, key), ensure_ascii=False, indent=2)
        place.exported = (key, record)
    if erase.button("Erase everything about them", width="stretch", disabled=key == person.key):
        place.erasing = key
        controls.attend(Attention.FOCUS, "certain")
    if place.exported and place.exported[0] == key:
        record = place.exported[1]
        download.button(
            person, "Download the export (JSON)", lambda: record,
            "everything-about-a-person.json", "application/json",
        )  # fmt: skip
    if place.erasing in names:
        st.html(erase_html(place.erasing, names[place.erasing]))
    _search(services, place)


def _search(services: WebServices, place: AdministrationSession) -> None:
    with st.form("freedom of information"):
        words = st.text_input("Records that hold these words", max_chars=500)
        pressed = st.form_submit_button("Search the records of everyone")
    if pressed and words.strip():
        place.found = (words, services.administration.requests.search(services.person, words))
    if not place.found:
        return
    words, records = place.found
    if not records:
        st.html(note_html(f"No record holds: {words}"))
        return
    st.html(rows_html(f"Records that hold: {words}", FOUND_HEADS, found_rows(records)))
    content = _csv(words, FOUND_HEADS, found_rows(records))
    download.button(
        services.person, "Download this list (CSV)", lambda: content, "records-found.csv",
        "text/csv",
    )  # fmt: skip


def _do(action: Action | None, services: WebServices, place: AdministrationSession) -> None:
    """Do what a control asks for; one that asks for nothing known is passed over."""
    people, person = services.administration.people, services.person
    match action:
        case Action("give-role", (key, role)):
            people.give_role(person, key, Role(role) if role else None)
            place.notice = "The role is changed, from their next click on."
        case Action("suspend", (key,)):
            people.suspend(person, key)
            place.notice = "They are shut out."
        case Action("readmit", (key,)):
            people.readmit(person, key)
            place.notice = "They are let in again."
        case Action("erase-not"):
            place.erasing = None
        case Action("erase-certainly", (key,)):
            name = who(key, people.name_of(key))
            counts = services.administration.requests.erase(person, key)
            place.erasing = place.exported = None
            erased = ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)
            place.notice = f"Everything about {name} is erased: {erased or 'nothing was kept'}."
            controls.attend(Attention.FOCUS, "told")
