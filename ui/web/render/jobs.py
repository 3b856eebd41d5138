"""Pure: documents being added, file by file, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ingest.events import IngestOutcome, IngestTotals, Status
from ui.web.controls import Action
from ui.web.jobs.background import JobView
from ui.web.jobs.ingest_job import FileLine, FileState, IngestState
from ui.web.render.html import Html, button, problem_html, tools_html
from ui.web.render.library import open_button
from ui.wording.lists import count_words, listed
from ui.wording.sources import pages_read_by_ocr
from ui.wording.translation import N_, NN_, tr

LONG = 12
"""Files from which on those that went well are folded away at the end."""
_DONE = {
    Status.ADDED: N_("Added"),
    Status.REPLACED: N_("Replaced the older one"),
    Status.UNCHANGED: N_("Held already"),
    Status.DUPLICATE: N_("Held already"),
    Status.REFUSED: N_("Not added"),
    Status.REMOVED: N_("Removed"),
    Status.STOPPED: N_("Not read"),
}
_SUMS = {
    Status.ADDED: NN_("document was added", "documents were added"),
    Status.REPLACED: NN_("was replaced", "were replaced"),
    Status.UNCHANGED: NN_("was held already", "were held already"),
    Status.DUPLICATE: NN_(
        "is the same file as one held already",
        "are the same files as ones held already",
    ),
    Status.REFUSED: NN_("could not be added", "could not be added"),
    Status.STOPPED: NN_("was not read", "were not read"),
}
_HELD = frozenset((Status.ADDED, Status.REPLACED, Status.UNCHANGED))


def title_html() -> Html:
    """Heads a job that runs and one that has ended alike, so that the keyboard stays on it."""
    return Html('<h3 id="job-title" tabindex="-1">{}</h3>').format(tr("Adding documents"))


def stop_html(view: JobView[IngestState]) -> Html:
    """The control that stops an ingest."""
    words, label = (tr("Stop"), tr("Stop adding documents"))
    if view.stopping:
        words, label = (tr("Stopping"), tr("Stopping: what is being written is finished first"))
    stop = button(Action("stop-job"), words, key="stop-job", disabled=view.stopping, label=label)
    return tools_html(stop)


def job_html(view: JobView[IngestState]) -> Html:
    """How far a job has come: in all, in words and as a bar, and file by file."""
    return Html(
        '<section class="job" aria-labelledby="job-title"><p role="status">{}</p>{}{}</section>'
    ).format(progress_words(view), _bar(view), _lines(view, ()))


def progress_words(view: JobView[IngestState]) -> str:
    """How far a job has come, in a sentence."""
    if not view.progress.total:
        return tr("Looking at what was given.")
    refused = sum(1 for line in view.progress.lines if _status(line) is Status.REFUSED)
    so_far = tr(", {:,} of them could not be added").format(refused) if refused else ""
    stopping = tr(" Stopping.") if view.stopping else ""
    documents = count_words(view.progress.total, "document", "documents")
    return tr("{:,} of {} done{}.{}").format(view.progress.done, documents, so_far, stopping)


def _bar(view: JobView[IngestState]) -> Html:
    if not view.progress.total:
        return Html()
    done = min(view.progress.done, view.progress.total)
    return Html('<progress max="{0}" value="{1}" aria-label="{2}">{1} / {0}</progress>').format(
        view.progress.total, done, tr("Documents done")
    )


def summary_html(view: JobView[IngestState], openable: Collection[str]) -> Html:
    """What became of a job; the documents that are `openable` can be opened from it."""
    close = button(Action("dismiss-job"), tr("Close this summary"), key="dismiss-job")
    return Html(
        '<section class="job" aria-labelledby="job-title">{}<p role="status">{}</p>{}{}</section>'
    ).format(
        problem_html(view.problem) if view.problem else "",
        tr("Done: {}").format(totals_words(view.progress.totals)) if view.progress.totals else "",
        _lines(view, openable),
        tools_html(close),
    )


def totals_words(totals: IngestTotals) -> str:
    """The sums of a job in a sentence: "2 documents were added and 1 could not be added"."""
    counts = [(totals.count(status), nouns) for status, nouns in _SUMS.items()]
    parts = [count_words(number, *nouns) for number, nouns in counts if number]
    return f"{listed(parts)}." if parts else tr("There was nothing to add.")


def _lines(view: JobView[IngestState], openable: Collection[str]) -> Html:
    """A line for each file; of a long job that has ended, what went well is folded away."""
    well: list[Html] = []
    rest: list[Html] = []
    folds = not view.running and len(view.progress.lines) > LONG
    for line in view.progress.lines:
        lines = well if folds and _status(line) in _HELD else rest
        lines.append(_line(line, line.name in openable, running=view.running))
    if not well:
        return _list(rest)
    folded = Html('<details class="folded"><summary>{}</summary><div>{}</div></details>')
    return _list(rest) + folded.format(
        tr("{} now in the library").format(count_words(len(well), "document", "documents")),
        _list(well),
    )


def _list(items: Sequence[Html]) -> Html:
    return Html('<ul class="lines">{}</ul>').format(Html().join(items)) if items else Html()


def _line(line: FileLine, openable: bool, *, running: bool) -> Html:
    name = Html('<span class="name">{}</span>').format(line.name)
    if openable and _status(line) in _HELD:
        name = open_button(line.name, line.name)
    look = _status(line).value if line.outcome else line.state.value
    return Html('<li class="line-{}">{}: <span class="state">{}</span></li>').format(
        look, name, state_words(line, running=running)
    )


def _status(line: FileLine) -> Status:
    # One that has no outcome at the end of a job was never begun.
    return line.outcome.status if line.outcome else Status.STOPPED


def state_words(line: FileLine, *, running: bool = True) -> str:
    """How far a file has come, or what became of it and what to do about it."""
    if line.outcome:
        return _outcome_words(line.outcome)
    if not running:
        return tr(_DONE[Status.STOPPED])
    if line.scanned:
        return tr("Reading: {}").format(pages_read_by_ocr(line.scanned.done, line.scanned.total))
    return {FileState.WAITING: tr("Waiting"), FileState.READING: tr("Reading")}.get(
        line.state, tr("Done")
    )


def _outcome_words(outcome: IngestOutcome) -> str:
    words = tr(_DONE[outcome.status])
    if outcome.status in (Status.ADDED, Status.REPLACED):
        words = f"{words}: {count_words(outcome.pages, 'page', 'pages')}"
    return f"{words}. {outcome.reason}" if outcome.reason else words
