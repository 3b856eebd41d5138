"""Pure: the list of files that a paper rests on, so that each can be found again years later."""

from __future__ import annotations

from collections.abc import Iterable

from rag.packs.types import SourceFile
from rag.question.older import NO_OLDER, Older
from rag.types import Citation, Document
from ui.export.paper import Items, PaperSection, PaperWords, Run, paragraph
from ui.wording.dates import inspected_and_published, spoken_moment
from ui.wording.sources import older_note

_ABOUT = (
    "Each file is named as it is held in the library. Its SHA-256 is a fingerprint: a file with "
    "the same one is the same file, letter for letter."
)
_NOT_HELD = "no longer in the library when this paper was made"


def source_files(
    citations: Iterable[Citation], documents: Iterable[Document]
) -> tuple[SourceFile, ...]:
    """The files of citations; `documents` are the library's, whose dates of adding are told.

    A file that is not held any more is listed as its citation froze it, without such a date.
    """
    added = {document.sha256: document.added for document in documents}
    files = []
    for cited in citations:
        about = (cited.document, cited.title, cited.publisher, cited.kind, cited.date)
        files.append(SourceFile(*about, cited.sha256, added.get(cited.sha256, ""), cited.inspected))
    return tuple(files)


def sources_section(
    files: Iterable[SourceFile], older: Older = NO_OLDER
) -> tuple[PaperSection, ...]:
    """The section that lists the files, and which of them are `older` reports; none where there are
    none."""
    items = Items(tuple([_source(file, older) for file in files]))
    return (PaperSection("Sources", (paragraph(_ABOUT, quiet=True), items)),) if items.items else ()


def _source(file: SourceFile, older: Older) -> PaperWords:
    publisher = file.publisher or "publisher not known"
    added = f"added to the library on {spoken_moment(file.added)}" if file.added else _NOT_HELD
    about = (
        f". {publisher}, {file.kind.words}, {inspected_and_published(file.date, file.inspected)}. "
    )
    if note := older_note(file.document, older):
        about += f"{note} "
    return (
        Run(file.title, strong=True),
        Run(f"{about}File {file.document}, {added}. SHA-256 {file.sha256}"),
    )
