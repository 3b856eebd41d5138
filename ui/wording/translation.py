"""The words of the pages in the reader's language, from gettext catalogues; English where none is
chosen, or where a catalogue has no words for a text."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType

ENGLISH, WELSH = "en", "cy"
LANGUAGES: Mapping[str, str] = MappingProxyType({ENGLISH: "English", WELSH: "Cymraeg (drafft)"})
"""The languages that there is a catalogue of, as their speakers call them; the Welsh is a draft
that no translator has read."""
CATALOGUES = Path(__file__).with_name("catalogues")
_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


def speak(language: str) -> None:
    """Have `tr` speak a language in this thread from now on; English where there is none such."""
    _spoken.set(language if language in LANGUAGES else ENGLISH)


def spoken() -> str:
    """The language that is spoken now."""
    return _spoken.get()


def tr(text: str) -> str:
    """A text in the reader's language."""
    language = _spoken.get()
    return text if language == ENGLISH else words(language).get(text) or text


@cache
def words(language: str) -> Mapping[str, str]:
    """The words of a catalogue, by the English; "" for what it has none for."""
    # Imported here: only who asks for another language than English waits for it.
    from babel.messages.pofile import read_po

    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    return MappingProxyType({str(each.id): str(each.string) for each in catalogue if each.id})


def N_(text: str) -> str:  # what gettext calls it
    """A text that is to be translated where it is shown, not where it stands."""
    return text
