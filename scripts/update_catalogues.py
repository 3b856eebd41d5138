"""Brings the catalogues of `ui/wording/catalogues` up to date with the texts that the pages give
to `tr`, `N_` and their like: a new text is added to each, one that is gone is taken out. Run it
after a change, then fill in what is new in cy.po; a test says what is missing."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from ui.wording.translation import CATALOGUES, ENGLISH, LANGUAGES

UI = Path(__file__).parents[1] / "ui"
KEYWORDS = {"tr": None, "N_": None, "NN_": (1, 2), "ngettext": (1, 2), "count_words": (2, 3)}
HEADERS = {
    ENGLISH: "# The words of the pages in English, as they stand in the code.",
    "cy": (
        "# The words of the pages in Welsh: A DRAFT THAT NO TRANSLATOR HAS READ.\n"
        "# It needs a translator before it is offered to the public."
    ),
}


def texts() -> Catalog:
    """Every text that the pages give to be translated, with the files that it stands in."""
    catalogue = Catalog()
    for name, _, text, _, _ in extract_from_dir(UI, [("**.py", "python")], keywords=KEYWORDS):
        catalogue.add(text, locations=[(f"ui/{name}", 0)])
    return catalogue


def updated(language: str) -> Catalog:
    """The catalogue of a language with the texts as they are now."""
    file = CATALOGUES / f"{language}.po"
    catalogue = Catalog(locale=language)
    if file.exists():
        with file.open("rb") as held:
            catalogue = read_po(held, locale=language)
    catalogue.update(texts(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = HEADERS[language]
    catalogue.project, catalogue.version = "Scrutiny Desk", "1"
    catalogue.last_translator = catalogue.language_team = "nobody yet"
    catalogue.fuzzy = False
    for message in catalogue:
        if language == ENGLISH and message.id:
            message.string = message.id
    return catalogue


def main() -> None:
    """Write each."""
    for language in LANGUAGES:
        # Whole before the file is opened, which empties it.
        catalogue = updated(language)
        with (CATALOGUES / f"{language}.po").open("wb") as file:
            write_po(file, catalogue, width=0, sort_output=True, include_lineno=False)


if __name__ == "__main__":
    main()
