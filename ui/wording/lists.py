"""Pure: counts and lists in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ui.wording.translation import WELSH, ngettext, spoken, tr

_VOWELS = frozenset("aeiouwyâêîôûŵŷ")
"""Before which the Welsh "and" has another form."""


def count_words(number: int, one: str, many: str) -> str:
    """`number` with its noun: "1 page", "2 pages"."""
    return f"{number:,} {ngettext(one, many, number)}"


def listed(parts: Sequence[str]) -> str:
    """Parts as a sentence lists them: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    joined = tr("{} and {}")
    if spoken() == WELSH and parts[-1][:1].casefold() in _VOWELS:
        joined = joined.replace(" a ", " ac ")
    return joined.format(", ".join(parts[:-1]), parts[-1])


def counted(names: Sequence[str], order: Iterable[str]) -> str:
    """How many of each name, in the order given: "2 supported and 1 not found"."""
    return listed([f"{names.count(n)} {tr(n).casefold()}" for n in order if n in names])
