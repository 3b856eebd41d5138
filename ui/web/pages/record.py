"""The Record page: a council's judgements over time, what changed between two, dated events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

import streamlit as st

from rag.errors import ScrutinyError
from rag.inspection.frameworks import framework_named, of_one_service
from rag.library.library import Library
from rag.packs.report_pairs import report_pairs
from rag.packs.types import Changes, History, Inspection
from rag.question.scope import held_councils
from rag.types import Document
from ui.export.documents import changes_document, history_document, timeline_document
from ui.export.documents.history_document import day_of, uncapital, when
from ui.export.documents.pack_document import changes_paper, history_paper, timeline_paper
from ui.export.formats import WITH_TABLE
from ui.export.paper import Paper
from ui.pack_service import CouncilRecord, changes_between, council_record
from ui.web import controls
from ui.web.controls import Action, Attention
from ui.web.panes import export_row, page_setup, source_pane
from ui.web.panes.chart_slots import Charts
from ui.web.render.chips import Chips
from ui.web.render.html import (
    Html,
    contents_html,
    export_button,
    note_html,
    problem_html,
    tools_html,
)
from ui.web.render.record import changes_html, events_html, judgements_html, silent_html
from ui.web.render.sources import no_sources_html
from ui.web.session import library_summary, state
from ui.web.session.services import WebServices
from ui.wording.translation import N_, tr

_EMPTY_LIBRARY = N_(
    "No document about a council is held. Add inspection reports on the Library "
    "page, then come back."
)
_HOW = N_("Choose a number beside a grade or a quote to see the words on their page.")
_PARTS = (
    ("judgements", history_document.HEADING),
    ("changes", N_("What changed between two inspections")),
    ("timeline", timeline_document.HEADING),
)
_NOT_ALIKE = N_(
    "These two cannot be compared: choose the earlier inspection first, and two of "
    "the same service."
)
_COUNCIL, _EARLIER, _LATER = "record council", "record earlier", "record later"
_COMPARED = "record compared"


@page_setup.over_library
def show(services: WebServices, documents: Sequence[Document]) -> None:
    """Draw the page."""
    visit = state.Visit(services, beside="opened of a record")
    page_setup.dispatch(lambda action: _do(action, visit))
    charts = Charts()
    left, beside = st.columns([11, 9], gap="medium")
    with left:
        parts = _drawn(services, visit, documents, charts)
    with beside, st.container(key="beside"):
        _beside(services, visit, parts)
    charts.draw()


def _drawn(
    services: WebServices, visit: state.Visit, documents: Sequence[Document], charts: Charts
) -> tuple[object, ...]:
    """Draw the record of the council that is chosen; its parts, the citations of each numbered."""
    councils = sorted(held_councils(documents))
    if not councils:
        st.html(note_html(tr(_EMPTY_LIBRARY)))
        return ()
    first = library_summary.most_inspected(documents)
    council = st.selectbox(
        tr("Council"),
        councils,
        councils.index(first) if first else 0,
        key=_COUNCIL,
        persist_state="session",
        on_change=_forget,
        args=(visit,),
    )
    library = services.library
    record = _record(library, str(library.folder), library.state, council)
    _judgements(visit, record, charts)
    compared = _changes(services, visit, record)
    _timeline(visit, record, charts)
    return record.history, compared, record.timeline


def _forget(visit: state.Visit) -> None:
    """Another council is chosen: what was open of the last one is closed."""
    visit.opened = visit.exporting = None
    for key in (_EARLIER, _LATER, _COMPARED):
        st.session_state.pop(key, None)


def _judgements(visit: state.Visit, record: CouncilRecord, charts: Charts) -> None:
    history = record.history
    _head("judgements", tr("the judgements"), visit)
    _export(visit, "judgements", history.council, partial(history_paper, history, record.sources))
    charts.place(history)
    st.html(judgements_html(history, Chips(1)))


def _changes(
    services: WebServices, visit: state.Visit, record: CouncilRecord
) -> tuple[Changes, ...]:
    pair = _chosen(record.history)
    _head("changes", tr("what changed"), visit if pair else None)
    exporting = st.container()
    _choose(record.history)
    changes = _compared(services, *pair) if pair else None
    if changes is None:
        return ()
    with exporting:
        paper = partial(changes_paper, (changes,), record.sources)
        _export(visit, "changes", record.history.council, paper)
    st.html(silent_html() + changes_html(changes, Chips(2)))
    return (changes,)


def _timeline(visit: state.Visit, record: CouncilRecord, charts: Charts) -> None:
    timeline = record.timeline
    _head("timeline", tr("the timeline"), visit)
    _export(visit, "timeline", timeline.subject, partial(timeline_paper, timeline, record.sources))
    charts.place(timeline)
    st.html(events_html(timeline, Chips(3)))


def _head(part: str, words: str, visit: state.Visit | None) -> None:
    """The heading of a part, and the button that opens its downloads."""
    head = Html('<h2 class="part" id="{}-title" tabindex="-1">{}</h2>').format(
        part, tr(dict(_PARTS)[part])
    )
    if visit:
        label = tr("Export {} as Word, PDF, Markdown or a table").format(words)
        head += tools_html(export_button(part, label, opened=visit.exporting == part))
    st.html(head)


def _export(visit: state.Visit, part: str, about: str, paper: Callable[[datetime], Paper]) -> None:
    """The downloads of a part, where they are open."""
    if visit.exporting == part:
        export_row.show(part, f"{about} {part}", paper, WITH_TABLE)


def _beside(services: WebServices, visit: state.Visit, parts: Sequence[object]) -> None:
    if source_pane.show_opened(services, visit, state.cited_in(parts, visit.opened)):
        return
    if parts:
        st.html(contents_html(((name, tr(words)) for name, words in _PARTS), tr("This record")))
        st.html(note_html(tr(_HOW)))
    else:
        st.html(no_sources_html(tr(_HOW)))


def _choose(history: History) -> None:
    """The two inspections to compare."""
    following = report_pairs(history)
    if not following:
        st.html(note_html(changes_document.NONE))
        return
    labels = {}
    for inspection in history.inspections:
        if not framework_named(inspection.framework).visit:
            labels[inspection.document] = _label(inspection)
    names = list(labels)
    first, last = map(names.index, following[-1])
    with st.form("compare", border=False):
        left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
        earlier = left.selectbox(
            tr("Earlier inspection"), names, first, format_func=labels.__getitem__, key=_EARLIER
        )
        later = middle.selectbox(
            tr("Later inspection"), names, last, format_func=labels.__getitem__, key=_LATER
        )
        if right.form_submit_button(tr("Compare"), type="primary", width="stretch"):
            st.session_state[_COMPARED] = (earlier, later)
            controls.attend(Attention.FOCUS, "changes-title")
            st.rerun()


def _label(inspection: Inspection) -> str:
    """An inspection by its dates: no word of a document goes into a widget."""
    dated = inspection.inspected_to or inspection.inspected_from or inspection.published
    return when(inspection) if dated else tr("An undated report")


def _chosen(history: History) -> tuple[Inspection, Inspection] | None:
    """The two inspections that were chosen last, if this record holds them."""
    inspections = {inspection.document: inspection for inspection in history.inspections}
    earlier, later = map(inspections.get, st.session_state.get(_COMPARED, ("", "")))
    return (earlier, later) if earlier and later else None


def _compared(services: WebServices, earlier: Inspection, later: Inspection) -> Changes | None:
    """What changed between two inspections; None and the reason where there is none."""
    in_order = (day_of(earlier) or date.min) < (day_of(later) or date.min)
    if not (in_order and of_one_service(earlier.framework, later.framework)):
        st.html(problem_html(tr(_NOT_ALIKE)))
        return None
    library = services.library
    place = (str(library.folder), library.state)
    try:
        with st.spinner(
            tr("Comparing: {}, then {}").format(_label(earlier), uncapital(_label(later)))
        ):
            return _between(library, *place, earlier.document, later.document)
    except ScrutinyError as error:
        st.html(problem_html(str(error)))
        return None


# Both are read anew when what is held changes.


@st.cache_resource(max_entries=32, show_spinner=tr("Reading the record"))
def _record(_library: Library, folder: str, state: int, council: str) -> CouncilRecord:
    return council_record(_library, council)


@st.cache_resource(max_entries=32, show_spinner=False)
def _between(_library: Library, folder: str, state: int, earlier: str, later: str) -> Changes:
    return changes_between(_library, earlier, later)


def _do(action: Action | None, visit: state.Visit) -> None:
    """Do what a control asks for; one that asks for nothing known is passed over."""
    if source_pane.do(action, visit):
        return
    match action:
        case Action("export", (what,)):
            export_row.toggle(visit, what)
