"""The pages speak another language from catalogues that are whole, English where none is chosen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from script_modules import script_module

from rag.types import Kind
from ui.wording.dates import UNKNOWN, spoken_date, spoken_span
from ui.wording.lists import count_words, listed
from ui.wording.sources import counted_kinds
from ui.wording.translation import CATALOGUES, ENGLISH, LANGUAGES, WELSH, speak, tr

catalogues = script_module("update_catalogues")
PLACE = re.compile(r"\{[^}]*\}")
PAGES = Path(__file__).parents[2] / "ui" / "web"
# What is for administrators alone, who are told that their page is in English.
ENGLISH_ALONE = {"administration.py"}
# Words of the program that stand for themselves: a name, a type variable.
NAMES = {"PDF", "Scrutiny Desk", "Ask", "About", "Accessibility", "Made", "Progress", "SHA-256"}


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak(ENGLISH)


def texts_of(language: str) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """The texts of a catalogue, each with its forms, and their translations."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {forms(each.id): forms(each.string) for each in catalogue if each.id}


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_text_of_the_pages_and_no_other(language: str) -> None:
    texts = {forms(message.id) for message in catalogues.texts() if message.id}
    held = texts_of(language)
    assert held.keys() == texts, "run scripts/update_catalogues.py"
    assert not [text for text, translated in held.items() if not all(map(str.strip, translated))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_text_and_the_space_around_it(language: str) -> None:
    for text, translated in texts_of(language).items():
        for form in translated:
            assert PLACE.findall(form) == PLACE.findall(text[0])
            assert (form[0] == " ", form[-1] == " ") == (text[0][0] == " ", text[0][-1] == " ")


def test_bringing_the_catalogues_up_to_date_keeps_what_is_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in LANGUAGES:
        kept = (CATALOGUES / f"{language}.po").read_bytes()
        (tmp_path / f"{language}.po").write_bytes(kept)
    monkeypatch.setattr(catalogues, "CATALOGUES", tmp_path)
    catalogues.main()
    assert 'msgstr "Ffynonellau"' in (tmp_path / f"{WELSH}.po").read_text(encoding="utf-8")


def test_the_welsh_says_that_it_needs_a_translator() -> None:
    head = (CATALOGUES / f"{WELSH}.po").read_text(encoding="utf-8")[:300]
    assert "needs a translator" in head
    assert "drafft" in LANGUAGES[WELSH]


def test_a_text_is_told_in_the_language_that_is_spoken() -> None:
    assert tr("Sources") == "Sources"
    speak(WELSH)
    assert tr("Sources") == "Ffynonellau"
    assert tr("A text of no catalogue") == "A text of no catalogue"
    speak("tlh")
    assert tr("Sources") == "Sources"


def test_counts_lists_kinds_and_dates_are_told_in_the_language_that_is_spoken() -> None:
    speak(WELSH)
    pages = [count_words(number, "page", "pages") for number in (1, 2, 3, 4, 6)]
    assert pages == ["1 dudalen", "2 dudalen", "3 tudalen", "4 tudalen", "6 thudalen"]
    kinds = [*[Kind.NEWS] * 3, *[Kind.INSPECTION_REPORT] * 2]
    assert counted_kinds(kinds) == "2 adroddiad arolygu a 3 adroddiad yn y wasg"
    assert listed(["Abertawe", "Caerdydd"]) == "Abertawe a Caerdydd"
    assert listed(["Caerdydd", "Abertawe"]) == "Caerdydd ac Abertawe"
    assert spoken_date(date(2024, 3, 4)) == "4 Mawrth 2024"
    assert spoken_span(date(2024, 3, 4), date(2024, 4, 8)) == "4 Mawrth hyd 8 Ebrill 2024"
    assert spoken_date(None) == tr(UNKNOWN) != UNKNOWN


def test_every_text_of_a_page_goes_through_the_catalogues() -> None:
    missed = []
    for folder in ("pages", "panes", "render"):
        for file in sorted((PAGES / folder).rglob("*.py")):
            if file.name not in ENGLISH_ALONE:
                missed += [f"{file.name}: {text}" for text in untranslated(file)]
    assert missed == []


def untranslated(file: Path) -> Iterator[str]:
    """The literals of a module that begin as a text does, and those of HTML with words in it, that
    no function of the catalogues takes."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    taken = set()
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in catalogues.KEYWORDS:
            taken |= set(ast.walk(call))
    # What gathers the texts does not look into the parts of a formatted string.
    for each in ast.walk(tree):
        if isinstance(each, ast.JoinedStr):
            taken -= set(ast.walk(each))
    docstrings = {each.value for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if not isinstance(each, ast.Constant) or not isinstance(each.value, str):
            continue
        shown = re.sub(r"<[^>]*>|</?[a-z].*$|\{[^}]*\}", "", each.value).strip()
        labels = " ".join(re.findall(r'(?:aria-label|title|alt)="([^"{]*)"', each.value))
        is_text = re.match(r"[“‹]?[A-Z][a-z’']+( |\.|:|$)|A ", shown) or labels
        if is_text and each not in taken | docstrings and shown not in NAMES:
            yield each.value
