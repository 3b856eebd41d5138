"""Pure: documents being added, file by file, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ingest.events import IngestOutcome, IngestTotals, Status
from ui.web.controls import Action
from ui.web.jobs.ingest_job import FileLine, FileState, JobView
from ui.web.render.html import button, escaped
from ui.web.render.library import open_button
from ui.wording.lists import count_words, listed

TITLE = '<h3 id="job-title" tabindex="-1">Adding documents</h3>'
"""Heads a job that runs and one that has ended alike, so that the keyboard stays on it."""
LONG = 12
"""Files from which on those that went well are folded away at the end."""
_DONE = {
    Status.ADDED: "Added",
    Status.REPLACED: "Replaced the older one",
    Status.UNCHANGED: "Held already",
    Status.DUPLICATE: "Held already",
    Status.REFUSED: "Not added",
    Status.REMOVED: "Removed",
    Status.STOPPED: "Not read",
}
_SUMS = {
    Status.ADDED: ("document was added", "documents were added"),
    Status.REPLACED: ("was replaced", "were replaced"),
    Status.UNCHANGED: ("was held already", "were held already"),
    Status.DUPLICATE: (
        "is the same file as one held already",
        "are the same files as ones held already",
    ),
    Status.REFUSED: ("could not be added", "could not be added"),
    Status.STOPPED: ("was not read", "were not read"),
}
_HELD = frozenset((Status.ADDED, Status.REPLACED, Status.UNCHANGED))


def stop_html(view: JobView) -> str:
    """The control that stops a job."""
    words, label = ("Stop", "Stop adding documents")
    if view.stopping:
        words, label = ("Stopping", "Stopping: what is being written is finished first")
    stop = button(Action("stop-job"), words, key="stop-job", disabled=view.stopping, label=label)
    return f'<div class="tools">{stop}</div>'


def job_html(view: JobView) -> str:
    """How far a job has come: in all, in words and as a bar, and file by file."""
    return (
        '<section class="job" aria-labelledby="job-title">'
        f'<p role="status">{escaped(progress_words(view))}</p>{_bar(view)}'
        f"{_lines(view, ())}</section>"
    )


def progress_words(view: JobView) -> str:
    """How far a job has come, in a sentence."""
    if not view.total:
        return "Looking at what was given."
    refused = sum(1 for line in view.lines if _status(line) is Status.REFUSED)
    so_far = f", {refused:,} of them could not be added" if refused else ""
    stopping = " Stopping." if view.stopping else ""
    documents = count_words(view.total, "document", "documents")
    return f"{view.done:,} of {documents} done{so_far}.{stopping}"


def _bar(view: JobView) -> str:
    if not view.total:
        return ""
    done = min(view.done, view.total)
    return (
        f'<progress max="{view.total}" value="{done}" aria-label="Documents done">'
        f"{done} of {view.total}</progress>"
    )


def summary_html(view: JobView, held: Collection[str]) -> str:
    """What became of a job; the documents that are `held` can be opened from it."""
    close = button(Action("dismiss-job"), "Close this summary", key="dismiss-job")
    problem = (
        f'<p class="problem" role="alert"><strong>Not done:</strong> {escaped(view.problem)}</p>'
        if view.problem
        else ""
    )
    words = f"Done: {totals_words(view.totals)}" if view.totals else ""
    return (
        '<section class="job" aria-labelledby="job-title">'
        f'{problem}<p role="status">{escaped(words)}</p>{_lines(view, held)}'
        f'<div class="tools">{close}</div></section>'
    )


def totals_words(totals: IngestTotals) -> str:
    """The sums of a job in a sentence: "2 documents were added and 1 could not be added"."""
    counts = [(totals.count(status), nouns) for status, nouns in _SUMS.items()]
    parts = [count_words(number, *nouns) for number, nouns in counts if number]
    return f"{listed(parts)}." if parts else "There was nothing to add."


def _lines(view: JobView, held: Collection[str]) -> str:
    """A line for each file; of a long job that has ended, what went well is folded away."""
    lines = [(line, _line(line, line.name in held, running=view.running)) for line in view.lines]
    if view.running or len(lines) <= LONG:
        return _list(html for _, html in lines)
    well = [html for line, html in lines if _status(line) in _HELD]
    rest = [html for line, html in lines if _status(line) not in _HELD]
    words = f"{count_words(len(well), 'document', 'documents')} now in the library"
    folded = f'<details class="folded"><summary>{words}</summary><div>{_list(well)}</div></details>'
    return f"{_list(rest)}{folded if well else ''}"


def _list(items: Iterable[str]) -> str:
    inside = "".join(items)
    return f'<ul class="lines">{inside}</ul>' if inside else ""


def _line(line: FileLine, held: bool, *, running: bool) -> str:
    can_open = held and _status(line) in _HELD
    name = (
        open_button(line.name, line.name)
        if can_open
        else f'<span class="name">{escaped(line.name)}</span>'
    )
    look = _status(line).value if line.outcome else line.state.value
    return (
        f'<li class="line-{look}">{name}: '
        f'<span class="state">{escaped(state_words(line, running=running))}</span></li>'
    )


def _status(line: FileLine) -> Status:
    # One that has no outcome at the end of a job was never begun.
    return line.outcome.status if line.outcome else Status.STOPPED


def state_words(line: FileLine, *, running: bool = True) -> str:
    """How far a file has come, or what became of it and what to do about it."""
    if line.outcome:
        return _outcome_words(line.outcome)
    if not running:
        return _DONE[Status.STOPPED]
    return {FileState.WAITING: "Waiting", FileState.READING: "Reading"}.get(line.state, "Done")


def _outcome_words(outcome: IngestOutcome) -> str:
    words = _DONE[outcome.status]
    if outcome.status in (Status.ADDED, Status.REPLACED):
        pages = count_words(outcome.pages, "page", "pages")
        words = f"{words}: {pages}, {count_words(outcome.passages, 'passage', 'passages')}"
    return f"{words}. {outcome.reason}" if outcome.reason else words
