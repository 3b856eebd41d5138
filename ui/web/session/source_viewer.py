"""What is to be seen of a source that was chosen: its page drawn, its text, or the frozen words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ingest.pages.page_images import PagePicture, Pictures
from ingest.reading.filetype import sniff
from rag.errors import IngestError
from rag.library.library import Library
from rag.library.provenance import SENTENCES, CitationStatus, citation_status, held_as
from rag.question.older import older_reports
from rag.types import Citation, Document
from ui.web.session.services import WebServices
from ui.wording.sources import older_note
from ui.wording.translation import tr

_HEAD = 4096


ZOOMS = (0, 70, 100, 150, 200)
"""How wide a page may be drawn: 0 fits its pane, the others are hundredths of the window, over
which the pane is then laid."""


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """What a reader has opened: a citation of turn `turn`, at a page, at a zoom.

    `near` is a nearest passage of a refusal rather than a source of an answer.
    """

    turn: int
    n: int
    near: bool = False
    page: int | None = None
    zoom: int = ZOOMS[0]


def view(services: WebServices, citation: Citation, opened: OpenedSource) -> SourceView:
    """The source of a citation as it can be seen now."""
    shown = SourceView(
        citation,
        opened.page or citation.page,
        note=told_of(services.library, citation),
        zoom=opened.zoom,
        quoted=not opened.near,
    )
    name = held_as(services.library, citation)
    if name is None:
        return shown
    entry = services.library.entry(name)
    page = min(max(shown.page, 1), entry.pages)
    shown = replace(shown, page=page, pages=entry.pages, held=True)
    file = services.library.original(entry.document)
    if file is not None and _is_pdf(file):
        return _drawn(services.library, services.pictures, shown, entry.document, file)
    return replace(shown, text=services.library.page_text(name, shown.page) or "")


def told_of(library: Library, citation: Citation) -> str:
    """What has become of a citation's source since, or that there is a newer one, in a sentence;
    empty where there is nothing to tell."""
    state = citation_status(library, citation)
    if state is not CitationStatus.HELD:
        return SENTENCES[state]
    return older_note(citation.document, older_reports(library.documents()))


def _drawn(
    library: Library, pictures: Pictures, shown: SourceView, document: Document, file: Path
) -> SourceView:
    citation = shown.citation
    cited = shown.page == citation.page and shown.quoted
    try:
        picture = pictures.draw(
            file, shown.page, citation.quote if cited else "", citation.context if cited else ""
        )
    except IngestError as error:
        text = library.page_text(document.name, shown.page) or ""
        return replace(shown, text=text, note=tr("The page could not be drawn. {}").format(error))
    unmarked = tr("The quoted words could not be marked on this page: they stand as text above it.")
    note = shown.note or (unmarked if cited and not picture.boxes else "")
    return replace(shown, picture=picture, note=note)


def _is_pdf(file: Path) -> bool:
    try:
        with file.open("rb") as data:
            return sniff(data.read(_HEAD), file.name) == "pdf"
    except (OSError, IngestError):
        return False


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source opened at a page: its picture or its text, and what has become of it since.

    `text` is the page's stored text; `note` says why the page itself is not shown, or what has
    changed since it was cited.
    """

    citation: Citation
    page: int
    pages: int = 1
    picture: PagePicture | None = None
    text: str = ""
    note: str = ""
    zoom: int = ZOOMS[0]
    held: bool = False
    """Whether the document is held as it was cited."""
    quoted: bool = True
    """Whether the words are quoted in an answer; the nearest passages of a refusal are not."""
