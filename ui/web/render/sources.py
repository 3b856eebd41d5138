"""Pure: the pane beside an answer: its sources, or one of them opened at the quoted words."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from ingest.cleaning.clean import BETWEEN
from ingest.pages.page_images import Box, PagePicture
from rag.citation.verify import find_quote
from rag.types import Citation
from ui.web.controls import Action
from ui.web.render.html import button, copy_button, escaped, marked_html, note_html
from ui.web.session.source_viewer import ZOOMS, SourceView
from ui.wording.sources import committee_citation, place, quote_with_citation, source_line

_CLOSE = Action("close")


def sources_html(citations: Sequence[Citation], number: int, notes: Sequence[str]) -> str:
    """The list of an answer's sources; `notes` say of each what has become of it since."""
    cards = "".join(
        _card(citation, number, note) for citation, note in zip(citations, notes, strict=True)
    )
    return (
        f'<section class="sources" aria-labelledby="sources-title">'
        f'<h2 id="sources-title" tabindex="-1">Sources of answer {number}</h2>'
        f"<ol>{cards}</ol></section>"
    )


def _card(citation: Citation, number: int, note: str) -> str:
    said = f'<span class="meta changed">{escaped(note)}</span>' if note else ""
    action = Action("open", (str(number), str(citation.n)))
    return (
        f'<li><button type="button" class="card" data-act="{escaped(action.line)}"'
        f' id="card-{number}-{citation.n}"><span class="number">{citation.n}</span> '
        f'<span class="title">{escaped(citation.title)}</span> '
        f'<span class="meta">{escaped(source_line(citation))}</span>{said}</button></li>'
    )


def no_sources_html(words: str) -> str:
    """The pane when there is nothing to show in it."""
    return (
        '<section class="sources" aria-labelledby="sources-title">'
        f'<h2 id="sources-title" tabindex="-1">Sources</h2>{note_html(words)}</section>'
    )


def view_html(view: SourceView) -> str:
    """A source opened at the quoted words."""
    citation = view.citation
    return (
        '<section class="viewer" aria-labelledby="viewer-title">'
        f'<div class="bar">{button(_CLOSE, "Back to the sources", look="quiet back")}</div>'
        f'<h2 id="viewer-title" tabindex="-1">{_number(view)}{escaped(citation.title)}</h2>'
        f'<p class="meta">{escaped(source_line(citation))}</p>'
        f"{note_html(view.note) if view.note else ''}"
        f"{_copies(view)}{_turning(view)}{_sheet(view)}{_words(view)}"
        f'<p class="file">File: <span>{escaped(citation.document)}</span></p></section>'
    )


def _number(view: SourceView) -> str:
    return f'<span class="number">{view.citation.n}</span> ' if view.quoted else ""


def _copies(view: SourceView) -> str:
    quote = copy_button("Copy quote", quote_with_citation(view.citation)) if view.quoted else ""
    citation = copy_button("Copy citation", committee_citation(view.citation))
    return f'<div class="tools">{quote}{citation}</div>'


def _words(view: SourceView) -> str:
    """The words as text: for who cannot see the picture, and where the page is not held."""
    citation = view.citation
    # Where the page is shown as text the words are marked in it; twice would be once too often.
    if view.text and view.page == citation.page:
        return ""
    said = (
        marked_html(citation.context, citation.quote)
        if view.quoted
        else escaped(citation.context or citation.quote)
    )
    return f'<h3>The words as text</h3><blockquote class="words">{said}</blockquote>'


def _turning(view: SourceView) -> str:
    if not (view.picture or view.text):
        return ""
    before, after = view.page - 1, view.page + 1
    cited = view.page == view.citation.page
    turn = (
        button(Action("page", (str(before),)), "‹ Previous", disabled=before < 1, key="page-before",
               label="Previous page")
        + f'<span aria-live="polite">Page {view.page} of {view.pages}'
        f"{'' if cited else f' (cited: {place(view.citation)})'}</span>"
        + button(Action("page", (str(after),)), "Next ›", disabled=after > view.pages,
                 key="page-after", label="Next page")
    )  # fmt: skip
    turned = turn if view.pages > 1 else ""
    back = "" if cited else button(Action("page", (str(view.citation.page),)), "Cited page")
    zooms = _zooming(view) if view.picture else ""
    return f'<div class="tools turning">{turned}{back}{zooms}</div>' if turned or zooms else ""


def _zooming(view: SourceView) -> str:
    at = ZOOMS.index(view.zoom) if view.zoom in ZOOMS else 0
    smaller, larger = ZOOMS[max(at - 1, 0)], ZOOMS[min(at + 1, len(ZOOMS) - 1)]
    return (
        '<span class="zoom">'
        + button(Action("zoom", (str(smaller),)), "Smaller", disabled=smaller == view.zoom,
                 key="zoom-out")
        + button(Action("zoom", (str(larger),)), "Larger", disabled=larger == view.zoom,
                 key="zoom-in")
        + "</span>"
    )  # fmt: skip


def _sheet(view: SourceView) -> str:
    if view.picture:
        return _picture(view, view.picture)
    if view.text:
        return _text(view)
    return ""


# ---------------------------------------------------------------- a page as a picture


def _picture(view: SourceView, picture: PagePicture) -> str:
    image = base64.b64encode(picture.image).decode("ascii")
    marked = "; the quoted words are marked" if picture.boxes and view.quoted else ""
    said = f"Page {picture.page} of {view.citation.title}{marked}"
    boxes = "".join(_box(box, first=n == 0) for n, box in enumerate(picture.boxes))
    return (
        '<div class="sheet" tabindex="0" role="group" aria-label="The page">'
        f'<div class="paper" style="width:{view.zoom:d}%">'
        f'<img src="data:{escaped(picture.media_type)};base64,{image}" alt="{escaped(said)}"'
        f' width="{picture.width:d}" height="{picture.height:d}">{boxes}</div></div>'
    )


def _box(box: Box, *, first: bool) -> str:
    name = ' id="marked-words"' if first else ""
    return (
        f'<span class="box"{name} style="left:{box.left:.3%};top:{box.top:.3%};'
        f'width:{box.width:.3%};height:{box.height:.3%}"></span>'
    )


# ---------------------------------------------------------------- a page as text


def _text(view: SourceView) -> str:
    marked = _paragraphs(view) if view.page == view.citation.page else _plain(view.text)
    return f'<div class="sheet" tabindex="0" role="group" aria-label="The text">{marked}</div>'


def _plain(text: str) -> str:
    return "".join(f"<p>{escaped(part)}</p>" for part in text.split(BETWEEN) if part.strip())


def _paragraphs(view: SourceView) -> str:
    """The page's paragraphs, the quoted words marked in theirs."""
    found = _place(view.text, view.citation) if view.quoted else None
    if found is None:
        return _plain(view.text)
    start, end = found
    first = view.text.rfind(BETWEEN, 0, start)
    first = 0 if first < 0 else first + len(BETWEEN)
    last = view.text.find(BETWEEN, end)
    last = len(view.text) if last < 0 else last
    return (
        f"{_plain(view.text[:first])}"
        f'<p class="passage">{escaped(view.text[first:start])}'
        f'<mark id="marked-words">{escaped(view.text[start:end])}</mark>'
        f"{escaped(view.text[end:last])}</p>{_plain(view.text[last:])}"
    )


def _place(text: str, citation: Citation) -> tuple[int, int] | None:
    """Where the quote stands, in its own passage where the same words stand in others too."""
    around = find_quote(citation.context, text) or (0, len(text))
    found = find_quote(citation.quote, text[slice(*around)])
    return (around[0] + found[0], around[0] + found[1]) if found else None
