"""Pure: a pack in the making, and what became of it."""

from __future__ import annotations

from ui.web.controls import Action
from ui.web.jobs.pack_job import PackJobView
from ui.web.render.html import button, escaped, problem_html

STOPPED = "It was stopped: no pack was made, and nothing was kept."


def title_html(view: PackJobView) -> str:
    """Heads a pack that is being made and one that was alike, so that the keyboard stays on it."""
    words = f"Making a pack: {view.subject.words}"
    return f'<h3 id="job-title" tabindex="-1">{escaped(words)}</h3>'


def stop_html(view: PackJobView) -> str:
    """The control that stops it."""
    words = "Stopping" if view.stopping else "Stop"
    stop = button(Action("stop-pack"), words, key="stop-pack", disabled=view.stopping,
                  label="Stop making this pack")  # fmt: skip
    return f'<div class="tools">{stop}</div>'


def making_html(view: PackJobView) -> str:
    """How far it has come, in words and as a bar."""
    step = view.progress
    words = f"{step.step}: part {step.done + 1} of {step.total}." if step else "Beginning."
    if view.stopping:
        words = f"{words} Stopping."
    done, total = (step.done, step.total) if step else (0, 1)
    return (
        '<section class="job" aria-labelledby="job-title">'
        f'<p role="status">{escaped(words)}</p>'
        f'<progress max="{total}" value="{done}" aria-label="Parts done">{done} of {total}'
        "</progress></section>"
    )


def ended_html(view: PackJobView) -> str:
    """Why there is no pack, or the way to it."""
    told = problem_html(view.problem) if view.problem else ""
    if view.stopped:
        told = f'<p role="status">{escaped(STOPPED)}</p>'
    opened = ""
    if view.number is not None:
        told = '<p role="status">The pack is made.</p>'
        opened = button(Action("pack", (str(view.number),)), "Open the pack", key="open-pack")
    close = button(Action("dismiss-pack"), "Close this note", key="dismiss-pack")
    return (
        f'<section class="job" aria-labelledby="job-title">{told}'
        f'<div class="tools">{opened}{close}</div></section>'
    )
