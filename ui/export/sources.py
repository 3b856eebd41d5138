"""Pure: the list of files that a paper rests on, so that each can be found again years later."""

from __future__ import annotations

from collections.abc import Iterable

from rag.packs.types import SourceFile
from rag.types import Citation, Document
from ui.export.paper import Items, PaperSection, PaperWords, Paragraph, Run, paper_words
from ui.wording.dates import spoken_date, spoken_moment

_TOLD = (
    "Each file is named as it is held in the library. Its SHA-256 is a fingerprint: a file with "
    "the same one is the same file, letter for letter."
)
_NOT_HELD = "no longer in the library when this paper was made"


def source_files(cited: Iterable[Citation], held: Iterable[Document]) -> tuple[SourceFile, ...]:
    """The files of citations; `held` are the library's documents, whose dates of adding are told.

    A file that is not held any more is listed as its citation froze it, without such a date.
    """
    added = {document.sha256: document.added for document in held}
    return tuple(
        SourceFile(
            each.document, each.title, each.publisher, each.kind, each.date, each.sha256,
            added.get(each.sha256, ""),
        )
        for each in cited
    )  # fmt: skip


def sources_section(files: Iterable[SourceFile]) -> tuple[PaperSection, ...]:
    """The section that lists the files; none where there are none."""
    listed = tuple(_source(each) for each in files)
    if not listed:
        return ()
    return (PaperSection("Sources", (Paragraph(paper_words(_TOLD), quiet=True), Items(listed))),)


def _source(file: SourceFile) -> PaperWords:
    day = spoken_date(file.date)
    publisher = file.publisher or "publisher not known"
    added = f"added to the library on {spoken_moment(file.added)}" if file.added else _NOT_HELD
    about = f". {publisher}, {file.kind.words}, {day}. "
    return (
        Run(file.title, strong=True),
        Run(f"{about}File {file.document}, {added}. SHA-256 {file.sha256}"),
    )
