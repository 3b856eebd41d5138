"""Pure: the pane beside an answer: its sources, or one of them opened at the quoted words."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date

from ingest.cleaning.clean import BETWEEN
from ingest.pages.page_images import PagePicture
from rag.citation.verify import find_quote
from rag.types import Citation
from ui.web.controls import Action
from ui.web.render.html import (
    Html,
    button,
    copy_button,
    marked_html,
    note_html,
    paragraphs_html,
    tools_html,
    turning_html,
)
from ui.web.session.source_viewer import ZOOMS, SourceView
from ui.wording.sources import committee_citation, place, quote_with_citation, source_line
from ui.wording.translation import tr

_CLOSE = Action("close")
TO_TOOLS = Html('<button type="button" class="quiet" data-go="document-tools-title">{}</button>')
"""Leads to where words are looked for in the document, and its original is saved."""


def sources_html(citations: Sequence[Citation], number: int, notes: Sequence[str]) -> Html:
    """The list of an answer's sources, the newest first; `notes` say of each what has become of it
    since."""
    cards = Html()
    noted = zip(citations, notes, strict=True)
    for citation, note in sorted(noted, key=lambda one: one[0].date or date.min, reverse=True):
        cards += Html(
            '<li><button type="button" class="card" data-act="{0}" id="card-{1}-{2}">'
            '<span class="number">{2}</span> <span class="title">{3}</span> '
            '<span class="meta">{4}</span>{5}</button></li>'
        ).format(
            Action("open", (str(number), str(citation.n))).line,
            number,
            citation.n,
            citation.title,
            source_line(citation),
            Html('<span class="meta changed">{}</span>').format(note) if note else "",
        )
    return Html(
        '<section class="sources" aria-labelledby="sources-title">'
        '<h2 id="sources-title" tabindex="-1">{}</h2><ol>{}</ol></section>'
    ).format(tr("Sources of answer {}").format(number), cards)


def no_sources_html(words: str) -> Html:
    """The pane when there is nothing to show in it."""
    return Html(
        '<section class="sources" aria-labelledby="sources-title">'
        '<h2 id="sources-title" tabindex="-1">{}</h2>{}</section>'
    ).format(tr("Sources"), note_html(words))


def view_html(view: SourceView) -> Html:
    """A source opened at the quoted words."""
    citation = view.citation
    quoted = view.quoted
    return Html(
        '<section class="viewer{}" aria-labelledby="viewer-title"><div class="bar">{}'
        '<h2 id="viewer-title" tabindex="-1">{}{}</h2><p class="meta">{}</p>{}{}{}</div>{}{}'
        '<p class="file">{} <span>{}</span></p></section>'
    ).format(
        " over" if view.zoom else "",
        button(_CLOSE, tr("Back to the sources"), look="quiet back"),
        Html('<span class="number">{}</span> ').format(citation.n) if quoted else "",
        citation.title,
        source_line(citation),
        note_html(view.note) if view.note else "",
        tools_html(
            copy_button(tr("Copy quote"), quote_with_citation(citation)) if quoted else Html(),
            copy_button(tr("Copy citation"), committee_citation(citation)),
            TO_TOOLS.format(tr("Search or save")) if view.held else Html(),
        ),
        _turning(view),
        _picture(view, view.picture) if view.picture else _text(view),
        _words(view),
        tr("File:"),
        citation.document,
    )


def _words(view: SourceView) -> Html:
    """The words as text: for who cannot see the picture, and where the page is not held."""
    citation = view.citation
    # Where the page is shown as text the words are marked in it; twice would be once too often.
    if view.text and view.page == citation.page:
        return Html()
    words = Html.escape(citation.context or citation.quote)
    if view.quoted:
        words = marked_html(citation.context, citation.quote)
    return Html('<h3>{}</h3><blockquote class="words">{}</blockquote>').format(
        tr("The words as text"), words
    )


def _turning(view: SourceView) -> Html:
    if not (view.picture or view.text):
        return Html()
    cited = view.page == view.citation.page
    turning = Html()
    if view.pages > 1:
        where = "" if cited else tr(" (cited: {})").format(place(view.citation))
        between = Html('<span aria-live="polite">{}{}</span>').format(
            tr("Page {} of {}").format(view.page, view.pages), where
        )
        turning = turning_html(
            Action("page"), view.page, view.pages, between, key="page", of=tr("page")
        )
    zooming = _zooming(view) if view.picture else Html()
    if not (turning or zooming):
        return Html()
    to_cited = Action("page", (str(view.citation.page),))
    back = Html() if cited else button(to_cited, tr("Cited page"))
    return Html('<div class="tools turning">{}{}{}</div>').format(turning, back, zooming)


def _zooming(view: SourceView) -> Html:
    def zoom(to: int, words: str, key: str) -> Html:
        return button(Action("zoom", (str(to),)), words, disabled=to == view.zoom, key=key)

    at = ZOOMS.index(view.zoom) if view.zoom in ZOOMS else 0
    return Html('<span class="zoom">{}{}</span>').format(
        zoom(ZOOMS[max(at - 1, 0)], tr("Smaller"), "zoom-out"),
        zoom(ZOOMS[min(at + 1, len(ZOOMS) - 1)], tr("Larger"), "zoom-in"),
    )


def _picture(view: SourceView, picture: PagePicture) -> Html:
    boxes = Html()
    for box in picture.boxes:
        boxes += Html(
            '<span class="box"{} style="left:{:.3%};top:{:.3%};width:{:.3%};height:{:.3%}"></span>'
        ).format(
            "" if boxes else Html(' id="marked-words"'), box.left, box.top, box.width, box.height
        )
    marked = tr("; the quoted words are marked") if picture.boxes and view.quoted else ""
    return Html(
        '<div class="sheet" tabindex="0" role="group" aria-label="{}">'
        '<div class="paper zoom-{:d}"><img src="data:{};base64,{}" alt="{}"'
        ' width="{:d}" height="{:d}">{}</div></div>'
    ).format(
        tr("The page"),
        view.zoom,
        picture.media_type,
        base64.b64encode(picture.image).decode("ascii"),
        tr("Page {} of {}{}").format(picture.page, view.citation.title, marked),
        picture.width,
        picture.height,
        boxes,
    )


def _text(view: SourceView) -> Html:
    if not view.text:
        return Html()
    cited = view.page == view.citation.page
    text = _cited_paragraphs(view) if cited else paragraphs_html(view.text)
    return Html('<div class="sheet" tabindex="0" role="group" aria-label="{}">{}</div>').format(
        tr("The text"), text
    )


def _cited_paragraphs(view: SourceView) -> Html:
    """The page's paragraphs, the quoted words marked in theirs."""
    span = _quote_span(view.text, view.citation) if view.quoted else None
    if span is None:
        return paragraphs_html(view.text)
    start, end = span
    first = view.text.rfind(BETWEEN, 0, start)
    first = 0 if first < 0 else first + len(BETWEEN)
    last = view.text.find(BETWEEN, end)
    last = len(view.text) if last < 0 else last
    return Html('{}<p class="passage">{}<mark id="marked-words">{}</mark>{}</p>{}').format(
        paragraphs_html(view.text[:first]),
        view.text[first:start],
        view.text[start:end],
        view.text[end:last],
        paragraphs_html(view.text[last:]),
    )


def _quote_span(text: str, citation: Citation) -> tuple[int, int] | None:
    """Where the quote stands, in its own passage where the same words stand in others too."""
    first, last = find_quote(citation.context, text) or (0, len(text))
    span = find_quote(citation.quote, text[first:last])
    return (first + span[0], first + span[1]) if span else None
