"""Pure: HTML as a type of its own, and the pieces that every page's HTML is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from typing import Self

from markupsafe import Markup

from ingest.cleaning.clean import BETWEEN
from rag.citation.verify import find_quote
from ui.web.controls import Action
from ui.wording.translation import tr


@dataclass(frozen=True, slots=True)
class MarkedQuote:
    """A passage cut at its quote: the three parts together are the passage."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page as its link names it, and as its own heading does."""

    title: str
    path: str
    heading: str
    current: bool = False
    listed: bool = True
    """Whether it has a link of its own."""
    words: str = ""
    """Its title in the reader's language; "" where that is the same."""


class Html(Markup):
    """HTML: a text that is formatted into it, joined or added is shown and does nothing else."""

    @classmethod
    def escape(cls, text: object, /) -> Self:
        """`text` as HTML, where it is not HTML already; lone surrogates become "?"."""
        if isinstance(text, Markup):
            return cls(text)
        return cls(escape(str(text).encode("utf-8", "replace").decode("utf-8")))

    def each(self, *columns: Iterable[object]) -> Self:
        """This template once for each row of the columns, one after another."""
        return type(self)().join(map(self.format, *columns))


def mark_quote(context: str, quote: str) -> MarkedQuote:
    """Cut `context` at `quote`, white space aside; a quote that is not in it stands alone."""
    span = find_quote(quote, context)
    if span is None:
        return MarkedQuote("", quote, "")
    start, end = span
    return MarkedQuote(context[:start], context[start:end], context[end:])


def marked_html(context: str, quote: str) -> Html:
    """A passage with its quote marked."""
    cut = mark_quote(context or quote, quote)
    return Html("{}<mark>{}</mark>{}").format(cut.before, cut.quote, cut.after)


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
) -> Html:
    """A button that asks for `action`; `label` says more to who cannot see its surroundings.

    `words` is plain text, `key` its id, `pressed` whether it is switched on where it can be,
    `expanded` whether what it opens is open.
    """
    attributes = Html('class="{}" data-act="{}"').format(look, action.line)
    if label:
        attributes += Html(' aria-label="{0}" title="{0}"').format(label)
    if key:
        attributes += Html(' id="{}"').format(key)
    if pressed is not None:
        attributes += Html(' aria-pressed="{}"').format(str(pressed).lower())
    if expanded is not None:
        attributes += Html(' aria-expanded="{}"').format(str(expanded).lower())
    if disabled:
        attributes += " disabled"
    return Html('<button type="button" {}>{}</button>').format(attributes, words)


def turning_html(turn: Action, number: int, last: int, between: Html, *, key: str, of: str) -> Html:
    """The ways to what stands before and after part `number` of `last`, and words between them.

    `turn` is completed by the number to turn to; `of` says for a label what is turned.
    """
    before, after = (replace(turn, about=(*turn.about, str(n))) for n in (number - 1, number + 1))
    previous, following = tr("Previous"), tr("Next")
    back, on = (f"{previous} {of}", f"{following} {of}") if of else ("", "")
    return (
        button(before, f"‹ {previous}", key=f"{key}-before", disabled=number <= 1, label=back)
        + between
        + button(after, f"{following} ›", key=f"{key}-after", disabled=number >= last, label=on)
    )


def export_button(what: str, label: str, *, opened: bool) -> Html:
    """A button that opens or closes the downloads of `what`."""
    action = Action("export", (what,))
    return button(action, tr("Export"), label=label, key=f"export-of-{what}", expanded=opened)


def copy_button(words: str, copied: str) -> Html:
    """A button that puts the text `copied` on the clipboard."""
    return Html('<button type="button" class="quiet" data-copy="{}">{}</button>').format(
        copied, words
    )


def removable(words: str, action: Action, label: str) -> Html:
    """A chip that stands for something chosen, with the button that takes it away."""
    away = button(action, "×", look="away", label=label)
    return Html('<li class="tag"><span>{}</span>{}</li>').format(words, away)


def list_button(
    action: Action,
    title: str,
    about: str = "",
    *,
    key: str = "",
    current: bool = False,
    stop: bool = True,
) -> Html:
    """A button in a list that goes to what it names; `current` where that is open already.

    One that is no `stop` of the keyboard is reached by the arrows from its neighbours.
    """
    return Html(
        '<button type="button" class="conversation" data-act="{}"{}{}{}><span class="title">{}'
        "</span>{}</button>"
    ).format(
        action.line,
        Html(' id="{}"').format(key) if key else "",
        Html(' aria-current="true"') if current else "",
        "" if stop else Html(' tabindex="-1"'),
        title,
        Html(' <span class="meta">{}</span>').format(about) if about else "",
    )


def tools_html(*controls: Html) -> Html:
    """Controls that belong together, in a row."""
    return Html('<div class="tools">{}</div>').format(Html().join(controls))


def certain_html(question: str, *answers: Html) -> Html:
    """A question to be answered before what cannot be undone is done."""
    return Html(
        '<div class="tools certain" role="group" aria-labelledby="certain">'
        '<strong id="certain" tabindex="-1">{}</strong>{}</div>'
    ).format(question, Html().join(answers))


def contents_html(parts: Iterable[tuple[str, str]], heading: str) -> Html:
    """The parts of a page, each a button with its words that leads to its heading, `NAME-title`."""
    line = Html('<li><button type="button" class="card" data-go="{}-title">{}</button></li>')
    return Html(
        '<section class="sources contents" aria-labelledby="contents-title">'
        '<h2 id="contents-title">{}</h2><ol>{}</ol></section>'
    ).format(heading, Html().join(line.format(*part) for part in parts))


def table_html(caption: str, heads: Iterable[str], rows: Html) -> Html:
    """A table with its heads and the rows of its body, which scrolls where it is too wide."""
    return Html(
        '<div class="wide" tabindex="0" role="group" aria-label="{0}">'
        '<table class="grades"><caption class="unseen">{0}</caption>'
        "<thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>"
    ).format(caption, Html('<th scope="col">{}</th>').each(heads), rows)


def problem_html(problem: str) -> Html:
    """One sentence that says what went wrong."""
    return Html('<p class="problem" role="alert"><strong>{}</strong> {}</p>').format(
        tr("There is a problem:"), problem
    )


def done_html(note: str) -> Html:
    """What was done, where the keyboard goes to and a screen reader tells it."""
    return Html('<p class="notice" id="told" role="status" tabindex="-1">{}</p>').format(note)


def note_html(note: str) -> Html:
    """A paragraph in the program's own voice."""
    return Html('<p class="note">{}</p>').format(note)


def paragraphs_html(text: str) -> Html:
    """A page's text in its paragraphs."""
    return Html("<p>{}</p>").each(part for part in text.split(BETWEEN) if part.strip())


def frame_html(product: str, day: str, pages: Iterable[PageLink]) -> Html:
    """What stands above every page: the product's name, the ways to the pages, and the heading of
    the one that is open; `day` is told on paper."""
    pages = tuple(pages)
    links = Html()
    for page in filter(lambda page: page.listed, pages):
        current = Html(' aria-current="page"') if page.current else ""
        action = Action("home") if page.current else Action("visit", (page.title,))
        links += Html('<li><a href="./{}" data-act="{}"{}>{}</a></li>').format(
            page.path, action.line, current, page.words or page.title
        )
    heading = next((page.heading for page in pages if page.current), "")
    return Html(
        '<header class="masthead"><p class="product">{}<span class="on-paper">, {}</span></p>'
        '<nav aria-label="{}"><ul>{}</ul></nav></header><h1 id="page-title" tabindex="-1">{}'
        "</h1>"
    ).format(product, day, tr("Pages"), links, heading)
