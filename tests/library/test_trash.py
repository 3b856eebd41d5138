"""A removed document is out of every index, and comes back exactly as it was."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from shared_data import WordEmbedder, found, made, put, vectors_held

from rag.errors import LibraryError, LibraryLocked, UnknownDocument
from rag.library.library import Library
from rag.types import Description, Document, Kind, Passage

pytestmark = pytest.mark.usefixtures("engine")

SUPPORT = Path(__file__).parents[1] / "support"
PLAN = "The council will recruit twenty social workers by the spring."
REPORT = "Caseloads are too high in the assessment teams."
LONG = " ".join(f"Finding {n} of {n * 7} says that {n * 13} cases were late." for n in range(40))


def whole(library: Library) -> list[tuple[Document, tuple[Passage, ...], bytes]]:
    """Everything held, to the last byte of its vectors."""
    vectors_of = dict(library._database.rows("SELECT document, content FROM vectors"))
    return [
        (
            library.document(d.name),
            library.passages(d.name),
            vectors_of[d.name],
        )
        for d in library.documents()
    ]


def test_a_document_set_aside_is_in_no_index_and_comes_back_whole(library: Library) -> None:
    described = Description(
        "Improvement plan", "Wrenmoor Council", Kind.COUNCIL_DOCUMENT, date(2024, 7, 1),
        councils=("Wrenmoor",), guessed=frozenset({"kind"}), edited=frozenset({"title"}),
    )  # fmt: skip
    put(library, "plan.docx", PLAN, *[f"{REPORT} {n}" for n in range(30)], origin="/docs")
    library.describe("plan.docx", described)
    put(library, "report.pdf", REPORT)
    before, origins = whole(library), library.origins()
    embedder = library.embedder
    assert isinstance(embedder, WordEmbedder)
    encoded = len(embedder.encoded)

    library.set_aside("plan.docx")
    assert [d.name for d in library.documents()] == ["report.pdf"]
    assert library.matching(["recruit"], 5) == []
    assert vectors_held(library) == (1, 1)
    (aside,) = library.aside()
    assert (aside.name, aside.title) == ("plan.docx", "Improvement plan")

    library.put_back("plan.docx")
    assert len(embedder.encoded) == encoded
    assert whole(library) == before
    assert library.origins() == origins
    assert library.aside() == ()
    assert found(library, "council recruit") == ["plan.docx"]
    held, passages = vectors_held(library)
    assert held == passages > 1


def test_the_file_is_kept_as_long_as_the_document_is_aside(library: Library) -> None:
    document = put(library, "plan.docx", PLAN)
    with library.writing():
        library.keep_original(document.sha256, ".docx", b"bytes")
    library.set_aside("plan.docx")
    put(library, "report.pdf", REPORT)
    library.remove("report.pdf")
    with library.writing():
        library.recover()
    assert library.original(document) is not None
    library.discard("plan.docx")
    assert library.original(document) is None
    assert library.aside() == ()


def test_removing_for_good_keeps_nothing(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    library.remove("plan.docx")
    assert library.aside() == ()


def test_links_to_documents_that_restate_it_go_and_come_with_it(library: Library) -> None:
    put(library, "report.pdf", LONG)
    put(library, "article.html", f"Inspectors have reported. {LONG}")
    put(library, "leaflet.txt", f"Read this. {LONG}")
    with library.writing():
        library.relate()
    library.set_aside("report.pdf")
    assert library.document("article.html").related == ("leaflet.txt",)
    library.remove("leaflet.txt")
    assert library.document("article.html").related == ()
    library.put_back("report.pdf")
    assert library.document("article.html").related == ("report.pdf",)
    assert library.document("report.pdf").related == ("article.html",)


def test_what_is_not_there_can_be_neither_removed_nor_put_back(library: Library) -> None:
    for act in (library.set_aside, library.put_back, library.discard):
        with pytest.raises(UnknownDocument, match="scrutiny"):
            act("missing")
    assert library.aside() == ()


def test_a_document_is_not_put_back_over_another_of_its_name(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    library.set_aside("plan.docx")
    put(library, "plan.docx", REPORT)
    with pytest.raises(LibraryError, match="remove that one for good first"):
        library.put_back("plan.docx")
    assert found(library, "high") == ["plan.docx"]
    assert [one.name for one in library.aside()] == ["plan.docx"]
    library.remove("plan.docx")
    library.put_back("plan.docx")
    assert found(library, "council recruit") == ["plan.docx"]


def test_a_document_is_not_put_back_beside_the_same_file(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    library.set_aside("plan.docx")
    put(library, "copy.docx", PLAN)
    with pytest.raises(LibraryError, match=r"held as 'copy\.docx' by now"):
        library.put_back("plan.docx")
    assert [d.name for d in library.documents()] == ["copy.docx"]


def test_the_last_of_a_name_set_aside_is_the_one_kept(library: Library) -> None:
    old = put(library, "plan.docx", PLAN)
    with library.writing():
        library.keep_original(old.sha256, ".docx", b"old")
    library.set_aside("plan.docx")
    put(library, "plan.docx", REPORT)
    library.set_aside("plan.docx")
    assert len(library.aside()) == 1
    assert library.original(old) is None
    library.put_back("plan.docx")
    assert found(library, "high") == ["plan.docx"]


def test_a_document_without_passages_comes_back_too(library: Library) -> None:
    document, _ = made("empty.txt", PLAN)
    with library.writing():
        library.put(document, (), library.embedder.encode([]))
    library.set_aside("empty.txt")
    library.put_back("empty.txt")
    assert replace(library.document("empty.txt"), added="") == document


def test_nothing_is_set_aside_while_another_program_writes(library: Library) -> None:
    put(library, "plan.docx", PLAN)
    other = Library(library.folder, WordEmbedder())
    with library.writing():
        for act in (other.set_aside, other.put_back, other.discard):
            with pytest.raises(LibraryLocked, match="wait until"):
                act("plan.docx")
    other.close()
    assert found(library, "council recruit") == ["plan.docx"]


KILLED = """
    import os, sys
    sys.path.insert(0, sys.argv[1])
    from pathlib import Path
    from shared_data import WordEmbedder
    from rag.library.library import Library
    from rag.library.source_files import SourceFiles
    from rag.library.chroma import VectorStore

    steps = int(sys.argv[3])
    owner = {"add": VectorStore, "remove": VectorStore, "sweep": SourceFiles}

    def dying(name, whole):
        def step(*given):
            global steps
            if steps == 0:
                os._exit(9)
            steps -= 1
            result = whole(*given)
            if steps == 0:
                os._exit(9)
            steps -= 1
            return result
        setattr(owner[name], name, step)

    for name in owner:
        dying(name, getattr(owner[name], name))
    getattr(Library(Path(sys.argv[2]), WordEmbedder()), sys.argv[4])("plan.docx")
"""
"""Does one thing to the document, and dies before or after a step that touches vectors or files."""


@pytest.mark.files
@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize("act", ["set_aside", "put_back"])
def test_a_program_killed_at_any_step_leaves_the_document_held_or_aside(
    library: Library, act: str, step: int
) -> None:
    document = put(library, "plan.docx", PLAN, REPORT)
    put(library, "report.pdf", REPORT)
    with library.writing():
        library.keep_original(document.sha256, ".docx", b"bytes")
    if act == "put_back":
        library.set_aside("plan.docx")
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(SUPPORT), str(library.folder)]
    died = subprocess.run([*command, str(step), act], check=False, timeout=120).returncode
    assert died in ((9,) if step < 2 else (9, 0))

    held = "plan.docx" in library.held_hashes().values()
    assert held != bool(library.aside())
    if not held:
        assert found(library, "council recruit") == []
    with library.writing():
        library.recover()
    if not held:
        library.put_back("plan.docx")
    assert found(library, "council recruit") == ["plan.docx"]
    assert library.original(document) is not None
    assert vectors_held(library) == (2, 2)
