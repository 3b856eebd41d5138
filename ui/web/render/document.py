"""Pure: a document's page: what it is, what can be done with it, and its text."""

from __future__ import annotations

from rag.library.tables import LibraryEntry
from rag.types import Description
from ui.web.controls import Action
from ui.web.render.html import Html, button, note_html, paragraphs_html, tools_html
from ui.web.session.addresses import is_web_address
from ui.web.session.description_edit import NAMES, unchecked
from ui.wording.dates import spoken_moment
from ui.wording.lists import count_words, listed
from ui.wording.sources import bound_paper, document_date, kind_words
from ui.wording.translation import ngettext, tr

TO_THE_LIBRARY = Action("library")


def document_head_html(entry: LibraryEntry, *, may_change: bool = True) -> Html:
    """What a document is, and what the reader can do with it."""
    document = entry.document
    about = document.description
    return Html(
        '<section class="document" aria-labelledby="document-title">{}<h2 id="document-title" '
        'tabindex="-1">{}</h2><p class="meta">{}</p>'
        '<p class="file">{} <span>{}</span></p>{}{}{}</section>'
    ).format(
        button(TO_THE_LIBRARY, tr("Back to the library"), look="quiet back"),
        about.title.strip() or document.name,
        _facts(entry),
        tr("File:"),
        document.name,
        _origin(about),
        _bound(about),
        _tools(document.name, may_change=may_change),
    )


def _facts(entry: LibraryEntry) -> str:
    """Publisher, kind, date, size and when it was added, in one line."""
    about = entry.document.description
    facts = (
        about.publisher or tr("Publisher not known"),
        kind_words(about.kind),
        document_date(entry.document),
        count_words(entry.pages, "page", "pages"),
        tr("added {}").format(spoken_moment(entry.document.added)),
    )
    return " · ".join(facts)


def _origin(about: Description) -> Html:
    if not about.source_url:
        return Html()
    address = Html.escape(about.source_url)
    # Only what leads to a web page is a link; anything else that stands there is shown as text.
    if is_web_address(about.source_url):
        link = Html('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>')
        address = link.format(address)
    return Html('<p class="file">{} <span>{}</span></p>').format(tr("From:"), address)


def _bound(about: Description) -> Html:
    if not about.bound:
        return Html()
    papers = listed([bound_paper(paper) for paper in about.bound])
    return Html('<p class="file">{}</p>').format(tr("Bound in with it: {}").format(papers))


def _tools(name: str, *, may_change: bool) -> Html:
    read_again = tr("Read it again: make its text anew from its file")
    ask = button(Action("ask-about", (name,)), tr("Ask about this document"), look="quiet main")
    if not may_change:
        return tools_html(ask)
    return tools_html(
        ask,
        button(Action("read-again", (name,)), tr("Read it again"), label=read_again),
        button(Action("remove", (name,)), tr("Remove"), label=tr("Remove this document")),
    )


def unknown_html(name: str, *, aside: bool) -> Html:
    """That no document of that name is held, and the way on."""
    back = button(TO_THE_LIBRARY, tr("Back to the library"), look="quiet back")
    put_back = button(Action("put-back", (name,)), tr("Put it back")) if aside else ""
    told = tr("The document “{}” was removed, and can be put back.")
    if not aside:
        told = tr("The document “{}” is not in the library.")
    return Html(
        '<section class="document">{}<h2 id="document-title" tabindex="-1">{}</h2>'
        "<p>{} {}</p></section>"
    ).format(back, tr("Not in the library"), told.format(name), put_back)


def unchecked_html(name: str, about: Description) -> Html:
    """Which values were read by the program, with the control that says they are right."""
    fields = unchecked(about)
    if not fields:
        return Html()
    names = listed([tr(NAMES[field]).casefold() for field in fields])
    told = ngettext(
        "{} was read by the program and has not been checked by a person. Correct what is wrong.",
        "{} were read by the program and have not been checked by a person. Correct what is wrong.",
        len(fields),
    )
    words = tr("I have checked them: they are right")
    right = button(Action("checked", (name,)), words, key="checked")
    return Html('<p class="note">{} {}</p>').format(told.format(names.capitalize()), right)


def text_html(name: str, text: str | None, page: int, pages: int) -> Html:
    """One page of a document's text, with the way to the others."""
    return Html(
        '<section class="reading" aria-labelledby="text-title">'
        '<h3 id="text-title" tabindex="-1">{}</h3>{}'
        '<div class="sheet" tabindex="0" role="group" aria-label="{}">'
        "{}</div></section>"
    ).format(
        tr("Text, page {:,} of {:,}").format(page, pages),
        _turning(name, page, pages),
        tr("The text of the page"),
        paragraphs_html(text or "") or note_html(tr("There are no words on this page.")),
    )


def _turning(name: str, page: int, pages: int) -> Html:
    if pages < 2:
        return Html()
    before, after = (Action("text-page", (name, str(to))) for to in (page - 1, page + 1))
    return tools_html(
        button(before, tr("‹ Previous page"), key="text-before", disabled=page <= 1),
        button(after, tr("Next page ›"), key="text-after", disabled=page >= pages),
    )
