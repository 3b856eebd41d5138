"""Raised marks: those that call a note are no part of the text; ordinals and units are."""

from __future__ import annotations

import re

_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LETTERS = str.maketrans("abcdefghilvx", "ᵃᵇᶜᵈᵉᶠᵍʰⁱˡᵛˣ")
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SYMBOLS = "*†‡§¶#"
_ONE = rf"(?:\d{{1,3}}|[a-h]|[{_SYMBOLS}]{{1,3}})"
_MARK = re.compile(rf"[\[(]?\s*{_ONE}(?:\s*[,;–-]\s*{_ONE})*\s*[,;]?\s*[\])]?")
_BETWEEN_MARKS = re.compile(r"[\s\[\](),;–-]+")
_MARK_IN_TEXT = re.compile(rf"[{_RAISED_DIGITS}]+(?:[,–-][{_RAISED_DIGITS}]+)*|[†‡]+")
_RAISED_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱˡᵛˣ"
_STARTS_NOTE = re.compile(rf"(?:[{_RAISED_DIGITS}]+|[{_RAISED_LETTERS}]+|[†‡§]{{1,3}})\s+\S")
_STARS = re.compile(r"[*#]{1,3}\s*\w")
_AT_END = re.compile(r"(?<=[\w%)])[*†‡]{1,3}$")
_UNIT = re.compile(r"(?:(?<![^\W\d_])(?:[^\W\d_]|[ckm]m|ft|yd)|\d\s?(?:in|mi))$", re.IGNORECASE)
"""What a raised 2 or 3 is a power of: a letter that stands alone (m, R), or a unit of length."""
_POWER_OF_TEN = re.compile(r"[×x*]\s?10$")


def raised_text(before: str, raised: str, after: str = "") -> str:
    """What raised text stands as between the running text before and after it.

    Nothing where it is the mark of a note; the raised characters of a power (m²) or of the mark
    that a note begins with; as it is where it is neither (1st).
    """
    text = raised.strip()
    if not _MARK.fullmatch(text) or after.startswith(("/", "⁄")):
        return raised
    mark = note_mark(text)
    if not before.strip():
        return f"{mark} "
    return mark if _is_power(before, mark) else ""


def without_marks(text: str) -> str:
    """The text without the raised digits and daggers in it that call notes; one that begins it
    is kept."""
    if text.isascii():
        return text
    kept, at = "", 0
    for match in _MARK_IN_TEXT.finditer(text):
        kept += text[at : match.start()]
        if not kept.strip() or _is_power(kept, match[0]) or _goes_on_a_note(kept):
            kept += match[0]
        at = match.end()
    return kept + text[at:]


def without_cell_marks(cell: str) -> str:
    """A table's cell without the marks of notes, asterisks at its end among them."""
    return _AT_END.sub("", without_marks(cell).rstrip())


def note_mark(mark: str) -> str:
    """The mark of a note in raised characters: "4" is "⁴", "*" is itself."""
    return _BETWEEN_MARKS.sub("", mark).translate(_DIGITS).translate(_LETTERS)


def begins_note(text: str, *, starred: bool = False) -> bool:
    """Whether a text begins with the raised mark of a note, as a footnote does.

    An asterisk is one only where `starred` says that it is no bullet: raised, or under a table.
    """
    return bool(_STARTS_NOTE.match(text) or (starred and _STARS.match(text)))


def _is_power(before: str, mark: str) -> bool:
    if _POWER_OF_TEN.search(before[-6:]):
        return True
    return mark in ("²", "³") and _UNIT.search(before[-8:]) is not None


def _goes_on_a_note(before: str) -> bool:
    """Whether a second note begins in the text of a first: "¹ Provisional. ² Revised."."""
    return begins_note(before.lstrip()) and before.endswith((". ", "; "))
