"""What a person says of a document wins over the rules, and mistakes are named clearly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.sources.manifest import (
    Manifest,
    ManifestEntry,
    ManifestError,
    is_manifest,
    load_entry,
    load_manifest,
    manifest_entry,
    override,
    settled,
)
from rag.types import Description, Kind


def write(path: Path, words: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


def test_a_folder_without_a_manifest_has_no_entries(tmp_path: Path) -> None:
    assert load_manifest(tmp_path) == Manifest()
    assert load_manifest(tmp_path).entry("a.pdf") == ManifestEntry()


def test_a_manifest_gives_fields_by_path(tmp_path: Path) -> None:
    write(
        tmp_path / "manifest.toml",
        '["reports/2022.pdf"]\ntitle = "A"\nkind = "news"\npublished = 2022-07-29\n'
        'inspected_from = "2022-06-06"\ncouncils = ["Wrenmoor"]\n',
    )
    assert load_manifest(tmp_path).entry("reports/2022.pdf").fields == {
        "title": "A",
        "kind": Kind.NEWS,
        "published": date(2022, 7, 29),
        "inspected_from": date(2022, 6, 6),
        "councils": ("Wrenmoor",),
    }


def test_a_file_beside_a_document_wins_over_the_manifest(tmp_path: Path) -> None:
    write(tmp_path / "manifest.toml", '["a/b.pdf"]\ntitle = "From above"\npublisher = "P"\n')
    document = write(tmp_path / "a" / "b.pdf", "words")
    beside = write(tmp_path / "a" / "b.pdf.toml", 'title = "From beside"\n')
    fields = load_manifest(tmp_path).entry("a/b.pdf").fields
    assert fields == {"title": "From beside", "publisher": "P"}
    assert load_entry(document).fields == {"title": "From beside"}
    assert load_entry(tmp_path / "other.pdf") == ManifestEntry()
    assert is_manifest(beside)
    assert is_manifest(tmp_path / "manifest.toml")
    assert not is_manifest(document)


def test_a_toml_file_that_stands_alone_is_no_entry(tmp_path: Path) -> None:
    alone = write(tmp_path / "notes.toml", "anything = 1\n")
    assert load_manifest(tmp_path) == Manifest()
    assert not is_manifest(alone)


TITLE, PUBLISHED = frozenset({"title"}), frozenset({"publisher", "kind"})


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ('["a.pdf"]\ntitel = "A"\n', "a.pdf: titel is not known: use one of title, publisher"),
        ('["a.pdf"]\ntitle = 3\n', "a.pdf: title is 3: give it some text"),
        ('["a.pdf"]\nkind = "gossip"\n', "a.pdf: kind is 'gossip': give one of inspection_report"),
        ('["a.pdf"]\npublished = "May 2022"\n', "a.pdf: published is 'May 2022': give a date"),
        ('["a.pdf"]\npublished = 2022\n', "a.pdf: published is 2022: give a date"),
        ('["a.pdf"]\ncouncils = "Croydon"\n', "a.pdf: councils is 'Croydon': give a list"),
        ('title = "A"\n', "title stands outside a table"),
        ('["a.pdf"\n', "is not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(
    tmp_path: Path, words: str, complaint: str
) -> None:
    path = write(tmp_path / "manifest.toml", words)
    with pytest.raises(ManifestError) as raised:
        load_manifest(tmp_path)
    assert complaint in str(raised.value)
    assert str(path) in str(raised.value)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(ManifestError, match="not valid TOML"):
        load_manifest(tmp_path)


def test_given_fields_replace_found_ones_and_are_no_longer_guessed() -> None:
    found = Description(
        title="By rule",
        kind=Kind.OTHER,
        councils=("Croydon",),
        guessed=frozenset({"title", "kind", "councils"}),
    )
    told = override(found, ManifestEntry({"title": "Given", "councils": ()}))
    assert told == Description(title="Given", kind=Kind.OTHER, guessed=frozenset({"kind"}))
    assert override(found, ManifestEntry()) == found


FOUND = Description("By rule", publisher="Rule", guessed=frozenset({"title", "publisher", "kind"}))
HELD = Description("By a person", publisher="Long ago", edited=TITLE, guessed=frozenset({"kind"}))


@pytest.mark.parametrize(
    ("given", "held", "told"),
    [
        ({}, None, FOUND),
        (
            {"title": "Given"},
            None,
            replace(FOUND, title="Given", guessed=PUBLISHED),
        ),
        (
            {},
            HELD,
            replace(
                FOUND,
                title="By a person",
                guessed=PUBLISHED,
                edited=TITLE,
            ),
        ),
        (
            {"title": "Given", "publisher": "Given"},
            HELD,
            replace(
                FOUND,
                title="By a person",
                publisher="Given",
                guessed=frozenset({"kind"}),
                edited=TITLE,
            ),
        ),
    ],
)
def test_a_person_wins_over_a_manifest_and_a_manifest_over_the_rules(
    given: dict[str, object], held: Description | None, told: Description
) -> None:
    assert settled(FOUND, ManifestEntry(given), held) == told


def test_a_person_may_empty_a_field() -> None:
    held = Description("A", publisher=None, edited=frozenset({"publisher"}))
    assert settled(FOUND, ManifestEntry({"publisher": "Given"}), held).publisher is None


def test_what_is_neither_guessed_nor_edited_was_given() -> None:
    held = replace(FOUND, councils=("Croydon",), edited=TITLE, guessed=frozenset({"kind"}))
    assert manifest_entry(held) == ManifestEntry({"councils": ("Croydon",), "publisher": "Rule"})
    assert manifest_entry(FOUND) == ManifestEntry()


def test_a_manifest_may_pass_files_over(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text('pass_over = ["drafts/*", "*.bak"]\n', "utf-8")
    manifest = load_manifest(tmp_path)
    assert manifest.passes_over("drafts/plan.docx")
    assert manifest.passes_over("old.bak")
    assert not manifest.passes_over("plan.docx")


def test_what_is_passed_over_must_be_a_list_of_paths(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("pass_over = 3\n", "utf-8")
    with pytest.raises(ManifestError, match="pass_over"):
        load_manifest(tmp_path)
