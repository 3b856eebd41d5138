"""The Record page: a council's judgements over time, what changed between two, dated events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

import streamlit as st

from rag.errors import ScrutinyError
from rag.inspection.frameworks import Framework, of_one_service
from rag.library.library import Library
from rag.packs.build import sources_of
from rag.packs.numbering import with_numbered_citations
from rag.packs.progress.changes import changes
from rag.packs.record.judgement_history import history
from rag.packs.report_pairs import report_pairs
from rag.packs.timeline.timeline import timeline
from rag.packs.types import Changes, History, Inspection, SourceFile, Timeline
from rag.question.scope import held_councils, share_council
from rag.types import Document
from ui.export.documents import changes_document, history_document, timeline_document
from ui.export.documents.history_document import day_of, uncapital, when
from ui.export.documents.pack_document import changes_paper, history_paper, timeline_paper
from ui.export.formats import WITH_TABLE
from ui.export.paper import Paper
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

_EMPTY_LIBRARY = (
    "No document about a council is held. Add inspection reports on the Library page, then come "
    "back."
)
_HOW = "Choose a number beside a grade or a quote to see the words on their page."
_PARTS = (
    ("judgements", history_document.HEADING),
    ("changes", "What changed between two inspections"),
    ("timeline", timeline_document.HEADING),
)
_NOT_ALIKE = (
    "These two cannot be compared: choose the earlier inspection first, and two of the same "
    "service."
)
_COUNCIL, _EARLIER, _LATER = "record council", "record earlier", "record later"
_COMPARED = "record compared"


def show() -> None:
    """Draw the page."""
    found = page_setup.opened()
    if found is None:
        return
    bench, documents = found
    visit = state.Visit(bench, beside="opened of a record")
    page_setup.dispatch(lambda action: _do(action, visit))
    charts = Charts()
    left, beside = st.columns([11, 9], gap="medium")
    with left:
        parts = _drawn(bench, visit, documents, charts)
    with beside, st.container(key="beside"):
        _beside(bench, visit, parts)
    charts.draw()


def _drawn(
    bench: WebServices, visit: state.Visit, documents: Sequence[Document], charts: Charts
) -> tuple[object, ...]:
    """Draw the record of the council that is chosen; its parts, the citations of each numbered."""
    councils = sorted(held_councils(documents))
    if not councils:
        st.html(note_html(_EMPTY_LIBRARY))
        return ()
    first = library_summary.most_inspected(documents)
    council = st.selectbox(
        "Council",
        councils,
        councils.index(first) if first else 0,
        key=_COUNCIL,
        persist_state="session",
        on_change=_forget,
        args=(visit,),
    )
    made, dated, sources = _read(bench, council)
    _judgements(visit, made, sources, charts)
    compared = _changes(bench, visit, made, sources)
    _timeline(visit, dated, sources, charts)
    return made, compared, dated


def _forget(visit: state.Visit) -> None:
    """Another council is chosen: what was open of the last one is closed."""
    visit.opened = visit.exporting = None
    for key in (_EARLIER, _LATER, _COMPARED):
        st.session_state.pop(key, None)


# ---------------------------------------------------------------- the parts


def _judgements(
    visit: state.Visit, made: History, sources: Sequence[SourceFile], charts: Charts
) -> None:
    _head("judgements", "the judgements", visit)
    _export(visit, "judgements", made.council, partial(history_paper, made, sources))
    charts.place(made)
    st.html(judgements_html(made, Chips(1)))


def _changes(
    bench: WebServices, visit: state.Visit, made: History, sources: Sequence[SourceFile]
) -> tuple[Changes, ...]:
    chosen = _chosen(made)
    _head("changes", "what changed", visit if chosen else None)
    exporting = st.container()
    _choose(made)
    compared = _compared(bench, *chosen) if chosen else ()
    if compared:
        with exporting:
            _export(
                visit, "changes", made.council, lambda now: changes_paper(compared, sources, now)
            )
        chips = Chips(2)
        st.html(silent_html() + Html().join(changes_html(each, chips) for each in compared))
    return compared


def _timeline(
    visit: state.Visit, dated: Timeline, sources: Sequence[SourceFile], charts: Charts
) -> None:
    _head("timeline", "the timeline", visit)
    _export(visit, "timeline", dated.subject, partial(timeline_paper, dated, sources))
    charts.place(dated)
    st.html(events_html(dated, Chips(3)))


def _head(part: str, named: str, visit: state.Visit | None) -> None:
    """The heading of a part, and the button that opens its downloads."""
    head = Html('<h2 class="part" id="{}-title" tabindex="-1">{}</h2>').format(
        part, dict(_PARTS)[part]
    )
    if visit:
        label = f"Export {named} as Word, PDF, Markdown or a table"
        head += tools_html(export_button(part, label, opened=visit.exporting == part))
    st.html(head)


def _export(visit: state.Visit, part: str, about: str, paper: Callable[[datetime], Paper]) -> None:
    """The downloads of a part, where they are open."""
    if visit.exporting == part:
        export_row.show(part, f"{about} {part}", paper, WITH_TABLE)


def _beside(bench: WebServices, visit: state.Visit, parts: Sequence[object]) -> None:
    if source_pane.show_opened(bench, visit, state.cited_in(parts, visit.opened)):
        return
    if parts:
        st.html(contents_html(_PARTS, "This record"))
        st.html(note_html(_HOW))
    else:
        st.html(no_sources_html(_HOW))


# ---------------------------------------------------------------- two inspections


def _choose(made: History) -> None:
    """The two inspections to compare."""
    full = [each for each in made.inspections if each.framework is not Framework.VISIT]
    following = report_pairs(made)
    if not following:
        st.html(note_html(changes_document.NONE))
        return
    names = [each.document for each in full]
    labels = {each.document: _label(each) for each in full}

    def label(name: str) -> str:
        return labels[name]

    last = following[-1]
    with st.form("compare", border=False):
        one, other, button = st.columns([2, 2, 1], vertical_alignment="bottom")
        earlier = one.selectbox(
            "Earlier inspection", names, names.index(last[0]), format_func=label, key=_EARLIER
        )
        later = other.selectbox(
            "Later inspection", names, names.index(last[1]), format_func=label, key=_LATER
        )
        if button.form_submit_button("Compare", type="primary", width="stretch"):
            st.session_state[_COMPARED] = (earlier, later)
            controls.attend(Attention.FOCUS, "changes-title")
            st.rerun()


def _label(inspection: Inspection) -> str:
    """An inspection by its dates: no word of a document goes into a widget."""
    dated = inspection.inspected_to or inspection.inspected_from or inspection.published
    return when(inspection) if dated else "An undated report"


def _chosen(made: History) -> tuple[Inspection, Inspection] | None:
    """The two inspections that were chosen last, if this record holds them."""
    held = {each.document: each for each in made.inspections}
    earlier, later = st.session_state.get(_COMPARED, ("", ""))
    return (held[earlier], held[later]) if earlier in held and later in held else None


def _compared(bench: WebServices, one: Inspection, other: Inspection) -> tuple[Changes, ...]:
    """What changed between two inspections; nothing where they cannot be compared, and why."""
    if not (_day(one) < _day(other) and of_one_service(one.framework, other.framework)):
        st.html(problem_html(_NOT_ALIKE))
        return ()
    library = bench.library
    try:
        with st.spinner(f"Comparing: {_label(one)}, then {uncapital(_label(other))}"):
            made = _change(
                library, str(library.folder), library.state, one.document, other.document
            )
    except ScrutinyError as error:
        st.html(problem_html(str(error)))
        return ()
    return (with_numbered_citations(made),)


def _day(inspection: Inspection) -> date:
    return day_of(inspection) or date.min


# ---------------------------------------------------------------- what is read


def _read(bench: WebServices, council: str) -> tuple[History, Timeline, tuple[SourceFile, ...]]:
    library = bench.library
    return _record(library, str(library.folder), library.state, council)


@st.cache_resource(max_entries=32, show_spinner="Reading the record")
def _record(
    _library: Library, folder: str, held: int, council: str
) -> tuple[History, Timeline, tuple[SourceFile, ...]]:
    """The record of a council; read anew when what is held changes."""
    documents = [d for d in _library.documents() if share_council((council,), d)]
    made, dated = history(_library, council), timeline(_library, documents, council)
    return with_numbered_citations(made), with_numbered_citations(dated), sources_of(documents)


@st.cache_resource(max_entries=32, show_spinner=False)
def _change(_library: Library, folder: str, held: int, earlier: str, later: str) -> Changes:
    one, other = (_library.entry(name).document for name in (earlier, later))
    return changes(_library, _library.embedder, one, other)


def _do(action: Action | None, visit: state.Visit) -> None:
    """Do what a control asks for; one that asks for nothing known is passed over."""
    if source_pane.do(action, visit):
        return
    match action:
        case Action("export", (what,)):
            export_row.toggle(visit, what)
