"""Pure: a pack in the making, and what became of it."""

from __future__ import annotations

from ui.web.controls import Action
from ui.web.jobs.background import JobView
from ui.web.jobs.pack_job import PackState
from ui.web.render.html import Html, button, problem_html, tools_html
from ui.wording.lists import count_words

STOPPED = "It was stopped: no pack was made, and nothing was kept."


def title_html(view: JobView[PackState]) -> Html:
    """Heads a pack that is being made and one that was alike, so that the keyboard stays on it."""
    words = f"Making a pack: {view.progress.subject.words}"
    return Html('<h3 id="job-title" tabindex="-1">{}</h3>').format(words)


def stop_html(view: JobView[PackState]) -> Html:
    """The control that stops it."""
    words = "Stopping" if view.stopping else "Stop"
    label = "Stop making this pack"
    stop = Action("stop-pack")
    return tools_html(button(stop, words, key="stop-pack", disabled=view.stopping, label=label))


def making_html(view: JobView[PackState]) -> Html:
    """How far it has come, in words and as a bar."""
    step, ahead, behind = view.progress.step, view.progress.ahead, view.progress.behind
    words = f"{step.step}: part {step.done + 1} of {step.total}." if step else "Beginning."
    if ahead and not step:
        before = count_words(ahead, "pack is", "packs are")
        words = f"Waiting for its turn: {before} made before it."
    if behind:
        words = f"{words} Yours that wait behind it: {behind}."
    if view.stopping:
        words = f"{words} Stopping."
    done, total = (step.done, step.total) if step else (0, 1)
    return Html(
        '<section class="job" aria-labelledby="job-title"><p role="status">{0}</p>'
        '<progress max="{2}" value="{1}" aria-label="Parts done">{1} of {2}</progress></section>'
    ).format(words, done, total)


def ended_html(view: JobView[PackState]) -> Html:
    """Why there is no pack, or the way to it."""
    outcome, opened = Html(), Html()
    status = Html('<p role="status">{}</p>')
    if view.progress.number is not None:
        outcome = status.format("The pack is made.")
        opened = button(
            Action("pack", (str(view.progress.number),)), "Open the pack", key="open-pack"
        )
    elif view.progress.stopped:
        outcome = status.format(STOPPED)
    elif view.problem:
        outcome = problem_html(view.problem)
    close = button(Action("dismiss-pack"), "Close this note", key="dismiss-pack")
    return Html('<section class="job" aria-labelledby="job-title">{}{}</section>').format(
        outcome, tools_html(opened, close)
    )
