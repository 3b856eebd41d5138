"""Pure: a document's page: what it is, what can be done with it, and its text."""

from __future__ import annotations

from ingest.cleaning.clean import BETWEEN
from rag.library.tables import LibraryEntry
from rag.types import Description
from ui.web.controls import Action
from ui.web.render.html import button, escaped
from ui.web.session.addresses import is_web_address
from ui.web.session.description_edit import NAMES, unchecked
from ui.wording.dates import spoken_moment
from ui.wording.lists import count_words, listed
from ui.wording.sources import document_date

TO_THE_LIBRARY = Action("library")


def document_head_html(entry: LibraryEntry) -> str:
    """What a document is, and what can be done with it."""
    document = entry.document
    about = document.description
    return (
        '<section class="document" aria-labelledby="document-title">'
        f"{button(TO_THE_LIBRARY, 'Back to the library', look='quiet back')}"
        f'<h2 id="document-title" tabindex="-1">{escaped(about.title.strip() or document.name)}'
        f'</h2><p class="meta">{escaped(facts(entry))}</p>'
        f'<p class="file">File: <span>{escaped(document.name)}</span></p>{_origin(about)}'
        f"{_tools(document.name)}</section>"
    )


def facts(entry: LibraryEntry) -> str:
    """Publisher, kind, date, size and when it was added, in one line."""
    document = entry.document
    about = document.description
    return " · ".join(
        [
            about.publisher or "Publisher not known",
            about.kind.words.capitalize(),
            document_date(document),
            count_words(entry.pages, "page", "pages"),
            count_words(entry.passages, "passage", "passages"),
            f"added {spoken_moment(document.added)}",
        ]
    )


def _origin(about: Description) -> str:
    if not about.source_url:
        return ""
    address = escaped(about.source_url)
    # Only what leads to a web page is a link; anything else that stands there is shown as text.
    if is_web_address(about.source_url):
        address = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>'
    return f'<p class="file">From: <span>{address}</span></p>'


def _tools(name: str) -> str:
    return (
        '<div class="tools">'
        + button(Action("ask-about", (name,)), "Ask about this document", look="quiet main")
        + button(Action("read-again", (name,)), "Read it again",
                 label="Read it again: make its text and passages anew from its file")
        + button(Action("remove", (name,)), "Remove", label="Remove this document")
        + "</div>"
    )  # fmt: skip


def unknown_html(name: str, *, aside: bool) -> str:
    """That no document of that name is held, and the way on."""
    back = button(TO_THE_LIBRARY, "Back to the library", look="quiet back")
    put_back = button(Action("put-back", (name,)), "Put it back") if aside else ""
    said = "was removed, and can be put back." if aside else "is not in the library."
    return (
        '<section class="document">'
        f'{back}<h2 id="document-title" tabindex="-1">Not in the library</h2>'
        f"<p>The document “{escaped(name)}” {said} {put_back}</p></section>"
    )


def unchecked_html(name: str, about: Description) -> str:
    """Which values were found by rule, with the control that says they are right."""
    fields = unchecked(about)
    if not fields:
        return ""
    names = listed([NAMES[field].casefold() for field in fields])
    found = "was found by rule and has" if len(fields) == 1 else "were found by rule and have"
    right = button(Action("checked", (name,)), "I have checked them: they are right", key="checked")
    return (
        f'<p class="note">{escaped(names.capitalize())} {found} not been checked by a person. '
        f"Correct what is wrong. {right}</p>"
    )


# ---------------------------------------------------------------- its text


def text_html(name: str, text: str | None, page: int, pages: int) -> str:
    """One page of a document's text, with the way to the others."""
    return (
        '<section class="reading" aria-labelledby="text-title">'
        f'<h3 id="text-title" tabindex="-1">Text, page {page:,} of {pages:,}</h3>'
        f"{_turning(name, page, pages)}"
        '<div class="sheet" tabindex="0" role="group" aria-label="The text of the page">'
        f"{_paragraphs(text or '')}</div></section>"
    )


def _paragraphs(text: str) -> str:
    parts = [part for part in text.split(BETWEEN) if part.strip()]
    if not parts:
        return '<p class="note">There are no words on this page.</p>'
    return "".join(f"<p>{escaped(part)}</p>" for part in parts)


def _turning(name: str, page: int, pages: int) -> str:
    if pages < 2:
        return ""
    before, after = str(page - 1), str(page + 1)
    return (
        '<div class="tools">'
        + button(Action("text-page", (name, before)), "‹ Previous page", key="text-before",
                 disabled=page <= 1)
        + button(Action("text-page", (name, after)), "Next page ›", key="text-after",
                 disabled=page >= pages)
        + "</div>"
    )  # fmt: skip
