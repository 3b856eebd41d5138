"""What could not be taken in is remembered until it can be."""

from __future__ import annotations

import pytest
from shared_data import WordEmbedder, put

from rag.library.library import Library

pytestmark = pytest.mark.usefixtures("engine")


def names(library: Library) -> list[str]:
    return [refused.name for refused in library.refused()]


def test_refusals_are_listed_newest_first_each_name_once(library: Library) -> None:
    library.note_refused("a.pdf", "It is broken.")
    library.note_refused("b.pdf", "It is scanned.")
    library.note_refused("a.pdf", "It is encrypted. Save it without a password.")
    assert names(library) == ["a.pdf", "b.pdf"]
    first = library.refused()[0]
    assert first.reason == "It is encrypted. Save it without a password."
    assert first.at.endswith("+00:00")


def test_a_refusal_is_forgotten_on_request_and_when_the_document_is_held(library: Library) -> None:
    library.note_refused("a.txt", "It is broken.")
    library.note_refused("b.txt", "It is broken.")
    library.forget_refused("a.txt")
    library.forget_refused("a.txt")
    assert names(library) == ["b.txt"]
    put(library, "b.txt", "It can be read now.")
    assert names(library) == []


def test_a_name_with_half_a_character_is_remembered_and_forgotten(library: Library) -> None:
    library.note_refused("caf\udce9.pdf", "It cannot be opened: caf\udce9.pdf.")
    assert names(library) == ["caf?.pdf"]
    library.forget_refused("caf\udce9.pdf")
    assert names(library) == []


def test_refusals_are_noted_while_the_library_is_being_written_to(library: Library) -> None:
    other = Library(library.folder, WordEmbedder())
    with library.writing():
        other.note_refused("a.pdf", "It is broken.")
    other.close()
    assert names(library) == ["a.pdf"]
