"""The pages speak another language from catalogues that are whole, English where none is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from script_modules import script_module

from ui.wording.translation import CATALOGUES, ENGLISH, LANGUAGES, WELSH, speak, tr, words

catalogues = script_module("update_catalogues")
PLACE = re.compile(r"\{[^}]*\}")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak(ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_text_of_the_pages_and_no_other(language: str) -> None:
    texts = {message.id for message in catalogues.texts() if message.id}
    held = words(language)
    assert held.keys() == texts, "run scripts/update_catalogues.py"
    assert not [text for text, translated in held.items() if not translated.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_text(language: str) -> None:
    for text, translated in words(language).items():
        assert PLACE.findall(translated) == PLACE.findall(text)


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
