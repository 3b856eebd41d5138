"""Pure: the table of everything held, what was refused, and what was removed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from rag.library.rejected import RejectedDocument
from rag.library.trash import TrashedDocument
from ui.web.controls import Action
from ui.web.render.html import button, escaped, note_html, problem_html
from ui.web.session.library_table import Column, LibraryRow, TablePage, TableQuery
from ui.wording.dates import spoken_date, spoken_moment
from ui.wording.lists import count_words

_SHORT = 3
"""Lists up to this long are open from the start."""
LONGEST = 100
"""Refused documents that are listed; there is a line for the rest."""
SHOW_ALL = Action("show-all")

_HEADS = {
    Column.TITLE: "Title",
    Column.PUBLISHER: "Publisher",
    Column.KIND: "Kind",
    Column.COUNCILS: "Council",
    Column.DATE: "Date",
    Column.PAGES: "Pages",
    Column.PASSAGES: "Passages",
    Column.ADDED: "Added",
}
_NUMBERS = frozenset((Column.PAGES, Column.PASSAGES))
_NEWEST = frozenset((Column.DATE, Column.ADDED))


def mark_of(name: str) -> str:
    """The id of the control that opens a document: plain letters, whatever it is called."""
    return "held-" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]


def open_button(name: str, words: str, *, look: str = "title", key: str = "") -> str:
    """The control that opens a document's page."""
    return button(Action("document", (name,)), words, look=look, key=key)


# ---------------------------------------------------------------- the table


def table_html(part: TablePage, wanted: TableQuery) -> str:
    """The part of the table that is wanted, with the way to the others."""
    return (
        f'<section class="shelf" aria-label="Documents">{_count(part, wanted)}'
        f"{_table(part, wanted) if part.rows else ''}{_pager(part)}</section>"
    )


def count_line(part: TablePage, *, narrowed: bool = False) -> str:
    """Which documents are shown, of how many: "1 to 50 of 5,000 documents"."""
    if not part.matching:
        return "No document matches. Try fewer words, or another kind or council."
    documents = count_words(part.matching, "document", "documents")
    of_all = f" found among {part.held:,}" if narrowed else ""
    last = part.first + len(part.rows) - 1
    span = "" if part.parts == 1 else f"{part.first:,} to {last:,} of "
    return f"{span}{documents}{of_all}"


def _count(part: TablePage, wanted: TableQuery) -> str:
    every = button(SHOW_ALL, "Show all", key="show-all") if wanted.narrows else ""
    words = escaped(count_line(part, narrowed=wanted.narrows))
    return (
        f'<div class="tools counting"><p id="documents-count" role="status" tabindex="-1">{words}'
        f"</p>{every}</div>"
    )


def _table(part: TablePage, wanted: TableQuery) -> str:
    heads = "".join(_head(column, wanted) for column in Column)
    rows = "".join(map(_row, part.rows))
    # The roles are named because narrow screens lay the cells out one below another, which would
    # otherwise take the meaning of a table away from a screen reader.
    return (
        '<table class="documents" role="table">'
        f'<caption class="unseen">Documents in the library, sorted by {_order(wanted)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _order(wanted: TableQuery) -> str:
    column, falling = wanted.column, wanted.falling
    if column in _NUMBERS:
        way = "largest first" if falling else "smallest first"
    elif column in _NEWEST:
        way = "newest first" if falling else "oldest first"
    else:
        way = "Z to A" if falling else "A to Z"
    return f"{_HEADS[column].casefold()}, {way}"


def _head(column: Column, wanted: TableQuery) -> str:
    sort = ""
    if column is wanted.column:
        sort = f' aria-sort="{"descending" if wanted.falling else "ascending"}"'
    look = button(Action("sort", (column.value,)), _HEADS[column], look="sort",
                  key=f"sort-{column.value}")  # fmt: skip
    return f'<th scope="col" role="columnheader" class="{column.value}"{sort}>{look}</th>'


def _row(row: LibraryRow) -> str:
    title = open_button(row.name, row.title.strip() or row.name, key=mark_of(row.name))
    cells = (
        (Column.PUBLISHER, row.publisher or "not known"),
        (Column.KIND, row.kind.words.capitalize()),
        (Column.COUNCILS, ", ".join(row.councils) or "none named"),
        (Column.DATE, spoken_date(row.day)),
        (Column.PAGES, f"{row.pages:,}"),
        (Column.PASSAGES, f"{row.passages:,}"),
        (Column.ADDED, spoken_moment(row.added)),
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader" class="title">{title}'
        f'<span class="file">{escaped(row.name)}</span></th>'
        f"{''.join(_cell(column, words) for column, words in cells)}</tr>"
    )


def _cell(column: Column, words: str) -> str:
    return (
        f'<td role="cell" class="{column.value}" data-label="{_HEADS[column]}">'
        f"{escaped(words)}</td>"
    )


def _pager(part: TablePage) -> str:
    if part.parts == 1:
        return ""
    before, after = part.number - 1, part.number + 1
    return (
        '<nav class="tools pager" aria-label="Parts of the table">'
        + button(Action("part", (str(before),)), "‹ Previous", key="part-before",
                 disabled=before < 1)
        + f"<span>Part {part.number:,} of {part.parts:,}</span>"
        + button(Action("part", (str(after),)), "Next ›", key="part-after",
                 disabled=after > part.parts)
        + "</nav>"
    )  # fmt: skip


# ---------------------------------------------------------------- what was refused


def refused_html(refused: Sequence[RejectedDocument], *, opened: bool = False) -> str:
    """The documents that could not be taken in, why, and what to do; empty when there is none."""
    if not refused:
        return ""
    items = "".join(_refusal(one) for one in refused[:LONGEST])
    more = len(refused) - LONGEST
    rest = note_html(f"And {count_words(more, 'older one', 'older ones')}.") if more > 0 else ""
    every = (
        button(Action("dismiss-all-refused"), "Take all off this list") if len(refused) > 1 else ""
    )
    return _folded(
        "refused",
        f"Could not be added ({len(refused):,})",
        f"<ul>{items}</ul>{rest}<div class='tools'>{every}</div>",
        opened=opened or len(refused) <= _SHORT,
    )


def _refusal(one: RejectedDocument) -> str:
    away = button(Action("dismiss-refused", (one.name,)), "Take off this list",
                  label=f"Take off this list: {one.name}")  # fmt: skip
    return (
        f'<li><p><span class="name">{escaped(one.name)}</span> '
        f'<span class="meta">{escaped(spoken_moment(one.at))}</span></p>'
        f"<p>{escaped(one.reason)}</p>{away}</li>"
    )


# ---------------------------------------------------------------- what was done


def told_html(note: str, problem: str) -> str:
    """What was done, or why it was not."""
    if problem:
        return f'<div id="told" tabindex="-1">{problem_html(problem)}</div>'
    return f'<p class="notice" id="told" role="status" tabindex="-1">{escaped(note)}</p>'


# ---------------------------------------------------------------- what was removed


def removed_html(one: TrashedDocument) -> str:
    """That a document was removed just now, and the way back."""
    undo = button(Action("put-back", (one.name,)), "Undo", key="undo-remove",
                  label=f"Undo: put {one.title} back")  # fmt: skip
    return (
        f'<p class="notice" role="status">Removed “{escaped(one.title)}” '
        f'<span class="file">({escaped(one.name)})</span>. {undo}</p>'
    )


def aside_html(
    aside: Sequence[TrashedDocument], asked: str | None = None, *, opened: bool = False
) -> str:
    """The documents that were removed and can be put back; empty when there is none.

    `asked` is the name of the one of which it is asked whether to delete it for good.
    """
    if not aside:
        return ""
    items = "".join(_away(one, asked == one.name) for one in aside)
    return _folded(
        "aside",
        f"Removed documents ({len(aside):,})",
        note_html("They are searched no longer, and can be put back.") + f"<ul>{items}</ul>",
        opened=opened or asked in {one.name for one in aside},
    )


def _away(one: TrashedDocument, asked: bool) -> str:
    return (
        f'<li><p><span class="name">{escaped(one.title)}</span> '
        f'<span class="file">{escaped(one.name)}</span> '
        f'<span class="meta">removed {escaped(spoken_moment(one.at))}</span></p>'
        f"{_certain(one) if asked else _choices(one)}</li>"
    )


def _choices(one: TrashedDocument) -> str:
    return (
        '<div class="tools">'
        + button(Action("put-back", (one.name,)), "Put back", label=f"Put back: {one.title}")
        + button(Action("discard", (one.name,)), "Delete for good",
                 label=f"Delete for good: {one.title}", key=f"discard-{mark_of(one.name)}")
        + "</div>"
    )  # fmt: skip


def _certain(one: TrashedDocument) -> str:
    return (
        '<div class="tools certain" role="group" aria-labelledby="certain">'
        '<strong id="certain" tabindex="-1">Delete it for good? It cannot be put back then.'
        "</strong>"
        + button(Action("discard-certainly", (one.name,)), "Yes, delete it",
                 label=f"Yes, delete it for good: {one.title}")
        + button(Action("discard-not"), "No, keep it")
        + "</div>"
    )  # fmt: skip


def _folded(look: str, summary: str, inside: str, *, opened: bool) -> str:
    state = " open" if opened else ""
    return (
        f'<details class="folded {look}"{state}><summary id="{look}-summary">{escaped(summary)}'
        f"</summary><div>{inside}</div></details>"
    )


def titled_html(words: str, names: Collection[tuple[str, str]]) -> str:
    """A list of documents, by name and title, each a control that opens it."""
    items = "".join(
        f'<li>{open_button(name, title)} <span class="file">{escaped(name)}</span></li>'
        for name, title in names
    )
    return f'<section class="related"><h3>{escaped(words)}</h3><ul>{items}</ul></section>'
