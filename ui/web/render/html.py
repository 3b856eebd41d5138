"""Pure: the pieces that every page's HTML is made of."""

from __future__ import annotations

import html
from dataclasses import dataclass

from rag.citation.verify import find_quote
from ui.web.controls import Action


@dataclass(frozen=True, slots=True)
class MarkedQuote:
    """A passage cut at its quote: the three parts together are the passage."""

    before: str
    quote: str
    after: str


def escaped(text: str) -> str:
    """`text` as HTML that shows it and does nothing else; lone surrogates become "?"."""
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"), quote=True)


def mark_quote(context: str, quote: str) -> MarkedQuote:
    """Cut `context` at `quote`, white space aside; a quote that is not in it stands alone."""
    found = find_quote(quote, context)
    if found is None:
        return MarkedQuote("", quote, "")
    start, end = found
    return MarkedQuote(context[:start], context[start:end], context[end:])


def marked_html(context: str, quote: str, key: str = "") -> str:
    """A passage with its quote marked; `key` becomes the mark's id."""
    cut = mark_quote(context or quote, quote)
    name = f' id="{escaped(key)}"' if key else ""
    return f"{escaped(cut.before)}<mark{name}>{escaped(cut.quote)}</mark>{escaped(cut.after)}"


def button(
    action: Action,
    words: str,
    *,
    look: str = "quiet",
    label: str = "",
    key: str = "",
    pressed: bool | None = None,
    expanded: bool | None = None,
    disabled: bool = False,
) -> str:
    """A button that asks for `action`; `label` says more to who cannot see its surroundings.

    `words` is plain text, `key` its id, `pressed` whether it is switched on where it can be,
    `expanded` whether what it opens is open.
    """
    attributes = [f'class="{look}"', f'data-act="{escaped(action.line)}"']
    if label:
        attributes += [f'aria-label="{escaped(label)}"', f'title="{escaped(label)}"']
    if key:
        attributes.append(f'id="{escaped(key)}"')
    if pressed is not None:
        attributes.append(f'aria-pressed="{str(pressed).lower()}"')
    if expanded is not None:
        attributes.append(f'aria-expanded="{str(expanded).lower()}"')
    if disabled:
        attributes.append("disabled")
    return f'<button type="button" {" ".join(attributes)}>{escaped(words)}</button>'


def export_button(what: str, label: str, *, opened: bool) -> str:
    """A button that opens or closes the downloads of `what`."""
    action = Action("export", (what,))
    return button(action, "Export", label=label, key=f"export-of-{what}", expanded=opened)


def copy_button(words: str, copied: str) -> str:
    """A button that puts the text `copied` on the clipboard."""
    copies = f'data-copy="{escaped(copied)}"'
    return f'<button type="button" class="quiet" {copies}>{escaped(words)}</button>'


def removable(words: str, action: Action, label: str) -> str:
    """A chip that stands for something chosen, with the button that takes it away."""
    return (
        f'<li class="tag"><span>{escaped(words)}</span>'
        f"{button(action, '×', look='away', label=label)}</li>"
    )


def problem_html(problem: str) -> str:
    """One sentence that says what went wrong."""
    return f'<p class="problem" role="alert"><strong>Not done:</strong> {escaped(problem)}</p>'


def note_html(note: str) -> str:
    """A paragraph in the program's own voice."""
    return f'<p class="note">{escaped(note)}</p>'


def frame_html(product: str, page: str) -> str:
    """The heading of a page, which names the product too."""
    return (
        f'<header class="masthead"><h1>{escaped(product)}'
        f'<span class="unseen">: {escaped(page)}</span></h1></header>'
    )
