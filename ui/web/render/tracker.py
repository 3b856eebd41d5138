"""Pure: what inspectors asked for and what was promised by when, with what a reader noted of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rag.packs.tracker import TrackedItem, TrackedKind, TrackedStatus, TrackerNote
from ui.export.documents.tracker_dates import STATUS, due_words, since_words
from ui.web.controls import Action
from ui.web.render.chips import Chips
from ui.web.render.html import Html, button, note_html, tools_html
from ui.web.render.lines import line_html, lines_html
from ui.wording.translation import tr


def item_html(
    item: TrackedItem, kept: TrackerNote, chips: Chips, today: date, *, own: bool = True
) -> Html:
    """An item in the words of its source, what is told of it since, and what was noted of it."""
    asked = item.kind is TrackedKind.ASKED
    told = since_words(item) if asked else due_words(item, today)
    return Html(
        '<article class="tracked {}" aria-label="{}"><p class="since">{}</p>{}{}{}{}</article>'
    ).format(
        kept.status.value,
        told,
        told,
        line_html(item.line, chips),
        _later(item, chips),
        Html('<p class="noted"><strong>{}</strong> {}</p>').format(tr("Your note:"), kept.words)
        if kept.words
        else "",
        _tools(item, kept) if own else "",
    )


def _later(item: TrackedItem, chips: Chips) -> Html:
    if not item.later:
        return Html()
    return Html('<details class="folded"><summary>{}</summary><div>{}</div></details>').format(
        tr("What the later report says"), lines_html(item.later, chips)
    )


def _tools(item: TrackedItem, kept: TrackerNote) -> Html:
    short = " ".join(item.line.text.split())[:80]
    states = Html()
    for status, named in STATUS.items():
        words = tr(named)
        states += button(
            Action("track", (item.key, status.value)),
            words,
            pressed=status is kept.status,
            label=f"{words}: {short}",
            key=f"track-{item.key}-{status.value}",
        )
    words = tr("Change your note") if kept.words else tr("Add a note")
    noting = button(
        Action("track-note", (item.key,)), words, label=f"{words}: {short}", key=f"note-{item.key}"
    )
    return tools_html(
        Html('<span role="group" aria-label="{}">{}</span>').format(
            tr("How far it has come"), states
        ),
        noting,
    )


def folded_html(summary: str, items: Iterable[Html]) -> Html:
    """Items that need no more looking after, folded away."""
    return Html('<details class="folded"><summary>{}</summary><div>{}</div></details>').format(
        summary, Html().join(items)
    )


def gone_html(keys: Sequence[str], notes: Mapping[str, TrackerNote]) -> Html:
    """What was noted of items that the pack does not give any more."""
    if not keys:
        return Html()
    items = Html()
    for key in keys:
        kept = notes[key]
        away = button(
            Action("track", (key, TrackedStatus.OPEN.value)), tr("Forget it"), key=f"forget-{key}",
            label=tr("Forget it: {}").format(kept.item[:80]),
        )  # fmt: skip
        items += Html(
            '<li><span class="name">{}</span> <span class="meta">{}. {}</span> {}</li>'
        ).format(kept.item, tr(STATUS[kept.status]), kept.words, away)
    why = note_html(tr("What you noted of these is kept; this pack does not find them any more."))
    return Html('<h4>{}</h4>{}<ul class="plain">{}</ul>').format(tr("Followed before"), why, items)
