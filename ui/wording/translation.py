"""The words of the pages in the reader's language, from gettext catalogues; English where none is
chosen, or where a catalogue has no words for a text."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
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
    return _catalogue(_spoken.get()).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:  # what gettext calls it
    """A noun in the reader's language, in the form that goes with a number."""
    return _catalogue(_spoken.get()).ngettext(one, many, number)


def month_name(month: int) -> str:
    """A month in the reader's language, by its number."""
    language = _spoken.get()
    if language == ENGLISH:
        return calendar.month_name[month]
    # Imported here: only who asks for another language than English waits for it.
    from babel.dates import get_month_names

    return str(get_month_names("wide", locale=language)[month])


def N_(text: str) -> str:  # what gettext calls it
    """A text that is to be translated where it is shown, not where it stands."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:
    """A noun and its plural that are to be translated where they are shown."""
    return one, many


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == ENGLISH:
        return NullTranslations()
    # Imported here: only who asks for another language than English waits for it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
