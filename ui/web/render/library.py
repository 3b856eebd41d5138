"""Pure: the table of everything held, what was refused, and what was removed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from rag.library.rejected import RejectedDocument
from rag.library.trash import TrashedDocument
from rag.types import Document
from ui.web.controls import Action
from ui.web.render.html import (
    Html,
    button,
    certain_html,
    done_html,
    note_html,
    problem_html,
    tools_html,
    turning_html,
)
from ui.web.session.library_checks import DocumentToCheck
from ui.web.session.library_table import Column, LibraryRow, TablePage, TableQuery
from ui.wording.dates import spoken_date, spoken_moment
from ui.wording.lists import count_words
from ui.wording.sources import kind_words
from ui.wording.translation import N_, tr

_SHORT = 3
"""Lists up to this long are open from the start."""
_MOST_CHECKS = 20
"""Documents to be checked that are listed at once; those that are done make room for others."""
MOST_NEW = 20
"""New documents that are listed."""
LONGEST = 100
"""Refused documents that are listed; there is a line for the rest."""
SHOW_ALL = Action("show-all")

_HEADS = {
    Column.TITLE: N_("Title"),
    Column.PUBLISHER: N_("Publisher"),
    Column.KIND: N_("Kind"),
    Column.COUNCILS: N_("Council"),
    Column.DATE: N_("Date"),
    Column.PAGES: N_("Pages"),
    Column.ADDED: N_("Added"),
}
_NUMBERS = frozenset((Column.PAGES,))
_NEWEST = frozenset((Column.DATE, Column.ADDED))


def mark_of(name: str) -> str:
    """The id of the control that opens a document: plain letters, whatever it is called."""
    return "held-" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]


def open_button(name: str, words: str, *, key: str = "") -> Html:
    """The control that opens a document's page."""
    return button(Action("document", (name,)), words, look="title", key=key)


# ---------------------------------------------------------------- the table


def table_html(part: TablePage, query: TableQuery) -> Html:
    """The part of the table that is query, with the way to the others."""
    return Html('<section class="shelf" aria-label="{}">{}{}{}</section>').format(
        tr("Documents"), _count(part, query), _table(part, query) if part.rows else "", _pager(part)
    )


def count_line(part: TablePage, *, narrowed: bool = False) -> str:
    """Which documents are shown, of how many: "1 to 50 of 5,000 documents"."""
    if not part.matching:
        return tr("No document matches. Try fewer words, or another kind or council.")
    documents = count_words(part.matching, "document", "documents")
    of_all = tr(" found among {:,}").format(part.all) if narrowed else ""
    last = part.first + len(part.rows) - 1
    span = "" if part.parts == 1 else tr("{:,} to {:,} of ").format(part.first, last)
    return f"{span}{documents}{of_all}"


def _count(part: TablePage, query: TableQuery) -> Html:
    every = button(SHOW_ALL, tr("Show all"), key="show-all") if query.narrows else ""
    words = count_line(part, narrowed=query.narrows)
    return Html(
        '<div class="tools counting"><p id="documents-count" role="status" tabindex="-1">{}'
        "</p>{}</div>"
    ).format(words, every)


def _table(part: TablePage, query: TableQuery) -> Html:
    heads = Html().join(_head(column, query) for column in Column)
    rows = Html().join(_row(row, checking=query.doubtful) for row in part.rows)
    # The roles are named because narrow screens lay the cells out one below another, which would
    # otherwise take the meaning of a table away from a screen reader.
    return Html(
        '<table class="documents" role="table">'
        '<caption class="unseen">{}</caption>'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>'
    ).format(tr("Documents in the library, sorted by {}").format(_order(query)), heads, rows)


def _order(query: TableQuery) -> str:
    column, falling = query.column, query.falling
    if column in _NUMBERS:
        way = tr("largest first") if falling else tr("smallest first")
    elif column in _NEWEST:
        way = tr("newest first") if falling else tr("oldest first")
    else:
        way = tr("Z to A") if falling else tr("A to Z")
    return f"{tr(_HEADS[column]).casefold()}, {way}"


def _head(column: Column, query: TableQuery) -> Html:
    sort = Html()
    if column is query.column:
        sort = Html(' aria-sort="{}"').format("descending" if query.falling else "ascending")
    key = f"sort-{column.value}"
    look = button(Action("sort", (column.value,)), tr(_HEADS[column]), look="sort", key=key)
    return Html('<th scope="col" role="columnheader" class="{}"{}>{}</th>').format(
        column.value, sort, look
    )


def _row(row: LibraryRow, *, checking: bool) -> Html:
    title = open_button(row.name, row.title.strip() or row.name, key=mark_of(row.name))
    cells = {
        Column.PUBLISHER: row.publisher or tr("not known"),
        Column.KIND: kind_words(row.kind),
        Column.COUNCILS: ", ".join(row.councils) or tr("none named"),
        Column.DATE: spoken_date(row.day),
        Column.PAGES: f"{row.pages:,}",
        Column.ADDED: spoken_moment(row.added),
    }
    age = Html('<span class="meta older">{}</span>').format(row.age) if row.age else Html()
    doubts = Html()
    if row.doubts and checking:
        doubts = Html('<span class="meta doubts">{}</span>').format(" ".join(row.doubts))
    cell = Html('<td role="cell" class="{}" data-label="{}">{}</td>')
    return Html(
        '<tr role="row"><th scope="row" role="rowheader" class="title">{}'
        '<span class="file">{}</span>{}{}</th>{}</tr>'
    ).format(
        title,
        row.name,
        age,
        doubts,
        cell.each(cells, (tr(_HEADS[column]) for column in cells), cells.values()),
    )


def _pager(part: TablePage) -> Html:
    if part.parts == 1:
        return Html()
    between = Html("<span>{}</span>").format(
        tr("Part {:,} of {:,}").format(part.number, part.parts)
    )
    return Html('<nav class="tools pager" aria-label="{}">{}</nav>').format(
        tr("Parts of the table"),
        turning_html(Action("part"), part.number, part.parts, between, key="part", of=""),
    )


# ---------------------------------------------------------------- what should be checked


def checks_html(documents: Sequence[DocumentToCheck], *, opened: bool = False) -> Html:
    """The documents whose descriptions should be looked at first, and why; empty where none is."""
    if not documents:
        return Html()
    items = Html()
    for document in documents[:_MOST_CHECKS]:
        right = Action("checked-in-list", (document.name,))
        items += Html('<li><p>{} <span class="file">{}</span></p><p>{}</p>{}</li>').format(
            open_button(document.name, document.title, key=f"check-{mark_of(document.name)}"),
            document.name,
            " ".join(document.reasons),
            button(right, tr("It is right"), label=tr("It is right: {}").format(document.title)),
        )
    more = len(documents) - _MOST_CHECKS
    rest = note_html(tr("And {}.").format(count_words(more, "more", "more"))) if more > 0 else ""
    note = note_html(
        tr(
            "What the program is not sure that it read rightly. Open a document to put its "
            "description right."
        )
    )
    return _folded(
        "checks",
        tr("To be checked ({:,})").format(len(documents)),
        note + Html("<ul>{}</ul>{}").format(items, rest),
        opened=opened or len(documents) <= _SHORT,
    )


# ---------------------------------------------------------------- what was refused


def refused_html(refused: Sequence[RejectedDocument], *, opened: bool = False) -> Html:
    """The documents that could not be taken in, why, and what to do; empty when there is none."""
    if not refused:
        return Html()
    more = len(refused) - LONGEST
    rest = (
        note_html(tr("And {}.").format(count_words(more, "older one", "older ones")))
        if more > 0
        else ""
    )
    every = Action("dismiss-all-refused")
    return _folded(
        "refused",
        tr("Could not be added ({:,})").format(len(refused)),
        Html("<ul>{}</ul>{}<div class='tools'>{}</div>").format(
            Html().join(map(_refusal, refused[:LONGEST])),
            rest,
            button(every, tr("Take all off this list")) if len(refused) > 1 else "",
        ),
        opened=opened or len(refused) <= _SHORT,
    )


def _refusal(document: RejectedDocument) -> Html:
    label = tr("Take off this list: {}").format(document.name)
    away = button(
        Action("dismiss-refused", (document.name,)), tr("Take off this list"), label=label
    )
    return Html(
        '<li><p><span class="name">{}</span> <span class="meta">{}</span></p><p>{}</p>{}</li>'
    ).format(document.name, spoken_moment(document.at), document.reason, away)


# ---------------------------------------------------------------- what was done


def told_html(note: str, problem: str) -> Html:
    """What was done, or why it was not."""
    if problem:
        return Html('<div id="told" tabindex="-1">{}</div>').format(problem_html(problem))
    return done_html(note)


# ---------------------------------------------------------------- what was removed


def removed_html(document: TrashedDocument) -> Html:
    """That a document was removed just now, and the way back."""
    back = Action("put-back", (document.name,))
    undo = button(
        back, tr("Undo"), key="undo-remove", label=tr("Undo: put {} back").format(document.title)
    )
    return Html('<p class="notice" role="status">{} <span class="file">({})</span>. {}</p>').format(
        tr("Removed “{}”").format(document.title), document.name, undo
    )


def aside_html(
    aside: Sequence[TrashedDocument], discarding: str | None = None, *, opened: bool = False
) -> Html:
    """The documents that were removed and can be put back; empty when there is none.

    `discarding` is the name of the one of which it is asked whether to delete it for good.
    """
    if not aside:
        return Html()
    items = Html()
    for document in aside:
        certain = discarding == document.name
        opened = opened or certain
        items += Html(
            '<li><p><span class="name">{}</span> <span class="file">{}</span> '
            '<span class="meta">{}</span></p>{}</li>'
        ).format(
            document.title,
            document.name,
            tr("removed {}").format(spoken_moment(document.at)),
            _certain(document) if certain else _choices(document),
        )
    note = note_html(tr("They are searched no longer, and can be put back."))
    return _folded(
        "aside",
        tr("Removed documents ({:,})").format(len(aside)),
        note + Html("<ul>{}</ul>").format(items),
        opened=opened,
    )


def _choices(document: TrashedDocument) -> Html:
    name, title = document.name, document.title
    return tools_html(
        button(Action("put-back", (name,)), tr("Put back"), label=tr("Put back: {}").format(title)),
        button(
            Action("discard", (name,)),
            tr("Delete for good"),
            label=tr("Delete for good: {}").format(title),
            key=f"discard-{mark_of(name)}",
        ),
    )


def _certain(document: TrashedDocument) -> Html:
    label = tr("Yes, delete it for good: {}").format(document.title)
    return certain_html(
        tr("Delete it for good? It cannot be put back then."),
        button(Action("discard-certainly", (document.name,)), tr("Yes, delete it"), label=label),
        button(Action("discard-not"), tr("No, keep it")),
    )


def _folded(look: str, summary: str, inside: Html, *, opened: bool) -> Html:
    return Html(
        '<details class="folded {0}"{1}><summary id="{0}-summary">{2}</summary><div>{3}</div>'
        "</details>"
    ).format(look, " open" if opened else "", summary, inside)


def new_html(documents: Sequence[Document]) -> Html:
    """What was taken in since the reader's last visit, each a control that opens it."""
    shown = {document.name: document.description.title for document in documents[:MOST_NEW]}
    words = tr("New since your last visit: {}").format(
        count_words(len(documents), "document", "documents")
    )
    if len(documents) > MOST_NEW:
        words += tr(", the last {} of them").format(MOST_NEW)
    return titled_html(words, shown)


def titled_html(words: str, titles: Mapping[str, str]) -> Html:
    """A list of documents, by name and title, each a control that opens it."""
    item = Html('<li>{} <span class="file">{}</span></li>')
    items = item.each(map(open_button, titles, titles.values()), titles)
    return Html('<section class="related"><h3>{}</h3><ul>{}</ul></section>').format(words, items)
