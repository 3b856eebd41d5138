"""An uploaded file is a document by its bytes: its name is shown, and never becomes a path."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_data import WordEmbedder

from ingest.events import IngestOutcome, Status
from ingest.pipeline import ingest
from ingest.sources.gather import SourceFound, SourceMissing, gather
from ingest.sources.upload import (
    LONGEST_NAME,
    IngestSource,
    Upload,
    safe_name,
    source_name,
    stored_upload,
)
from rag.errors import UnknownDocument, Unreadable
from rag.library.library import Library
from rag.settings import Settings
from rag.types import Kind


class Desk:
    """A library, and what came of the last ingest into it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(library=folder / "library")
        self.library = Library(self.settings.library, WordEmbedder())
        self.reasons: dict[str, str] = {}

    def add(self, *sources: IngestSource, again: bool = False) -> dict[str, Status]:
        outcomes: list[IngestOutcome] = []
        ingest(
            sources,
            self.settings,
            again=again,
            library=self.library,
            on_event=lambda event: (
                outcomes.append(event) if isinstance(event, IngestOutcome) else None
            ),
        )
        self.reasons = {one.document: one.reason for one in outcomes}
        return {one.document: one.status for one in outcomes}

    def text(self, name: str) -> str | None:
        return self.library.page_text(name, 1)

    @property
    def held(self) -> list[str]:
        return [document.name for document in self.library.documents()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def report(words: str, name: str = "report.txt") -> Upload:
    return Upload(name, f"The inspectors wrote that {words}.".encode())


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Inspection of Croydon.pdf", "Inspection of Croydon.pdf"),
        ("C:\\Users\\clerk\\report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "document"),
        ("/", "document"),
        ("", "document"),
        (" . .. ", "document"),
        (".bashrc", "bashrc"),
        ("a\x00b\x1b[31m.pdf", "ab[31m.pdf"),
        ("two\nlines.pdf", "two lines.pdf"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("re\u200bport\ufeff.pdf", "report.pdf"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ("half\ud800.pdf", "half?.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("x" * 300, "x" * 150),
        ("a." + "b" * 300, "a." + "b" * 148),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(name: str, safe: str) -> None:
    assert safe_name(name) == safe


NAMES = st.text(st.characters() | st.sampled_from("./\\\x00 \u202e\u200b\ud800~"), max_size=400)


@given(NAMES)
def test_no_name_is_more_than_one_plain_part_of_a_path(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= LONGEST_NAME
    assert not set(safe) & set("/\\")
    assert not safe.startswith(".")
    assert safe == safe.strip()
    assert not {unicodedata.category(char) for char in safe} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert safe_name(safe) == safe
    assert Path("folder", safe).parent == Path("folder")


@given(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=300))
def test_a_long_name_keeps_its_suffix(stem: str) -> None:
    assert safe_name(f"{stem}.pdf").endswith(".pdf")


@pytest.mark.parametrize(
    "name",
    [
        "../../../outside.txt",
        "..\\..\\outside.txt",
        "/tmp/outside.txt",
        "a\x00b.txt",
        "..",
        ".",
        "CON.txt",
        "x.txt/../../outside",
        "writing.lock",
        "library.sqlite3",
        "\ud800.txt",
        "<img src=x onerror=alert(1)>.txt",
        "x" * 5000 + ".txt",
        "name.%2e%2e%2foutside",
        "a.t/xt",
        "a.\u202etxt",
    ],
)
def test_nothing_is_written_outside_the_library_whatever_a_file_is_called(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    (name_held,) = desk.add(report("caseloads fell", name))
    assert name_held == safe_name(name)
    assert [path.name for path in tmp_path.iterdir()] == ["library"]
    held = desk.library.entry(name_held).document
    original = desk.library.original(held)
    assert original is not None
    assert original.parent == desk.settings.library / "originals"
    assert original.name.startswith(held.sha256)


# ---------------------------------------------------------------- what comes of an upload


def test_an_upload_becomes_a_file_to_read(tmp_path: Path) -> None:
    (found,) = gather([Upload("../a.txt", b"Words.")], Settings(library=tmp_path))
    assert isinstance(found, SourceFound)
    assert (found.name, found.origin, found.data()) == ("a.txt", "uploaded", b"Words.")


def test_an_upload_that_is_too_large_is_missed(tmp_path: Path) -> None:
    settings = Settings(library=tmp_path, max_file_mb=1)
    (missed,) = gather([Upload("a.txt", b"x" * (1024 * 1024 + 1))], settings)
    assert isinstance(missed, SourceMissing)
    assert "larger than 1 MiB. Split it" in str(missed.error)


def test_what_is_uploaded_again_is_unchanged_or_replaces_what_was_uploaded(desk: Desk) -> None:
    assert desk.add(report("caseloads fell")) == {"report.txt": Status.ADDED}
    assert desk.add(report("caseloads fell")) == {"report.txt": Status.UNCHANGED}
    assert desk.add(report("caseloads rose")) == {"report.txt": Status.REPLACED}
    assert desk.held == ["report.txt"]
    assert desk.text("report.txt") == "The inspectors wrote that caseloads rose."


def test_an_upload_does_not_take_the_place_of_a_file_from_a_folder(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "report.txt").write_text("The folder has this report.")
    desk.add(str(folder))
    for words in ("caseloads fell", "caseloads rose"):
        (name,) = desk.add(report(words))
        assert name == "report (uploaded).txt"
    assert desk.held == ["report (uploaded).txt", "report.txt"]
    assert desk.text("report.txt") == "The folder has this report."
    assert "rose" in (desk.text("report (uploaded).txt") or "")
    assert desk.add(str(folder)) == {"report.txt": Status.UNCHANGED}


def test_a_folder_does_not_take_the_place_of_an_upload(desk: Desk, tmp_path: Path) -> None:
    desk.add(report("caseloads fell"))
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "report.txt").write_text("The folder has this report.")
    assert desk.add(str(folder)) == {"docs/report.txt": Status.ADDED}
    assert len(desk.held) == 2


def test_the_same_file_as_one_from_a_folder_is_a_duplicate(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(report("caseloads fell").data)
    desk.add(str(tmp_path / "report.txt"))
    assert set(desk.add(report("caseloads fell")).values()) == {Status.DUPLICATE}
    assert set(desk.add(report("caseloads fell", "other.txt")).values()) == {Status.DUPLICATE}
    assert desk.reasons["other.txt"] == "The same file is held as report.txt."
    assert desk.held == ["report.txt"]


def test_two_uploads_of_one_name_are_two_documents(desk: Desk) -> None:
    twins = [report("caseloads fell"), report("caseloads rose")]
    desk.add(*twins)
    assert desk.held == ["report (uploaded).txt", "report.txt"]
    assert set(desk.add(*twins).values()) == {Status.UNCHANGED}
    assert set(desk.add(*reversed(twins)).values()) == {Status.UNCHANGED}


def test_the_same_upload_twice_is_one_document(desk: Desk) -> None:
    assert sorted(desk.add(report("caseloads fell"), report("caseloads fell")).values()) == [
        Status.ADDED,
        Status.DUPLICATE,
    ]
    assert desk.held == ["report.txt"]


def test_uploading_the_wrong_file_takes_nothing_away(desk: Desk) -> None:
    desk.add(report("caseloads fell", "a.txt"), report("caseloads rose", "b.txt"))
    assert desk.add(report("caseloads fell", "b.txt")) == {"b.txt": Status.DUPLICATE}
    assert desk.held == ["a.txt", "b.txt"]


# ---------------------------------------------------------------- reading again


def test_a_document_read_again_keeps_its_name_its_origin_and_what_was_said_of_it(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "docs"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text("Words of a report.")
    (folder / "manifest.toml").write_text('["sub/a.txt"]\ntitle = "Given"\nkind = "news"\n')
    desk.add(str(folder))
    before = desk.library.document("sub/a.txt")
    desk.library.describe("sub/a.txt", replace(before.description, title="A broken reading"))
    edited = replace(before.description, publisher="The clerk", edited=frozenset({"publisher"}))
    desk.library.describe("sub/a.txt", edited)
    (folder / "sub" / "a.txt").unlink()
    source = stored_upload(desk.library, "sub/a.txt")
    assert source_name(source) == "sub/a.txt"
    assert desk.add(source, again=True) == {"sub/a.txt": Status.REPLACED}
    assert desk.reasons["sub/a.txt"] == "It was read again."
    after = desk.library.document("sub/a.txt").description
    assert (after.title, after.kind, after.publisher) == ("Given", Kind.NEWS, "The clerk")
    assert after.edited == {"publisher"}
    assert desk.library.origins()["sub/a.txt"] == str(folder)
    assert desk.add(source) == {"sub/a.txt": Status.UNCHANGED}


def test_what_was_guessed_is_guessed_afresh(desk: Desk) -> None:
    desk.add(report("caseloads fell"))
    held = desk.library.document("report.txt").description
    assert "title" in held.guessed
    desk.library.describe("report.txt", replace(held, title="An older program's guess"))
    desk.add(stored_upload(desk.library, "report.txt"), again=True)
    assert desk.library.document("report.txt").description == held


def test_a_web_page_read_again_keeps_its_address(desk: Desk) -> None:
    data = (
        b"<html><head><title>Council fined</title></head><body><article><h1>Council fined</h1>"
        b"<p>The council was fined by the inspectors after a long and difficult year.</p>"
        b"<p>It said that it would put things right before the next inspection.</p></article>"
    )
    desk.add(Upload("page.html", data))
    held = desk.library.document("page.html")
    passages, address = desk.library.passages("page.html"), "https://news.example/a"
    vectors = desk.library.embedder.encode([one.text for one in passages])
    with desk.library.writing():
        desk.library.put(held, passages, vectors, address)
    source = stored_upload(desk.library, "page.html")
    assert (source.origin, source.url) == (address, address)
    assert desk.add(source, again=True) == {"page.html": Status.REPLACED}
    assert desk.library.document("page.html").description.source_url == address
    assert desk.library.origins()["page.html"] == address


def test_what_is_not_held_or_not_kept_cannot_be_read_again(desk: Desk) -> None:
    with pytest.raises(UnknownDocument):
        stored_upload(desk.library, "report.txt")
    desk.add(report("caseloads fell"))
    path = desk.library.original(desk.library.document("report.txt"))
    assert path is not None
    path.unlink()
    with pytest.raises(Unreadable, match="Add the document again"):
        stored_upload(desk.library, "report.txt")
