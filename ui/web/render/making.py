"""Pure: a pack in the making, and what became of it."""

from __future__ import annotations

from ui.web.controls import Action
from ui.web.jobs.background import JobView
from ui.web.jobs.pack_job import PackState
from ui.web.render.html import Html, button, problem_html, tools_html
from ui.wording.lists import count_words
from ui.wording.translation import N_, tr

STOPPED = N_("It was stopped: no pack was made, and nothing was kept.")


def title_html(view: JobView[PackState]) -> Html:
    """Heads a pack that is being made and one that was alike, so that the keyboard stays on it."""
    words = tr("Making a pack: {}").format(view.progress.subject.words)
    return Html('<h3 id="job-title" tabindex="-1">{}</h3>').format(words)


def stop_html(view: JobView[PackState]) -> Html:
    """The control that stops it."""
    words = tr("Stopping") if view.stopping else tr("Stop")
    label = tr("Stop making this pack")
    stop = Action("stop-pack")
    return tools_html(button(stop, words, key="stop-pack", disabled=view.stopping, label=label))


def making_html(view: JobView[PackState]) -> Html:
    """How far it has come, in words and as a bar."""
    step, ahead, behind = view.progress.step, view.progress.ahead, view.progress.behind
    words = tr("Beginning.")
    if step:
        words = tr("{}: part {} of {}.").format(step.step, step.done + 1, step.total)
    elif ahead:
        before = count_words(ahead, "pack is", "packs are")
        words = tr("Waiting for its turn: {} made before it.").format(before)
    if behind:
        words = tr("{} Yours that wait behind it: {}.").format(words, behind)
    if view.stopping:
        words = tr("{} Stopping.").format(words)
    done, total = (step.done, step.total) if step else (0, 1)
    return Html(
        '<section class="job" aria-labelledby="job-title"><p role="status">{0}</p>'
        '<progress max="{2}" value="{1}" aria-label="{3}">{1} / {2}</progress></section>'
    ).format(words, done, total, tr("Parts done"))


def ended_html(view: JobView[PackState]) -> Html:
    """Why there is no pack, or the way to it."""
    outcome, opened = Html(), Html()
    status = Html('<p role="status">{}</p>')
    if view.progress.number is not None:
        outcome = status.format(tr("The pack is made."))
        opened = button(
            Action("pack", (str(view.progress.number),)), tr("Open the pack"), key="open-pack"
        )
    elif view.progress.stopped:
        outcome = status.format(tr(STOPPED))
    elif view.problem:
        outcome = problem_html(view.problem)
    close = button(Action("dismiss-pack"), tr("Close this note"), key="dismiss-pack")
    return Html('<section class="job" aria-labelledby="job-title">{}{}</section>').format(
        outcome, tools_html(opened, close)
    )
